"""A further language is one file; what it lacks is named and shown in English."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import i18n
from dashboard.i18n import label, languages, missing, number, quoted, stage_label, t, words

GERMAN = """
close = "Schließen"
[language]
name = "Deutsch"
[writing]
thousands = "."
[nav]
timeline = "Zeitleiste"
[vocabulary.harms]
ncii = "Intime Bilder"
[vocabulary.stages]
enacted = "Verkündet"
"""


@pytest.fixture
def with_german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shutil.copytree(Path(i18n.__file__).parent / "locales", tmp_path / "locales")
    (folder / "de.toml").write_text(GERMAN, encoding="utf-8")
    read = words.__wrapped__
    monkeypatch.setattr(i18n, "words", lambda lang, _folder=folder: read(lang, folder))
    return folder


def test_no_key_is_missing_in_a_language_that_stands_here():
    assert {lang: missing(lang) for lang in i18n.LANGUAGES} == {lang: [] for lang in i18n.LANGUAGES}


def test_a_third_language_is_one_file(with_german: Path):
    assert languages(with_german) == ("fr", "en", "de")
    assert t("nav.timeline", "de") == "Zeitleiste"
    assert label("harms", "ncii", "de") == "Intime Bilder"
    assert stage_label("law", "enacted", "de") == "Verkündet"
    assert number(12345, "de") == "12.345"


def test_what_it_lacks_is_named_and_shown_in_english(with_german: Path):
    lacking = missing("de", with_german)
    assert "nav.overview" in lacking
    assert "vocabulary.harms.elections" in lacking
    assert not {"nav.timeline", "close", "vocabulary.harms.ncii", "vocabulary.stages.enacted"} & set(lacking)
    assert t("nav.overview", "de") == t("nav.overview", "en")
    assert label("harms", "elections", "de") == label("harms", "elections", "en")
    assert quoted("so", "de") == quoted("so", "en")
