"""``python -m tests.bench_pages [N …]``: the pages against an empty Streamlit page, in one run, on N synthetic pieces.

- run: what the server does for one page after a change of filter (:mod:`tests.visitors`), 95th percentile of distinct
  filters, against the empty page's median; ``extra`` is what stands above 1.5 times the empty page
- paint: from opening the address in a fresh browser window to the first content on the screen (the browser's
  first-contentful-paint); ready: to the finished page; rerun: from the click that drops a filter to the finished page;
  medians, the two pages in turn
- crowd: twenty visitors against one, each of whom reads for five seconds and changes a filter; 95th percentiles too
- burst: the same twenty who all ask at once, without reading

A corpus stands in ``MONITOR_CORPUS/N`` if it was built before (``make corpus``), else it is built for the run.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import corpus
from tests.dashboard.program import FLAGS, chromium_program, serve, stop
from tests.shared import ROOT
from tests.visitors import reruns, together

PLACES = ("fr", "us", "uk", "eu", "de", "it", "es", "ca")
YEARS = (2023, 2024, 2025, 2026)
FILTERS = [f"lang=en&jurisdiction={place}&from={year}-01-01" for place in PLACES for year in YEARS]
PAGES = {
    "overview": ("", FILTERS),
    "timeline": ("timeline", FILTERS),
    "files": ("dossiers", FILTERS),
    "actors": ("actors", FILTERS),
    "search": ("search", [f"{one}&words={word}" for one in FILTERS[::4] for word in ("deepfake", "loi", "fraud")]),
}
TIMES, CROWD, READING_SECONDS = 5, 20, 5.0
#: clicks, and gives the milliseconds to the last change of the page before it stands still; a short run may begin and
#: end between two frames, so that its state is no sign of it
_CLICKED = """
(button) => new Promise((done, failed) => {
    const app = document.querySelector('[data-testid="stApp"]');
    let last = 0;
    new MutationObserver(() => { last = performance.now(); })
        .observe(app, {attributes: true, childList: true, characterData: true, subtree: true});
    const began = performance.now();
    button.click();
    const watch = setInterval(() => {
        const now = performance.now(), running = app.getAttribute('data-test-script-state') === 'running';
        if (last && !running && now - last > 1000) { clearInterval(watch); done(last - began); }
        if (now - began > 60000) { clearInterval(watch); failed(new Error('nothing changed')); }
    }, 50);
})
"""


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def measure(count: int, home: Path, log: Path) -> None:
    empty, floor_site = serve(ROOT / "tests" / "empty_page.py", home, log / "empty.log")
    served, site = serve(ROOT / "dashboard" / "app.py", home, log / "app.log")
    try:
        floor = statistics.median(reruns(floor_site, "", [f"n={n}" for n in range(32)]))
        for name, (page, queries) in PAGES.items():
            found = reruns(site, page, queries)
            high = percentile(found, 0.95)
            print(
                f"{count:>8} run   {name:<9} {high / floor:6.1f} x the empty page  (p95 {high * 1e3:6.0f} ms, median"
                f" {statistics.median(found) * 1e3:6.0f}, empty {floor * 1e3:5.0f}, extra {(high - 1.5 * floor) * 1e3:6.0f})"
            )
        for word, pause in (("crowd", READING_SECONDS), ("burst", 0.0)):
            _crowd(count, word, pause, site, floor_site)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
            _browser(browser, count, floor_site, site)
            browser.close()
    finally:
        stop(empty)
        stop(served)


def _crowd(count: int, word: str, pause: float, site: str, floor_site: str) -> None:
    queries, numbers = FILTERS[:8], [f"n={n}" for n in range(8)]
    one = together(site, "timeline", queries, 1, pause=pause)
    many = together(site, "timeline", queries, CROWD, pause=pause)
    floor = statistics.median(together(floor_site, "", numbers, 1, pause=pause))
    base = statistics.median(together(floor_site, "", numbers, CROWD, pause=pause))
    alone, crowd = statistics.median(one), statistics.median(many)
    print(
        f"{count:>8} {word} timeline  {crowd / alone:6.1f} x one visitor    ({CROWD} visitors {crowd * 1e3:6.0f} ms, p95"
        f" {percentile(many, 0.95) * 1e3:6.0f}; one {alone * 1e3:5.0f}, p95 {percentile(one, 0.95) * 1e3:5.0f};"
        f" empty page {base / floor:4.1f} x)"
    )


def _browser(browser: Browser, count: int, floor_site: str, site: str) -> None:
    pages = {"overview": "/?lang=en", "timeline": "/timeline?lang=en&jurisdiction=fr&jurisdiction=uk"}
    for name, address in pages.items():
        theirs, ours = [], []
        button = "Jurisdiction: France" if "jurisdiction" in address else ""
        for _ in range(TIMES):
            theirs.append(_opened(browser, floor_site, "again"))
            ours.append(_opened(browser, site + address, button))
        for n, word in enumerate(("paint", "ready", "rerun")):
            one, other = (statistics.median(each[n] for each in taken) for taken in (ours, theirs))
            if one:
                print(
                    f"{count:>8} {word} {name:<9} {one / other:6.2f} x the empty page  ({one:6.0f} ms, empty {other:5.0f})"
                )


def _opened(browser: Browser, address: str, button: str) -> tuple[float, float, float]:
    """Milliseconds to the first content and to the finished page, and those of the run that ``button`` starts."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"] h1', timeout=120_000)
    opened = float(page.evaluate("performance.now()"))
    first = float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    again = 0.0
    if button:
        page.wait_for_timeout(1500)
        again = float(page.get_by_role("button", name=button).first.evaluate(_CLICKED))
    context.close()
    return first, opened, again


def with_corpus(count: int, work: Callable[[Path, Path], None]) -> None:
    kept = Path(os.environ["MONITOR_CORPUS"]) / str(count) if "MONITOR_CORPUS" in os.environ else None
    with tempfile.TemporaryDirectory() as name:
        home = kept if kept and (kept / "published.db").exists() else Path(name) / "home"
        if not (home / "published.db").exists():
            assert corpus.main([str(count), str(home)]) == 0
        work(home, Path(name))


def main(arguments: list[str]) -> int:
    for count in [int(one) for one in arguments] or [10_000]:
        with_corpus(count, lambda home, log, count=count: measure(count, home, log))  # type: ignore[misc]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
