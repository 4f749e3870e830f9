"""Journeys from the landing page in a real browser: what a reader finds in the morning, and the ways on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard import morning
from tests.dashboard.program import serve, stop
from tests.dashboard.snapshot import NOW, stamp
from tests.shared import ROOT

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 60_000
KEY = "deepfake-policy-monitor.visit"


@pytest.fixture(scope="module")
def morning_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("morning")
    morning.build(folder)
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "log")
    yield address
    stop(process)


def kept(page: Page) -> dict[str, Any]:
    return dict(json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "{}"))


def come_back_after(page: Page, minutes: int, **values: object) -> None:
    """As if the reader had last looked so long ago; ``values`` change what the browser kept."""
    state = {**kept(page), **values}
    state["at"] -= minutes * 60_000
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(state)])
    page.reload()


def period(page: Page) -> Any:
    return page.get_by_role("radiogroup", name="New since")


def test_a_visit_is_remembered_and_a_second_look_soon_after_does_not_end_it(morning_site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{morning_site}/?lang=en")
    expect(page.get_by_text("Where making or sharing fake intimate images")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("My last visit")).to_have_count(0)
    assert kept(page)["seen"] == stamp(NOW)

    come_back_after(page, 12 * 60, seen=morning.SEEN)
    expect(page.get_by_text("At your last visit you saw the publication of")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Stage changes (2)")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Where making or sharing fake intimate images")).not_to_be_visible()

    come_back_after(page, 5)
    expect(page.get_by_text("Stage changes (2)")).to_be_visible(timeout=WAIT)
    assert kept(page)["since"] == morning.SEEN

    come_back_after(page, 45)
    expect(page.get_by_text("No change and no event in this period.")).to_be_visible(timeout=WAIT)
    page.get_by_text("30 days", exact=True).click()
    expect(page).to_have_url(re.compile("since=30"), timeout=WAIT)
    expect(page.get_by_text("Stage changes (2)")).to_be_visible(timeout=WAIT)
    assert page.foreign == []


def test_what_is_no_instant_is_not_believed(morning_site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{morning_site}/?lang=en")
    expect(page.get_by_text("What changed")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Where making or sharing fake intimate images")).to_be_visible(timeout=WAIT)
    come_back_after(page, 60, seen="<img src=x onerror=alert(1)>")
    expect(page.get_by_text("What changed")).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(2000)
    expect(page.get_by_text("My last visit")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_change_of_stage_leads_to_its_file_and_to_the_event_that_proves_it(morning_site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{morning_site}/?lang=en&since=7")
    page.get_by_role("button", name="Proved by: The Assembly adopts it").click(timeout=WAIT)
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", name="The Assembly adopts it")).to_be_visible(timeout=WAIT)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0, timeout=WAIT)
    page.get_by_role("link", name="SREN Act").click()
    expect(page.get_by_role("heading", name="SREN Act", level=1)).to_be_visible(timeout=WAIT)


def test_the_next_deadline_of_the_union_is_one_click_away(morning_site: str, visitor: Visitor):
    page = visitor(width=390, height=844)
    page.goto(f"{morning_site}/?lang=fr")
    page.get_by_role("button", name="Le marquage commence").click(timeout=WAIT)
    expect(page.get_by_role("dialog").get_by_text("Union européenne")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_word_and_a_number_lead_on_and_back(morning_site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{morning_site}/?lang=en")
    box = page.get_by_role("searchbox", name="Search laws").or_(page.get_by_role("textbox", name="Search laws"))
    box.fill("removal", timeout=WAIT)
    box.press("Enter")
    expect(page.get_by_role("heading", name="Search", exact=True)).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"/search\?.*words=removal"), timeout=WAIT)
    page.go_back()
    expect(page.get_by_role("heading", name="What is new")).to_be_visible(timeout=WAIT)

    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed(timeout=WAIT)
    expect(table.locator("canvas").first).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(1000)
    table.click(position={"x": 30, "y": 35 + 17})
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible(timeout=WAIT)
