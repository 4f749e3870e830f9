"""The long proofs in their short form, each with a control that shows it has power."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import pytest

from collectors import run
from collectors.commands import watching
from collectors.visit import Visit
from data import digest_text, store_items, store_runs
from data.export import bibtex, csv_table, markdown
from tests.shared import ROOT
from tests.trust import (
    Missed,
    breakage,
    breakage_apart,
    duplicates,
    exports,
    flips,
    hanging,
    journals,
    mails,
    outcomes,
    schedule,
    searches,
)
from tests.trust.__main__ import PROOFS, main


def forget(visit: Visit, url: str, kind: str, detail: str) -> None:
    """A failure that throws away what was known of the address."""
    visit.failures.append((kind, detail, url))
    visit.db.execute("DELETE FROM request WHERE url = ?", (url,))


def by_browser(prove: Callable[[int], list[str]], count: int) -> list[str]:
    """The lines of a proof that opens a browser, in a thread of its own: one of the tests may run in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(prove, count).result()


def by_command(name: str, count: int) -> list[str]:
    """The lines of a proof that listens to what its children print, so that it runs outside the test runner."""
    command = [sys.executable, "-m", "tests.trust", name, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_sources_that_go_wrong_are_found_and_healthy_ones_left_alone():
    assert len(breakage.prove(105)) == 2


def test_without_the_alarms_breakages_go_unnoticed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(breakage, "alarms", lambda *_: [])
    with pytest.raises(Missed, match="same page"):
        breakage.prove(35)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_publishers_apart_that_break_go_unnoticed_without_the_alarms(monkeypatch: pytest.MonkeyPatch):
    seeds = [f"development {n}" for n in (3, 16, 29)]
    assert any(breakage_apart.break_one(seed, "field gone").intervals for seed in seeds)
    monkeypatch.setattr(breakage_apart, "alarms", lambda *_: [])
    assert not any(breakage_apart.break_one(seed, "field gone").intervals for seed in seeds)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_every_fault_before_every_collector_ends_with_a_word():
    assert "; 0 mistakes of a parser; " in outcomes.prove(len(outcomes.FAULTS))[0]


def test_a_fault_that_loses_what_was_kept_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Visit, "_failed", forget)
    with pytest.raises(Missed, match="door: dns: address"):
        outcomes.prove(1)


def test_a_mistake_of_a_parser_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outcomes, "FAULTS", ("null",))
    monkeypatch.setattr(Visit, "_fetched", lambda visit, url, _: visit._failed(url, "failed", "TypeError [bills.py:7]"))
    with pytest.raises(Missed, match=r"\[bills.py:7\] before null"):
        outcomes.prove(1)


