"""The Commission's press corner: the feed, the three spellings of a reference, one piece in full."""

from __future__ import annotations

import json
from datetime import date

import pytest

from collectors.sources import eu_commission
from data.errors import BlockedError, SourceError
from data.models import Follow, ItemRecord, Record, Rejected
from tests.collectors.sources.helpers import fixture, of, response, source

RSS = "https://ec.europa.eu/commission/presscorner/api/rss?language=en"
DETAIL = "https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/203&language=en"
FEED = fixture("eu_commission", "rss.xml")
PIECE = fixture("eu_commission", "ip_26_203.json")


def parsed(body: bytes, url: str = RSS, **options: object) -> list[Record]:
    return list(eu_commission.parse(response(url, body), source("eu", "eu-commission-press", **options)))


def piece(url: str = DETAIL, **changes: object) -> list[Record]:
    return parsed(json.dumps({**json.loads(PIECE), **changes}).encode(), url)


def test_pieces_on_the_subject_are_followed_under_one_spelling_each_once() -> None:
    assert [record.url for record in of(Follow, parsed(FEED))] == [
        "https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/203&language=en",
        "https://ec.europa.eu/commission/presscorner/api/documents?reference=SPEECH/26/210&language=en",
    ]


def test_other_pieces_are_kept_as_the_feed_tells_them() -> None:
    (notice,) = of(ItemRecord, parsed(FEED))
    assert (notice.external_id, notice.kind) == ("MEX/26/215", "notice")
    assert notice.url == "https://ec.europa.eu/commission/presscorner/detail/en/mex_26_215"
    assert notice.summary == "Fisheries & agriculture: funds for coastal regions."
    assert notice.publisher == "European Commission"


def test_piece_published_late_in_the_evening_is_dated_in_brussels() -> None:
    (notice,) = of(ItemRecord, parsed(FEED))
    assert (notice.published_on, notice.published_at) == (date(2026, 1, 27), "2026-01-26T23:30:00Z")
    assert (notice.published_said, notice.published_quality) == ("Mon, 26 Jan 2026 23:30:00 GMT", "exact")


def test_without_words_every_piece_is_a_notice() -> None:
    records = parsed(FEED, follow_words=())
    assert of(Follow, records) == []
    assert [one.external_id for one in of(ItemRecord, records)] == ["IP/26/203", "SPEECH/26/210", "MEX/26/215"]


def test_words_are_met_at_the_beginning_of_a_word_only() -> None:
    (followed,) = of(Follow, parsed(FEED, follow_words=["fisher"]))
    assert "reference=MEX/26/215&" in followed.url
    assert of(Follow, parsed(FEED, follow_words=["isheries"])) == []


def test_piece_without_a_title_is_rejected_and_the_rest_lands() -> None:
    (rejected,) = of(Rejected, parsed(FEED))
    assert rejected.locator == "item[4]"


def test_piece_without_a_reference_is_known_by_its_address() -> None:
    body = FEED.replace(b"detail/en/MEX_26_215", b"detail/en/statement").replace(b"mex_26_215", b"none")
    (notice,) = of(ItemRecord, parsed(body))
    assert notice.external_id == notice.url == "https://ec.europa.eu/commission/presscorner/detail/en/statement"


def test_date_that_cannot_be_read_is_not_guessed() -> None:
    body = FEED.replace(b"Mon, 26 Jan 2026 23:30:00 GMT", b"yesterday")
    (notice,) = of(ItemRecord, parsed(body))
    assert (notice.published_on, notice.published_said, notice.published_quality) == (
        None,
        "yesterday",
        "unknown",
    )


def test_piece_in_full_has_its_title_day_and_text_without_markup() -> None:
    (notice,) = of(ItemRecord, parsed(PIECE, DETAIL))
    assert (notice.external_id, notice.kind, notice.lang) == ("IP/26/203", "notice", "en")
    assert notice.title.startswith("Commission investigates Grok")
    assert notice.url == "https://ec.europa.eu/commission/presscorner/detail/en/ip_26_203"
    assert (notice.published_on, notice.published_at) == (date(2026, 1, 26), "2026-01-26T11:05:00Z")
    assert "formal proceedings against X" in notice.text and "Articles 34, 35 and 42" in notice.text
    assert "<" not in notice.text and "track" not in notice.text
    assert notice.summary == "Digital economy and society; Justice and fundamental rights"


def test_day_of_a_piece_is_the_day_as_written() -> None:
    (notice,) = of(ItemRecord, piece(eventDate="2026-01-26T00:00:00+02:00", publishDate=None))
    assert (notice.published_on, notice.published_at, notice.published_quality) == (
        date(2026, 1, 26),
        "",
        "date",
    )


@pytest.mark.parametrize("midnight", ["2026-01-25T23:00:00Z", "2026-01-25T23:00:00.000+0000"])
def test_midnight_in_brussels_written_in_utc_is_the_day_in_brussels(midnight: str) -> None:
    (notice,) = of(ItemRecord, piece(eventDate=midnight))
    assert (notice.published_on, notice.published_said) == (date(2026, 1, 26), midnight)


def test_hyphen_does_not_hide_the_subject() -> None:
    body = FEED.replace(b"Fisheries", b"Deep-fake labels for fisheries")
    assert "reference=MEX/26/215&" in "".join(record.url for record in of(Follow, parsed(body)))


def test_instant_of_another_day_is_left_out() -> None:
    (notice,) = of(ItemRecord, piece(publishDate="2026-01-28T09:00:00Z"))
    assert (notice.published_on, notice.published_at) == (date(2026, 1, 26), "")


@pytest.mark.parametrize("spelling", ["IP/26/203", "ip_26_203", "IP_26_203", "IP%2F26%2F203"])
def test_reference_is_one_in_any_spelling(spelling: str) -> None:
    url = DETAIL.replace("IP/26/203", spelling)
    (notice,) = of(ItemRecord, piece(url, refCd=None))
    assert notice.external_id == "IP/26/203"


def test_piece_missing_in_this_language_is_rejected() -> None:
    (rejected,) = parsed(fixture("eu_commission", "speech_26_210.json"), DETAIL)
    assert rejected == Rejected("SPEECH/26/210", "no text in this language", rejected.raw)


@pytest.mark.parametrize(
    "changes", [{"eventDate": "soon"}, {"docuLanguageResource": {"title": "", "htmlContent": "x"}}]
)
def test_piece_without_a_date_or_a_title_is_rejected(changes: dict[str, object]) -> None:
    (rejected,) = piece(**changes)
    assert isinstance(rejected, Rejected)


def test_reading_twice_gives_the_same() -> None:
    assert parsed(FEED) == parsed(FEED)
    assert parsed(PIECE, DETAIL) == parsed(PIECE, DETAIL)


def test_page_for_humans_is_blocked() -> None:
    with pytest.raises(BlockedError):
        parsed(b"<!doctype html><html><app-root></app-root></html>", DETAIL)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"error": "not found"}',
        b"plain words",
        b"/etc/passwd",
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel><item><title>&a;</title></item></channel></rss>",
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(body)


def test_piece_that_nobody_named_is_refused() -> None:
    with pytest.raises(SourceError, match="without a reference"):
        piece(RSS, refCd=None)
