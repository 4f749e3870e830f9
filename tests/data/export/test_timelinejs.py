"""TimelineJS: the documented format, dates no finer than known, no tag but ours."""

from __future__ import annotations

import json
import re
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
        "Étape\u00a0: law/enacted/fr",
        "Assemblée nationale (event_roles/author/fr)",
        "Légifrance",
        "publié le 22 mai 2024, consulté le 25 novembre 2026",
    ):
        assert part in text.text
    assert text.links == [*(one.url for one in SREN.sources), f"https://monitor.example/?event={SREN.event_id}"]
    assert found["group"] == "jurisdictions/fr/fr"


def test_a_cancelled_event_says_so():
    assert "Statut\u00a0: statuses/cancelled/fr" in Tags(slide(HEARING)["text"]["text"]).text


def test_the_title_slide_begins_with_the_view_in_one_sentence():
    title = Tags(document(*EVENTS)["title"]["text"]["text"])
    assert title.text.startswith("3 faits, du 1er octobre 2019 au ")
    assert title.found == [("p", ()), ("p", ()), ("small", ())]
    assert Tags(document(lang="en")["title"]["text"]["text"]).text.startswith("No event in this view.")


def test_a_publication_that_was_read_twice_is_listed_once():
    again = replace(SREN.sources[0], url="", retrieved_at="2026-11-26T00:00:00Z", quote="Autres mots")
    text = slide(replace(SREN, sources=(again, *SREN.sources)))["text"]["text"]
    assert text.count("Légifrance") == 1
    assert SREN.sources[0].url in Tags(text).links


def quoting(words: str, **more: Any) -> TimelineEvent:
    return replace(SREN, sources=(replace(SREN.sources[0], quote=words, **more),))


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "«\u00a0Est puni le montage.\u00a0»"), ("en", "“Est puni le montage.”")]
)
def test_beside_a_slide_stand_the_words_of_its_source(lang: str, words: str):
    media = slide(quoting("Est puni le montage."), lang)["media"]
    assert media["url"] == f"<blockquote>{words}</blockquote>"
    assert media["credit"].startswith("Légifrance, ")
    assert "2024" in media["credit"]


def test_a_quotation_of_a_slide_is_short():
    words = Tags(slide(quoting("mot " * 400))["media"]["url"]).text
    assert words.endswith("…\u00a0»") and len(words) <= 304


def test_the_first_source_that_is_quoted_is_shown():
    first, second = (replace(SREN.sources[0], quote=words, publisher=name) for words, name in (("", "A"), ("b", "B")))
    assert slide(replace(SREN, sources=(first, second)))["media"]["credit"].startswith("B, ")


@pytest.mark.parametrize("words", ["", "  ", "« Une loi. »", "loi"])
def test_nothing_stands_beside_a_slide_where_no_source_says_more_than_its_title(words: str):
    assert "media" not in slide(replace(quoting(words), titles={"fr": "Une loi"}))
    assert "media" not in slide(DEEPTRACE)


#: the player's patterns that are not bound to the beginning (``MediaType.js`` of 3.9.11): each loads from elsewhere
LOADS = (
    r"youtu\.be", r"documentcloud.org\/", r"(jpg|jpeg|png|gif|svg|webp)(\?.*)?$", r"^.*imgur.com\/.+$",
    r"^(https?:)?\/*[^.]*.google.com\/[^\/]*\/d\/[^\/]*\/[^\/]*\?usp=shar.*", r"^.*\.pdf(\?.*)?(\#.*)?", r"spotify", r"iframe",
    r"google.+?\/maps\/@", r"https?:\/\/(.+)?(wistia\.com|wi\.st)\/.*",
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["Selon youtu.be/x", "www.documentcloud.org/x", "Un GIF ? un gif? oui", "i.imgur.com/a", "docs.google.com/a/d/b/c?usp=sharing",
     "Le rapport a.pdf", "dans spotify", "une iframe", "google.fr/maps/@48,2"],
)  # fmt: skip
def test_a_quotation_is_never_taken_for_something_to_load(words: str):
    url = slide(quoting(words))["media"]["url"]
    assert [one for one in LOADS[:-1] if re.search(one, url, re.IGNORECASE)] == []
    assert words in Tags(url).text.replace("\u2060", "").replace("\u00a0", " ")
    assert any(re.search(one, words, re.IGNORECASE) for one in LOADS)


def test_a_link_that_is_no_web_address_is_shown_as_text():
    bad = replace(SREN.sources[0], url="javascript:alert(1)", publisher="")
    found = slide(replace(SREN, sources=(bad,)))
    assert "javascript" not in found["media"]["url"]
    assert Tags(found["text"]["text"]).links == [f"https://monitor.example/?event={SREN.event_id}"]


def test_a_story_that_is_too_long_is_told_to_its_author():
    many = [replace(SREN, event_id=f"e-{n}") for n in range(STORY_LIMIT + 1)]
    export = build("timelinejs", Extract(many), context(len(many)), labels=Codes())
    assert len(export.notes) == 1
    assert "61" in export.notes[0]
    assert build("timelinejs", Extract(many[:-1]), context(len(many) - 1), labels=Codes()).notes == ()


def test_an_empty_story_is_told_to_its_author():
    assert "Aucun fait" in build("timelinejs", Extract(()), context(0), labels=Codes()).notes[0]


OURS = {("p", ()), ("small", ()), ("strong", ()), ("br", ()), ("ul", ()), ("li", ()), ("a", ("href",))}


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
        media = {"url": "<blockquote>", "credit": "", **one.get("media", {})}
        assert Tags(media["url"]).found == [("blockquote", ())] and Tags(media["credit"]).found == []
