"""News sitemaps, searches without a key, and lists on pages."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from collectors.sources import gdelt, google_news, html_list, news_sitemap
from data.errors import BlockedError, SourceError
from data.models import Follow, ItemRecord, Rejected
from data.reference import load_sources
from tests.collectors.sources.helpers import of, response

SOURCES = {source.id: source for source in load_sources()}


def read(module: ModuleType, body: bytes, source_id: str, url: str = "https://example.org/list") -> list[Any]:
    return list(module.parse(response(url, body), SOURCES[source_id]))


SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://www.lemonde.fr/pixels/article/1.html?utm_source=x</loc><news:news><news:publication><news:name>Le Monde</news:name><news:language>fr</news:language></news:publication>
<news:publication_date>2026-01-07T23:30:00+01:00</news:publication_date><news:title>Hypertrucages : le parquet saisi</news:title><news:keywords>IA, justice</news:keywords></news:news></url>
<url><loc>https://www.lemonde.fr/2.html</loc><news:news><news:title></news:title></news:news></url><url><loc>https://www.lemonde.fr/a-propos</loc></url></urlset>"""


def test_sitemap_gives_the_publishers_address_title_and_day():
    records = read(news_sitemap, SITEMAP, "fr-sitemap-lemonde")
    (found,) = of(ItemRecord, records)
    assert (found.url, found.title) == (
        "https://www.lemonde.fr/pixels/article/1.html",
        "Hypertrucages : le parquet saisi",
    )
    assert (found.published_on.isoformat(), found.published_at, found.lang_declared) == (
        "2026-01-07",
        "2026-01-07T22:30:00Z",
        "fr",
    )
    assert found.categories == ("IA", "justice") and len(of(Rejected, records)) == 1


def test_index_of_sitemaps_leads_to_the_newest():
    body = b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2026-01-01</lastmod></sitemap><sitemap><loc>https://a.example/2.xml</loc><lastmod>2026-02-01</lastmod></sitemap></sitemapindex>"
    assert [one.url for one in of(Follow, read(news_sitemap, body, "int-sitemap-reuters"))] == [
        "https://a.example/2.xml",
        "https://a.example/1.xml",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss/>",
        SITEMAP.replace(b"news:news>", b"news:item>"),
        b"<sitemapindex/>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset>&a;</urlset>",
    ],
)
def test_changed_or_hostile_sitemap_ends_loudly(body):
    with pytest.raises(SourceError):
        read(news_sitemap, body, "fr-sitemap-lemonde")


GOOGLE = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>
<item><title>Deepfakes : le Sénat vote un délai de 48 heures - Le Monde</title><link>https://news.google.com/rss/articles/CBMiX?oc=5</link>
<guid isPermaLink="false">CBMiX</guid><pubDate>Tue, 10 Feb 2026 18:00:00 GMT</pubDate><source url="https://www.lemonde.fr">Le Monde</source></item>
<item><title></title></item></channel></rss>""".encode()


def test_search_gives_a_lead_and_never_googles_address():
    records = read(google_news, GOOGLE, "fr-google-news")
    (lead,) = of(ItemRecord, records)
    assert (lead.kind, lead.url, lead.title, lead.publisher) == (
        "lead",
        "",
        "Deepfakes : le Sénat vote un délai de 48 heures",
        "Le Monde",
    )
    assert lead.published_on.isoformat() == "2026-02-10" and "google" not in repr(lead)
    assert len(of(Rejected, records)) == 1


def test_consent_page_is_refused():
    with pytest.raises(BlockedError):
        read(google_news, b"<!doctype html><html>consent</html>", "fr-google-news")


def test_gdelt_has_the_address_and_no_day_of_publication():
    row = {
        "url": "https://www.example.com/a?utm_medium=x",
        "title": "Deepfake law passes , says minister",
        "seendate": "20260210T180000Z",
        "domain": "example.com",
        "language": "English",
    }
    records = read(gdelt, json.dumps({"articles": [row, {"title": "x"}]}).encode(), "int-gdelt")
    (found,) = of(ItemRecord, records)
    assert (found.url, found.title, found.published_on) == (
        "https://www.example.com/a",
        "Deepfake law passes, says minister",
        None,
    )
    assert found.published_said == "seen 20260210T180000Z"
    assert read(gdelt, b"{}", "int-gdelt") == []


@pytest.mark.parametrize("body", [b"Your query was too short", b"{broken", b'{"articles": {}}'])
def test_error_of_gdelt_with_status_200_is_told(body):
    with pytest.raises(SourceError):
        read(gdelt, body, "int-gdelt")


def page(*entries: str) -> bytes:
    return f"<!doctype html><html><body><nav><article>menu</article></nav>{''.join(entries)}</body></html>".encode()


def entry(n: int, title: str = "Grok : l'Arcom saisit la Commission", day: str = "2026-01-26") -> str:
    return f'<article><h3>{title} {n}</h3><a href="/actualites/{n}?utm_source=x">Lire</a><time datetime="{day}">26 janvier 2026</time></article>'


def test_list_of_an_authority_has_title_address_and_day():
    found = read(html_list, page(*(entry(n) for n in range(3))), "fr-arcom", "https://www.arcom.fr/actualites")
    assert (found[0].title, found[0].url) == (
        "Grok : l'Arcom saisit la Commission 0",
        "https://www.arcom.fr/actualites/0",
    )
    assert found[0].published_on.isoformat() == "2026-01-26" and found[0].actors[0].kind == "regulator"


def test_one_bad_entry_of_many_is_rejected():
    records = read(
        html_list, page(*(entry(n) for n in range(5)), entry(9, day="soon").replace("26 janvier 2026", "")), "fr-arcom"
    )
    assert len(of(ItemRecord, records)) == 5 and of(Rejected, records)[0].reason == "no date"


@pytest.mark.parametrize(
    ("body", "words"),
    [(page(), "0 entries by"), (page(entry(1)), "at least 3"), (page(*(entry(n).replace("h3", "h5") for n in range(4))), "4 of 4 entries lack something: no title"),
     (page(*(entry(n).replace("<a href", "<a data-x") for n in range(4))), "no link"), (b"", "empty body")],
)  # fmt: skip
def test_changed_page_is_told_with_what_it_lacks(body, words):
    with pytest.raises(SourceError, match=words):
        read(html_list, body, "fr-arcom")


def test_a_script_in_an_address_is_no_link():
    records = read(
        html_list,
        page(*(entry(n) for n in range(4)), entry(9).replace("/actualites/9?utm_source=x", "javascript:alert(1)")),
        "fr-arcom",
    )
    assert "javascript" not in repr(of(ItemRecord, records))


def test_every_list_names_its_expressions_and_asks_robots():
    lists = [source for source in SOURCES.values() if source.collector == "html_list"]
    assert len(lists) >= 8
    for one in lists:
        assert one.robots and all(one.options.get(name) for name in ("item", "title", "link", "date", "min"))
        broken = replace(one, options={**one.options, "item": "//["})
        with pytest.raises(SourceError):
            list(html_list.parse(response("https://example.org/", page(entry(1))), broken))
