"""A reader looks closer, walks through time, and goes from card to card: with a mouse, with keys, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 90_000


def at_rest(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)


def test_the_keyboard_zooms_walks_through_time_and_comes_back(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en&zoom=days&at=2026-01-12")
    figure = page.get_by_test_id("stPlotlyChart")
    expect(figure.locator(".annotation-text").first).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("27 November 2025 – 27 February 2026")).to_be_visible(timeout=WAIT)
    earlier = page.get_by_role("button", name="Earlier")
    expect(earlier).to_be_enabled(timeout=WAIT)
    at_rest(page)
    earlier.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("19 September 2025 – 20 December 2025")).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile("at=2025-11-04"), timeout=WAIT)
    page.go_back()
    expect(page.get_by_text("27 November 2025 – 27 February 2026")).to_be_visible(timeout=WAIT)
    assert page.foreign == []


def test_a_stage_of_a_file_leads_to_its_proof_and_on_to_the_next_event(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en&lanes=dossier&dossier=fr-loi-sren")
    bar = page.locator(".barlayer .trace .point path").first
    expect(bar).to_be_visible(timeout=WAIT)
    at_rest(page)
    place = bar.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", name="The bill is tabled")).to_be_visible(timeout=WAIT)
    card.get_by_role("button", name=re.compile("After, 17 October 2023")).click()
    expect(card.get_by_role("heading", name="The Assembly adopts the bill")).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile("event=fr-sren-vote"), timeout=WAIT)


def test_a_narrow_window_writes_the_names_of_lanes_above_them(site: str, visitor: Visitor):
    page = visitor(width=390, height=844)
    page.goto(f"{site}/timeline?lang=en&dossier=uk-x-case")
    note = page.locator(".annotation-text", has_text="United Kingdom")
    expect(note).to_be_visible(timeout=WAIT)
    at_rest(page)
    mark = page.locator(".scatterlayer .trace .points path").first
    expect(mark).to_be_visible(timeout=WAIT)
    name, glyph = note.bounding_box(), mark.bounding_box()
    assert name["y"] + name["height"] <= glyph["y"] + 2, "the name stands clear of the marks"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_window_made_narrow_gets_the_narrow_figure_and_back(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en&dossier=uk-x-case")
    tick = page.locator(".yaxislayer-above text, .yaxislayer-below text", has_text="United Kingdom")
    note = page.locator(".annotation-text", has_text="United Kingdom")
    expect(tick.first).to_be_visible(timeout=WAIT)
    at_rest(page)
    assert note.count() == 0
    page.set_viewport_size({"width": 390, "height": 844})
    expect(note.first).to_be_visible(timeout=WAIT)
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(tick.first).to_be_visible(timeout=WAIT)
    expect(note).to_have_count(0, timeout=WAIT)


def test_on_paper_a_figure_is_whole_and_an_open_card_stands_alone(site: str, visitor: Visitor):
    page = visitor(height=1000)
    page.goto(f"{site}/timeline?lang=en&dossier=fr-loi-sren")
    expect(page.get_by_test_id("stPlotlyChart").locator(".main-svg").first).to_be_visible(timeout=WAIT)
    at_rest(page)
    page.emulate_media(media="print")
    sheet_px = (330 - 2 * 12) * 96 / 25.4
    assert page.locator(".main-svg").first.bounding_box()["width"] <= sheet_px
    for control in ("stButtonGroup", "stMultiSelect", "stDownloadButton"):
        assert not page.get_by_test_id(control).first.is_visible(), control
    page.emulate_media(media="screen")
    page.goto(f"{site}/timeline?lang=en&event=fr-sren-vote")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=WAIT)
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stApp")).to_be_hidden(timeout=WAIT)
    assert page.get_by_role("dialog").evaluate("one => getComputedStyle(one).position") == "static"
