"""The export menu: every format in words, what its writer has to say before the click, and one that cannot be made."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from dashboard import takeaway
from dashboard.i18n import LANGUAGES, words
from data import export
from data.export.timelinejs import STORY_LIMIT
from tests.dashboard.menu import WAIT, choose_format

Visitor = Callable[..., Any]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_format_has_a_name_and_says_what_it_is_good_for(lang: str):
    for fmt in export.FORMATS:
        assert words(lang).get(f"export.{fmt}"), fmt
        assert words(lang).get(f"export.{fmt}_help"), fmt
    assert len({words(lang)[f"export.{fmt}"] for fmt in export.FORMATS}) == len(export.FORMATS)


def menu(fmt: str | None, count: int, lang: str = "en") -> AppTest:
    """The menu alone, with a format chosen."""

    def script(fmt: str | None, count: int, lang: str) -> None:
        import streamlit as st

        from dashboard import takeaway
        from data.view import View

        st.session_state["w-export-x"] = fmt
        takeaway.buttons(View(), count, lang, key="x")

    at = AppTest.from_function(script, kwargs={"fmt": fmt, "count": count, "lang": lang}, default_timeout=60)
    return at.run()


def said(at: AppTest) -> str:
    assert not at.exception, at.exception
    parts = [*at.markdown, *at.caption, *at.info, *at.warning]
    return "\n".join(str(one.value) for one in parts)


def test_the_menu_lists_every_format_and_says_how_many_rows(home: Path):
    at = menu(None, 12)
    assert "**Take away** these 12 events:" in said(at)
    assert len(at.selectbox(key="w-export-x").options) == len(export.FORMATS)
    assert f"{len(export.FORMATS)} formats" in said(at)


@pytest.mark.parametrize(("lang", "told"), [("en", "61 slides"), ("fr", "61 diapositives")])
def test_a_story_that_is_too_long_is_told_before_the_click(home: Path, lang: str, told: str):
    assert told in said(menu(None, STORY_LIMIT + 1, lang))
    assert told not in said(menu(None, STORY_LIMIT, lang))


def test_a_format_without_its_library_says_so_and_the_rest_stands(home: Path, monkeypatch: pytest.MonkeyPatch):
    def missing(fmt: str, count: int, lang: str) -> tuple[str, ...]:
        if fmt == "gexf":
            raise ModuleNotFoundError("No module named 'networkx'", name="networkx")
        return ()

    monkeypatch.setattr(takeaway.export, "known_notes", missing)
    at = menu("gexf", 12)
    assert "the library networkx is not installed" in said(at)
    assert len(at.get("download_button")) == len(takeaway.COMMON)
    assert len(menu("json", 12).get("download_button")) == len(takeaway.COMMON) + 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 390])
def test_a_keyboard_chooses_a_format_and_takes_it(site: str, visitor: Visitor, width: int):
    page = visitor(width=width)
    page.goto(f"{site}/timeline?lang=en&jurisdiction=fr")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    button = choose_format(page, "JSON")
    with page.expect_download(timeout=WAIT) as waiting:
        button.press("Enter")
    found = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert [one["event_id"] for one in found["events"]] == ["fr-sren-tabled", "fr-sren-vote", "fr-sren-signed"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.foreign == []


@pytest.mark.browser
def test_everything_leaves_in_one_click(site: str, visitor: Visitor):
    page = visitor()
    page.goto(f"{site}/timeline?lang=en&jurisdiction=fr")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    with page.expect_download(timeout=4 * WAIT) as waiting:
        page.get_by_role("button", name="Everything in one file").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert {one["format"] for one in manifest["files"]} == set(export.FORMATS) - {"bundle"}
    assert manifest["context"]["count"] == 3
