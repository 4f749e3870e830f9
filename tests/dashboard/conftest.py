"""One published snapshot for all tests of the pages; a server and a browser for the journeys."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dashboard import snapshot
from tests.shared import ROOT

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


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


def serve(script: Path, folder: Path, log: Path, *options: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start ``streamlit run`` as a user does, from another directory, and wait until it answers.

    ``options`` are further ones of its command line.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *options],
        cwd=ROOT,
        env={**environment, "MONITOR_HOME": str(folder)},
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped: {log.read_text(errors='replace')}")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
            if answer.status == 200:
                return process, address
        time.sleep(0.25)
    process.kill()
    raise RuntimeError(f"the server did not answer in a minute: {log.read_text(errors='replace')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on the snapshot."""
    process, address = serve(ROOT / "dashboard" / "app.py", published, tmp_path_factory.mktemp("log") / "app.log")
    yield address
    stop(process)


def chromium_program() -> str:
    """Where the system's Chromium is; empty without one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), "")


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


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "data:", "blob:"))
