"""One published snapshot for all tests of the pages; a server and a browser for the journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dashboard import snapshot
from tests.dashboard.live_site import Site, emptied, started
from tests.dashboard.program import FLAGS, chromium_program, is_foreign, serve, stop
from tests.shared import ROOT


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the database files."""
    folder = tmp_path_factory.mktemp("monitor")
    snapshot.build(folder)
    return folder


@pytest.fixture
def home(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, for code that runs in this process."""
    monkeypatch.setenv("MONITOR_HOME", str(published))
    return published


@pytest.fixture(scope="session")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on the snapshot."""
    process, address = serve(ROOT / "dashboard" / "app.py", published, tmp_path_factory.mktemp("log") / "app.log")
    yield address
    stop(process)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    program = chromium_program()
    if not program:
        pytest.fail("Chromium is missing: run 'make chromium'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: object) -> Iterator[Callable[..., object]]:
    """Open a browser window of its own: ``visitor(width=390)``. It records requests to other hosts."""
    contexts = []

    def open_page(*, width: int = 1400, height: int = 900, locale: str = "en-GB", scheme: str = "light") -> object:
        context = chromium.new_context(  # type: ignore[attr-defined]
            viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme, accept_downloads=True
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.foreign = []
        page.on("request", lambda one: page.foreign.append(one.url) if is_foreign(one.url) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def running(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started(published, tmp_path_factory.mktemp("live") / "home") as site:
        yield site


@pytest.fixture
def site_of(running: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    return emptied(running, monkeypatch)
