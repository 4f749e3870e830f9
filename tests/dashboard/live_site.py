"""A running dashboard to ask over HTTP, and its routes without a server around them."""

from __future__ import annotations

import http.client
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import httpx
import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from dashboard import routes
from data import desk, queries
from data.database import open_immutable
from data.rows import TimelineEvent
from data.view import View
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

AT = "2026-11-25T08:00:00Z"


@dataclass
class Site:
    """A running dashboard, its folder, and an HTTP client."""

    address: str
    folder: Path
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): one for name, one in headers.items()})
            got = connection.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def events(self, view: View) -> list[TimelineEvent]:
        db = open_immutable(self.folder / "published.db")
        try:
            return queries.timeline(db, view)
        finally:
            db.close()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def ids(self) -> set[str]:
        """The events of a calendar."""
        found = Calendar.from_ical(self.body)
        return {str(one["uid"]).partition("@")[0] for one in found.walk("VEVENT")}


def in_process(path: str) -> httpx.Response:
    """The answer of the routes without a server around them."""

    async def go() -> httpx.Response:
        way = httpx.ASGITransport(app=Starlette(routes=routes.served()))
        async with httpx.AsyncClient(transport=way, base_url="http://localhost") as client:
            return await client.get(path)

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        return apart.submit(anyio.run, go).result()


@contextmanager
def started(published: Path, folder: Path) -> Iterator[Site]:
    """A dashboard of its own on a copy of a published record."""
    shutil.copytree(published, folder)
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
    yield Site(address, folder)
    stop(process)


def emptied(running: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site with an empty desk."""
    monkeypatch.setenv("MONITOR_HOME", str(running.folder))
    with desk.open_desk() as db:
        for table in ("decision", "saved_view"):
            db[table].delete_where()
    return running
