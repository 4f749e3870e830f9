"""A collected register of members is known to the reader of the next text, and its coverage is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.__main__ import main
from data.database import collected_path, open_immutable, open_writer, published_path, writing
from data.models import ActorRecord, Identifier, Seat
from data.store_actors import Teller, resolve

NOW = "2026-02-12T06:00:00Z"
TEXT = (
    "Hypertrucages : la France débat. À l'Assemblée nationale, Camille d'Exemplevert a défendu le 3 février 2026 un "
    "amendement sur les hypertrucages à caractère sexuel."
)


def add(home: Path, name: str) -> list[tuple[object, ...]]:
    """Actor and rule of every mention of the member, once the text is read."""
    (home / name).write_text(TEXT, encoding="utf-8")
    given = [
        "--published",
        "2026-02-10",
        "--lang",
        "fr",
        "--jurisdiction",
        "fr",
        "--url",
        f"https://example.org/{name}",
    ]
    assert main(["add", str(home / name), *given, "--now", NOW]) == 0
    return (
        open_immutable(published_path())
        .execute(
            "SELECT actor_id, rule FROM mention JOIN item USING (item_id) WHERE url LIKE ? AND name LIKE 'Camille%'",
            (f"%{name}",),
        )
        .fetchall()
    )


def test_a_register_that_was_collected_names_the_member_in_the_next_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    assert add(tmp_path, "before.txt") == []
    db = open_writer(collected_path())
    member = ActorRecord(
        "Camille d'Exemplevert", "person", "fr", (Identifier("fr.an", "PA999001"),), party="Groupe du Centre",
        seats=(Seat("Assemblée nationale", "2024-07-07"),),
    )  # fmt: skip
    with writing(db):
        resolve(db, member, Teller("official", NOW, "fr-assemblee-acteurs"))
    db.close()
    assert add(tmp_path, "after.txt") == [("fr-an-pa999001", "listed-member")]
    capsys.readouterr()
    assert main(["sources", "--coverage"]) == 0
    told = capsys.readouterr().out
    assert "France, Assemblée nationale: persons 1, sitting 1, 2024-07-07 – … (fr-assemblee-acteurs)" in told
