"""A visitor of the dashboard without a browser: speaks Streamlit's own protocol on its socket.

What the server does for a page is measured apart from what a browser draws: one run of a page is the time from the
request on the socket to ``script_finished``. The messages are ``BackMsg`` and ``ForwardMsg`` of ``streamlit.proto``.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

WAIT_SECONDS = 120.0


class Visitor:
    """One open page. ``run`` asks for it with a query string and waits for its end; seconds and bytes come back."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self.socket = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=site,  # type: ignore[arg-type]
            max_size=None,
            open_timeout=WAIT_SECONDS,
        )

    def run(self, page: str, query: str) -> tuple[float, int]:
        """The page named ``page`` (empty: the first) with these filters. Raises RuntimeError when the script failed."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        began, received = time.perf_counter(), 0
        self.socket.send(asked.SerializeToString())
        while True:
            data = self.socket.recv(timeout=WAIT_SECONDS)
            assert isinstance(data, bytes)
            received += len(data)
            message = ForwardMsg()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.message or "the page failed")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return time.perf_counter() - began, received

    def close(self) -> None:
        self.socket.close()


def reruns(site: str, page: str, queries: Sequence[str]) -> list[float]:
    """Seconds of one visitor's runs of a page, one for each query after a first that is not counted."""
    visitor = Visitor(site)
    visitor.run(page, queries[0])
    found = [visitor.run(page, query)[0] for query in queries]
    visitor.close()
    return found


def together(site: str, page: str, queries: Sequence[str], count: int, *, pause: float = 0.0) -> list[float]:
    """Seconds of the runs of ``count`` visitors, each the queries in turn, from another start.

    Each reads for about ``pause`` seconds, half of it to one and a half times it, before it asks; without a pause all
    ask at once, again and again.
    """
    found: list[float] = []
    failures: list[BaseException] = []
    ready = threading.Barrier(count)

    def visit(start: int) -> None:
        try:
            visitor = Visitor(site)
            visitor.run(page, queries[start % len(queries)])
            ready.wait(WAIT_SECONDS)
            reading = random.Random(start)
            for n in range(len(queries)):
                time.sleep(pause * reading.uniform(0.5, 1.5))
                found.append(visitor.run(page, queries[(start + n) % len(queries)])[0])
            visitor.close()
        except BaseException as error:
            failures.append(error)
            ready.abort()

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if failures:
        raise failures[0]
    return found
