"""A backup is everything that cannot be fetched again; restored it gives the same rows and the same first page."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from collectors.__main__ import main
from data import desk, restoring, subscriptions
from data.database import collected_path, only_one, open_writer, writer_lock, writing
from data.errors import StorageError
from data.reference import load_sources
from tests.dump import check_integrity
from tests.replay import feed_entries, official_entries, write_replay
from tests.shared import ROOT
from tests.trust import Missed, kills_backup
from tests.trust.kills_backup import content

NOW = "2026-11-25T06:00:00Z"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a collection, a saved view, a decision and a reader who is told of changes."""
    home = tmp_path_factory.mktemp("home")
    sources = [one for one in load_sources() if one.collector == "feed"][:3]
    answers = tmp_path_factory.mktemp("answers")
    write_replay(answers, [*official_entries(None), *feed_entries(sources, items=10)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        named = [one.id for one in sources] + ["fr-senat-textes", "us_govinfo", "ca_legisinfo"]
        chosen = [word for one in named for word in ("--source", one)]
        assert main(["collect", *chosen, "--replay", str(answers), "--now", NOW]) == 0
        with desk.open_desk() as team:
            desk.save_view(team, "Ours", "jurisdiction=fr", at=NOW)
            desk.decide(team, "confirm", "event", "us-tida-signed", at=NOW, why="read it", by="AB")
        assert main(["notify", "add", "anna@example.org", "--view", "jurisdiction=fr", "--now", NOW]) == 0
        assert main(["build", "--now", NOW]) == 0
        yield home


@pytest.fixture(scope="module")
def archive(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kept") / "monitor.tar"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(collected))
        assert main(["backup", str(target), "--now", NOW]) == 0
    return target


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "other-machine"
    monkeypatch.setenv("MONITOR_HOME", str(home))
    return home


def first_page() -> list[str]:
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.run()
    assert not app.exception
    return [one.value for one in (*app.markdown, *app.caption, *app.title, *app.subheader)]


def test_the_rehearsal_from_backup_to_the_first_page(
    collected: Path, archive: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
):
    assert main(["restore", str(archive), "--now", NOW]) == 0
    db = open_writer(empty / "collected.db")
    check_integrity(db)
    db.close()
    assert content(empty) == content(collected)
    assert sum(line.startswith("collected.db item:") for line in content(empty)) >= 30
    assert len(list(empty.glob("payloads/*/*.gz"))) == len(list(collected.glob("payloads/*/*.gz"))) > 10
    assert [one.name for one in desk.saved_views()] == ["Ours"]
    with subscriptions.opened() as team:
        assert [one.address for one in subscriptions.standing(team)] == ["anna@example.org"]
    restored = first_page()
    monkeypatch.setenv("MONITOR_HOME", str(collected))
    assert restored == first_page()
    assert len(restored) > 3


def test_only_its_owner_may_read_it(archive: Path):
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_holds_what_is_committed_while_a_collection_writes(collected: Path, empty: Path, tmp_path: Path):
    shutil.copytree(collected, empty)
    before = content(empty)
    writer = open_writer(empty / "collected.db")
    with writing(writer):
        writer.execute("INSERT INTO host VALUES ('half.example.org', '2026-01-01T00:00:00Z')")
        assert main(["backup", str(tmp_path / "b.tar"), "--now", NOW]) == 0
    writer.close()
    assert main(["restore", str(tmp_path / "b.tar"), "--replace", "--now", NOW]) == 0
    assert content(empty) == before


def test_a_home_that_is_in_use_is_not_replaced_unasked(archive: Path, empty: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["build", "--now", NOW]) == 0
    before = content(empty)
    assert main(["restore", str(archive), "--now", NOW]) == 1
    assert "is not empty (collected.db" in capsys.readouterr().err
    assert content(empty) == before


def rewritten(
    archive: Path, target: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]]
) -> None:
    with tarfile.open(archive) as source, tarfile.open(target, "w") as out:
        for member in source:
            handle = source.extractfile(member)
            assert handle is not None
            info, body = change(member, handle.read())
            info.size = len(body)
            out.addfile(info, io.BytesIO(body))


def named(name: str) -> Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]]:
    """One body under another name."""

    def change(member: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if member.name == "desk.db":
            member.name = name
        return member, body

    return change


def turned(member: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    """One bit of one body turned."""
    if member.name.startswith("payloads/"):
        body = body[:-1] + bytes([body[-1] ^ 1])
    return member, body


def linked(member: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    if member.name == "desk.db":
        member.type, member.linkname, body = tarfile.SYMTYPE, "/etc/hostname", b""
    return member, body


def newer(member: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    return member, json.dumps({**json.loads(body), "format": 9}).encode() if member.name == "manifest.json" else body


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (turned, "is not what its manifest says"),
        (linked, "what no backup has: 'desk.db'"),
        (newer, "a newer version"),
        (named("../desk.db"), "what no backup has: '../desk.db'"),
        (named("payloads/../desk.db"), "what no backup has"),
        (named("payloads/ab/../../desk.db"), "what no backup has"),
        (named("/tmp/desk.db"), "what no backup has"),
        (named("desk.db-journal"), "what no backup has"),
        (named("published.db"), "what no backup has"),
        (named(f"payloads/ab/cd{'0' * 62}.gz"), "what no backup has"),
    ],
    ids=["bit", "link", "newer", "up", "up-inside", "up-twice", "absolute", "journal", "published", "wrong-folder"],
)
def test_an_archive_with_anything_else_is_refused_whole(
    archive: Path,
    empty: Path,
    tmp_path: Path,
    change: Callable[..., object],
    said: str,
    capsys: pytest.CaptureFixture[str],
):
    rewritten(archive, tmp_path / "bad.tar", change)  # type: ignore[arg-type]
    assert main(["restore", str(tmp_path / "bad.tar"), "--now", NOW]) == 1
    assert said in capsys.readouterr().err
    assert {path.name for path in empty.iterdir()} <= {"writer.lock", "notify.lock"}
    assert {path.name for path in tmp_path.iterdir()} == {"bad.tar", "other-machine"}


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.9])
def test_an_archive_that_was_cut_is_refused_whole(archive: Path, empty: Path, tmp_path: Path, share: float):
    body = archive.read_bytes()
    (tmp_path / "cut.tar").write_bytes(body[: int(len(body) * share)])
    assert main(["restore", str(tmp_path / "cut.tar"), "--now", NOW]) == 1
    assert {path.name for path in empty.iterdir()} <= {"writer.lock", "notify.lock"}


