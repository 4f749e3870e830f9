"""Every word of the pages exists in both languages; dates are never finer than known."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import tables
from dashboard.dates import show_date, show_instant, show_when
from dashboard.i18n import LANGUAGES, label, number, plural, stage_label, t, words
from data.queries.sources import STATES
from data.reference import load_reference
from data.view import LISTS, SINGLES
from data.vocabulary import load_vocabulary
from tests.data.export.sample import SREN
from tests.shared import ROOT


def modules() -> Iterator[Path]:
    yield from sorted((ROOT / "dashboard").rglob("*.py"))


def asked() -> Iterator[tuple[str, str]]:
    """(file, key) of every ``t("…")`` and ``plural("…")``; an f-string gives its fixed beginning with an asterisk."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "plural":
                keys = [branch.value for branch in _branches(node.args[0]) if isinstance(branch, ast.Constant)]
                yield from ((path.name, f"{key}.{form}") for key in keys for form in ("one", "other"))
            if node.func.id != "t":
                continue
            for branch in _branches(node.args[0]):
                if isinstance(branch, ast.Constant):
                    yield path.name, str(branch.value)
                elif isinstance(branch, ast.JoinedStr) and isinstance(branch.values[0], ast.Constant):
                    yield path.name, f"{branch.values[0].value}*"
                elif not isinstance(branch, ast.Name) and path.name != "i18n.py":  # there: the parts of a plural
                    raise AssertionError(f"{path.name}:{node.lineno}: a key that cannot be read")


def _branches(node: ast.expr) -> list[ast.expr]:
    return [*_branches(node.body), *_branches(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_the_same_values_to_fill_in():
    assert words("fr").keys() == words("en").keys()
    assert {key for key in words("en") if fields(words("en")[key]) != fields(words("fr")[key])} == set()


def test_no_text_is_empty():
    assert [(lang, key) for lang in LANGUAGES for key, text in words(lang).items() if not text.strip(" \n")] == []


def test_every_key_that_a_page_asks_for_exists():
    known = words("en")
    missing = [
        (file, key)
        for file, key in asked()
        if (key not in known if not key.endswith("*") else not any(one.startswith(key[:-1]) for one in known))
    ]
    assert missing == []


def test_every_key_is_asked_for():
    keys = {key for _, key in asked()}
    starts = tuple(key[:-1] for key in keys if key.endswith("*"))
    assert [key for key in words("en") if key not in keys and not key.startswith(starts)] == []


def test_families_of_keys_are_whole():
    known = words("en")
    wanted = [
        *(f"state.{state}" for state in STATES),
        *(f"filter.{key}" for key in (*LISTS, *SINGLES)),
        *(f"verification.{code}" for code in load_vocabulary().codes("verification")),
        *(f"revision.{field}" for field in tables.FIELDS),
        *(f"month.{month}" for month in range(1, 13)),
    ]
    assert [key for key in wanted if key not in known] == []


def test_a_key_that_nobody_has_is_an_error():
    with pytest.raises(KeyError):
        t("no.such.key", "fr")


def test_a_code_without_a_label_is_shown_as_it_is():
    assert label("event_types", "no_such_type", "fr") == "no_such_type"
    assert stage_label("law", "enacted", "fr") == load_vocabulary().stage_label("law", "enacted", "fr")
    assert stage_label("", "enacted", "en") == load_vocabulary().label("stages", "enacted", "en")


@pytest.mark.parametrize(
    ("iso", "en", "fr"),
    [
        ("2026", "2026", "2026"),
        ("2026-01", "January 2026", "janvier 2026"),
        ("2026-08-01", "1 August 2026", "1er août 2026"),
        ("2026-03-05/2026-06-30", "5 March – 30 June 2026", "5 mars – 30 juin 2026"),
        ("2024-03-26/2024-03-27", "26–27 March 2024", "26–27 mars 2024"),
        ("2024-03-01/2024-03-27", "1–27 March 2024", "1er–27 mars 2024"),
        ("2025-12-29/2026-01-02", "29 December 2025 – 2 January 2026", "29 décembre 2025 – 2 janvier 2026"),
        ("2025-01/2025-03", "January 2025 – March 2025", "janvier 2025 – mars 2025"),
        ("", "", ""),
    ],
)
def test_dates_in_words(iso: str, en: str, fr: str):
    assert (show_date(iso, "en"), show_date(iso, "fr")) == (en, fr)


def test_a_quarter_is_shown_as_a_quarter():
    event = replace(SREN, date="2026-07-01/2026-09-30", date_start="2026-07-01", date_end="2026-09-30")
    assert show_when(replace(event, precision="quarter"), "en") == "Q3 2026"
    assert show_when(replace(event, precision="quarter"), "fr") == "T3 2026"
    assert show_when(replace(event, precision="half"), "fr") == "2e semestre 2026"


def test_an_instant_is_marked_as_utc_and_stays_on_its_day():
    assert show_instant("2026-11-25T23:59:00Z", "en") == "25 November 2026 23:59 UTC"
    assert show_instant("", "fr") == "jamais"


def test_numbers_take_the_separator_of_the_language():
    assert (number(1546, "en"), number(1546, "fr")) == ("1,546", "1\u202f546")


@pytest.mark.parametrize(
    ("n", "en", "fr"),
    [
        (0, "0 documents read", "0 document lu"),
        (1, "1 document read", "1 document lu"),
        (2, "2 documents read", "2 documents lus"),
        (1204, "1,204 documents read", "1\u202f204 documents lus"),
    ],
)
def test_one_thing_is_singular_and_in_french_none_is_too(n: int, en: str, fr: str):
    assert (plural("count.documents_read", n, "en"), plural("count.documents_read", n, "fr")) == (en, fr)


def test_french_words_of_ours_have_their_own_apostrophe():
    reference = load_reference()
    told = [*words("fr").items()]
    told += [(one.event_id, text) for one in reference.milestones for text in (one.titles["fr"], one.summaries["fr"])]
    told += [(one.dossier_id, one.titles["fr"]) for one in reference.dossiers]
    assert len(told) > 1000
    assert [key for key, text in told if re.search(r"[^\W\d]'[^\W\d]", text)] == []
