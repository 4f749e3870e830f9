"""Who comes to an address that nothing should lead to; and a browser that is shown a page and tells what it does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

from tests.dashboard.program import FLAGS, chromium_program
from tests.hostile import SCRIPT

#: milliseconds in which pictures and handlers of a page have begun
MOMENT = 40
#: what a page of ours never holds: elements that load, run, send or lead elsewhere by themselves, and handlers
_MADE = """() => {
    const every = [...document.querySelectorAll('*')];
    const loads = 'img,iframe,frame,object,embed,applet,audio,video,source,track,form,base,image,use,foreignObject,animate,set,input,textarea';
    const address = (one) => (one.getAttribute('href') || one.getAttribute('xlink:href') || '').trim();
    return {
        hit: [window.__hit === 1, window.__hit = 0][0],
        loads: document.querySelectorAll(loads).length,
        scripts: every.filter((one) => one.localName === 'script' && one.type !== 'application/ld+json').length,
        refresh: document.querySelectorAll('meta[http-equiv=refresh i]').length,
        handlers: every.filter((one) => [...one.attributes].some(({name}) => /^on/i.test(name))).length,
        links: every.filter((one) => one.localName !== 'link' && address(one) && !/^(https?:|mailto:|#)/i.test(address(one))).length,
    };
}"""


class Canary:
    """A server on loopback that notes what it is asked for, and answers with a script."""

    def __init__(self) -> None:
        self.asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler: BaseHTTPRequestHandler) -> None:  # noqa: N805
                self.asked.append(handler.path)
                handler.send_response(200)
                handler.send_header("Content-Type", "text/javascript")
                handler.send_header("Access-Control-Allow-Origin", "*")
                handler.end_headers()
                handler.wfile.write(SCRIPT.encode())

            do_HEAD = do_POST = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

            def log_message(handler: BaseHTTPRequestHandler, *_: Any) -> None:  # noqa: N805
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary for as long as it is looked after."""
    found = Canary()
    try:
        yield found
    finally:
        found.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on loopback."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Window:
    """A window of a real browser; ``requests`` are those that a page made by itself."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self._own: tuple[str, ...] = ()
        self._dialogs: list[str] = []
        self._known = 0
        self.page = page
        page.on("request", lambda one: self.requests.append(one.url) if one.url not in self._own else None)
        page.on("dialog", lambda one: (self._dialogs.append(one.message), one.dismiss()))

    def look(self, address: str, *own: str) -> list[str]:
        """What is wrong with the page at an address. ``own`` are files that belong to it."""
        self._own = (address, *own)
        self.page.goto(address, wait_until="load", timeout=60_000)
        return self._told()

    def look_at_words(self, html: str) -> list[str]:
        """What is wrong when HTML from a file is put into a page by a program that trusts it."""
        self._own = ("about:blank",)
        away: list[str] = []
        for is_last in (False, True):
            for _ in range(3):  # the page before may be on its way elsewhere
                with suppress(Error):
                    self.page.goto("about:blank")
            try:
                self.page.evaluate("(html) => { document.body.innerHTML = html; }", html)
                break
            except Error:  # twice: it is these words that lead elsewhere
                away = ["leads away: at once"] if is_last else []
        return away + self._told()

    def _told(self) -> list[str]:
        self.page.wait_for_timeout(MOMENT)
        try:
            found: dict[str, Any] = self.page.evaluate(_MADE)
        except Error:  # the page was left while it was looked at
            found = {"leads away": True}
        wrong = [f"asks {one[:80]}" for one in self.requests[self._known :]] + [
            f"dialog {one}" for one in self._dialogs
        ]
        self._dialogs.clear()
        self._known = len(self.requests)  # one that comes later is told with the next page, never lost
        return wrong + [f"{name}: {value}" for name, value in found.items() if value]


@contextmanager
def window() -> Iterator[Window]:
    """A window of the system's Chromium that may reach loopback alone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        context = browser.new_context()
        try:
            yield Window(context.new_page())
        finally:
            context.close()
            browser.close()
