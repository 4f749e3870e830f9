"""CSV: columns as documented, cells that stay text, lists that stay parallel."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings

from data.errors import ViewError
from data.export import Extract, Options, build
from data.export.csv_table import COLUMNS
from data.export.plain import joined, no_formula, web_link
from data.rows import TimelineEvent
from tests.data.export import hostile
from tests.data.export.sample import DEEPTRACE, SREN, Codes, context, dated

PROMISED = """
    event_id, permalink, date, date_end, date_precision, event_status, jurisdiction, level, body, dossier_id,
    dossier_title, dossier_official_id, stage, stage_label_fr, stage_label_en, stage_label_local, event_type,
    event_type_label, title, title_original, lang, summary, summary_kind, harms, duties, actors, positions,
    source_urls, source_names, source_kinds, source_dates, retrieved_at, archive_urls, content_hashes, source_quotes,
    review_state, confidence, first_seen_at, last_changed_at, revision, licence
"""


def rows_of(*events: TimelineEvent, lang: str = "fr", options: Options | None = None) -> list[dict[str, str]]:
    data = build("csv", Extract(events), context(len(events), lang), labels=Codes(), options=options).data
    delimiter = options.delimiter if options else ","
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))


def test_promised_columns_come_first_and_in_order():
    assert list(rows_of(SREN)[0])[:41] == [name.strip() for name in PROMISED.split(",")]


def test_a_row_holds_the_event():
    row = rows_of(SREN)[0]
    expected = {
        "event_id": "fr-sren-2024-05-21-promulgation",
        "permalink": "https://monitor.example/?event=fr-sren-2024-05-21-promulgation",
        "date": "2024-05-21",
        "date_end": "2024-05-21",
        "date_precision": "day",
        "event_status": "occurred",
        "jurisdiction": "fr",
        "level": "national",
        "body": "Assemblée nationale",
        "dossier_id": "fr-loi-sren",
        "dossier_title": "Loi visant à sécuriser et à réguler l'espace numérique",
        "dossier_official_id": "fr.an.dossier=DLR5L16N47884|fr.jorftext=JORFTEXT000049563368",
        "stage": "enacted",
        "stage_label_fr": "law/enacted/fr",
        "stage_label_en": "law/enacted/en",
        "stage_label_local": "PROM-PUB",
        "event_type": "law_signed",
        "event_type_label": "event_types/law_signed/fr",
        "title": "Promulgation de la loi n° 2024-449",
        "summary": "Étend l'article 226-8 du code pénal aux contenus générés.",
        "summary_kind": "reviewed",
        "harms": "ncii|harassment_defamation",
        "duties": "criminal_offence",
        "actors": "Assemblée nationale [author]|Une association [campaigner]",
        "positions": 'Une association: supports_with_changes "Un progrès"',
        "source_urls": "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368|https://example.org/loi-sren?a=1&b=2",
        "source_names": "Légifrance|Le Journal",
        "source_kinds": "official|news",
        "source_dates": "2024-05-22|2024-05-23",
        "archive_urls": "|",
        "content_hashes": "ab" * 32 + "|",
        "source_quotes": "LOI n° 2024-449 du 21 mai 2024|LOI n° 2024-449 du 21 mai 2024",
        "confidence": "1",
        "last_changed_at": "2026-11-24T07:30:00Z",
        "revision": "2",
        "view_count": "1",
        "view_query": "jurisdiction=fr&jurisdiction=us&jurisdiction=int&q=deepfake+%26+droit",
    }
    assert {key: row[key] for key in expected} == expected


def test_english_file_has_the_reviewed_english_titles_and_keeps_the_official_one():
    row = rows_of(SREN, lang="en")[0]
    assert row["title"] == "Act no. 2024-449 is promulgated"
    assert (row["title_original"], row["lang"]) == ("Promulgation de la loi n° 2024-449", "fr")
    assert row["dossier_title"] == "Act to secure and regulate the digital space"


def test_an_english_summary_in_a_french_file_is_marked():
    row = rows_of(DEEPTRACE)[0]
    assert (row["summary"], row["summary_kind"]) == ("The first count of such videos online.", "reviewed_en")
    assert rows_of(replace(DEEPTRACE, summaries={}))[0]["summary_kind"] == ""


@pytest.mark.parametrize(
    ("event", "date", "end"),
    [
        (dated("2026", "2026-01-01", "2026-12-31", "year"), "2026", "2026-12-31"),
        (DEEPTRACE, "2019-10", "2019-10-31"),
        (dated("2026-07-01/2026-09-30", "2026-07-01", "2026-09-30", "quarter"), "2026-07-01", "2026-09-30"),
        (dated("2026-07-02/2026-07-05", "2026-07-02", "2026-07-05", "range"), "2026-07-02", "2026-07-05"),
    ],
)
def test_a_date_is_cut_to_what_is_known(event: TimelineEvent, date: str, end: str):
    row = rows_of(event)[0]
    assert (row["date"], row["date_end"]) == (date, end)


@pytest.mark.parametrize(
    ("code", "level"),
    [("us-ca", "subnational"), ("eu", "supranational"), ("int", "international"), ("fr", "national"), ("xx", "")],
)
def test_level_follows_the_code(code: str, level: str):
    assert rows_of(replace(SREN, jurisdiction=code))[0]["level"] == level


def test_a_body_that_is_only_a_target_is_not_the_body():
    target = replace(SREN.actors[0], role="target")
    assert rows_of(replace(SREN, actors=(target,)))[0]["body"] == ""


def test_semicolon_and_byte_order_mark_for_french_excel():
    options = Options(delimiter=";", bom=True)
    data = build("csv", Extract((SREN,)), context(1), labels=Codes(), options=options).data
    assert data.startswith(b"\xef\xbb\xbfevent_id;permalink;")
    assert rows_of(SREN, options=options) == rows_of(SREN)


def test_without_the_option_there_is_no_byte_order_mark():
    assert build("csv", Extract((SREN,)), context(1), labels=Codes()).data.startswith(b"event_id,")


def test_another_delimiter_is_refused():
    with pytest.raises(ViewError, match="delimiter"):
        Options(delimiter="\t")


def test_an_empty_view_still_has_its_header():
    data = build("csv", Extract(()), context(0), labels=Codes()).data.decode()
    assert data == ",".join(column.name for column in COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        "﹣1",
        "\u22121",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str):
    assert rows_of(replace(SREN, title=text))[0]["title_original"] == "'" + text.strip(" \t\r\n\x00")


@pytest.mark.parametrize("text", ["a=1", "2024-05-21", "'already", "1-2", "€ 5"])
def test_other_text_is_left_alone(text: str):
    assert no_formula(text) == text


def test_a_bar_inside_a_value_does_not_add_a_value():
    assert joined(["a|b", "", "https://a.example/x|y"]) == "a¦b||https://a.example/x%7Cy"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//a.example", "/x", "ftp://a.example/",
        "https://", "https://u:p@a.example/", "https://a.example/\r\nX:1", "https://a.example/ b", " https://a.example",
        'https://a.example/"onclick="', "https://a.example\\@b.example", "http://[::1", "https:a.example",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_becomes_no_link(url: str):
    assert web_link(url) == ""


def test_a_plain_web_address_is_kept_whole():
    url = "https://www.senat.fr/dossier-legislatif/ppl25-001.html?a=1&b=é#c"
    assert web_link(url) == url


@settings(max_examples=150, deadline=None)
@given(hostile.events)
def test_no_text_makes_a_formula_a_column_or_a_row(event: TimelineEvent):
    for options in (Options(), Options(delimiter=";", bom=True)):
        data = build(
            "csv", Extract((event, DEEPTRACE)), context(2, view_title=event.title), labels=Codes(), options=options
        ).data
        text = data.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=options.delimiter, strict=True))
        assert [len(row) for row in table] == [len(COLUMNS)] * 3
        assert text.count("\n") == text.count("\r") == 3
        for cell in (cell for row in table for cell in row if cell):
            assert unicodedata.normalize("NFKC", cell[0])[0] not in "=+-@\t\r\n\x00"
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=options.delimiter):
            if row["event_id"] == event.event_id and event.sources:
                lists = ("source_urls", "source_names", "source_dates", "content_hashes", "archive_urls",
                         "source_quotes")  # fmt: skip
                assert {row[name].count("|") for name in lists} == {len(event.sources) - 1}
