"""The controlled lists: every code has its labels, every type its family, every stage its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ReferenceDataError
from data.vocabulary import load_vocabulary

WORDS = load_vocabulary()

LAW_LADDER = [
    "announced", "drafting", "consultation", "introduced", "committee", "floor", "passed_one",
    "second_chamber", "reconciliation", "agreed", "adopted", "review_signature", "enacted",
    "in_force_partial", "in_force",
]  # fmt: skip


def test_law_ladder_is_in_order_and_ends_come_after_it() -> None:
    stages = WORDS.stages("law")
    assert [stage.code for stage in stages if not stage.is_end] == LAW_LADDER
    assert {stage.code for stage in stages if stage.is_end} == {
        "rejected", "withdrawn", "lapsed", "vetoed", "struck_down", "repealed", "expired",
    }  # fmt: skip
    assert [stage.order for stage in stages] == sorted({stage.order for stage in stages})


def test_case_and_soft_ladders_begin_and_end_where_the_vocabulary_says() -> None:
    assert WORDS.stages("case")[0].code == "reported"
    assert {stage.code for stage in WORDS.stages("case") if stage.is_end} == {
        "closed_no_action", "settled", "annulled",
    }  # fmt: skip
    assert [stage.code for stage in WORDS.stages("soft")] == [
        "announced", "consultation", "draft", "final", "in_application", "updated", "withdrawn",
    ]  # fmt: skip


def test_every_code_has_two_labels_and_every_stage_says_what_comes_next() -> None:
    for terms in WORDS.lists.values():
        assert all(set(term.labels) == {"en", "fr"} and all(term.labels.values()) for term in terms.values())
    for track in WORDS.codes("tracks"):
        for stage in WORDS.stages(track):
            assert stage.next["en"].endswith(".") and stage.next["fr"].endswith(".")


def test_every_event_type_has_a_known_family_and_implies_known_stages() -> None:
    for code in WORDS.codes("event_types"):
        assert WORDS.has("families", WORDS.family_of(code))
        for track in WORDS.codes("tracks"):
            implied = WORDS.implied_stage(code, track)
            assert not implied or WORDS.has_stage(track, implied)
    assert WORDS.family_of("fine_sanction") == "enforcement"
    assert len({WORDS.glyph_of(family) for family in WORDS.codes("families")}) == 8


def test_label_is_in_the_language_asked_and_unknown_codes_are_refused() -> None:
    assert WORDS.label("harms", "minors_csam", "fr") == "Images d’abus de mineurs"
    assert WORDS.label("harms", "minors_csam", "de") == "Abuse images of minors"
    assert WORDS.stage_label("case", "decided", "fr") == "Décision rendue"
    with pytest.raises(KeyError):
        WORDS.label("harms", "csam", "en")


def test_unknown_is_a_stage_of_every_track_but_of_no_ladder() -> None:
    assert WORDS.stage("soft", "unknown").order == 0
    assert not WORDS.has_stage("soft", "unknown")
    assert WORDS.label("stages", "unknown", "en") == "Stage unknown"


@pytest.mark.parametrize(
    ("scheme", "value", "url"),
    [
        ("us.bill", "119-s-146", "https://www.congress.gov/bill/119th-congress/senate-bill/146"),
        ("ca.bill", "44-1/C-63", "https://www.parl.ca/legisinfo/en/bill/44-1/C-63"),
        (
            "fr.an.dossier",
            "DLR5L16N47884",
            "https://www.assemblee-nationale.fr/dyn/16/dossiers/DLR5L16N47884",
        ),
        ("fr.an", "PA720892", "https://www.assemblee-nationale.fr/dyn/deputes/PA720892"),
        ("case", "25.190", ""),
        ("us.bill", "S. 146", ""),
    ],
)
def test_identifier_leads_to_its_public_page(scheme: str, value: str, url: str) -> None:
    assert WORDS.identifier_url(scheme, value) == url


def test_term_without_a_french_label_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "lists.toml").write_text('version = "1"\n\n[harms.ncii]\nen = "Intimate images"\n', "utf-8")
    with pytest.raises(ReferenceDataError, match=r"lists\.toml:3: harms\.ncii needs en and fr"):
        load_vocabulary(tmp_path)
