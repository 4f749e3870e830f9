"""``make pictures``: what the pages look like on the reviewed baseline alone, with no network.

Without a folder: the few pictures of README, in ``docs/pictures``. ``make pictures OUT=folder``: every page, wide and
narrow, light and dark, in every language, to look at before a change goes out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.i18n import LANGUAGES
from tests.dashboard.program import FLAGS, chromium_program, serve, stop
from tests.shared import ROOT

#: pages of the baseline, by the name of their picture
PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "timeline-files": "/timeline?lanes=dossier&jurisdiction=fr&jurisdiction=eu",
    "card": "/timeline?jurisdiction=fr&event=fr-sren-2024-05-21-promulgation",
    "files": "/dossiers",
    "compare": "/compare",
    "affair": "/compare?by=incident&within=30",
    "positions": "/positions",
    "changes": "/changes",
    "desk": "/desk",
    "file": "/dossiers?file=fr-loi-sren",
    "case": "/dossiers?file=fr-parquet-x-grok",
    "actors": "/actors",
    "profile": "/actors?who=uk-ofcom",
    "search": "/search?words=hypertrucage",
    "sources": "/sources",
    "about": "/about",
}
WIDTHS, SCHEMES = (1400, 390), ("light", "dark")
HEIGHTS = {1400: 900, 390: 844}


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as one reader sees it."""

    name: str
    address: str
    width: int
    scheme: str
    lang: str

    @property
    def file(self) -> str:
        return f"{self.name}-{self.width}-{self.scheme}-{self.lang}.png"


#: those of README
SHOWN = (
    Picture("overview", PAGES["overview"], 1400, "light", "en"),
    Picture("timeline", PAGES["timeline"], 1400, "light", "en"),
    Picture("file", PAGES["file"], 1400, "light", "fr"),
    Picture("timeline", PAGES["timeline"], 390, "dark", "fr"),
)


def every_picture() -> Iterator[Picture]:
    for (name, address), width, scheme, lang in product(PAGES.items(), WIDTHS, SCHEMES, LANGUAGES):
        yield Picture(name, address, width, scheme, lang)


def take(browser: Browser, site: str, one: Picture, folder: Path, *, whole: bool) -> None:
    """Open the page in a window of its own and write its picture; ``whole``: down to its end."""
    size = {"width": one.width, "height": HEIGHTS[one.width]}
    context = browser.new_context(viewport=size, color_scheme=one.scheme, locale=one.lang, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}{one.address}{'&' if '?' in one.address else '?'}lang={one.lang}")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    _settled(page)
    if whole:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": one.width, "height": min(int(height) + 20, 6000)})
        _settled(page)
    page.screenshot(path=folder / one.file)
    context.close()


def _settled(page: Page) -> None:
    """Parts mount up to a second after the script has ended, each with a grey bar in its place until then."""
    page.wait_for_timeout(1200)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=60_000)
    page.wait_for_timeout(600)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments and arguments[0] else ROOT / "docs" / "pictures"
    pictures = list(every_picture()) if arguments and arguments[0] else list(SHOWN)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        subprocess.run(
            [sys.executable, "-m", "collectors", "build"],
            cwd=ROOT,
            check=True,
            env={**os.environ, "MONITOR_HOME": name},
        )
        server, site = serve(ROOT / "dashboard" / "app.py", home, home / "server.log")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
                for one in pictures:
                    take(browser, site, one, folder, whole=len(pictures) > len(SHOWN))
                browser.close()
        finally:
            stop(server)
    print(f"{len(pictures)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
