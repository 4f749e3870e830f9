"""The export menu as a reader with a keyboard uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

WAIT = 30_000


def choose_format(page: Page, name: str) -> Locator:
    """Open the list of formats of an English page, choose one by its name; returns the button that downloads it."""
    others = page.get_by_role("button", name="Other formats")
    others.focus()
    others.press("Enter")
    box = page.get_by_role("combobox", name="Format")
    expect(box).to_be_visible(timeout=WAIT)
    box.focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    found = page.get_by_role("button", name=f"{name}: download")
    expect(found).to_be_visible(timeout=WAIT)
    return found
