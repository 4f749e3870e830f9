"""What a citation is made of: the kind of document, its title, its date and its number, none of them guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.export import Extract, cited
from data.export.cited import parts_of, primary
from data.export.cited_kinds import number_of
from data.rows import EventActor
from data.vocabulary import load_vocabulary
from tests.data.export.cited_sample import (
    ARTICLE,
    EU_REGULATION,
    FRENCH_LAW,
    NOTICE,
    RULING,
    UK_ACT,
    US_LAW,
    cite,
    event,
    law,
    reader,
    source,
)
from tests.data.export.sample import DEEPTRACE, dated

OFFICIAL = source("https://example.org/record", "Office")
SPEAKER = EventActor("uk-x", "A Minister", "person", "speaker", "", "", "", "")


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (FRENCH_LAW, "legislation"),
        (replace(FRENCH_LAW, jurisdiction="coe"), "treaty"),
        (replace(FRENCH_LAW, dossier_id="", dossier_title=""), "webpage"),
        (replace(FRENCH_LAW, status="scheduled"), "webpage"),
        (event("a", "2026-01-01", "regulation_made", "fr", "Décret", OFFICIAL), "regulation"),
        (event("a", "2026-01-01", "bill_adopted", "fr", "Vote", OFFICIAL, track="law"), "bill"),
        (event("a", "2026-01-01", "committee_vote", "ch", "Vote", OFFICIAL, track="case"), "webpage"),
        (event("a", "2026-01-01", "hearing", "us", "Hearing", OFFICIAL), "hearing"),
        (RULING, "legal_case"),
        (NOTICE, "webpage"),
        (event("a", "2026-01-01", "guidance_issued", "uk", "Code", OFFICIAL), "report"),
        (event("a", "2026-01-01", "study_published", "uk", "Count", source("https://a.example/", "IWF", "ngo")), "report"),
        (event("a", "2026-01-01", "statement", "uk", "It is said", OFFICIAL, actors=(SPEAKER,)), "speech"),
        (event("a", "2026-01-01", "statement", "uk", "It is said", OFFICIAL), "webpage"),
        (event("a", "2026-01-01", "law_signed", "uk", "Law", source("https://x.com/a/1", "X")), "post"),
        (event("a", "2026-01-01", "statement", "uk", "x", source("https://notx.com/a", "Office")), "webpage"),
        (ARTICLE, "article-newspaper"),
        (replace(RULING, sources=ARTICLE.sources), "article-newspaper"),
        (DEEPTRACE, "event"),
    ],
)  # fmt: skip
def test_the_kind_of_document_comes_from_type_track_and_source(one, kind: str):
    assert cite(one).type == kind


def test_the_author_is_the_publisher_as_named_and_of_an_act_or_article_nobody():
    assert cite(NOTICE).author == "Ofcom"
    assert [cite(one).author for one in (ARTICLE, FRENCH_LAW, RULING)] == ["", "", ""]
    spoken = event("a", "2026-01-01", "statement", "uk", "It is said", OFFICIAL, actors=(SPEAKER,))
    assert cite(spoken).author == "Office"


def test_the_primary_source_is_the_first_official_one_with_an_address():
    press, bare = ARTICLE.sources[0], source("", "Registry")
    assert primary(replace(NOTICE, sources=(press, bare, *NOTICE.sources))) == NOTICE.sources[0]
    assert primary(replace(NOTICE, sources=(bare, press))) == press
    assert primary(replace(NOTICE, sources=(bare,))) == bare
    assert primary(replace(NOTICE, sources=())) is None


def test_one_source_is_cited_as_what_it_is():
    both = replace(NOTICE, sources=(*NOTICE.sources, *ARTICLE.sources))
    extract = Extract((both,))
    found = cited.of_source(both, 1, extract, reader(), load_vocabulary())
    assert (found.id, found.type, found.url) == ("uk-notice-source-2", "article-newspaper", ARTICLE.sources[0].url)
    with pytest.raises(IndexError):
        cited.of_source(both, 2, extract, reader(), load_vocabulary())


@pytest.mark.parametrize(
    ("one", "issued"),
    [
        (FRENCH_LAW, ((2024, 5, 21),)),
        (replace(FRENCH_LAW, date="2024-05-22", date_start="2024-05-22", date_end="2024-05-22"), ((2024, 5, 21),)),
        (replace(UK_ACT, type="law_in_force"), ((2025,),)),
        (replace(US_LAW, type="law_in_force"), ()),
        (RULING, ((2026, 3, 26),)),
        (NOTICE, ((2026, 1, 12),)),
        (replace(NOTICE, sources=(source("https://a.example/", "Ofcom", on="yesterday"),)), ()),
        (replace(NOTICE, sources=(source("https://a.example/", "Ofcom", on="2026-02-30"),)), ()),
        (replace(NOTICE, sources=(source("https://a.example/", "Ofcom", on="2026-02"),)), ((2026, 2),)),
        (event("a", "2026-03-01", "hearing", "us", "Planned", OFFICIAL, status="scheduled"), ()),
    ],
)
def test_a_document_has_the_date_of_the_event_only_when_it_is_that_very_act(one, issued):
    assert cite(one).issued == issued


@pytest.mark.parametrize(
    ("one", "parts"),
    [
        (dated("2026", "2026-01-01", "2026-12-31", "year"), ((2026,),)),
        (dated("2026-07", "2026-07-01", "2026-07-31", "month"), ((2026, 7),)),
        (dated("2026-07-01/2026-09-30", "2026-07-01", "2026-09-30", "quarter"), ((2026, 7), (2026, 9))),
        (dated("2026-02-01/2026-03-12", "2026-02-01", "2026-03-12", "range"), ((2026, 2, 1), (2026, 3, 12))),
        (dated("2026-02/2026-03", "2026-02-01", "2026-03-31", "range"), ((2026, 2), (2026, 3))),
    ],
)
def test_the_date_of_an_event_is_as_fine_as_known(one, parts):
    assert parts_of(one) == parts


@pytest.mark.parametrize(
    ("one", "shown", "year"),
    [
        (FRENCH_LAW, "2024-449", 2024),
        (EU_REGULATION, "2024/1689", 2024),
        (UK_ACT, "c. 18", 2025),
        (US_LAW, "Pub. L. No. 119-12", 0),
        (law("a", "2020-12-28", "ie", "An Act", OFFICIAL, dossier_identifiers=(("ie.act", "2020/32"),)), "No. 32 of 2020", 2020),
        (law("a", "2024-09-17", "us-ca", "x", OFFICIAL, dossier_identifiers=(("us.state.bill", "ca:20232024:AB2655"),)), "AB 2655", 0),
    ],
)  # fmt: skip
def test_an_act_has_its_official_number(one, shown: str, year: int):
    number = number_of(one, "legislation")
    assert number is not None
    assert (number.shown, number.year) == (shown, year)


def test_a_bill_is_numbered_as_its_congress_numbers_it():
    for value, shown in (
        ("119-s-146", "S. 146, 119th Cong."),
        ("102-hr-1", "H.R. 1, 102d Cong."),
        ("112-sjres-2", "S.J. Res. 2, 112th Cong."),
    ):
        number = number_of(replace(US_LAW, dossier_identifiers=(("us.bill", value),)), "bill")
        assert number is not None and number.shown == shown


def test_two_numbers_of_one_kind_are_none():
    both = replace(RULING, dossier_identifiers=(("case", "16 W 10/25"), ("case", "2-03 O 393/24")))
    assert number_of(both, "legal_case") is None


def test_a_law_that_is_only_mentioned_lends_no_number():
    assert number_of(replace(UK_ACT, dossier_identifiers=(), legal_references=("us:pl:119-12",)), "legislation") is None


def test_the_name_of_a_file_is_no_title_of_a_page_about_it():
    found = cite(
        replace(NOTICE, dossier_id="uk-file", dossier_title="The file", dossier_titles={"en": "File"}), titles={}
    )
    assert (found.title, found.is_described, found.file) == ("Ofcom opens an inquiry", True, "File")
    assert found.marked_title == "[Ofcom opens an inquiry]"


def test_the_official_wording_stays_beside_our_description():
    found = cite(replace(NOTICE, title="Eröffnung", lang="de", titles={"en": "Inquiry opened"}), titles={})
    assert (found.title, found.original, found.title_lang) == ("Inquiry opened", "Eröffnung", "en")


def test_the_note_leads_back_to_the_event():
    told = " ".join(cite(replace(NOTICE, status="disputed"), "fr").notes)
    for part in ("Fait uk-notice", "12 janvier 2026", "https://monitor.example/timeline?event=uk-notice"):
        assert part in told
    assert any(note.startswith("Statut") for note in cite(replace(NOTICE, status="cancelled"), "fr").notes)


def test_the_record_of_a_day_is_cited_by_its_address():
    found = cited.of_view(reader(day="2026-10-01", as_of="2026-10-02T00:00:00Z"))
    assert found.url.endswith("&as_of=2026-10-01")
    assert found.version == "2026-10-02T00:00:00Z"
