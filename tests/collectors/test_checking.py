"""Asking every source once: one verdict each, and a table to publish."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.__main__ import main
from collectors.checking import Checked, check_source, check_sources, table
from collectors.outcomes import Failure, Fetched, Outcome, Validators
from data.models import Identifier, Response, Source
from tests.replay import feed_entries, write_replay

URL = "https://news.example.org/feed.xml"
NOW = datetime(2026, 1, 25, 6, tzinfo=UTC)
NEWS = Source(
    "news", {"en": "News", "fr": "Nouvelles"}, "The Daily", "fr", "news", "fr", "feed", (URL,), "titles", 6, 5,
    timezone="Europe/Paris",
)  # fmt: skip
((_, FEED, _),) = feed_entries([NEWS], items=10)


class OneAnswer:
    """A door that gives the same answer to everybody and counts."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.asked = outcome, list[str]()

    def get(self, url: str, **_: object) -> Outcome:
        self.asked.append(url)
        return self.outcome


def answered(body: bytes) -> Fetched:
    return Fetched(Response(URL, 200, {}, body, "2026-01-25T06:00:00Z", URL), Validators())


def checked(outcome: Outcome, source: Source = NEWS, **environment: str) -> Checked:
    return check_source(source, OneAnswer(outcome), [], environment, NOW)


def test_a_healthy_feed_is_ok_with_its_count_and_newest_day():
    found = checked(answered(FEED))
    assert (found.verdict, found.record_count, found.newest) == ("OK", 10, "2026-01-22")


@pytest.mark.parametrize(
    ("failure", "verdict"),
    [
        (Failure("dns", URL, "no such host"), "DEAD"),
        (Failure("timeout", URL, "no answer in 60 s"), "DEAD"),
        (Failure("http_4xx", URL, "HTTP 404", status=404), "DEAD"),
        (Failure("http_5xx", URL, "HTTP 503", status=503), "DEAD"),
        (Failure("http_4xx", URL, "HTTP 403", status=403), "BLOCKED"),
        (Failure("rate_limited", URL, "HTTP 429", status=429), "BLOCKED"),
        (Failure("blocked", URL, "a challenge page"), "BLOCKED"),
        (Failure("robots", URL, "robots.txt says no"), "BLOCKED"),
        (Failure("tls", URL, "certificate expired"), "TLS"),
    ],
)
def test_a_failure_has_its_verdict(failure: Failure, verdict: str):
    found = checked(failure)
    assert found.verdict == verdict and failure.detail in found.detail


def test_a_feed_without_items_or_with_too_few_is_empty():
    ((_, few, _),) = feed_entries([NEWS], items=3)
    assert checked(answered(few)).verdict == "EMPTY"
    assert checked(answered(b"<rss version='2.0'><channel><title>t</title></channel></rss>")).verdict == "EMPTY"
    assert checked(answered(b"{")).verdict == "EMPTY"


def test_a_page_for_people_in_the_place_of_a_feed_is_no_healthy_feed():
    page = b"<!doctype html><html><title>Just a moment...</title><body>Checking your browser</body></html>"
    assert checked(answered(page)).verdict in ("BLOCKED", "EMPTY")


def test_a_feed_whose_dates_stopped_is_stale():
    found = check_source(NEWS, OneAnswer(answered(FEED)), [], {}, datetime(2026, 6, 1, tzinfo=UTC))
    assert found.verdict == "STALE" and "2026-01-22" in found.detail


def test_a_key_nobody_set_is_said_and_nobody_is_asked():
    door = OneAnswer(answered(FEED))
    keyed = replace(NEWS, key_env="SOME_KEY", key_in="header:X-Key")
    assert check_source(keyed, door, [], {}, NOW).verdict == "KEY MISSING" and door.asked == []
    assert check_source(keyed, door, [], {"SOME_KEY": "k"}, NOW).verdict == "OK"


def test_a_source_of_many_addresses_is_asked_for_one():
    door = OneAnswer(answered(FEED))
    check_source(replace(NEWS, urls=(URL, "https://news.example.org/other.xml")), door, [], {}, NOW)
    assert door.asked == [URL]


def test_a_source_that_follows_files_is_asked_for_one_known_file():
    door = OneAnswer(Failure("http_4xx", URL, "HTTP 404", status=404))
    files = Source(
        "senat", {"en": "S"}, "Sénat", "fr", "parliament", "fr", "fr_senat", (), "open", 24, 1,
        options={"watch_only": True},
    )  # fmt: skip
    known = [Identifier("fr.senat.dossier", "pjl22-593"), Identifier("fr.senat.dossier", "ppl18-385")]
    check_source(files, door, known, {}, NOW)
    assert door.asked == ["https://www.senat.fr/dossier-legislatif/rss/doslegpjl22-593.xml"]


def test_the_table_shows_the_worst_first_and_cannot_be_drawn_in():
    bad = replace(NEWS, id="bad")
    outcomes = {URL: answered(FEED)}

    class Two(OneAnswer):
        def get(self, url: str, **_: object) -> Outcome:
            return outcomes.get(url, Failure("connect", url, "refused | <b>[x](y)\nnext"))

    told = check_sources(
        [NEWS, replace(bad, urls=("https://b.example.org/f",))], Two(answered(b"")), [], {}, NOW, lambda _: None
    )
    assert [one.verdict for one in told] == ["DEAD", "OK"]
    lines = table(told, "2026-01-25T06:00:00Z").splitlines()
    assert lines[0] == "Asked once each at 2026-01-25T06:00:00Z: 1 DEAD, 1 OK."
    assert lines[4].startswith("| bad | The Daily | DEAD | 0 |  | refused \\| &lt;b>\\[x](y) next")


def test_the_command_writes_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    from data.reference import load_sources

    one = next(source for source in load_sources() if source.collector == "feed")
    write_replay(tmp_path / "answers", feed_entries([one], items=10))
    command = ["check", "--source", one.id, "--replay", str(tmp_path / "answers"), "--now", "2026-01-25T06:00:00Z"]
    assert main([*command, "--out", str(tmp_path / "health.md")]) == 0
    assert f"| {one.id} |" in (tmp_path / "health.md").read_text(encoding="utf-8")
    assert "1 OK" in capsys.readouterr().out
    assert main([*command[:2], "nobody", *command[3:]]) == 2
