"""Journeys of a reader in a real browser. Things are found by their words, never by their place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.safe import JOINER
from data import queries
from data.database import open_immutable
from data.view import View
from tests.dashboard import snapshot
from tests.dashboard.menu import choose_format
from tests.dashboard.payloads import PAYLOADS
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 30_000
#: a row of a table as the grid draws it: heights of header and line, left edge of the tick box
HEADER, LINE, TICK = 35, 35, 18


def pick_row(page: Page, number: int = 0) -> None:
    """Tick a line of the events table as a mouse does."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    expect(table.locator("canvas").first).to_be_visible(timeout=WAIT)
    table.click(position={"x": TICK, "y": HEADER + LINE * number + LINE // 2})


def at_rest(page: Page) -> None:
    """The page is drawn: a click during a redraw meets a button about to be replaced."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)


def ids_of(published: Path, query: str) -> list[str]:
    db = open_immutable(published / "published.db")
    try:
        return [one.event_id for one in queries.timeline(db, View.parse(query), newest_first=False)]
    finally:
        db.close()


def test_a_reader_filters_reads_a_source_exports_and_shares(site: str, published: Path, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en")
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible(timeout=WAIT)

    box = page.get_by_role("combobox", name="Jurisdiction")
    box.click()
    page.get_by_role("option", name="France").click()
    expect(page).to_have_url(re.compile(r"[?&]jurisdiction=fr"), timeout=WAIT)
    expect(page.get_by_text("3 events, newest first")).to_be_visible(timeout=WAIT)

    page.keyboard.press("Escape")
    pick_row(page)
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", name="Act 2024-449 is signed")).to_be_visible(timeout=WAIT)
    expect(card.get_by_role("link", name="Open the source")).to_have_attribute(
        "href", "https://example.org/fr-sren-signed"
    )
    expect(page).to_have_url(re.compile(r"event=fr-sren-signed"))
    shared = page.url

    page.keyboard.press("Escape")
    expect(card).to_have_count(0, timeout=WAIT)
    expect(page).not_to_have_url(re.compile("event="), timeout=WAIT)
    at_rest(page)
    csv_button = choose_format(page, "CSV")
    with page.expect_download(timeout=WAIT) as waiting:
        csv_button.press("Enter")
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["event_id"] for row in rows] == ids_of(published, "jurisdiction=fr")

    other = visitor()
    other.goto(shared)
    expect(other.get_by_role("dialog").get_by_role("heading", name="Act 2024-449 is signed")).to_be_visible(
        timeout=WAIT
    )
    other.keyboard.press("Escape")
    expect(other.get_by_text("3 events, newest first")).to_be_visible(timeout=WAIT)
    assert (page.foreign, other.foreign) == ([], [])


def test_a_mark_of_the_figure_opens_its_card(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en&dossier=uk-x-case&type=investigation_opened")
    mark = page.locator(".scatterlayer .trace .point path, .scatterlayer .trace path.point").first
    expect(mark).to_be_visible(timeout=WAIT)
    place = mark.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", name="Ofcom opens an investigation")).to_be_visible(timeout=WAIT)
    card.get_by_role("link", name="Ofcom — Regulator").click()
    expect(page.get_by_role("heading", name="Ofcom", exact=True)).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"/actors\?.*who=uk-ofcom"))


def test_the_keyboard_alone_opens_a_card(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/?lang=en")
    item = page.get_by_role("button", name="Duties to mark begin")
    expect(item).to_be_visible(timeout=WAIT)
    item.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading", name="Duties to mark begin")).to_be_visible(timeout=WAIT)


def test_filters_survive_a_change_of_page_a_reload_and_back(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en&jurisdiction=us")
    expect(page.get_by_text("2 events, newest first")).to_be_visible(timeout=WAIT)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Files", exact=True).click()
    expect(page.get_by_text("1 file. Choose its row")).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"/dossiers\?.*jurisdiction=us"), timeout=WAIT)
    assert page.evaluate("history.length") == before + 1, "one step forward is one step back"
    page.reload()
    expect(page.get_by_text("1 file. Choose its row")).to_be_visible(timeout=WAIT)
    page.go_back()
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("2 events, newest first")).to_be_visible(timeout=WAIT)


def test_a_running_collection_is_followed_and_its_end_is_seen(site: str, published: Path, visitor: Visitor):
    path = published / "progress.json"
    kept = path.read_text(encoding="utf-8")
    state = {**json.loads(kept), "finished_at": "", "done": 1, "total": 4, "running": ["fr-press"], "unreachable": []}
    page = visitor()
    try:
        path.write_text(json.dumps(state), encoding="utf-8")
        page.goto(f"{site}/?lang=en")
        expect(page.get_by_text("Collecting: 1 of 4 sources done")).to_be_visible(timeout=WAIT)
        path.write_text(json.dumps({**state, "done": 3}), encoding="utf-8")
        expect(page.get_by_text("Collecting: 3 of 4 sources done")).to_be_visible(timeout=WAIT)
        path.write_text(kept, encoding="utf-8")
        expect(page.get_by_text("Collecting:")).to_have_count(0, timeout=WAIT)
        expect(page.get_by_text("1 source has trouble: Silent source")).to_be_visible(timeout=WAIT)
    finally:
        path.write_text(kept, encoding="utf-8")


def test_a_line_of_places_leads_to_its_timeline(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/?lang=en")
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=WAIT)
    pick_row(page)
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"/timeline\?.*jurisdiction=fr"), timeout=WAIT)


def test_the_french_interface(site: str, visitor: Visitor):
    page = visitor(locale="fr-FR")
    page.goto(site)
    expect(page.get_by_role("heading", name="Quoi de neuf")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("link", name="Chronologie").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr", timeout=WAIT)
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", name="What is new")).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile("lang=en"), timeout=WAIT)
    expect(page.locator("html")).to_have_attribute("lang", "en", timeout=WAIT)


def test_a_phone_shows_the_same_and_nothing_sticks_out(site: str, visitor: Visitor):
    page = visitor(width=390, height=844)
    for path in ("", "timeline", "dossiers?file=fr-loi-sren", "actors?who=uk-ofcom", "search?words=law", "sources"):
        page.goto(f"{site}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
        page.wait_for_timeout(1500)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, path


def test_a_hostile_headline_brings_no_link_no_picture_and_no_request(site: str, visitor: Visitor):
    page = visitor()
    for path in ("?lang=en&since=7&jurisdiction=uk", "timeline?lang=en&jurisdiction=uk", "search?lang=en&words=alert"):
        page.goto(f"{site}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
        page.wait_for_timeout(2500)
        main = page.get_by_test_id("stMain")
        assert main.locator("a[href*='evil.example'], img[src*='canary'], .katex").count() == 0, path
    page.goto(f"{site}/search?lang=en&words=alert&kind=event")
    title = page.get_by_role("button", name=re.compile("Click")).first
    expect(title).to_be_visible(timeout=WAIT)
    assert title.inner_text().replace(JOINER, "").replace("\u00a0", " ").split("\n")[-1] == snapshot.HOSTILE
    assert page.foreign == []


@pytest.fixture
def payload_page(chromium: Any, visitor: Visitor, published: Path, tmp_path: Path) -> Iterator[Page]:
    script = ROOT / "tests" / "dashboard" / "payload_app.py"
    process, address = serve(script, published, tmp_path / "log")
    page = visitor()
    page.goto(address)
    expect(page.get_by_text("end of payloads")).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(2000)
    yield page
    stop(process)


def test_every_payload_is_shown_letter_by_letter_in_every_place(payload_page: Page):
    markup = (
        "a, img, script, code, pre, h1, em, del, ul, ol, hr, input, svg, .katex, [data-testid=stIconMaterial],"
        " span[style*=color]"
    )
    wrong = []
    for number, text in enumerate(PAYLOADS):
        printable = "".join(ch if ch.isprintable() else " " if ch.isspace() else "" for ch in text)
        wanted = " ".join(printable.split())
        expected = {"parts": f"{wanted} {wanted}", "table": f"a {wanted}"}
        for place in ("markdown", "quote", "caption", "small", "heading", "button", "table", "link", "parts"):
            found = payload_page.locator(f".st-key-{place}-{number}")
            shown = " ".join(found.inner_text().replace(JOINER, "").split())
            own = 1 if place == "link" else 0
            if shown != expected.get(place, wanted) or found.locator(markup).count() != own:
                wrong.append((number, place, shown))
    assert wrong == []
    assert payload_page.foreign == []  # type: ignore[attr-defined]


def test_streamlit_run_serves_the_pages_and_hides_what_goes_wrong(site: str, visitor: Visitor):
    page = visitor()
    for path in ("", "timeline", "dossiers", "actors", "search", "sources", "about"):
        page.goto(f"{site}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.foreign == []
