"""The long proofs in their short form, each with a control that shows it has power."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.shared import ROOT
from tests.trust import Missed, breakage, breakage_apart, fuzz, journals, outcomes, searches
from tests.trust.__main__ import PROOFS, main


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
@pytest.mark.timeout(300)
def test_broken_answers_and_bombs_end_with_a_name():
    assert fuzz.prove(200)[0].startswith("200 broken answers made of ")


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_every_fault_before_every_collector_ends_with_a_word():
    assert " 0 without an end, 0 exceptions" in outcomes.prove(len(outcomes.FAULTS))[0]


def test_a_fault_that_loses_what_was_kept_is_seen(monkeypatch: pytest.MonkeyPatch):
    kept = iter(({"a b", "c d"}, {"a b"}))
    monkeypatch.setattr(outcomes, "_kept", lambda _: next(kept))
    with pytest.raises(Missed, match="1 records are gone after door: dns"):
        outcomes.prove(1)


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


def test_whatever_is_typed_is_answered():
    assert searches.prove(300)[0].startswith("300 strings: 0 exceptions")


def test_a_search_that_raises_is_seen(monkeypatch: pytest.MonkeyPatch):
    def raises(*_: object, **__: object) -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr(searches, "search", raises)
    with pytest.raises(Missed, match="ValueError: a mistake"):
        searches.prove(5)


def test_an_unknown_proof_is_refused(capsys: pytest.CaptureFixture[str]):
    assert main(["no-such-proof"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in PROOFS)
