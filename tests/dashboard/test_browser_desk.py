"""The desk in a browser: a decision is seen, exported and taken back; a visitor is offered nothing."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.export.__main__ import main as export
from tests.dashboard.menu import choose_format
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 90_000
EVENT = "uk-press-3-0"


@pytest.fixture
def team(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a monitor of its own, run by one person."""
    folder = tmp_path / "monitor"
    folder.mkdir()
    for name in ("collected.db", "published.db"):
        shutil.copy(published / name, folder / name)
    monkeypatch.setenv("MONITOR_HOME", str(folder))
    monkeypatch.setenv("MONITOR_DESK", "single")
    monkeypatch.setenv("MONITOR_DESK_NAME", "Anna")
    process, address = serve(ROOT / "dashboard" / "app.py", folder, tmp_path / "app.log")
    yield address
    stop(process)


def at_rest(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)


def downloaded(page: Page) -> set[str]:
    csv_button = choose_format(page, "CSV")
    with page.expect_download(timeout=WAIT) as waiting:
        csv_button.click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    return {row["event_id"] for row in csv.DictReader(io.StringIO(text))}


def written(tmp_path: Path) -> set[str]:
    """What the command line exports of the same view."""
    out = tmp_path / "out.csv"
    assert export(["csv", "--view", "jurisdiction=uk", "--lang", "en", "--out", str(out)]) == 0
    return {row["event_id"] for row in csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))}


def test_a_rejection_is_seen_and_exported_at_once_and_taken_back_on_the_desk(
    team: str, visitor: Visitor, tmp_path: Path
):
    assert EVENT in written(tmp_path)
    page = visitor()
    page.goto(f"{team}/timeline?lang=en&jurisdiction=uk&event={EVENT}")
    card = page.get_by_role("dialog")
    card.locator("summary", has_text="Decide or note").click(timeout=WAIT)
    card.get_by_role("radio", name="Reject").click()
    card.get_by_role("textbox", name="Reason").fill("Nothing was said", timeout=WAIT)
    card.get_by_role("button", name="Save", exact=True).click()
    expect(card.get_by_text("not shown in the timeline")).to_be_visible(timeout=WAIT)
    expect(card.get_by_text("Nothing was said")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400

    page.goto(f"{team}/timeline?lang=en&jurisdiction=uk")
    gone = downloaded(page)
    assert EVENT not in gone and len(gone) > 100
    assert written(tmp_path) == gone

    page.goto(f"{team}/desk?lang=en")
    expect(page.get_by_text("You decide as Anna.")).to_be_visible(timeout=WAIT)
    at_rest(page)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Nothing was decided yet.")).to_be_visible(timeout=WAIT)
    assert written(tmp_path) == gone | {EVENT}


def test_a_visitor_is_offered_nothing(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/desk?lang=en")
    expect(page.get_by_text("belongs to the team")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("link", name="Desk", exact=True)).to_have_count(0)
    page.goto(f"{site}/timeline?lang=en&event={EVENT}")
    expect(page.get_by_role("dialog").get_by_role("heading", name=re.compile(r"^Sources? \("))).to_be_visible(
        timeout=WAIT
    )
    expect(page.get_by_text("Decide or note")).to_have_count(0)
