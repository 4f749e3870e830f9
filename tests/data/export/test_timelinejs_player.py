"""The real player in a real browser: every event of a file becomes a slide and a mark, none is dropped.

The npm package ``@knight-lab/timelinejs`` is not part of the project: ``make readers`` brings it, and from then on these
tests run with the others. ``MONITOR_TIMELINEJS`` names its unpacked folder where that is elsewhere.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from data.export import Extract, build
from data.export.plain import unbroken
from tests.dashboard.program import FLAGS, chromium_program, is_foreign
from tests.data.export.hostile import NASTY
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, Codes, context, dated
from tests.data.export.test_every_format import stranger
from tests.shared import ROOT

PLAYER = Path(os.environ.get("MONITOR_TIMELINEJS", ROOT / ".venv" / "readers" / "package"))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (PLAYER / "dist" / "js" / "timeline.js").is_file(),
        reason="the player of TimelineJS is not here, 'make readers' brings it: slides are not drawn by it",
    ),
]

PERIODS = (
    dated("2026", "2026-01-01", "2026-12-31", "year", event_id="2026-year"),
    dated("2026-07-01/2026-09-30", "2026-07-01", "2026-09-30", "quarter", event_id="q-1"),
    dated("2026-07-02/2026-07-05", "2026-07-02", "2026-07-05", "range", event_id="r-1"),
)
STORY = (*EVENTS, *PERIODS)
STRANGERS = tuple(stranger(number, text) for number, text in enumerate(NASTY) if text.strip("\x00\ud800"))
PAGE = """<!doctype html><meta charset=utf-8><link rel=stylesheet href=/dist/css/timeline.css>
<div id=t style="width:1200px;height:700px"></div><script src=/dist/js/timeline.js></script>
<script>window.t = new TL.Timeline("t", "%s", {start_at_slide: 0, hash_bookmark: false, ga_measurement_id: null});</script>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    made: dict[str, tuple[str, bytes]] = {}  # noqa: RUF012 - filled by the tests, one server a module

    def do_GET(self) -> None:
        kind, body = self.made.get(self.path, ("", b""))
        if not kind:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(PLAYER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def drawn(site: str, fmt: str, events: tuple, picture: Path | None = None) -> dict[str, Any]:
    """What the player makes of a file: its slides with their words, its marks, the requests it sends elsewhere."""
    data = build(fmt, Extract(events), context(len(events)), labels=Codes()).data
    name = "/story.csv" if fmt == "timelinejs-csv" else "/story.json"
    _Quiet.made[name] = ("text/csv" if name.endswith("csv") else "application/json", data)
    _Quiet.made["/page"] = ("text/html", PAGE.replace("%s", name).encode())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1240, "height": 740})
        asked: list[str] = []
        alerts: list[str] = []
        page.on("dialog", lambda one: (alerts.append(one.message), one.dismiss()))
        page.route(is_foreign, lambda route: (asked.append(route.request.url), route.abort()))
        page.goto(f"{site}/page")
        page.wait_for_selector(".tl-timemarker", state="attached", timeout=60_000)
        count = page.locator(".tl-slide").count()
        for number in range(
            count
        ):  # what stands beside a slide is loaded 1.2 seconds after it is shown, or its neighbour
            page.evaluate(f"window.t.goTo({number})")
            page.wait_for_timeout(150)
        page.wait_for_timeout(2500)
        found = {
            "slides": page.locator(".tl-slide").evaluate_all(
                "all => all.map(one => [one.id, one.querySelector('.tl-headline')?.textContent ?? '',"
                " one.querySelector('.tl-headline-date')?.textContent ?? ''])"
            ),
            "marks": page.locator(".tl-timemarker").count(),
            "links": page.locator(".tl-slide a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))"),
            "scripts": page.locator(".tl-slide script, .tl-slide [onerror]").count(),
            "message": page.locator(".tl-message-full .tl-message-container").all_inner_texts(),
            "asked": [one for one in asked if "/css/fonts/" not in one],  # the player's own sheet of letters
            "alerts": alerts,
            "pictures": page.locator(".tl-slide img, .tl-slide iframe").count(),
            "quotes": page.locator(".tl-media-blockquote blockquote").all_inner_texts(),
        }
        if picture:
            page.screenshot(path=str(picture))
        browser.close()
    return found


@pytest.mark.parametrize("fmt", ["timelinejs", "timelinejs-csv"])
def test_every_event_is_drawn_and_none_dropped(site: str, fmt: str):
    picture = os.environ.get("MONITOR_TIMELINEJS_PICTURES", "")
    found = drawn(site, fmt, STORY, Path(picture) / f"{fmt}.png" if picture else None)
    assert found["marks"] == len(STORY)
    assert len(found["slides"]) == len(STORY) + 1  # the title
    ordered = sorted(STORY, key=lambda one: (one.date_start, one.date_end, one.event_id))
    assert sorted(headline for _, headline, _ in found["slides"][1:]) == sorted(
        unbroken(one.heading("fr")) for one in ordered
    )
    assert (found["alerts"], found["asked"], found["pictures"]) == ([], [], 0)
    told = [words for _, _, words in found["slides"][1:]]
    assert "octobre 2019" in told and "2026" in told and "T3 2026" in told
    if fmt == "timelinejs":
        ids = {name.removeprefix("_") for name, _, _ in found["slides"]}
        assert {one.event_id for one in STORY} <= ids


@pytest.mark.parametrize("fmt", ["timelinejs", "timelinejs-csv"])
def test_what_strangers_write_is_drawn_as_text(site: str, fmt: str):
    found = drawn(site, fmt, STRANGERS)
    assert found["marks"] == len(STRANGERS)
    assert (found["alerts"], found["scripts"], found["asked"], found["pictures"]) == ([], 0, [], 0)
    assert all(link.startswith(("https://", "http://")) for link in found["links"])


def test_the_file_names_no_picture_of_others():
    slides = json.loads(build("timelinejs", Extract((DEEPTRACE, SREN, HEARING)), context(3), labels=Codes()).data)
    assert not any("thumbnail" in one.get("media", {}) or "background" in one for one in slides["events"])


@pytest.mark.parametrize("fmt", ["timelinejs", "timelinejs-csv"])
def test_the_words_of_a_source_stand_beside_its_slide(site: str, fmt: str):
    said = "Le rapport a.pdf sur spotify, une iframe et youtu.be/x"
    event = replace(SREN, sources=(replace(SREN.sources[0], quote=said),))
    found = drawn(site, fmt, (event,))
    assert [" ".join(one.replace("\u2060", "").split()) for one in found["quotes"]] == [f"« {said} »"]
    assert (found["asked"], found["pictures"]) == ([], 0)
