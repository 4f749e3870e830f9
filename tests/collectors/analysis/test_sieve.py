from __future__ import annotations

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from collectors.analysis import sieve as module
from collectors.analysis.lexicon import FOLDER, load
from collectors.analysis.sieve import Sieve, Words, widened
from data.errors import ReferenceDataError

#: every kind of part the lexicons are written with
EXPRESSIONS = [
    r"ai", r"ai act", r"articles? \d+", r"\d{1,3}(?:-\d+)?", r"loi(?! de)", r"(?<=la )loi", r"d[ée]pos\w+",
    r"(?:un|une) (?P<what>\w+)", r"acts?|actes?", r"[^\W\d_]{3,}e", r"l'[a-z]+\b", r"x+", r"\S+!", r"ex-[^\s-]+",
    r"(?i:Sen)ate", r"[]a]b", r"été", r"[^œx]e", r"œ\w", r"\W\S",
]  # fmt: skip
TEXTS = st.text(alphabet="aiextlodépnu Slcr'-!.12_] AE\n\ud800éÉœŒ–", max_size=60)


@given(TEXTS, st.sets(st.sampled_from(EXPRESSIONS), min_size=1), st.integers(0, 10), st.integers(0, 60))
def test_words_find_what_one_expression_of_them_all_finds(text: str, chosen: set[str], start: int, end: int) -> None:
    said = sorted(chosen)
    whole = re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{one})" for one in said) + r")(?!\w)", re.IGNORECASE)
    words = Words(Sieve(), said, "test")
    assert [m.span() for m in words.finditer(text, start, end)] == [m.span() for m in whole.finditer(text, start, end)]
    one, other = words.search(text, start, end), whole.search(text, start, end)
    assert (one and one.span()) == (other and other.span())


@given(TEXTS, st.sampled_from(EXPRESSIONS), st.sampled_from(["(?<!\\w)", "(?<![\\w-])", "(?<![\\w.,/-])"]))
def test_the_look_behind_may_stand_behind_the_first_letter(text: str, said: str, before: str) -> None:
    plain = re.compile(f"{before}(?:{said})(?!\\w)", re.IGNORECASE)
    words = Words(Sieve(), [said], "test", bounds=(before, r"(?!\w)"))
    assert [m.span() for m in words.finditer(text)] == [m.span() for m in plain.finditer(text)]


@given(TEXTS, st.sampled_from(EXPRESSIONS))
def test_what_a_wide_expression_does_not_match_the_narrow_one_does_not(text: str, said: str) -> None:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    if re.search(said, text, re.IGNORECASE):
        assert re2.search(widened(said).encode("latin-1", "any"), text.lower().encode("latin-1", "any"), options)


def test_every_alternative_of_the_lexicons_can_be_sifted() -> None:
    """One that cannot is looked for in every text: right, but slow."""
    dull, options = [], re2.Options()
    options.encoding, options.log_errors = re2.Options.Encoding.LATIN1, False
    for path in sorted(FOLDER.glob("*.toml")):
        for said in _patterns(load(path.stem)):
            try:
                re2.compile(widened(said).encode("latin-1", "any"), options)
            except (re2.error, ValueError):
                dull.append((path.stem, said))
    assert dull == []


def _patterns(table: object) -> list[str]:
    if isinstance(table, str):
        return [table] if re.search(r"[\\\[(|?]", table) and _compiles(table) else []
    rows = table.values() if isinstance(table, dict) else table if isinstance(table, list) else []
    return [said for row in rows for said in _patterns(row)]


def _compiles(said: str) -> bool:
    try:
        re.compile(said)
    except re.error:
        return False
    return True


def test_a_lost_engine_rules_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        def Match(self, piece: bytes) -> list[int]:  # noqa: N802
            return []

    other = Sieve()
    words = Words(other, ["loi", "acte"], "test")
    words.may_be_in("")
    assert other._nets
    monkeypatch.setattr(other._nets[0], "_set", Lost())
    assert words.may_be_in("la loi")
    assert [m.group() for m in words.finditer("la loi, un acte")] == ["loi", "acte"]


def test_many_alternatives_keep_their_order() -> None:
    words = Words(Sieve(), [f"a{number}" for number in range(70)] + ["a.*", "(?<=x)a"], "test")
    assert [m.group() for m in words.finditer("a69 a3 a70")] == ["a69", "a3", "a70"]


def test_a_broken_alternative_is_said_when_a_text_is_read() -> None:
    words = Words(Sieve(), ["loi", "(acte"], "events")
    with pytest.raises(ReferenceDataError, match=r"events\.toml"):
        words.search("une loi")


def test_answers_that_are_kept_do_not_grow_with_the_texts() -> None:
    sieve = Sieve()
    words = Words(sieve, ["loi"], "test")
    for number in range(1000):
        assert words.may_be_in(f"loi {number}", 0, 3) and not words.may_be_in(f"loi {number}", 3)
    assert len(sieve._kept) == module._KEPT
