"""The record of an earlier day in a browser: from a change to the day before, over pages, back to now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.dashboard import snapshot as sample
from tests.dashboard.program import serve, stop
from tests.data.monitor import FIRST, Monitor
from tests.shared import ROOT

DAY = FIRST.isoformat()
LONG = 60_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a record of two days; the second corrects the day an act was signed."""
    folder = tmp_path_factory.mktemp("as-of")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(folder))
        monitor = Monitor(folder)
        monitor.load(sample.reference("2024-05-20"))
        monitor.publish()
        monitor.load(sample.reference("2024-05-21"))
        monitor.publish()
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
    yield address
    stop(process)


def test_from_a_change_to_the_day_before_and_back(server: str, visitor: Callable[..., Any]):
    from playwright.sync_api import expect

    page = visitor()
    page.goto(f"{server}/changes?lang=en", timeout=LONG)
    expect(page.get_by_text("Date: 20 May 2024 → 21 May 2024")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="The record the day before").click(timeout=LONG)
    expect(page.get_by_text("The record as it stood on 2 March 2026.")).to_be_visible(timeout=LONG)
    expect(page).to_have_url(re.compile(f"as_of={DAY}.*event=fr-sren-signed|event=fr-sren-signed.*as_of={DAY}"))
    card = page.get_by_role("dialog")
    expect(card.get_by_text("20 May 2024").first).to_be_visible(timeout=LONG)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0, timeout=LONG)
    page.get_by_role("link", name="Files", exact=True).click(timeout=LONG)
    expect(page.get_by_role("heading", name="Files")).to_be_visible(timeout=LONG)
    expect(page).to_have_url(re.compile(f"/dossiers\\?.*as_of={DAY}"), timeout=LONG)
    page.get_by_role("button", name="Back to now").click(timeout=LONG)
    expect(page.get_by_text("The record as it stood on 2 March 2026.")).to_have_count(0, timeout=LONG)
    expect(page).not_to_have_url(re.compile("as_of"), timeout=LONG)
    assert page.foreign == []


def test_the_browsers_back_leaves_the_day(server: str, visitor: Callable[..., Any]):
    from playwright.sync_api import expect

    page = visitor()
    page.goto(f"{server}/changes?lang=en", timeout=LONG)
    page.get_by_role("button", name="The record the day before").click(timeout=LONG)
    expect(page.get_by_text("The record as it stood on 2 March 2026.")).to_be_visible(timeout=LONG)
    page.go_back()
    expect(page.get_by_text("The record as it stood on 2 March 2026.")).to_have_count(0, timeout=LONG)
    expect(page).not_to_have_url(re.compile("as_of"), timeout=LONG)
