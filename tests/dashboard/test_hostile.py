"""Hostile strings in every field of others, on every page: a few of those of ``make hostile``, and that its look sees
what is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import hostile
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser


def test_the_strings_are_many_and_all_different():
    assert len(set(hostile.strings())) == hostile.COUNT


def test_the_look_sees_what_an_unsafe_page_does(chromium: Any, published: Path, tmp_path: Path):
    process, site = serve(ROOT / "tests" / "dashboard" / "unsafe_app.py", published, tmp_path / "log")
    try:
        noted: list[str] = []
        context = chromium.new_context(viewport={"width": 1400, "height": 900})
        page = hostile.window(context, noted)
        hostile.go(page, site, "/")
        wrong = hostile.look(page, noted)
        context.close()
    finally:
        stop(process)
    assert any(one.startswith("asks https://canary.example") for one in wrong)
    assert any(one.startswith("made") for one in wrong)
    assert any(one.startswith(("wide", "main")) for one in wrong)


@pytest.mark.timeout(1800)
def test_no_page_runs_shows_or_asks_for_what_a_stranger_wrote(chromium: Any, published: Path, tmp_path: Path):
    """Every core once in every field, on every page, in the window of a phone, which is left most easily."""
    cores = len(hostile._CORES)
    assert hostile.look_at_all(chromium, published, tmp_path / "poisoned", 0, 390, size=cores) == []
