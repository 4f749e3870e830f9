"""What is told of a view: sources numbered once each, stages with what proves them, lines that hold outside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.export import Extract, build
from data.export.briefing import briefing
from data.export.html_page import cite
from data.export.plain import bare, unbroken
from data.export.story import story
from data.rows import DossierRow, EventSource, TimelineEvent
from data.vocabulary import load_vocabulary
from tests.data.export.sample import HEARING, JORF, SREN, context

WORDS = "Le parquet de Paris a été saisi par deux députés."
PAPER = replace(JORF, url="https://a.example/grok", publisher="Le Journal", published_on="2026-01-07", quote=WORDS)
CLIPPING = replace(PAPER, url="", retrieved_at="2026-11-25T06:00:00Z")


def told(*events: TimelineEvent, **more: object):
    return story(Extract(events, **more), context(len(events)), load_vocabulary())  # type: ignore[arg-type]


def sources(*found: EventSource) -> tuple[EventSource, ...]:
    return told(replace(SREN, sources=found)).sources


@pytest.mark.parametrize("order", [(PAPER, CLIPPING), (CLIPPING, PAPER)])
def test_a_clipping_without_an_address_is_the_publication_that_says_the_same(order: tuple[EventSource, ...]):
    (one,) = sources(*order)
    assert one.url == PAPER.url


@pytest.mark.parametrize(
    "other",
    [
        {"publisher": "Un autre journal"},
        {"published_on": "2026-01-08"},
        {"quote": "D'autres mots."},
        {"url": "https://a.example/another"},
    ],
)
def test_what_differs_stays_two_sources(other: dict[str, str]):
    assert len(sources(PAPER, replace(CLIPPING, **other))) == 2


def test_one_address_read_twice_is_one_source_with_the_day_it_was_read():
    (one,) = sources(replace(PAPER, retrieved_at=""), replace(PAPER, retrieved_at="2026-11-25T06:00:00Z"))
    assert one.retrieved_at == "2026-11-25T06:00:00Z"


def test_sources_without_words_or_day_are_not_put_together():
    bare_ones = [replace(one, quote="", published_on="") for one in (PAPER, CLIPPING)]
    assert len(sources(*bare_ones)) == 2


def dossier(stage_event_id: str) -> DossierRow:
    return DossierRow(
        "fr-loi-sren", "fr", "law", "Loi", "fr", {}, "enacted", "2024-05-21", stage_event_id, "https://a.example/loi", (),
        (), (), 2, "2024-05-21", "2024-05-21", "", "", False, "payload", "official",
    )  # fmt: skip


def test_a_stage_that_an_event_outside_the_view_proves_is_cited_by_its_sources():
    proof = replace(SREN, event_id="proof", sources=(PAPER,))
    found = told(HEARING, dossiers={"fr-loi-sren": dossier("proof")}, proofs={"proof": proof})
    (file,) = found.files
    assert file.proof is None
    assert [found.sources[number - 1].url for number in file.notes] == [PAPER.url]
    assert [one.event.event_id for one in found.events] == [HEARING.event_id]


def test_the_proof_is_a_note_in_the_briefing_and_on_the_page_and_no_link_to_the_monitor():
    proof = replace(SREN, event_id="proof", sources=(PAPER,))
    extract = Extract((HEARING,), dossiers={"fr-loi-sren": dossier("proof")}, proofs={"proof": proof})
    content, _ = briefing(extract, context(1), load_vocabulary())
    (file,) = content["files"]
    (number,) = file["notes"]
    assert file["page"] == ""
    assert PAPER.url in [one["url"] for one in content["sources"] if one["n"] == number]


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501"])
def test_the_line_to_cite_holds_no_address_that_nobody_else_can_open(host: str):
    line = cite(context(3, permalink_base=f"http://{host}/timeline"))
    assert "http" not in line and line.endswith("3 faits")
    assert cite(context(3)).endswith("https://monitor.example/?jurisdiction=fr&jurisdiction=us&jurisdiction=int&q=deepfake+%26+droit")  # fmt: skip


def test_no_line_ends_before_a_french_sign_or_after_an_opening_one():
    assert (
        unbroken("Vrai ? « oui » : non ; n° 5 !") == "Vrai\u00a0? «\u00a0oui\u00a0»\u00a0: non\u00a0; n°\u00a05\u00a0!"
    )
    assert unbroken("True: yes; no? a b") == "True: yes; no? a b"
    assert unbroken("20 000 images, en 300 mots") == "20\u00a0000 images, en 300 mots"


def test_the_year_of_a_title_does_not_stand_alone_on_a_line():
    content, _ = briefing(Extract(()), context(0, view_title="France · janvier 2026"), load_vocabulary())
    assert content["title"] == "France · janvier\u00a02026"


def test_an_address_that_is_cited_twice_is_printed_once():
    again = replace(PAPER, quote="Une autre phrase.")
    content, _ = briefing(Extract((replace(SREN, sources=(PAPER, again)),)), context(1), load_vocabulary())
    assert [(one["n"], one["url"], one["same"]) for one in content["sources"]] == [
        (1, PAPER.url, ""), (2, "", "adresse\u00a0: [1]"),
    ]  # fmt: skip


def test_the_ids_of_a_short_briefing_stand_together_at_its_end():
    content, _ = briefing(Extract((SREN, HEARING)), context(2), load_vocabulary())
    assert content["ids"] == [f"1\u00a0‹{SREN.event_id}›", f"2\u00a0‹{HEARING.event_id}›"]
    many = [replace(SREN, event_id=f"e-{n}") for n in range(13)]
    content, _ = briefing(Extract(many), context(13), load_vocabulary())
    assert content["ids"] == [] and content["is_annex"]


def test_page_and_briefing_hold_their_punctuation_together():
    event = replace(SREN, titles={"fr": "Vrai ? « oui »"})
    content, _ = briefing(Extract((event,)), context(1), load_vocabulary())
    assert content["rows"][0]["title"] == "Vrai\u00a0? «\u00a0oui\u00a0»"
    page = build("html", Extract((event,)), context(1), labels=load_vocabulary()).data.decode()
    assert "Vrai\u00a0? «\u00a0oui\u00a0»" in page


def test_a_page_says_when_an_event_was_checked_in_more_sources_than_it_cites():
    less = replace(SREN, verified="two_sources", sources=(PAPER,))
    for event, expected in ((less, True), (replace(less, sources=(PAPER, JORF)), False), (SREN, False)):
        page = build("html", Extract((event,)), context(1), labels=load_vocabulary()).data.decode()
        content, _ = briefing(Extract((event,)), context(1), load_vocabulary())
        assert ("peut n’en citer qu’une" in page, "citer qu’une" in content["words"]["sources_note"]) == (expected,) * 2


def test_two_sentences_are_compared_without_what_a_title_drops():
    assert bare("« Une loi. »") == bare("Une loi") != bare("La loi")
