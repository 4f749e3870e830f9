"""CSL-JSON, RIS and BibTeX: read by programs that are not ours, with the events of the view and nothing lost."""

from __future__ import annotations

import json
import os
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.model import Entry
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings

from data.export import Extract, build
from data.rows import TimelineEvent
from data.vocabulary import load_vocabulary
from tests.data.export import hostile
from tests.data.export.cited_sample import ARTICLE, EVERY, FRENCH_LAW, NOTICE, RULING, TITLES, reader
from tests.data.export.sample import DEEPTRACE, dated
from tests.data.export.test_every_format import stranger

#: the keys and types this writer uses, after csl-data.json 1.0, where names and dates have no other form than these
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}  # fmt: skip
_TEXTS = (
    "id", "title", "original-title", "language", "authority", "container-title", "publisher", "number",
    "chapter-number", "jurisdiction", "event-title", "URL", "version", "status", "references", "abstract", "keyword",
    "note",
)  # fmt: skip
_TYPES = (
    "bill", "legislation", "regulation", "legal_case", "hearing", "report", "speech", "article-newspaper", "post",
    "webpage", "dataset", "event", "treaty",
)  # fmt: skip
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **{name: {"type": "string", "minLength": 1} for name in _TEXTS},
            **{name: _DATE for name in ("issued", "available-date", "event-date", "accessed")},
            "type": {"enum": list(_TYPES)},
            "author": {
                "type": "array", "minItems": 1,
                "items": {
                    "type": "object", "properties": {"literal": {"type": "string", "minLength": 1}},
                    "required": ["literal"], "additionalProperties": False,
                },
            },
            "custom": {"type": "object"},
        },
        "required": ["type", "id", "title"],
        "additionalProperties": False,
    },
}  # fmt: skip


def data(fmt: str, *events: TimelineEvent, lang: str = "en", **more: Any) -> str:
    extract = Extract(events, source_titles=TITLES)
    return build(fmt, extract, replace(reader(lang, **more), count=len(events))).data.decode()


def csl(*events: TimelineEvent, lang: str = "en", **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(data("csl", *events, lang=lang, **more))
    jsonschema.validate(found, SCHEMA)
    return found


def ris(*events: TimelineEvent, lang: str = "en") -> list[dict[str, Any]]:
    return rispy.loads(data("ris", *events, lang=lang))


def bibtex(*events: TimelineEvent, lang: str = "en") -> list[Entry]:
    library = bibtexparser.parse_string(data("bibtex", *events, lang=lang))
    assert library.failed_blocks == []
    return library.entries


def value(entry: Entry, name: str) -> str:
    field = entry.fields_dict.get(name)
    return str(field.value) if field else ""


def test_csl_is_valid_by_the_published_schema():
    """``CSL_SCHEMA`` names a file: schemas/input/csl-data.json of citation-style-language/schema as it is published."""
    path = os.environ.get("CSL_SCHEMA", "")
    if not path:
        pytest.skip("CSL_SCHEMA names no published schema")
    published = json.loads(Path(path).read_text(encoding="utf-8"))
    strangers = [stranger(number, text) for number, text in enumerate(hostile.NASTY)]
    for events in ((*EVERY, DEEPTRACE), strangers, ()):
        jsonschema.validate(csl(*events), published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"id": "a", "type": "law"}], published)


