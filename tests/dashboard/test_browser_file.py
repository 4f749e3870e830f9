"""The way of a reader through one file in a real browser: find it, read where it stands, take its dates away, go back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard import file_snapshot
from tests.dashboard.file_snapshot import ACT
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser

WAIT = 120_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on a snapshot with one full file."""
    folder: Path = tmp_path_factory.mktemp("files")
    file_snapshot.build(folder)
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
    yield address
    stop(process)


def test_from_a_number_to_the_file_its_parts_its_calendar_and_back(files: str, visitor: Callable[..., Any]):
    from playwright.sync_api import expect

    page = visitor()
    page.goto(f"{files}/dossiers?lang=en&sort=place")
    box = page.get_by_role("textbox", name="Name or number")
    box.fill("S.146", timeout=WAIT)
    box.press("Enter")
    expect(page.get_by_role("button", name="Act of the last Congress")).to_have_count(0, timeout=WAIT)
    page.get_by_role("button", name="Deepfake labelling act").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deepfake labelling act", timeout=WAIT)
    expect(page).to_have_url(re.compile(f"file={ACT}"), timeout=WAIT)
    expect(page.get_by_role("link", name="Official page")).to_have_attribute("href", "https://example.org/s-146")

    page.get_by_role("radio", name=re.compile("Calendar")).click(timeout=WAIT)
    expect(page).to_have_url(re.compile("tab=calendar"), timeout=WAIT)
    expect(page.get_by_role("button", name="Other formats")).to_have_count(0, timeout=WAIT)  # the timeline is gone
    with page.expect_download(timeout=WAIT) as started:
        page.get_by_role("button", name="iCalendar").click(timeout=WAIT)
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20260308" in text

    page.get_by_role("button", name=re.compile("10 January 2025")).first.click()
    expect(page.get_by_role("dialog")).to_contain_text("example.org", timeout=WAIT)
    assert page.foreign == []


def test_a_part_opens_from_its_address_in_another_browser_and_the_phone_has_no_sideways_scroll(
    files: str, visitor: Callable[..., Any]
):
    from playwright.sync_api import expect

    page = visitor(width=390, height=844)
    page.goto(f"{files}/dossiers?file={ACT}&tab=documents&page=2&lang=fr")
    expect(page.get_by_role("heading", name="Amendements, scrutins, questions")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("table").last).to_contain_text("Ada Example", timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
