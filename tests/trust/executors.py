"""Texts read here, in two processes and on two Dask workers: the same results, and how much sooner.

The texts are those of the synthetic collection (:mod:`tests.corpus`). Workers have built their readers before the clock
runs; the three take turns, and the best of three turns counts for each. From a thousand texts on the speed is judged: it
needs two cores that nobody else uses. What the parent spends does not, and says how many workers it can feed.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import ExitStack
from hashlib import sha256

from collectors.analysis.lexicon import rule_version
from collectors.analysis.reading import Document
from collectors.batches import BATCH, Workers, batches_of, run_batches
from collectors.reading_batch import Context, documents_reader
from collectors.workers import KINDS, open_workers
from tests.corpus import entries
from tests.trust import Missed

WORKERS = 2
TURNS = 3
GOAL = 1.8
ENOUGH = 1_000


def documents(count: int) -> list[tuple[int, Document]]:
    """Synthetic texts, numbered."""
    found = []
    for source, unit in entries(count):
        for entry in unit:
            one = entry.record
            found.append((len(found), Document(
                one.external_id, one.title, one.text, one.lang, one.published_on, source.jurisdiction, source.kind,
            )))  # fmt: skip
    return found


def read(texts: list[tuple[int, Document]], workers: Workers | None, size: int = BATCH) -> str:
    """The sha256 of all results in the order of the texts. Raises Missed when one is not there."""
    found: dict[int, str] = {}
    reader = documents_reader(Context(rule_version()))

    def poisoned(one: tuple[int, Document], error: BaseException) -> None:
        raise Missed(f"text {one[0]} could not be read: {error!r}")

    for batch, results in run_batches(reader, batches_of(texts, size), workers=workers, on_poison=poisoned):
        found.update((n, json.dumps(row, sort_keys=True)) for (n, _), row in zip(batch, results, strict=True))
    if sorted(found) != [n for n, _ in texts]:
        raise Missed(f"{len(found)} results of {len(texts)} texts")
    return sha256("\n".join(found[n] for n in sorted(found)).encode()).hexdigest()


def prove(count: int) -> list[str]:
    """Read ``count`` texts in all three ways. Raises Missed when results differ or nothing is gained."""
    texts = documents(count)
    size = min(BATCH, max(1, count // 8))
    seconds: dict[str, float] = {}
    own: dict[str, float] = {}
    results: dict[str, str] = {}
    with ExitStack() as stack:
        opened = {kind: stack.enter_context(open_workers(kind, WORKERS)) for kind in KINDS}
        for workers in opened.values():
            read(texts[: WORKERS * 8], workers, 4)
        for _ in range(TURNS if count >= ENOUGH else 1):
            for kind, workers in opened.items():
                began, worked = time.perf_counter(), time.process_time()
                found = read(texts, workers, size)
                seconds[kind] = min(seconds.get(kind, float("inf")), time.perf_counter() - began)
                own[kind] = min(own.get(kind, float("inf")), time.process_time() - worked)
                if results.setdefault(kind, found) != found:
                    raise Missed(f"{kind} gave other results the second time")
    if len(set(results.values())) != 1:
        raise Missed(f"results differ: {results}")
    gain = {kind: seconds["inline"] / spent for kind, spent in seconds.items()}
    load = os.getloadavg()[0]
    told = [
        f"{count} texts, batches of {size}: the same results in all three ({results['inline'][:16]}…)",
        f"inline {seconds['inline'] / count * 1e3:.2f} ms a text; the machine's load was {load:.1f} on {os.cpu_count()} cores",
        *(
            f"{kind}, {WORKERS} workers: {gain[kind]:.2f} times as fast; the parent spends"
            f" {own[kind] / count * 1e6:.0f} us of a core on a text, {own[kind] / own['inline']:.1%} of reading it"
            for kind in KINDS
            if kind != "inline"
        ),
    ]
    if count >= ENOUGH and min(gain["processes"], gain["dask"]) < GOAL:
        raise Missed("; ".join([*told, f"the goal is {GOAL} for both"]))
    return told
