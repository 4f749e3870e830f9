"""Feeds of every kind become the same records, whatever their order, encoding or faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collectors.feed import MOST_ITEMS, parse
from data.errors import BlockedError, SourceError
from data.models import ItemRecord, Rejected, Response, Source

FEEDS = Path(__file__).parent / "fixtures" / "feeds"
ROOT = Path(__file__).parents[2]
FETCHED = "2026-03-06T12:00:00Z"
URL = "https://www.regulateur.example/fr/rss.xml"


def source(**more: Any) -> Source:
    given: dict[str, Any] = {
        "id": "test", "names": {"en": "Test"}, "publisher": "Publisher", "jurisdiction": "fr", "kind": "news",
        "lang": "", "collector": "feed", "urls": (URL,), "licence": "", "every_hours": 6, "min_records": 1,
    }  # fmt: skip
    return Source(**(given | more))


def records(body: bytes | str, url: str = URL, headers: dict[str, str] | None = None, **more: Any) -> list[Any]:
    data = body.encode("utf-8") if isinstance(body, str) else body
    return list(parse(Response(url, 200, headers or {}, data, FETCHED), source(**more)))


def items(body: bytes | str, **more: Any) -> list[ItemRecord]:
    return [record for record in records(body, **more) if isinstance(record, ItemRecord)]


def rss(*entries: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>t</title>{head}{"".join(entries)}</channel></rss>'


def entry(title: str = "A title", **fields: str) -> str:
    return f"<item><title>{title}</title>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items()) + "</item>"


def test_rss_of_a_regulator_becomes_notices():
    found = records((FEEDS / "regulateur.rss.xml").read_bytes(), kind="regulator", timezone="Europe/Paris")
    first, second, third = [record for record in found if isinstance(record, ItemRecord)]
    (empty,) = [record for record in found if isinstance(record, Rejected)]
    assert first == ItemRecord(
        external_id="1042 at https://www.regulateur.example",
        kind="notice",
        title="Hypertrucages : l'autorité met en demeure un service d'images truquées",
        url="https://www.regulateur.example/fr/mise-en-demeure",
        jurisdiction="fr",
        lang_declared="fr-fr",
        lang="fr",
        summary="Le service a deux mois pour cesser la diffusion d'images & de sons.",
        published_said="lun., 12 janv. 2026 23:30:00 +0100",
        published_on=date(2026, 1, 12),
        published_at="2026-01-12T22:30:00Z",
        published_quality="parsed",
        publisher="Publisher",
        categories=("Intelligence artificielle", "Sanctions"),
    )
    assert second.url == "https://www.regulateur.example/fr/consultation-etiquetage"
    assert second.external_id == second.url
    assert (second.published_on, second.published_at) == (date(2026, 1, 5), "")
    assert second.published_quality == "date"
    assert (third.published_said, third.published_on, third.published_quality) == ("hier", None, "unknown")
    assert third.external_id == "javascript:alert(1)"
    assert third.url == "https://www.regulateur.example/emission/programme"
    assert "neither title nor text" in empty.reason


def test_atom_with_both_bodies_and_a_language_per_entry():
    first, second = items((FEEDS / "journal.atom.xml").read_bytes())
    assert first.title == "Lords back offence of creating sexual deepfakes"
    assert first.url == "https://journal.example/one?id=7"
    assert first.summary == "The amendment passed on report."
    assert first.text.splitlines()[0] == "The amendment passed on report."
    assert first.text.splitlines()[-1] == "It now returns to the Commons."
    assert first.published_said == "2026-03-04T10:00:00+01:00"
    assert first.authors == ("Ada Writer",)
    assert (second.url, second.lang_declared, second.lang) == ("", "de", "de")
    assert (second.published_on, second.published_at) == (None, "")
    assert second.published_said == "2126-03-05T10:00:00Z"


def test_rdf_feed():
    (only,) = items((FEEDS / "archiv.rdf.xml").read_bytes())
    assert only.external_id == "https://archiv.example/1"
    assert only.published_at == "2026-02-03T08:15:00Z"
    assert (only.lang, only.authors) == ("de", ("Eva Beispiel",))


def test_json_feed():
    first, second = items((FEEDS / "notes.feed.json").read_bytes())
    assert (first.external_id, first.title) == ("12", "Watermarking rules proposed by the agency")
    assert first.summary == "The agency proposed rules for watermarking."
    assert (first.authors, first.categories) == (("B. Author",), ("labelling",))
    assert first.published_at == "2026-01-02T21:00:00Z"
    assert (second.title, second.url, second.published_on) == ("", "https://other.example/13", None)
    assert (second.lang_declared, second.lang) == ("en-GB", "en")


@pytest.mark.parametrize("kind", ["news", "ngo"])
def test_press_and_organisations_write_articles(kind):
    assert items(rss(entry()), kind=kind)[0].kind == "article"


@pytest.mark.parametrize("kind", ["regulator", "government"])
def test_authorities_write_notices(kind):
    assert items(rss(entry()), kind=kind)[0].kind == "notice"


FRENCH = rss(entry("Été 2026 : l’Assemblée débat des hypertrucages à caractère sexuel"))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (FRENCH.encode("utf-8"), {}),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + FRENCH.encode("utf-8"), {}),
        (b'<?xml version="1.0" encoding="utf-8"?>' + FRENCH.encode("cp1252"), {}),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + FRENCH.encode("cp1252"), {}),
        (FRENCH.encode("cp1252"), {}),
        (FRENCH.encode("cp1252"), {"content-type": "text/xml; charset=utf-8"}),
        (FRENCH.encode("utf-8"), {"content-type": "text/xml; charset=iso-8859-1"}),
        (b"\xef\xbb\xbf" + FRENCH.encode("utf-8"), {}),
        (FRENCH.encode("utf-16"), {}),
        (b"\xff\xfe" + ('<?xml version="1.0" encoding="utf-16"?>' + FRENCH).encode("utf-16-le"), {}),
        (FRENCH.encode("utf-16-be"), {}),
        (FRENCH.encode("utf-32"), {}),
        (b"\n\n  \t" + b'<?xml version="1.0"?>' + FRENCH.encode("utf-8"), {"content-type": "text/html"}),
    ],
)
def test_same_words_come_out_of_every_encoding_and_lie(body, headers):
    assert [item.title for item in items(body, headers=headers)] == [
        "Été 2026 : l’Assemblée débat des hypertrucages à caractère sexuel"
    ]


def test_declared_code_page_is_used_where_the_bytes_are_not_utf_8():
    body = '<?xml version="1.0" encoding="windows-1251"?>' + rss(entry("Закон о дипфейках"))
    assert items(body.encode("cp1251"))[0].title == "Закон о дипфейках"


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><title>Just a moment...</title></head><body>x</body></html>",
        '<!DOCTYPE html><html lang="fr"><body><form>Connexion</form></body></html>',
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
def test_page_in_place_of_a_feed_is_blocked(body):
    with pytest.raises(BlockedError, match="page for people"):
        records(body)


@pytest.mark.parametrize(
    "body",
    [
        "", "   \n", "\ufeff", "not a feed at all", "{}", "[]", '{"error": "quota"}', "{broken",
        '{"version": "https://jsonfeed.org/version/1234", "items": []}',
        '{"version": "https://jsonfeed.org/version/1"}',
        '<?xml version="1.0"?><root/>', "/etc/hostname", "http://127.0.0.1:9/feed", "\x00\x01\x02", "[" * 50_000,
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
    ],
)  # fmt: skip
def test_what_is_no_feed_is_a_named_error_with_its_address(body):
    with pytest.raises(SourceError) as caught:
        records(body)
    assert not isinstance(caught.value, BlockedError)
    assert "test" in str(caught.value)
    assert URL in str(caught.value)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<!DOCTYPE r [<!ENTITY a "b">]>' + rss(entry("&a;")), "entities"),
        (('<!DOCTYPE r [<!ENTITY a "b">]>' + rss(entry("&a;"))).encode("utf-16"), "entities"),
        (rss(entry() * 20_001), "20000 entries"),
        (rss("<item><description>" + "<div>" * 5_000 + "</description></item>"), "nested"),
        (
            rss("<item " + " ".join(f"a{n}='1'" for n in range(300)) + "><title>t</title></item>"),
            "attributes",
        ),
        (rss("<item>" + "<category>x</category>" * 500 + "</item>"), "keywords"),
        (rss("<item>" + "<p>x</p>" * 5_000 + "</item>"), "elements"),
        (rss(entry("<a " * 20_000)), "do not end"),
    ],
)
def test_shape_that_would_cost_minutes_is_refused(body, problem):
    with pytest.raises(SourceError, match=problem):
        records(body)


def test_html_of_any_length_in_a_text_is_no_costly_shape():
    long = "<![CDATA[" + "<p>word<br></p>" * 5_000 + "]]>"
    (only,) = items(rss(f"<item><title>t</title><description>{long}</description></item>"))
    assert only.summary.startswith("word")


def test_more_than_the_cap_keeps_the_newest_and_says_so():
    day = [f"{1 + n % 28:02d} Jan {2000 + n // 280} 10:00:00 GMT" for n in range(MOST_ITEMS + 3)]
    body = rss(*(entry(f"t{n}", guid=f"g{n}", pubDate=day[n]) for n in range(MOST_ITEMS + 3)))
    found = records(body)
    assert sum(isinstance(record, ItemRecord) for record in found) == MOST_ITEMS
    (rejected,) = [record for record in found if isinstance(record, Rejected)]
    assert "3 oldest" in rejected.reason


def test_repeated_entry_is_one_record():
    one = entry("Same", guid="g", link="https://a.example/1")
    assert len(items(rss(one, one, one))) == 1


def test_entries_that_share_a_guid_and_differ_are_all_kept_with_ids_of_their_own():
    entries = [entry(f"Title {n}", guid="g", link=f"https://a.example/{n}", pubDate=f"2026-01-0{n}") for n in (1, 2, 3)]
    forward, backward = items(rss(*entries)), items(rss(*reversed(entries)))
    assert {item.external_id for item in forward if item.title == "Title 1"} == {"g"}
    assert len({item.external_id for item in forward}) == 3
    assert sorted(map(repr, forward)) == sorted(map(repr, backward))


def test_newer_entry_of_a_shared_guid_does_not_rename_the_older_ones():
    entries = [entry(f"Title {n}", guid="g", link=f"https://a.example/{n}", pubDate=f"2026-01-0{n}") for n in (1, 2, 3)]
    before = {item.title: item.external_id for item in items(rss(*entries[:2]))}
    after = {item.title: item.external_id for item in items(rss(*entries))}
    assert before.items() <= after.items()


def test_entry_without_guid_or_link_is_known_by_its_words():
    first, second = items(rss(entry("One"), entry("Two")))
    assert first.external_id.startswith("sha256:")
    assert first.external_id != second.external_id
    assert items(rss(entry("One")))[0].external_id == first.external_id


def test_identity_does_not_depend_on_the_address_of_the_feed():
    body = rss(entry("t", guid="333"), entry("u", guid="abc/def"))
    first = items(body, url="https://one.example/feed")
    second = items(body, url="https://two.example/rss")
    assert [item.external_id for item in first] == [item.external_id for item in second] == ["333", "abc/def"]


def test_guid_that_is_no_address_is_not_taken_for_a_link():
    assert items(rss(entry("t", guid="abc")))[0].url == ""


def test_permalink_guid_stands_for_a_missing_link():
    assert items(rss(entry("t", guid="https://a.example/1")))[0].url == "https://a.example/1"


@pytest.mark.parametrize(
    "link", ["//www.regulateur.example/x", "/x", "../x", "https://www.regulateur.example/x?utm_id=1"]
)
def test_relative_links_become_absolute_on_the_final_address(link):
    assert items(rss(entry("t", link=link)))[0].url == "https://www.regulateur.example/x"


def test_excluded_paths_are_left_out():
    body = rss(entry("a", link="https://a.example/emission/1"), entry("b", link="https://a.example/news/1"))
    assert [item.title for item in items(body, options={"exclude_paths": ["/emission"]})] == ["b"]


def test_entry_that_the_document_breaks_off_in_is_not_kept_as_half_a_title():
    whole = rss(entry("First whole title", guid="1"), entry("Second whole title", guid="2"))
    found = records(whole[: whole.index("Second") + 9])
    assert [record.title for record in found if isinstance(record, ItemRecord)] == ["First whole title"]
    assert [record.reason for record in found if isinstance(record, Rejected)] == [
        "the document ends inside this entry"
    ]


def test_ill_formed_feed_keeps_its_entries():
    body = rss(entry("Law & order < 2026", guid="1"), entry("Undeclared", **{"x:y": "z"}, guid="2"))
    found = items(body)
    assert [item.external_id for item in found] == ["1", "2"]
    assert found[0].title.startswith("Law &")


def test_author_that_is_an_address_is_not_kept():
    assert items(rss(entry("t", author="desk@a.example (Jane Doe)")))[0].authors == ("Jane Doe",)
    assert items(rss(entry("t", author="desk@a.example")))[0].authors == ()


def test_text_decides_the_language_over_a_wrong_declaration_and_none_is_guessed_for_a_word():
    german = "Der Bundestag berät heute über einen Gesetzentwurf gegen täuschend echte Bilder"
    head = "<language>en</language>"
    assert [(i.lang_declared, i.lang) for i in items(rss(entry(german), entry("Grok"), head=head))] == [
        ("en", "de"),
        ("en", "en"),
    ]
    assert items(rss(entry("Grok")))[0].lang == ""
    assert items(rss(entry("Grok")), lang="fr")[0].lang == "fr"
    assert items(rss(entry("Grok"), head="<language>US</language>"))[0].lang == ""


def test_broken_bytes_and_cuts_end_in_records_or_a_named_error():
    for path in sorted(FEEDS.iterdir()):
        body = path.read_bytes()
        for variant in mutations(body):
            try:
                for record in records(variant):
                    if isinstance(record, ItemRecord):
                        assert record.url == "" or record.url.startswith(("http://", "https://"))
            except SourceError:
                pass


def mutations(body: bytes) -> Iterator[bytes]:
    """Cut at every 5 %, and one byte flipped at a hundred places."""
    for step in range(0, 100, 5):
        yield body[: len(body) * step // 100]
    for step in range(100):
        at = (len(body) * step // 100 + step) % len(body)
        yield body[:at] + bytes([body[at] ^ (1 << step % 8)]) + body[at + 1 :]
    yield body.replace(b"utf-8", b"utf-16")
    yield body.replace(b">", b"", 5)
    yield body * 3
