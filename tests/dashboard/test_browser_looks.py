"""What a reader would complain about at first sight: lines on each other, English on a French page, a notice unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.dashboard.addresses import PAGES
from tests.dashboard.test_browser import WAIT, at_rest

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
#: pairs of things to choose whose words lie on each other, by the words of both
COLLISIONS = """
() => {
    const all = [...document.querySelectorAll(
        '[data-testid="stMain"] :is([data-testid="stPageLink-NavLink"], [data-testid^="stBaseButton"]) p')]
        .map((one) => [one.innerText, one.getBoundingClientRect()]).filter(([name, box]) => name && box.height);
    const both = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    return all.flatMap(([name, a], place) =>
        all.slice(place + 1).filter(([, b]) => both(a, b)).map(([other]) => `${name} / ${other}`));
}
"""


def settled(page: Any) -> None:
    """Parts mount up to a second after the script has ended."""
    at_rest(page)
    page.wait_for_timeout(1500)


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", ["overview", "file", "file-actors", "files-by-place", "search", "profile"])
def test_nothing_to_choose_lies_on_another(site: str, visitor: Visitor, name: str, width: int):
    page = visitor(width=width, height=2400)
    address = PAGES[name]
    page.goto(f"{site}{address}{'&' if '?' in address else '?'}lang=fr")
    settled(page)
    assert page.evaluate(COLLISIONS) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("address", ["/timeline?", "/compare?"])
def test_choices_side_by_side_stand_on_one_line_of_a_phone(site: str, visitor: Visitor, address: str, lang: str):
    page = visitor(width=390)
    page.goto(f"{site}{address}lang={lang}")
    settled(page)
    expect(page.get_by_role("radiogroup").nth(1)).to_be_visible(timeout=WAIT)
    heights = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain] [role=radiogroup]')].map((one) => one.clientHeight)"
    )
    assert heights and max(heights) < 50


def test_the_way_to_the_other_pages_says_what_it_is_on_a_phone(site: str, visitor: Visitor):
    page = visitor(width=390)
    page.goto(f"{site}/?lang=fr")
    way = page.get_by_role("button", name="Menu", exact=True)
    expect(way).to_be_visible(timeout=WAIT)
    way.click()
    expect(page.get_by_role("link", name="Chronologie", exact=True)).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Fermer le menu")).to_be_visible(timeout=WAIT)


def test_an_address_that_leads_nowhere_is_told_in_the_words_of_the_page(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/nothing-here?lang=fr")
    notice = page.get_by_role("dialog")
    expect(notice).to_contain_text("Page introuvable", timeout=WAIT)
    expect(notice).to_contain_text("Rien ne se trouve à cette adresse")
    expect(notice).not_to_contain_text("does not seem to exist")
    expect(notice.get_by_role("button", name="Fermer")).to_be_visible()


def test_an_event_that_is_not_here_is_told_where_the_page_begins(site: str, visitor: Visitor):
    page = visitor(width=390, height=844)
    page.goto(f"{site}/timeline?event=xx-none&lang=en")
    expect(page.get_by_text("There is no event xx-none")).to_be_in_viewport(timeout=WAIT)
