"""The team's decisions outrank every rule, survive a rebuild and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.__main__ import main
from data import desk, queries
from data.database import collected_path, open_immutable, published_path
from tests.fixtures import replay_world
from tests.replay import write_replay

NOW = "2026-11-25T06:00:00Z"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    write_replay(tmp_path / "answers", replay_world.entries(None))
    main(["collect", "--replay", str(tmp_path / "answers"), "--source", "us_govinfo", "--now", NOW])
    return tmp_path


def sources_of(event_id: str) -> int:
    found = queries.event(open_immutable(published_path()), event_id)
    assert found
    return len(found.sources)


def joined_to_signing(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["joins", "us-tida-signed"]) == 0
    return capsys.readouterr().out.split(" -> ")[0]


def test_a_split_separates_survives_a_rebuild_and_can_be_withdrawn(home: Path, capsys: pytest.CaptureFixture[str]):
    member = joined_to_signing(capsys)
    assert member.startswith("us-govinfo-119-s-146")
    assert sources_of("us-tida-signed") == 2
    assert main(["decide", "split", "event", "us-tida-signed", member, "--why", "test", "--now", NOW]) == 0
    assert sources_of("us-tida-signed") == 1
    assert sources_of(member) == 1
    collected_path().unlink()
    main(["collect", "--replay", str(home / "answers"), "--source", "us_govinfo", "--now", NOW])
    assert sources_of("us-tida-signed") == 1, "decisions survive a rebuild from nothing"
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert sources_of("us-tida-signed") == 2
    assert queries.event(open_immutable(published_path()), member), "the id that was shown alone still finds the event"


def test_views_are_kept_by_name(tmp_path: Path):
    with desk.open_desk(tmp_path / "desk.db") as team:
        desk.save_view(team, "France", "jurisdiction=fr", at=NOW)
        desk.save_view(team, "France", "jurisdiction=fr&track=law", at=NOW)
        kept = lambda: [(one.name, one.query) for one in desk.saved_views(tmp_path / "desk.db")]  # noqa: E731
        assert kept() == [("France", "jurisdiction=fr&track=law")]
        desk.save_view(team, "Law", "track=law", at=NOW)
        with pytest.raises(ValueError, match="Law"):
            desk.rename_view(team, "France", "Law")
        desk.rename_view(team, "France", "Paris")
        assert [name for name, _ in kept()] == ["Law", "Paris"]
        desk.remove_view(team, "Paris")
        assert [name for name, _ in kept()] == ["Law"]
