"""A reader sets countries side by side in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import compare_case
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 60_000


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on places that answer one affair."""
    folder = tmp_path_factory.mktemp("compare-site")
    compare_case.build(folder)
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
    yield address
    stop(process)


def row(page: Page, name: str) -> Any:
    """The line of a table whose heading is ``name``."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def test_a_reader_sees_what_a_country_did_within_a_month_and_the_proof(answering: str, visitor: Visitor):
    page = visitor()
    page.set_default_timeout(WAIT)
    page.goto(f"{answering}/compare?lang=en")
    expect(page.get_by_role("rowheader", name="In force and applicable")).to_be_visible(timeout=WAIT)
    page.get_by_role("radio", name="After an incident").click()
    expect(page).to_have_url(re.compile(r"[?&]by=incident"), timeout=WAIT)
    expect(row(page, "United Kingdom")).to_contain_text("14 days", timeout=WAIT)
    expect(row(page, "Indonesia")).to_have_count(0)

    page.get_by_role("radio", name="90 days").click()
    expect(page).to_have_url(re.compile(r"[?&]within=90"), timeout=WAIT)
    expect(row(page, "Indonesia")).to_contain_text("81 days", timeout=WAIT)

    with page.context.expect_page() as opened:
        row(page, "United Kingdom").get_by_role("link", name="12 January 2026").click()
    proof = opened.value
    expect(proof.get_by_role("dialog").get_by_role("heading", name="Ofcom opens")).to_be_visible(timeout=WAIT)
    expect(proof).to_have_url(re.compile(r"within=90.*event=uk-opened"))
    proof.keyboard.press("Escape")
    expect(row(proof, "Indonesia")).to_contain_text("81 days", timeout=WAIT)
    proof.close()

    page.get_by_role("link", name=re.compile("These .* events on the timeline")).click()
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"incident=grok-2026"), timeout=WAIT)
    expect(page.get_by_text(re.compile(r"\d+ events, newest first|Events 1 to \d+ of \d+"))).to_be_visible(timeout=WAIT)
    page.go_back()
    expect(row(page, "Indonesia")).to_contain_text("81 days", timeout=WAIT)
    assert page.foreign == []


def test_the_ladder_leads_to_a_file_and_scrolls_inside_itself_on_a_phone(answering: str, visitor: Visitor):
    page = visitor(width=390, height=844, locale="fr-FR")
    page.set_default_timeout(WAIT)
    page.goto(f"{answering}/compare?lang=fr&jurisdiction=fr&jurisdiction=uk&jurisdiction=us")
    expect(page.get_by_role("columnheader", name="Royaume-Uni")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("heading", name="Les pays côte à côte")).to_be_visible(timeout=WAIT)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert wide <= 0, "the page itself must not scroll sideways"
    head = page.get_by_role("rowheader").first
    page.evaluate("document.querySelector('.st-key-compare-table table').parentElement.scrollLeft = 200")
    box = head.bounding_box()
    assert box and box["x"] >= 0, "the headings of the lines stay in sight"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Loi SREN").click()
    expect(opened.value.get_by_role("heading", name="Loi SREN")).to_be_visible(timeout=WAIT)
