"""TimelineJS: the documented format, dates no finer than known, no tag but ours."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from data.export import Extract, build
from data.export.timelinejs import STORY_LIMIT
from data.rows import TimelineEvent
from tests.data.export import hostile
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, Codes, context, dated

SCHEMA = json.loads((Path(__file__).parent / "timelinejs.schema.json").read_text())


def document(*events: TimelineEvent, lang: str = "fr", **more: Any) -> dict[str, Any]:
    found = json.loads(build("timelinejs", Extract(events), context(len(events), lang, **more), labels=Codes()).data)
    jsonschema.validate(found, SCHEMA)
    return found


def slide(event: TimelineEvent, lang: str = "fr") -> dict[str, Any]:
    return document(event, lang=lang)["events"][0]


class Tags(HTMLParser):
    """Every tag with its attributes, and the visible text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.found.append(("!--", ()))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!", ()))

    def handle_pi(self, data: str) -> None:
        self.found.append(("?", ()))


def test_the_whole_document_is_of_the_documented_format():
    found = document(*EVENTS)
    assert len(found["events"]) == 3
    assert found["scale"] == "human"


def test_the_schema_refuses_a_slide_without_a_date():
    found = document(SREN)
    del found["events"][0]["start_date"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


def test_the_title_slide_says_what_the_file_is():
    title = document(*EVENTS)["title"]
    assert title["text"]["headline"] == "Affaire d&#x27;exemple"
    text = Tags(title["text"]["text"]).text
    for part in (
        "jurisdiction=fr",
        "2026-11-25T06:00:00Z",
        "3",
        "https://monitor.example/?",
        "CC BY 4.0",
        "Non couvert",
    ):
        assert part in text


def test_a_day_has_no_end_and_no_words():
    found = slide(SREN)
    assert found["start_date"] == {"year": 2024, "month": 5, "day": 21}
    assert "end_date" not in found
    assert "display_date" not in found


@pytest.mark.parametrize(
    ("event", "lang", "start", "end", "words"),
    [
        (DEEPTRACE, "fr", {"year": 2019, "month": 10}, None, "octobre 2019"),
        (DEEPTRACE, "en", {"year": 2019, "month": 10}, None, "October 2019"),
        (dated("2026", "2026-01-01", "2026-12-31", "year"), "fr", {"year": 2026}, None, "2026"),
        (
            dated("2026-07-01/2026-09-30", "2026-07-01", "2026-09-30", "quarter"),
            "fr", {"year": 2026, "month": 7}, {"year": 2026, "month": 9}, "T3 2026",
        ),
        (
            dated("2026-07-01/2026-12-31", "2026-07-01", "2026-12-31", "half"),
            "fr", {"year": 2026, "month": 7}, {"year": 2026, "month": 12}, "2e semestre 2026",
        ),
        (
            dated("2026-01-01/2026-06-30", "2026-01-01", "2026-06-30", "half"),
            "en", {"year": 2026, "month": 1}, {"year": 2026, "month": 6}, "first half of 2026",
        ),
        (
            dated("2026-02-01/2026-03-12", "2026-02-01", "2026-03-12", "range"),
            "fr", {"year": 2026, "month": 2, "day": 1}, {"year": 2026, "month": 3, "day": 12},
            "du 1er février 2026 au 12 mars 2026",
        ),
        (
            dated("2026-02-01/2026-03-12", "2026-02-01", "2026-03-12", "range"),
            "en", {"year": 2026, "month": 2, "day": 1}, {"year": 2026, "month": 3, "day": 12},
            "1 February 2026 – 12 March 2026",
        ),
    ],
)  # fmt: skip
def test_a_coarse_date_stays_coarse(event: TimelineEvent, lang: str, start: dict, end: dict | None, words: str):
    found = slide(event, lang)
    assert found["start_date"] == {**start, "display_date": words}
    assert found.get("end_date") == end
    assert found["display_date"] == words


def test_an_event_without_a_date_is_a_bug_and_not_a_slide_dropped_in_silence():
    with pytest.raises(AssertionError, match="fr-sren"):
        document(replace(SREN, date_start=""))


def test_a_slide_tells_summary_stage_actors_and_sources():
    found = slide(SREN)
    text = Tags(found["text"]["text"])
    for part in (
        "Étend l'article 226-8",
        "Étape : law/enacted/fr",
        "Assemblée nationale (event_roles/author/fr)",
        "Légifrance",
        "publié le 22 mai 2024, consulté le 25 novembre 2026",
    ):
        assert part in text.text
    assert text.links == [*(one.url for one in SREN.sources), f"https://monitor.example/?event={SREN.event_id}"]
    assert found["group"] == "jurisdictions/fr/fr"


def test_a_cancelled_event_says_so():
    assert "Statut : statuses/cancelled/fr" in Tags(slide(HEARING)["text"]["text"]).text


def test_media_is_the_source_link_and_never_a_picture_of_a_third_party():
    media = slide(SREN)["media"]
    assert media["url"] == SREN.sources[0].url
    assert media["credit"] == "Légifrance"
    assert "thumbnail" not in media
    assert "media" not in slide(DEEPTRACE)


def test_a_link_that_is_no_web_address_is_shown_as_text():
    bad = replace(SREN.sources[0], url="javascript:alert(1)", publisher="")
    found = slide(replace(SREN, sources=(bad,)))
    assert "media" not in found
    assert Tags(found["text"]["text"]).links == [f"https://monitor.example/?event={SREN.event_id}"]


def test_a_story_that_is_too_long_is_told_to_its_author():
    many = [replace(SREN, event_id=f"e-{n}") for n in range(STORY_LIMIT + 1)]
    export = build("timelinejs", Extract(many), context(len(many)), labels=Codes())
    assert len(export.notes) == 1
    assert "61" in export.notes[0]
    assert build("timelinejs", Extract(many[:-1]), context(len(many) - 1), labels=Codes()).notes == ()


def test_an_empty_story_is_told_to_its_author():
    assert "Aucun fait" in build("timelinejs", Extract(()), context(0), labels=Codes()).notes[0]


OURS = {("p", ()), ("strong", ()), ("br", ()), ("ul", ()), ("li", ()), ("a", ("href",))}


@settings(max_examples=150, deadline=None)
@given(hostile.events)
def test_no_text_makes_a_tag(event: TimelineEvent):
    data = build("timelinejs", Extract((event,)), context(1, view_title=event.title), labels=Codes()).data
    assert b"<" not in data
    found = json.loads(data)
    jsonschema.validate(found, SCHEMA)
    for one in (found["title"], found["events"][0]):
        assert set(Tags(one["text"]["text"]).found) <= OURS
        assert Tags(one["text"]["headline"]).found == []
        assert all(link.startswith(("https://", "http://")) for link in Tags(one["text"]["text"]).links)
        assert [Tags(text).found for text in one.get("media", {}).values()] == [[] for _ in one.get("media", {})]