def test_what_is_no_archive_and_what_is_not_there_are_named(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "text.tar").write_text("no archive", encoding="utf-8")
    assert main(["restore", str(tmp_path / "text.tar")]) == 1
    assert main(["restore", str(tmp_path / "none.tar")]) == 1
    assert main(["backup", str(tmp_path / "new.tar")]) == 1
    said = capsys.readouterr().err
    assert "is no backup" in said and "no backup at" in said and "no database at" in said
    assert not (tmp_path / "new.tar").exists()


def test_a_second_backup_and_a_restore_beside_a_collection_are_refused(
    collected: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MONITOR_HOME", str(collected))
    with only_one(collected / "backup.lock", "backup"):
        assert main(["backup", str(archive)]) == 75
    with writer_lock(collected_path()):
        assert main(["restore", "--replace", str(archive)]) == 75


@pytest.mark.slow
def test_killed_at_any_point_the_home_is_as_before_or_restored():
    lines = kills_backup.prove(2)
    assert ", 0 mixed" in lines[0]


@pytest.mark.slow
def test_a_restore_that_no_writer_finishes_is_seen(monkeypatch: pytest.MonkeyPatch):
    """The control: a home that was killed between two places and that the next writer takes as it is."""
    monkeypatch.setattr("data.database.settle", lambda _: None)
    monkeypatch.setattr(kills_backup, "RESTORE", ())
    monkeypatch.setattr(kills_backup, "HAND_OVER", kills_backup.HAND_OVER[3:])
    with pytest.raises(Missed, match="a restore killed at 'in its place', passing 1"):
        kills_backup.prove(0)


def test_a_decision_under_way_keeps_the_restore_from_taking_the_file_away(
    archive: Path, empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with desk.open_desk() as team:
        desk.save_view(team, "Before", "", at=NOW)
    monkeypatch.setattr(restoring, "_PATIENCE_SECONDS", 0.1)
    with desk.open_desk() as team:
        desk.save_view(team, "Under way", "", at=NOW)
        assert main(["restore", str(archive), "--replace", "--now", NOW]) == 1
        assert "the team's database is used" in capsys.readouterr().err
    assert [one.name for one in desk.saved_views()] == ["Before", "Under way"]
    with writer_lock(collected_path()):  # the next writer finishes what was asked for
        pass
    assert [one.name for one in desk.saved_views()] == ["Ours"]


def test_who_decides_waits_while_the_file_is_replaced(empty: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(restoring, "_PATIENCE_SECONDS", 0.1)
    alone, refused = restoring.in_place(empty, replacing=True), pytest.raises(StorageError, match="being restored")
    with alone, refused, desk.open_desk():
        pass
    with desk.open_desk(), desk.open_desk():  # many at once
        pass