@pytest.fixture
def quick_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sources side by side and short waits: whoever hangs all the time costs the others half of it."""
    quick = {"ANSWER_SECONDS": 0.1, "HANG_SECONDS": 4.0, "TURNS": 1, "JOBS": 2, "LEAST": 0.75}
    for name, value in quick.items():
        monkeypatch.setattr(hanging, name, value)
    monkeypatch.setattr(run, "SLOW_SECONDS", 0.3)


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.usefixtures("quick_hang")
def test_who_hangs_takes_no_place_from_the_others():
    assert hanging.prove(12)[0].startswith("12 sources beside one that hangs: ")


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.usefixtures("quick_hang")
def test_a_place_that_is_lost_to_who_hangs_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "SLOW_SECONDS", 1_000.0)
    with pytest.raises(Missed, match=r"12 sources beside one that hangs: [3-7]\d\.\d%"):
        hanging.prove(12)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_what_is_told_again_writes_nothing():
    lines = duplicates.prove(1)
    assert len(lines) == 1 + len(duplicates.TELLINGS)
    assert all(": 0 rows written, 0 tables changed" in line for line in lines[1:])


@pytest.mark.timeout(60)
def test_a_second_piece_and_a_needless_write_are_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store_items, "other_names", lambda *_: [])
    monkeypatch.setattr(duplicates, "TELLINGS", {"under other names": duplicates.TELLINGS["under other names"]})
    with pytest.raises(Missed, match=r"under other names, 1 times .* [1-9]\d* rows written, .*'item': [1-9]"):
        duplicates.prove(1)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_source_that_flips_costs_24_versions_and_is_named():
    assert "at most 24 versions of a piece, 24 lines of a file" in flips.prove(60)[0]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_flips_that_are_all_taken_are_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("data.flips.MOST", 1_000_000)
    with pytest.raises(Missed, match="at most 59 versions of a piece"):
        flips.prove(60)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_damaged_journal_gives_back_whole_units():
    lines = journals.prove(20)
    assert "0 half units" in lines[0] and lines[-1].startswith("control")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_full_disk_leaves_whole_units_and_words():
    lines = by_command("full", 6)
    assert "0 half ones" in lines[0] and lines[1].startswith("full: control")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_of_two_collections_one_runs_and_a_locked_database_is_told():
    assert by_command("locks", 2)[0].startswith("locks: 2 pairs of collections at once: one runs")


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_in_simulated_time_who_is_due_is_asked_and_nobody_before():
    lines = schedule.prove(40)
    assert "0 before they were due, 0 left out, 0 twice" in lines[0]
    assert lines[-1].startswith("control: holds ignored: seen ")


def test_a_schedule_that_ignores_what_hosts_asked_for_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store_runs, "held_hosts", lambda *_: {})
    with pytest.raises(Missed, match="requests to a host on hold"):
        schedule.prove(20)


def test_a_schedule_that_leaves_a_source_out_is_seen(monkeypatch: pytest.MonkeyPatch):
    rightly = watching.due
    monkeypatch.setattr(watching, "due", lambda *given: [one for one in rightly(*given) if one.id != "daily"])
    with pytest.raises(Missed, match="daily"):
        schedule.prove(2)


def test_whatever_is_typed_is_answered():
    assert searches.prove(300)[0].startswith("300 strings: 0 exceptions")


def test_a_search_that_raises_is_seen(monkeypatch: pytest.MonkeyPatch):
    def raises(*_: object, **__: object) -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr(searches, "search", raises)
    with pytest.raises(Missed, match="ValueError: a mistake"):
        searches.prove(5)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(600)
def test_no_string_is_more_than_words_in_any_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exports, "LANGUAGES", ("en",))
    lines = by_browser(exports.prove, 12)
    assert " 0 contacts, 0 findings" in lines[0] and lines[-1].startswith("control: 18 writers")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("module", "name", "seen"),
    [
        (csv_table, "no_formula", "csv fr from 0: .* more formula"),
        (markdown, "escaped", "markdown fr from 0: (asks http|scripts)"),
        (bibtex, "escaped", "bibtex fr from 40: "),
    ],
)
def test_a_writer_that_does_not_escape_is_seen(
    module: ModuleType, name: str, seen: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, name, lambda text: text)
    monkeypatch.setattr(exports, "OFFICE", "no-such-program")
    monkeypatch.setattr(exports, "_site", lambda *_: None)
    monkeypatch.setattr(exports, "LANGUAGES", ("fr",))
    with pytest.raises(Missed, match=seen):
        by_browser(exports.prove, 60)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(300)
def test_no_string_is_more_than_words_in_what_is_sent_and_served():
    lines = by_browser(mails.prove, 24)
    assert "0 contacts, 0 findings" in lines and lines[-1].startswith("control: a mail that escapes nothing is seen")


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_a_mail_that_does_not_escape_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(digest_text, "escape", lambda text: text)
    monkeypatch.setattr(mails, "_citations", lambda *_: ("none", []))
    monkeypatch.setattr(mails, "_addresses", lambda *_: ("none", []))
    with pytest.raises(Missed, match=r"mail [0-9]+: [0-9]+ more script"):
        by_browser(mails.prove, 8)


def test_an_unknown_proof_is_refused(capsys: pytest.CaptureFixture[str]):
    assert main(["no-such-proof"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in PROOFS)
