"""Excel: every cell of text is text, links are web addresses alone, dates are no finer than known."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

from data.export import Extract, build, xlsx
from data.export.csv_table import EVENT_COLUMNS
from data.rows import TimelineEvent
from tests.data.export import hostile, office
from tests.data.export.hostile import NASTY
from tests.data.export.readers import rows, sheet
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, Codes, context, dated
from tests.data.export.test_json import LISTED, SAID

SHEETS = ["README", "Timeline", "Actors", "Positions", "Sources", "Vocabulary"]


def made(*events: TimelineEvent, lang: str = "fr", **parts: object) -> bytes:
    return build("xlsx", Extract(events, **parts), context(len(events), lang), labels=Codes()).data


def book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_sheets_stand_in_order_with_frozen_headers_and_filters():
    found = book(made(*EVENTS))
    assert found.sheetnames == SHEETS
    for name in SHEETS[1:]:
        assert found[name].freeze_panes == "A2"
    assert found["Timeline"].auto_filter.ref.startswith("A1:")
    assert found["Timeline"].auto_filter.ref.endswith("4")


def test_the_timeline_has_the_columns_of_csv_a_day_and_a_link():
    heads = [cell.value for cell in book(made(SREN))["Timeline"][1]]
    assert [one for one in heads if one not in ("day", "first_source")] == [one.name for one in EVENT_COLUMNS]
    assert heads[heads.index("date") + 1] == "day"


@pytest.mark.parametrize(
    ("event", "shown", "day"),
    [
        (SREN, "2024-05-21", datetime(2024, 5, 21)),
        (DEEPTRACE, "2019-10", None),
        (dated("2026", "2026-01-01", "2026-12-31", "year"), "2026", None),
        (dated("1899-12-31", "1899-12-31", "1899-12-31", "day"), "1899-12-31", None),
    ],
)
def test_a_date_is_text_as_known_and_a_real_date_only_for_a_day(event: TimelineEvent, shown: str, day: date | None):
    row = sheet(made(event), "Timeline")[0]
    assert (row["date"], row["day"]) == (shown, day)


def test_numbers_count_and_ids_stay_text():
    event = replace(SREN, official_code="0012", dossier_id="2024")
    row = sheet(made(event), "Timeline")[0]
    assert (row["confidence"], row["revision"]) == (1, 2)
    assert (row["stage_label_local"], row["dossier_id"]) == ("0012", "2024")


def test_links_lead_to_the_event_and_to_its_first_source():
    found = book(made(SREN))["Timeline"]
    links = [cell.hyperlink.target for cell in found[2] if cell.hyperlink]
    assert links == [f"https://monitor.example/?event={SREN.event_id}", SREN.sources[0].url]


def test_what_is_no_web_address_is_no_link():
    bad = replace(SREN.sources[0], url="javascript:alert(1)")
    found = book(made(replace(SREN, sources=(bad,))))
    targets = [cell.hyperlink.target for name in SHEETS for row in found[name].iter_rows() for cell in row if cell.hyperlink]  # fmt: skip
    assert targets
    assert all(one.startswith("https://monitor.example/") for one in targets)


def test_a_longer_address_than_excel_takes_is_text():
    far = f"https://a.example/{'x' * 2100}"
    found = book(made(replace(SREN, sources=(replace(SREN.sources[0], url=far),))))["Sources"]
    cell = found.cell(2, found.max_column)
    assert (cell.value, cell.hyperlink) == (far, None)


def test_more_links_than_excel_takes_go_on_as_text(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx, "MOST_LINKS", 2)
    found = book(made(*EVENTS))["Timeline"]
    cells = [cell for row in found.iter_rows(min_row=2) for cell in row if str(cell.value).startswith("https://")]
    assert [bool(cell.hyperlink) for cell in cells if "|" not in cell.value].count(True) == 2
    assert len(cells) > 4


def test_a_longer_text_than_a_cell_takes_is_cut_with_an_ellipsis():
    for letter, most in (("a", 32_767), ("👩", 32_767 // 2)):
        text = xlsx.cell_text(letter * 40_000)
        assert text.endswith("…")
        assert len(text.encode("utf-16-le")) // 2 <= 32_767
        assert len(text) >= most
    assert xlsx.cell_text("a" * 32_767) == "a" * 32_767


def test_an_actor_has_the_party_of_its_last_event_that_tells_one():
    first = replace(SREN.actors[0], party="Parti A")
    events = (
        replace(SREN, event_id="e-1", actors=(first,)),
        replace(HEARING, event_id="e-2", actors=(replace(first, party="Parti B"),)),
        replace(HEARING, event_id="e-3", date="2028-01-01", date_start="2028-01-01", date_end="2028-01-01", actors=(replace(first, party=""),)),
    )  # fmt: skip
    row = sheet(made(*events, actors={"fr-an": LISTED}), "Actors")[0]
    assert (row["party"], row["party_on"]) == ("Parti B", "2027-01-12")
    assert (row["events"], row["first"], row["last"], row["wikidata"]) == (3, "2024-05-21", "2028-01-01", "Q193582")


def test_positions_have_a_short_quotation_and_their_source():
    row = sheet(made(SREN, statements=[SAID]), "Positions")[0]
    assert (row["actor_id"], row["stance"], row["vote"], row["date"]) == ("fr-x", "supports", None, "2024-05-21")
    assert len(row["quote"]) == 300


def test_every_source_of_every_event_has_a_row():
    found = sheet(made(*EVENTS), "Sources")
    assert [(row["event_id"], row["url"]) for row in found] == [
        (event.event_id, one.url) for event in (SREN, HEARING) for one in event.sources
    ]


def test_the_codes_are_told_in_both_languages():
    found = {(row["list"], row["track"], row["code"]): row for row in sheet(made(*EVENTS), "Vocabulary")}
    assert found["stages", "law", "enacted"]["label_fr"] == "law/enacted/fr"
    assert found["harms", None, "ncii"]["label_en"] == "harms/ncii/en"


def test_an_empty_view_has_every_header_and_no_row():
    found = book(made())
    assert {name: found[name].max_row for name in SHEETS[1:]} == dict.fromkeys(SHEETS[1:], 1)


def test_the_properties_do_not_tell_the_clock():
    assert book(made(SREN)).properties.created == datetime(2026, 11, 25, 6)


@settings(max_examples=40, deadline=None)
@given(hostile.events)
def test_no_text_makes_a_formula(event: TimelineEvent):
    data = build("xlsx", Extract((event,)), context(1, view_title=event.title), labels=Codes()).data
    for name in SHEETS:
        for row in book(data)[name].iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d", "inlineStr"), (name, cell.coordinate, cell.value)
                assert not str(cell.value or "").startswith(("=", "+", "@"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(one) for one in archive.namelist() if one.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(SHEETS)
    assert not any(b"<f>" in one or b"<f " in one for one in sheets)


@pytest.mark.slow
@office.installed
def test_libreoffice_opens_every_sheet_and_finds_the_same_cells(tmp_path: Path):
    strange = [
        replace(SREN, event_id=f"e-{number:02d}", title=text, titles={"fr": text}) for number, text in enumerate(NASTY)
    ]
    data = made(*EVENTS, *strange)
    found = office.converted(data, "a.xlsx", tmp_path, office.SHEETS)
    assert set(found) == {f"a-{name}.csv" for name in SHEETS}
    told = rows(found["a-Timeline.csv"])
    expected = sheet(data, "Timeline")
    for column in ("event_id", "date", "date_precision", "title"):
        assert [one[column] for one in told] == [unescape(str(one[column] or "")) for one in expected], column
    assert len(rows(found["a-Sources.csv"])) == len(sheet(data, "Sources"))
