"""``make hostile`` looks at every page with hostile strings in every field of others: here, that its look sees what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import hostile
from tests.dashboard.conftest import serve, stop
from tests.shared import ROOT

pytestmark = pytest.mark.browser


def test_the_strings_are_many_and_all_different():
    assert len(set(hostile.strings())) == hostile.COUNT


def test_the_look_sees_what_an_unsafe_page_does(chromium: Any, published: Path, tmp_path: Path):
    process, site = serve(ROOT / "tests" / "dashboard" / "unsafe_app.py", published, tmp_path / "log")
    try:
        wrong = hostile.look(chromium, site, "/", 1400)
    finally:
        stop(process)
    assert any(one.startswith("asks https://canary.example") for one in wrong)
    assert any(one.startswith("made") for one in wrong)
    assert any(one.startswith(("wide", "main")) for one in wrong)