def test_the_schema_of_these_tests_refuses_what_csl_does_not_know():
    found = csl(FRENCH_LAW)
    for wrong in ({"day": 1}, {"issued": {"date-parts": [[]]}}, {"type": "law"}, {"title": ""}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([{**found[1], **wrong}], SCHEMA)


def test_a_csl_processor_renders_every_item():
    found = csl(*EVERY, DEEPTRACE)
    with warnings.catch_warnings():  # it does not know the keys of the newest schema, and drops them
        warnings.simplefilter("ignore")
        source = CiteProcJSON(found)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for one in found:
            bibliography.register(Citation([CitationItem(one["id"])]))
        lines = [str(one) for one in bibliography.bibliography()]
    assert len(lines) == len(found)
    assert any(line.startswith("Ofcom (2026) Ofcom launches investigation into X over Grok") for line in lines)
    assert any("Deepfake Policy Monitor contributors (2026)" in line for line in lines)
    assert any("Le Journal" in line and "6 January" in line for line in lines)


def test_a_csl_item_says_what_is_known_of_a_law():
    _, found = csl(FRENCH_LAW)
    assert found["type"] == "legislation"
    assert found["number"] == "2024-449"
    assert found["issued"] == {"date-parts": [[2024, 5, 21]]}
    assert found["available-date"] == {"date-parts": [[2024, 5, 22]]}
    assert found["accessed"] == {"date-parts": [[2026, 11, 25]]}
    assert found["container-title"] == "Journal officiel de la République française"
    assert found["jurisdiction"] == "France"
    assert "author" not in found
    assert found["custom"]["permalink"] == "https://monitor.example/timeline?event=fr-law"


@pytest.mark.parametrize(
    ("event", "parts"),
    [
        (dated("2026", "2026-01-01", "2026-12-31", "year"), [[2026]]),
        (dated("2026-07", "2026-07-01", "2026-07-31", "month"), [[2026, 7]]),
        (dated("2026-02-01/2026-03-12", "2026-02-01", "2026-03-12", "range"), [[2026, 2, 1], [2026, 3, 12]]),
    ],
)
def test_every_reference_file_keeps_date_and_precision_of_the_event(event: TimelineEvent, parts: list[list[int]]):
    _, item = csl(event)
    assert item["event-date"] == {"date-parts": parts}
    assert (item["custom"]["event_date"], item["custom"]["date_precision"]) == (event.date, event.precision)
    assert {f"event_date={event.date}", f"date_precision={event.precision}"} <= set(ris(event)[1]["notes"])
    entry = bibtex(event)[1]
    assert (value(entry, "eventdate"), value(entry, "dateprecision")) == (event.date, event.precision)


def test_a_coarse_date_gets_no_day_in_ris_and_bibtex():
    report = replace(DEEPTRACE, sources=(replace(NOTICE.sources[0], published_on=""),))
    assert ris(report)[1]["date"] == "2019/10//"
    entry = bibtex(report)[1]
    assert (value(entry, "year"), value(entry, "month"), value(entry, "day")) == ("2019", "10", "")


def test_ris_names_the_kinds_of_documents():
    assert [one["type_of_reference"] for one in ris(*EVERY)] == [
        "DATA", "STAT", "STAT", "STAT", "STAT", "NEWS", "ELEC", "CASE",
    ]  # fmt: skip
    ruling = ris(RULING)[1]
    assert ruling["number"] == "ECLI:NL:RBAMS:2026:3106"
    assert ruling["urls"] == [RULING.sources[0].url]
    assert ruling["access_date"] == "2026/11/25/"


def test_bibtex_keeps_a_publisher_whole_and_an_address_as_it_stands():
    text = data("bibtex", NOTICE, ARTICLE)
    assert "author = {{Ofcom}}" in text
    assert "url = {https://www.example.org/saisine?a=1&b=2}" in text
    assert "journaltitle = {Le Journal}" in text


@pytest.mark.parametrize(
    ("sign", "escaped"),
    [
        ("{", r"\textbraceleft{}"), ("}", r"\textbraceright{}"), ("&", r"\&"), ("%", r"\%"), ("#", r"\#"),
        ("_", r"\_"), ("$", r"\$"), ("\\", r"\textbackslash{}"), ("~", r"\textasciitilde{}"),
        ("^", r"\textasciicircum{}"),
    ],
)  # fmt: skip
def test_bibtex_escapes_what_tex_would_read(sign: str, escaped: str):
    text = data("bibtex", replace(NOTICE, title=f"a{sign}b", sources=(replace(NOTICE.sources[0], url=""),)))
    assert f"title = {{{{[a{escaped}b]}}}}" in text


def test_the_view_says_of_itself_what_every_file_says():
    (item,) = csl()
    assert (item["type"], item["version"], item["URL"]) == (
        "dataset", "2026-11-25T06:00:00Z", "https://monitor.example/timeline?jurisdiction=fr",
    )  # fmt: skip
    for told in ("jurisdiction=fr", "CC BY 4.0", "2026-11-01"):
        assert told in item["note"]
    assert [len(found) for found in (ris(), bibtex())] == [1, 1]


def test_our_description_is_marked_and_the_official_wording_kept():
    odd = replace(
        NOTICE, title="Eröffnung", lang="de", titles={"en": "Opened"}, sources=(replace(NOTICE.sources[0], url=""),)
    )
    _, item = csl(odd)
    assert (item["title"], item["original-title"]) == ("[Opened]", "Eröffnung")
    assert item["custom"]["title_is_description"] is True
    assert value(bibtex(odd)[1], "origtitle") == "{Eröffnung}"
    assert "original_title=Eröffnung" in ris(odd)[1]["notes"]


def test_reference_files_are_in_the_language_of_the_reader():
    assert csl(FRENCH_LAW, lang="fr")[1]["keyword"] == "Promulgation ou publication"
    assert csl(FRENCH_LAW, lang="en")[1]["keyword"] == "Signed or published"


@settings(max_examples=100, deadline=None)
@given(hostile.events)
def test_no_text_of_strangers_makes_a_record_or_a_field(event: TimelineEvent):
    extract = Extract((event,), source_titles={(one.source_id, one.url): (event.title, "fr") for one in event.sources})
    made = {fmt: build(fmt, extract, reader(view_title=event.title)).data.decode() for fmt in ("csl", "ris", "bibtex")}
    items = json.loads(made["csl"])
    jsonschema.validate(items, SCHEMA)
    records = rispy.loads(made["ris"])
    library = bibtexparser.parse_string(made["bibtex"])
    assert library.failed_blocks == []
    for keys in ([one["id"] for one in items], [one["id"] for one in records], [one.key for one in library.entries]):
        assert keys[1:] == [event.event_id]
    assert all(one.get("URL", "https://").startswith(("https://", "http://")) for one in items)
    for text in made.values():
        assert not set(text) & {"\x00", "\x0b", "\u2028", "\u202e", "\ufeff", "\x85"}
    assert made["bibtex"].count("{") == made["bibtex"].count("}")
    assert all(line[2:6] == "  - " for line in made["ris"].split("\r\n") if line)


def test_a_very_long_title_stays_whole():
    long = replace(NOTICE, title="é" * 5000, sources=(replace(NOTICE.sources[0], url=""),))
    assert csl(long)[1]["title"] == f"[{'é' * 5000}]"
    assert ris(long)[1]["title"] == f"[{'é' * 5000}]"
    assert value(bibtex(long)[1], "title") == f"{{[{'é' * 5000}]}}"


def test_every_type_of_event_can_be_cited():
    vocabulary = load_vocabulary()
    for kind in vocabulary.codes("event_types"):
        for track in ("", *vocabulary.codes("tracks")):
            csl(replace(NOTICE, type=kind, track=track, dossier_title="File", dossier_id="file"))
