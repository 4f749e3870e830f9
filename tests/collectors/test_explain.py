"""The explanation of a kept item names every decision and no private person."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.__main__ import main

TEXT = """Deepfakes sexuels : le parquet saisi

Le 12 janvier 2026, l'Arcom a saisi le parquet de Paris en vertu de l'article 226-8-1 du code pénal. La victime Jeanne
Tartempion a été visée par un hypertrucage à caractère sexuel. La diffusion est punie de trois ans de prison et de
75 000 euros d'amende. La CNIL s'oppose à la suppression du texte sur les deepfakes.
"""


def test_every_decision_is_told_with_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path / "home"))
    clipping = tmp_path / "clipping.txt"
    clipping.write_text(TEXT, encoding="utf-8")
    assert main(["add", str(clipping), "--published", "2026-01-13", "--jurisdiction", "fr"]) == 0
    capsys.readouterr()
    assert main(["explain", "1"]) == 0
    told = capsys.readouterr().out
    for words in (
        "on the subject: yes", "fr-arcom", "fr-parquet-paris", "fr:code-penal:226-8-1", "2026-01-12 (day)",
        "referral 2026-01-12", "3 years (sentence)", "75000 EUR (fine)", "fr-cnil: opposes", "rules ",
    ):  # fmt: skip
        assert words in told, words
    assert "⟦12 janvier 2026⟧" in told
    assert "Tartempion" not in told
    assert main(["explain", "999"]) == 1
