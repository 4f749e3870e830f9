"""Atom by the rules of RFC 4287, checked in its own terms and read by a feed reader."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import feedparser
import pytest
from hypothesis import given, settings
from lxml import etree

from data.errors import ViewError
from data.export import Extract, Options, build
from data.rows import Change, ChangeLine, TimelineEvent
from tests.data.export import hostile
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, Codes, context
from tests.data.export.test_timelinejs import OURS, Tags

NS = "{http://www.w3.org/2005/Atom}"
#: children of a feed and of an entry that the RFC (4.1.1, 4.1.2) allows, and how often at least and at most
FEED = {
    "author": (1, 99), "category": (0, 99), "generator": (0, 1), "id": (1, 1), "link": (0, 99), "rights": (0, 1),
    "subtitle": (0, 1), "title": (1, 1), "updated": (1, 1), "entry": (0, 9999),
}  # fmt: skip
ENTRY = {
    "author": (1, 99), "category": (0, 99), "id": (1, 1), "link": (1, 99), "published": (0, 1), "source": (0, 1),
    "summary": (0, 1), "title": (1, 1), "updated": (1, 1),
}  # fmt: skip
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
STAGE = Change(
    "2026-11-24T07:30:00Z", "stage", "event", SREN.event_id, False, "", {}, "fr",
    (ChangeLine("stage", "committee", "enacted"), ChangeLine("title", "<b>Old</b>", "New")), "fr-jorf", {}, "",
)  # fmt: skip


def raw(*events: TimelineEvent, lang: str = "fr", options: Options | None = None, changes=None, **more) -> bytes:
    extract = Extract(events, changes=changes or {})
    return build("atom", extract, context(len(events), lang, **more), labels=Codes(), options=options).data


def checked(data: bytes) -> etree._Element:
    """The feed, when it keeps the rules."""
    feed = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert feed.tag == f"{NS}feed"
    _children(feed, FEED)
    assert len({one.findtext(f"{NS}id") for one in feed.iter(f"{NS}entry")}) == len(feed.findall(f"{NS}entry"))
    for one in feed.iter(f"{NS}id", f"{NS}name", f"{NS}title"):
        assert one.text is not None or one.tag == f"{NS}title"
    for one in feed.iter(f"{NS}id"):
        assert re.fullmatch(r"tag:[a-z.-]+,2026:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+", one.text)
    for one in feed.iter(f"{NS}updated", f"{NS}published"):
        assert re.fullmatch(INSTANT, one.text)
    for entry in feed.iter(f"{NS}entry"):
        _children(entry, ENTRY)
        assert [one.get("rel") for one in entry.findall(f"{NS}link")].count("alternate") == 1
        assert entry.find(f"{NS}summary").get("type") == "html"
    for one in feed.iter(f"{NS}link"):
        assert re.match(r"https?://|tag:", one.get("href"))
    for one in feed.iter(f"{NS}category"):
        assert one.get("term") and one.get("scheme").startswith("tag:")
    return feed


def _children(element: etree._Element, allowed: dict[str, tuple[int, int]]) -> None:
    names = [one.tag.removeprefix(NS) for one in element]
    assert set(names) <= set(allowed)
    for name, (least, most) in allowed.items():
        assert least <= names.count(name) <= most, name


def parsed(data: bytes) -> feedparser.FeedParserDict:
    checked(data)
    found = feedparser.parse(io.BytesIO(data))
    assert not found.bozo
    return found


def test_the_feed_says_what_it_is():
    feed = parsed(raw(*EVENTS)).feed
    assert feed.title == "Affaire d'exemple"
    assert "Non couvert" in feed.subtitle
    assert feed.rights.startswith("CC BY 4.0")
    assert feed.updated == "2026-11-24T07:30:00Z"
    assert [one.rel for one in feed.links] == ["alternate"]


def test_a_feed_that_is_served_knows_its_own_address():
    options = Options(self_link="https://monitor.example/feeds/x.atom")
    links = {one.rel: one.href for one in parsed(raw(SREN, options=options)).feed.links}
    assert links["self"] == "https://monitor.example/feeds/x.atom"


def test_an_entry_tells_the_event():
    entry = parsed(raw(SREN)).entries[0]
    assert entry.id == f"tag:deepfake-policy-monitor,2026:event/{SREN.event_id}"
    assert entry.title == "Promulgation de la loi n° 2024-449 (jurisdictions/fr/fr, law/enacted/fr)"
    assert (entry.published, entry.updated) == ("2026-11-20T06:00:00Z", "2026-11-24T07:30:00Z")
    assert entry.link == f"https://monitor.example/?event={SREN.event_id}"
    assert [one.href for one in entry.links if one.rel == "via"] == [one.url for one in SREN.sources]
    assert entry.author == "Légifrance"
    assert entry.source.title == "Légifrance"
    tags = {one.scheme.rpartition("/")[2]: one.term for one in entry.tags}
    assert tags["stage"] == "enacted"
    assert tags["type"] == "law_signed"
    assert [one.term for one in entry.tags if one.scheme.endswith("/harm")] == ["ncii", "harassment_defamation"]


def test_a_change_is_told_with_what_was_and_what_is():
    summary = parsed(raw(SREN, changes={SREN.event_id: (STAGE,)})).entries[0].summary
    text = Tags(summary).text
    assert "Modifié le 2026-11-24\u00a0: étape\u00a0: stages/committee/fr → stages/enacted/fr" in text
    assert "titre\u00a0: <b>Old</b> → New" in text
    assert {tag for tag, _ in Tags(summary).found} <= {tag for tag, _ in OURS}


def test_new_and_changed_or_new_alone():
    changed, new = (parsed(raw(SREN, options=Options(feed=feed))) for feed in ("changed", "new"))
    assert changed.entries[0].updated == SREN.changed_at
    assert new.entries[0].updated == SREN.first_seen_at
    assert changed.entries[0].id == new.entries[0].id
    assert changed.feed.id != new.feed.id
    with pytest.raises(ViewError, match="feed"):
        Options(feed="all")


def test_what_is_told_last_comes_first():
    later = replace(DEEPTRACE, changed_at="2026-11-25T05:00:00Z")
    entries = parsed(raw(SREN, later, HEARING)).entries
    assert entries[0].id.endswith(later.event_id)


def test_an_event_without_a_source_has_an_author():
    assert parsed(raw(DEEPTRACE)).entries[0].author == "Deepfake Policy Monitor"


def test_languages_and_days_have_feeds_of_their_own_and_the_same_view_keeps_its_id():
    ids = {
        parsed(raw(SREN, lang=lang, day=day)).feed.id for lang in ("fr", "en") for day in ("", "2026-11-24")
    }  # fmt: skip
    assert len(ids) == 4
    assert parsed(raw()).feed.id == parsed(raw(SREN)).feed.id


@settings(max_examples=80, deadline=None)
@given(hostile.events)
def test_no_text_makes_an_element_or_a_tag(event: TimelineEvent):
    changes = {event.event_id: (replace(STAGE, lines=(ChangeLine("title", event.title, event.title),)),)}
    feed = checked(raw(event, changes=changes, view_title=event.title))
    assert len(feed.findall(f"{NS}entry")) == 1
    markup = feed.find(f"{NS}entry/{NS}summary").text
    assert set(Tags(markup).found) <= OURS
    assert all(link.startswith(("https://", "http://")) for link in Tags(markup).links)
