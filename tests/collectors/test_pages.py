"""The page of an article: what is taken of it, and what is remembered of a page that is not read."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collectors.outcomes import Failure
from collectors.page_text import extract
from collectors.pages import read_page, unread_page
from data.models import ItemRecord, PageRead, Response
from tests.shared import SHARED, needs_shared

PAGE = (Path(__file__).parents[1] / "fixtures" / "pages" / "article.fr.html").read_bytes()
URL = "https://www.example.org/politique/2026/02/10/hypertrucages"
DAY = date(2026, 2, 11)
ITEM = ItemRecord("a", "article", "Hypertrucages : le Sénat durcit le texte", URL, "fr", summary="Deux phrases.")


def response(body: bytes = PAGE, **headers: str) -> Response:
    return Response(URL, 200, headers, body, "2026-02-11T06:00:00Z", URL)


def test_title_and_day_are_those_the_page_states():
    found = extract(PAGE, URL, DAY)
    assert found.title == "Hypertrucages : le Sénat durcit le texte"
    assert found.published_on == date(2026, 2, 10), "half past midnight in Paris is the 10th, whatever UTC says"
    assert not found.paywalled


def test_text_begins_with_the_standfirst_and_leaves_out_what_is_not_of_the_article():
    text = extract(PAGE, URL, DAY).text
    assert text.startswith("Les sénateurs veulent que")
    assert text.count("quarante-huit heures") == 2
    assert text.endswith("avant l'été.")
    for other in ("Lire aussi", "©", "Accueil", "Mentions légales"):
        assert other not in text


def test_a_day_after_the_fetch_is_not_believed():
    assert extract(PAGE, URL, date(2026, 2, 1)).published_on is None


def test_a_page_that_is_not_free_says_so():
    body = PAGE.replace(b'"isAccessibleForFree":"True"', b'"isAccessibleForFree":false')
    page, item = read_page(response(body), ITEM)
    assert isinstance(page, PageRead) and page.verdict == "paywalled"
    assert isinstance(item, ItemRecord) and item.text


def test_the_item_keeps_what_its_feed_said_and_gets_the_text():
    dated = replace(ITEM, published_on=date(2026, 2, 9))
    page, item = read_page(response(), dated)
    assert isinstance(page, PageRead) and page.verdict == "read"
    assert isinstance(item, ItemRecord)
    assert (item.title, item.summary, item.published_on) == (dated.title, "Deux phrases.", date(2026, 2, 9))
    assert "Arcom" in item.text


def test_an_undated_item_takes_the_day_of_its_page():
    _, item = read_page(response(), ITEM)
    assert isinstance(item, ItemRecord)
    assert (item.published_on, item.published_quality) == (date(2026, 2, 10), "date")


@pytest.mark.parametrize(("modified", "dated"), [("2026-02-11", True), ("2026-04-02", False)])
def test_a_page_rewritten_months_later_gives_no_day_to_read_it_against(modified, dated):
    body = PAGE.replace(b'"datePublished"', f'"dateModified":"{modified}T08:00:00+02:00","datePublished"'.encode(), 1)
    found = extract(body, URL, date(2026, 4, 3))
    assert (found.published_on, found.rewritten) == (date(2026, 2, 10), not dated)
    _, item = read_page(replace(response(body), fetched_at="2026-04-03T06:00:00Z"), ITEM)
    assert isinstance(item, ItemRecord)
    assert (item.published_on is not None) is dated


def test_a_reserved_page_is_not_read():
    assert list(read_page(response(PAGE, **{"tdm-reservation": "1"}), ITEM)) == [PageRead("a", URL, "reserved")]


@pytest.mark.parametrize("body", [b"", b"<html><body><p>Acceptez les cookies.</p></body></html>", b"\x00\xff" * 500])
def test_a_page_without_an_article_leaves_the_item_as_it_was(body):
    (page,) = read_page(response(body), ITEM)
    assert isinstance(page, PageRead) and page.verdict == "empty"


@pytest.mark.parametrize(
    ("kind", "verdict"), [("robots", "refused"), ("reserved", "reserved"), ("blocked", "refused"), ("http_4xx", "gone")]
)
def test_a_refusal_is_remembered(kind, verdict):
    told = unread_page(Failure(kind, URL, "no"), ITEM)
    assert told is not None and told.verdict == verdict


@pytest.mark.parametrize("kind", ["timeout", "dns", "http_5xx", "rate_limited"])
def test_a_failure_is_tried_again(kind):
    assert unread_page(Failure(kind, URL, "no"), ITEM) is None


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


@needs_shared
@pytest.mark.shared
def test_real_pages_give_their_title_day_and_text():
    folder = SHARED / "samples" / "news-pages"
    scores: list[float] = []
    for one in json.loads((folder / "index.json").read_bytes()):
        expected: dict[str, Any] = json.loads((folder / one["expected"]).read_bytes())[one["version"]]
        body = gzip.decompress((folder / one["page"]).read_bytes())
        found = extract(body, one["url"], date.fromisoformat(one["crawl_date"][:10]))
        assert _plain(found.title) == _plain(expected["title"]), one["page"]
        assert found.published_on and found.published_on.isoformat() == expected["publishing_date"][:10], one["page"]
        sections = expected["body"]["sections"]
        parts = [*expected["body"]["summary"], *(p for s in sections for p in (*s["headline"], *s["paragraphs"]))]
        want, got = _words("\n".join(parts)), _words(found.text)
        common = (want & got).total()
        scores.append(2 * common / (want.total() + got.total()))
    assert len(scores) >= 15
    assert sum(scores) / len(scores) >= 0.95, scores
