"""A reader goes from the list of actors to evidence, and from a cell of the matrix to a quote, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.dashboard import small
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 30_000
HEADER, LINE, TICK = 35, 35, 18


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("small")
    small.build(folder)
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
    yield address
    stop(process)


def test_from_the_list_to_a_profile_to_the_events_two_share(small_site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{small_site}/actors?lang=en&kind=ngo")
    expect(page.get_by_text("1 actor. Choose its row")).to_be_visible(timeout=WAIT)
    table = page.get_by_test_id("stDataFrame").first
    expect(table.locator("canvas").first).to_be_visible(timeout=WAIT)
    table.click(position={"x": TICK, "y": HEADER + LINE // 2})
    expect(page.get_by_role("heading", name="Clear Voices", exact=True)).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"who=ngo-clear"), timeout=WAIT)
    expect(page.get_by_role("heading", name="Acts with")).to_be_visible(timeout=WAIT)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    together = page.get_by_test_id("stDataFrame").last
    together.scroll_into_view_if_needed()
    expect(together.locator("canvas").first).to_be_visible(timeout=WAIT)
    together.click(position={"x": TICK, "y": HEADER + LINE // 2})
    expect(page.get_by_role("heading", name="Event of Clear Voices and Frame (1)")).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"with=org-frame"), timeout=WAIT)
    page.go_back()
    expect(page.get_by_role("heading", name="Clear Voices", exact=True)).to_be_visible(timeout=WAIT)
    assert page.foreign == []


def test_a_cell_of_the_matrix_opens_its_words_and_their_card(small_site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{small_site}/positions?lang=en&kind=ngo")
    expect(page.get_by_text("2 statements and 0 votes of 1 actor on 2 measures")).to_be_visible(timeout=WAIT)
    table = page.get_by_test_id("stDataFrame").first
    expect(table.locator("canvas").first).to_be_visible(timeout=WAIT)
    table.click(position={"x": table.bounding_box()["width"] - 60, "y": HEADER + 30})
    expect(page.get_by_role("heading", name="Clear Voices on: No file named")).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile(r"on=none"), timeout=WAIT)
    page.get_by_role("button", name="Source card").click()
    expect(page.get_by_role("dialog").get_by_text("We oppose it now.").first).to_be_visible(timeout=WAIT)
    assert page.foreign == []


def test_on_a_phone_nothing_sticks_out(small_site: str, visitor: Visitor):
    page = visitor(width=390, height=844)
    for path in ("actors", "actors?who=ngo-clear&with=org-frame", "positions?who=ngo-clear"):
        page.goto(f"{small_site}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
        page.wait_for_timeout(1500)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
