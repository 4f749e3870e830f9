"""The statement of what is covered follows the catalogue and names what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import coverage
from data.errors import ReferenceDataError
from data.models import Source
from data.reference import load_sources


def source(source_id: str, kind: str, publisher: str, key_env: str = "") -> Source:
    return Source(
        source_id, {"en": source_id}, publisher, "dk", kind, "da", "feed", ("https://example.org",), "open", 24, 1,
        key_env=key_env,
    )  # fmt: skip


def test_a_body_is_read_only_with_a_key_when_all_its_sources_need_one():
    places = coverage.coverage(
        [
            source("a", "parliament", "Folketinget", "DK_KEY"),
            source("b", "parliament", "Folketinget"),
            source("c", "regulator", "Datatilsynet", "DK_KEY"),
            source("d", "news", "DR"),
        ],
        {"dk": ({"en": "courts", "fr": "tribunaux"},)},
    )
    (denmark,) = [one for one in places if one.code == "dk"]
    assert [(body.name, body.source_count, body.keys) for body in denmark.bodies] == [
        ("Datatilsynet", 1, ("DK_KEY",)),
        ("Folketinget", 2, ()),
    ]
    assert denmark.news_count == 1 and denmark.gaps[0]["fr"] == "tribunaux"


def test_every_source_of_the_catalogue_is_in_the_coverage():
    places = coverage.of_catalogue()
    told = sum(place.news_count + sum(body.source_count for body in place.bodies) for place in places)
    assert told == len(load_sources())


@pytest.mark.parametrize(("lang", "words"), [("en", ("Japan", "courts", "LegiScan")), ("fr", ("Japon", "tribunaux"))])
def test_the_statement_names_places_bodies_and_keys(lang: str, words: tuple[str, ...]):
    assert all(word in coverage.not_covered(lang) for word in words)
    assert coverage.statement(lang).endswith(coverage.not_covered(lang))


def test_the_statement_of_a_view_is_about_its_places():
    told = coverage.not_covered("en", ("us-ca", "fr"))
    assert "state attorneys general" in told and "France: " in told
    assert "Japan" not in told and "Länder" not in told
    assert "Japan" in coverage.not_covered("en", ("jp",))


def test_a_gap_of_an_unknown_place_or_without_a_language_is_refused(tmp_path: Path):
    path = tmp_path / "gaps.toml"
    path.write_text("[[xx]]\nfr = 'a'\nen = 'a'\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="xx"):
        coverage.load_gaps(path)
    path.write_text("[[fr]]\nfr = 'a'\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="fr and en"):
        coverage.load_gaps(path)
