"""A reader searches in a real browser: tries an example, narrows, opens what was found and comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from dashboard.safe import JOINER

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 30_000


def test_a_reader_searches_narrows_opens_and_comes_back(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/search?lang=en")
    page.get_by_role("button", name="How to search").click()
    page.get_by_role("button", name=re.compile(f"actor:{JOINER}?Ofcom")).click()
    expect(page).to_have_url(re.compile(r"words=actor%3AOfcom"), timeout=WAIT)
    page.keyboard.press("Escape")
    expect(page.get_by_text("Understood as: actor: Ofcom")).to_be_visible(timeout=WAIT)

    box = page.get_by_role("textbox", name="Words")
    box.fill("enquêtes Ofcom")
    box.press("Enter")
    expect(page.get_by_text("Also searched:")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Ofcom opens an investigation")).to_be_visible(timeout=WAIT)
    page.get_by_role("radio", name=re.compile("^Files")).click()
    expect(page).to_have_url(re.compile(r"kind=dossier"), timeout=WAIT)
    found = page.get_by_role("link", name="Ofcom and X")
    expect(found).to_be_visible(timeout=WAIT)

    found.click()
    expect(page.get_by_role("heading", name="Ofcom and X", level=1)).to_be_visible(timeout=WAIT)
    page.go_back()
    expect(page.get_by_role("textbox", name="Words")).to_have_value("enquêtes Ofcom", timeout=WAIT)
    expect(page).to_have_url(re.compile(r"kind=dossier"))
    assert page.foreign == []


def test_titles_stand_above_their_text_at_every_width(site: str, visitor: Visitor):
    for width in (1400, 390):
        page = visitor(width=width)
        page.goto(f"{site}/search?lang=en&words=Ofcom")
        expect(page.get_by_role("heading", name="Events")).to_be_visible(timeout=WAIT)
        expect(page.locator("[class*='st-key-hit-event-0'] button p")).to_be_visible(timeout=WAIT)
        edges = page.evaluate(
            """() => [...document.querySelectorAll("[class*='st-key-hit-'] p")]
                     .map(one => Math.round(one.getBoundingClientRect().left))"""
        )
        assert max(edges) - min(edges) <= 2, edges
        assert page.evaluate("document.documentElement.scrollWidth") <= width
