"""No page has a serious finding of axe-core, wide or narrow, light or dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.dashboard.addresses import PAGES
from tests.dashboard.test_browser import Visitor, at_rest

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
LOOKS = [(1400, "light", "en"), (1400, "dark", "fr"), (390, "light", "fr"), (390, "dark", "en")]
#: whatever scrolls in a drawer can be reached by keyboard
REACHABLE = """
() => [...document.querySelectorAll('[role="dialog"], [role="dialog"] > div, [role="dialog"] > div > div')].every(
    (one) => one.tabIndex === 0 || !/auto|scroll/.test(getComputedStyle(one).overflow))
"""
#: of Streamlit's own parts, out of our reach; each with the part it is found in
KNOWN: dict[str, str] = {}


def findings(page: Any) -> list[str]:
    """Serious and critical findings, each with its rule and the first elements."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if not (one["id"] in KNOWN and KNOWN[one["id"]] in node["html"])
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(site: str, visitor: Visitor, name: str):
    wrong = {}
    for width, scheme, lang in LOOKS:
        page = visitor(width=width, scheme=scheme)
        address = PAGES[name]
        page.goto(f"{site}{address}{'&' if '?' in address else '?'}lang={lang}")
        at_rest(page)
        page.wait_for_timeout(1200)  # parts mount up to a second after the script has ended
        page.wait_for_function(REACHABLE)  # our own program comes with one of them, on a loaded machine later
        if found := findings(page):
            wrong[width, scheme] = found
        page.context.close()
    assert wrong == {}


def test_the_check_itself_finds_a_picture_without_words(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/about?lang=en")
    at_rest(page)
    page.evaluate("document.querySelector('.stMain').append(Object.assign(new Image(), {src: 'data:,'}))")
    assert any(one.startswith("image-alt") for one in findings(page))
