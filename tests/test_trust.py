"""The long proofs in their short form, each with a control that shows it has power."""

from __future__ import annotations

import pytest

from tests.trust import Missed, breakage, fuzz, searches
from tests.trust.__main__ import PROOFS, main


def test_sources_that_go_wrong_are_found_and_healthy_ones_left_alone():
    assert len(breakage.prove(105)) == 2


def test_without_the_alarms_breakages_go_unnoticed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(breakage, "alarms", lambda *_: [])
    with pytest.raises(Missed, match="same page"):
        breakage.prove(35)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_broken_answers_and_bombs_end_with_a_name():
    assert fuzz.prove(200)[0].startswith("200 broken answers over ")


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
