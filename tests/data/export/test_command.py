"""``python -m data.export`` against a published snapshot: the rows of the view, whole files, clear refusals."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from dashboard import filters
from data import baseline, desk, migrations, queries, store_sources
from data.database import collected_path, open_immutable, open_writer, published_path
from data.export import FORMATS
from data.export.__main__ import PAGE_KEYS, main
from data.export.citation_lines import STYLES
from data.models import Identifier, When
from data.publish import publish
from data.reference_models import RefActor, RefDossier, Reference, RefMilestone
from data.view import LISTS, View

AT = "2026-11-25T06:00:00Z"


def milestone(event_id: str, when: str, jurisdiction: str, dossier_id: str, kind: str, title: str) -> RefMilestone:
    return RefMilestone(
        event_id=event_id,
        when=When.parse(when),
        jurisdiction=jurisdiction,
        dossier_id=dossier_id,
        type=kind,
        status="occurred",
        outcome="",
        stage="enacted" if kind == "law_signed" else "",
        titles={"en": title},
        summaries={},
        actors=(("fr-an", "author"),) if jurisdiction == "fr" else (),
        legal_references=(),
        source_url=f"https://example.org/{event_id}",
        source_publisher="Official journal",
        source_kind="official",
        verified="official_page",
    )


REFERENCE = Reference(
    actors=(RefActor("fr-an", "Assemblée nationale", "parliament", "fr", verified="official_page"),),
    dossiers=(
        RefDossier(
            "fr-loi-sren", "fr", "law", "Loi visant à sécuriser l'espace numérique", "fr", {},
            (Identifier("fr.an.dossier", "DLR5L16N47884"),), "enacted", ("ncii",), ("criminal_offence",),
            "https://example.org/sren", "official_page",
        ),
    ),
    milestones=(
        milestone("fr-sren-signed", "2024-05-21", "fr", "fr-loi-sren", "law_signed", "=Act 2024-449 is signed"),
        milestone("fr-sren-tabled", "2023-05-10", "fr", "fr-loi-sren", "bill_tabled", "The bill is tabled"),
        milestone("int-2019-10-count", "2019-10", "int", "", "study_published", "A first count of videos"),
    ),
    version="test",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published snapshot of three curated events."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(folder))
        db = open_writer(collected_path())
        migrations.migrate(db)
        store_sources.source_rows(db, [baseline.SOURCE])
        baseline.load(db, REFERENCE, at=AT)
        publish(db, published_path(), at=AT, today=date(2026, 11, 25), vocabulary_version="v-test", rules="1")
        db.close()
    return folder


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_HOME", str(home))


def run(*argv: str) -> int:
    try:
        return main(argv)
    except SystemExit as stop:  # argparse
        return int(stop.code or 0)


def test_three_files_of_one_view_have_the_ids_of_the_view(tmp_path: Path):
    view = "jurisdiction=fr&type=law_signed&type=bill_tabled"
    for fmt in ("csv", "timelinejs", "ics"):
        assert run(fmt, "--view", view, "--out", str(tmp_path / fmt)) == 0
    table = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_text("utf-8"), newline="")))
    slides = json.loads((tmp_path / "timelinejs").read_text("utf-8"))["events"]
    entries = Calendar.from_ical((tmp_path / "ics").read_bytes()).walk("VEVENT")
    db = open_immutable(published_path())
    expected = [one.event_id for one in queries.timeline(db, View.parse(view), newest_first=False)]
    db.conn.close()
    assert expected == ["fr-sren-tabled", "fr-sren-signed"]
    assert [row["event_id"] for row in table] == expected
    assert [slide["unique_id"] for slide in slides] == expected
    assert [str(one["UID"]).partition("@")[0] for one in entries] == expected


def test_the_file_tells_its_snapshot(capfdbinary: pytest.CaptureFixture[bytes]):
    assert run("csv", "--lang", "en", "--address", "https://monitor.example/") == 0
    out, err = capfdbinary.readouterr()
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8"), newline="")))
    assert len(rows) == 3
    assert {(row["as_of"], row["vocabulary_version"], row["view_count"]) for row in rows} == {(AT, "v-test", "3")}
    assert rows[-1]["title"] == "'=Act 2024-449 is signed"
    assert rows[-1]["permalink"] == "https://monitor.example/?event=fr-sren-signed"
    assert err.startswith(b"3 events, ")


def test_an_address_copied_from_the_dashboard_is_a_view(tmp_path: Path):
    link = "http://localhost:8501/timeline?jurisdiction=int&lang=en&event=int-2019-10-count"
    assert run("csv", "--view", link, "--out", str(tmp_path / "a.csv")) == 0
    assert (tmp_path / "a.csv").read_text("utf-8").count("\n") == 2


def test_no_key_of_a_page_is_taken_for_a_filter():
    assert filters.PAGE_KEYS <= PAGE_KEYS
    assert not set(LISTS) & PAGE_KEYS


def test_a_folder_gets_a_file_of_safe_name(tmp_path: Path):
    assert run("ics", "--title", "../../Été : l'affaire", "--out", str(tmp_path)) == 0
    assert [one.name.rsplit("-", 1)[0] for one in tmp_path.iterdir()] == ["ete-l-affaire-2026-11-25"]


def test_a_view_the_team_kept_is_taken_by_its_name(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with desk.open_desk() as db:
        desk.save_view(db, "Avant l'audition", "jurisdiction=int", at=AT)
    assert run("csv", "--saved", "Avant l'audition", "--out", str(tmp_path / "a.csv")) == 0
    row = next(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8"), newline="")))
    assert (row["event_id"], row["view_title"]) == ("int-2019-10-count", "Avant l'audition")
    assert run("csv", "--saved", "Après", "--out", str(tmp_path / "b.csv")) == 2
    assert "kept views: Avant l'audition" in capsys.readouterr().err
    assert run("csv", "--saved", "x", "--view", "jurisdiction=fr") == 2


def test_only_what_is_new_since_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for day, count in (("2026-11-25", 3), ("2026-11-26", 0)):
        assert run("atom", "--only-new-since", day, "--out", str(tmp_path / day)) == 0
        text = (tmp_path / day).read_text("utf-8")
        assert text.count("<entry>") == count
        assert f"connus depuis le {day}" in text
        assert capsys.readouterr().err.startswith(f"{count} events, ")
    assert run("atom", "--only-new-since", "soon") == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err


def test_a_feed_tells_of_new_and_changed_events_or_of_new_ones(tmp_path: Path):
    for feed in ("new", "changed"):
        assert run("atom", "--feed", feed, "--out", str(tmp_path / feed)) == 0
        assert f":view/{feed}/fr/" in (tmp_path / feed).read_text("utf-8")


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_is_made_from_the_command_line(fmt: str, tmp_path: Path):
    assert run(fmt, "--view", "jurisdiction=fr", "--out", str(tmp_path)) == 0
    (made,) = tmp_path.iterdir()
    assert made.name.endswith(f".{FORMATS[fmt].extension}")


def test_a_format_without_its_library_says_which(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "data.export.xlsx", raising=False)
    assert run("xlsx") == 2
    assert "xlsx cannot be made here: library xlsxwriter is not installed" in capsys.readouterr().err


def test_options_of_french_excel(tmp_path: Path):
    assert run("csv", "--delimiter", ";", "--bom", "--out", str(tmp_path / "a.csv")) == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id;permalink;")


def test_an_empty_view_is_a_file_and_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("timelinejs", "--view", "from=2030-01-01", "--out", str(tmp_path / "a.json")) == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["events"] == []
    assert "note: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("csv", "--view", "juridiction=fr"), "unknown filter 'juridiction'"),
        (("csv", "--view", "from=2026-13-01"), "YYYY-MM-DD"),
        (("csv", "--view", "jurisdiction=atlantis"), "'atlantis'"),
        (("csv", "--view", "stage=almost"), "'almost'"),
        (("odt",), "odt"),
        (("csv", "--delimiter", "|"), "delimiter"),
        (("csv", "--lang", "de"), "de"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    argv: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(*argv, "--out", str(tmp_path / "a")) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_citation_is_printed_in_the_style_asked_for(capsys: pytest.CaptureFixture[str]):
    assert run("cite", "--event", "fr-sren-signed", "--style", "oscola", "--lang", "en") == 0
    assert capsys.readouterr().out.rstrip("\n") == "Loi visant à sécuriser l'espace numérique (2024) (France)."


def test_a_citation_without_a_style_is_printed_in_all_of_them(capsys: pytest.CaptureFixture[str]):
    assert run("cite", "--view", "jurisdiction=fr", "--lang", "en") == 0
    lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert list(lines) == list(STYLES)
    assert "Deepfake policy timeline · France" in lines["apa"]
    assert "« Chronologie des politiques sur les deepfakes · France »" in lines["fr"].replace("\u00a0", " ")


def test_an_empty_view_of_an_actor_is_cited_by_the_name_in_every_language(capsys: pytest.CaptureFixture[str]):
    assert run("cite", "--view", "actor=fr-an&from=2030-01-01", "--lang", "en") == 0
    lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert "Assemblée nationale" in lines["apa"] and "Assemblée nationale" in lines["fr"]
    assert "fr-an ·" not in lines["apa"] + lines["fr"]


def test_each_event_of_a_view_is_cited_in_order(capsys: pytest.CaptureFixture[str]):
    assert run("cite", "--view", "", "--each", "--style", "harvard", "--lang", "en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "A first count of videos" in lines[0] and "The bill is tabled" in lines[1]


def test_one_source_of_an_event_is_cited(capsys: pytest.CaptureFixture[str]):
    assert run("cite", "--event", "fr-sren-tabled", "--source", "1", "--style", "fr") == 0
    assert "https://example.org/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--event", "nope"), "there is no event 'nope'"),
        (("--event", ""), "there is no event ''"),
        (("--event", "fr-sren-signed", "--source", "2"), "no number 2"),
        (("--event", "fr-sren-signed", "--source", "0"), "no number 0"),
        (("--event", "fr-sren-signed", "--each"), "--each to --view"),
        (("--view", "", "--source", "1"), "--source belongs to --event"),
        (("--view", "jurisdiction=atlantis"), "'atlantis'"),
        (("--event", "fr-sren-signed", "--style", "mla"), "mla"),
        ((), "--event"),
    ],
)
def test_what_cannot_be_cited_is_told(argv: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]):
    assert run("cite", *argv) == 2
    found = capsys.readouterr()
    assert told in found.err
    assert found.out == ""


def test_without_a_database_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    assert run("csv", "--out", str(tmp_path / "a.csv")) == 2
    assert "make run" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "a.csv"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run("csv", "--out", str(target)) == 2
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
