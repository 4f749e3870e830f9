"""The files of one view hold the same events under the same ids."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from data.errors import ViewError
from data.export import FORMATS, Export, Extract, build
from data.export.wording import LIST_OF, view_title
from data.view import LISTS, View
from data.vocabulary import load_vocabulary
from tests.data.export.readers import OWN_ORDER, ids, text
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, Codes, context, dated


def take(fmt: str, events=EVENTS, **more) -> Export:
    return build(fmt, Extract(events), context(len(events), **more), labels=Codes())


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_holds_the_rows_of_the_view_in_order_of_date(fmt: str):
    view = [HEARING, DEEPTRACE, SREN]
    found, expected = ids(fmt, take(fmt, view)), [DEEPTRACE.event_id, SREN.event_id, HEARING.event_id]
    assert sorted(found) == sorted(expected)
    assert found == expected or fmt in OWN_ORDER


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_view_gives_a_readable_file_without_events(fmt: str):
    assert ids(fmt, take(fmt, ())) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_view_gives_the_same_bytes(fmt: str):
    assert take(fmt) == take(fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_file_says_where_it_comes_from_and_what_it_lacks(fmt: str):
    export = take(fmt, as_of="2026-11-25T06:00:00Z")
    said = text(fmt, export)
    for told in (
        "Affaire d",
        "jurisdiction=fr&jurisdiction=us",
        "2026-11-25T06:00:00Z",
        "CC BY 4.0",
        "2026-11-01",
        "Non couvert",
        "https://monitor.example/?",
    ):
        assert told.replace(" ", "") in "".join(said.split())  # paper breaks lines where it must


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(ViewError, match=r"known: .*csv"):
        take("odt")


def test_rows_that_are_not_those_announced_are_refused():
    with pytest.raises(ValueError, match="announces 2 events, 3 were given"):
        build("csv", Extract(EVENTS), context(2), labels=Codes())


def test_an_event_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        take("ics", (SREN, SREN))


@pytest.mark.parametrize("bad", ["", "a b", "A", "=1", "-a", "a\r\nX:1", "../a"])
def test_an_id_that_formats_would_write_differently_is_refused(bad: str):
    with pytest.raises(ValueError, match="not an id"):
        take("csv", (replace(SREN, event_id=bad),))


@pytest.mark.parametrize("title", ["../../etc/passwd", "\x00", "CON", "C:\\x", "été à Paris", "a" * 300, "漢字", ""])
def test_a_file_name_is_never_a_path(title: str):
    for fmt in FORMATS:
        name = take(fmt, view_title=title).filename
        assert re.fullmatch(rf"[a-z0-9-]+\.{re.escape(FORMATS[fmt].extension)}", name)
        assert len(name) < 110


def test_two_views_of_one_title_have_two_file_names():
    assert take("csv", view=View()).filename != take("csv", view=View(jurisdictions=("fr",))).filename


def test_a_language_without_words_is_refused():
    with pytest.raises(ViewError, match="unknown language"):
        context(lang="de")


def test_an_as_of_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        context(as_of="2026-11-25T06:00:00")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_labels_are_those_of_the_vocabulary(lang: str):
    data = build("csv", Extract(EVENTS), context(lang=lang)).data.decode()
    row = next(one for one in csv.DictReader(io.StringIO(data)) if one["event_id"] == SREN.event_id)
    vocabulary = load_vocabulary()
    assert row["event_type_label"] == vocabulary.label("event_types", "law_signed", lang) != "law_signed"
    assert row["stage_label_fr"] == vocabulary.stage_label("law", "enacted", "fr") != "enacted"
    assert row["stage_label_en"] == vocabulary.stage_label("law", "enacted", "en") != "enacted"


#: a period of each precision, from the first of July 2024 on: its last day and its shortest ISO form
PERIODS = {
    "day": ("2024-07-01", "2024-07-01"),
    "month": ("2024-07-31", "2024-07"),
    "quarter": ("2024-09-30", "2024-07-01/2024-09-30"),
    "half": ("2024-12-31", "2024-07-01/2024-12-31"),
    "year": ("2024-12-31", "2024"),
    "range": ("2024-07-09", "2024-07-01/2024-07-09"),
}


def test_every_status_and_precision_of_the_vocabulary_can_be_exported():
    vocabulary = load_vocabulary()
    assert set(PERIODS) == set(vocabulary.codes("precisions"))
    events = [
        dated(
            shown, "2024-01-01" if precision == "year" else "2024-07-01", end, precision,
            status=status, event_id=f"{status}-{precision}",
        )
        for status in vocabulary.codes("statuses")
        for precision, (end, shown) in PERIODS.items()
    ]  # fmt: skip
    for fmt in FORMATS:
        assert len(ids(fmt, build(fmt, Extract(events), context(len(events))))) == len(events)


def test_every_filter_that_holds_codes_names_a_list_of_the_vocabulary():
    assert set(LIST_OF) == set(LISTS) - {"dossier", "actor"}
    assert set(LIST_OF.values()) <= set(load_vocabulary().lists)


def test_a_view_nobody_named_gets_a_title_in_words():
    view = View(jurisdictions=("fr",), stages=("enacted",), query="hypertrucage")
    vocabulary = load_vocabulary()
    stage = vocabulary.label("stages", "enacted", "fr")
    expected = f"Chronologie des politiques sur les deepfakes · France · {stage} · hypertrucage"
    assert view_title(view, vocabulary, "fr", {}) == expected


def test_the_title_of_a_view_names_its_file_and_its_actor():
    view, names = (
        View.parse("dossier=fr-loi-sren&actor=uk-ofcom&q=uk-ofcom"),
        {"fr-loi-sren": "Loi SREN", "uk-ofcom": "Ofcom"},
    )
    assert view_title(view, load_vocabulary(), "en", names).endswith("· Loi SREN · Ofcom · uk-ofcom")
    assert view_title(view, load_vocabulary(), "en", {}).endswith("· fr-loi-sren · uk-ofcom · uk-ofcom")


@pytest.mark.parametrize(
    ("since", "until", "french", "english"),
    [
        ("2026-01-01", "2026-01-31", "janvier 2026", "January 2026"),
        ("2024-02-01", "2024-02-29", "février 2024", "February 2024"),
        ("2026-01-01", "2026-12-31", "2026", "2026"),
        ("2026-01-01", "2026-01-30", "du 1er janvier 2026 au 30 janvier 2026", "1 January 2026 – 30 January 2026"),
        ("2026-01-01", "2027-01-31", "du 1er janvier 2026 au 31 janvier 2027", "1 January 2026 – 31 January 2027"),
        ("9999-01-01", "9999-12-31", "9999", "9999"),
        ("2026-01-02", "2026-01-02", "2 janvier 2026", "2 January 2026"),
        ("2026-01-01", "", "depuis le 1er janvier 2026", "since 1 January 2026"),
        ("", "2026-01-31", "jusqu’au 31 janvier 2026", "until 31 January 2026"),
    ],
)
def test_the_days_of_a_view_are_told_as_people_say_them(since: str, until: str, french: str, english: str):
    view = View.parse(f"jurisdiction=fr&from={since}&to={until}")
    vocabulary = load_vocabulary()
    assert view_title(view, vocabulary, "fr", {}) == f"Chronologie des politiques sur les deepfakes · France · {french}"
    assert view_title(view, vocabulary, "en", {}) == f"Deepfake policy timeline · France · {english}"
