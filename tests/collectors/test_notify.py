"""Changes by mail, against a real mail server on loopback: each is told once, to whom it was asked for, and no more."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import pytest

from collectors.__main__ import main
from collectors.digests import is_due
from data import desk, queries, subscriptions
from data.database import desk_path, open_immutable, published_path
from data.view import View
from tests.collectors.mailbox import Mailbox, body, text
from tests.collectors.notifying import ANNA, BO, add, now, send
from tests.dashboard import snapshot as sample
from tests.data.monitor import NEWS, OFFICIAL, Monitor, article, bill, decide, said, step, withdraw


def test_a_change_is_told_once_and_what_was_there_before_never(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--lang", "en")
    assert send(monitor) == 0
    assert mailbox.mails == []
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02")))
    monitor.publish()
    assert send(monitor) == 0
    assert send(monitor) == 0
    monitor.publish()  # published again, nothing happened
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert "1 new event" in mail["Subject"]
    assert "Vote 2" in text(mail) and "Vote 1" not in text(mail) and "Said 1" not in text(mail)
    assert "Vote 2" in body(mail, "html")


def test_what_changed_is_told_with_what_it_was(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--lang", "en", "--view", "jurisdiction=fr")
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-04", title="A vote with another name")))
    monitor.publish()
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert "1 changed event" in mail["Subject"]
    assert "Date: 4 March 2026 (was 1 March 2026)" in text(mail)
    assert "The title has changed" in text(mail)


def test_another_source_for_the_same_event_is_no_change(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA)
    monitor.tell(NEWS, article(1, said(1)), article(2, title="the same again"))
    monitor.publish()
    assert send(monitor) == 0
    assert mailbox.mails == []


def test_stage_changes_only(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--kind", "stage_changes", "--lang", "fr")
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 0
    assert mailbox.mails == []
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02", "law_signed", "enacted")))
    monitor.publish()
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert "1 dossier a changé d’étape" in mail["Subject"]
    assert re.search(r"Étape : \S.*\(auparavant : \S.*\)", text(mail))
    assert "https://monitor.example.org/dossiers?file=" in text(mail)


def test_a_file_that_leaves_a_view_by_its_stage_is_told_of_once(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--kind", "stage_changes", "--view", "stage=passed_one")
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02", "law_signed", "enacted")))
    monitor.publish()
    assert send(monitor) == 0
    monitor.day += timedelta(days=1)
    assert send(monitor) == 0
    assert len(mailbox.of(ANNA)) == 1


def test_new_only(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--kind", "new")
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-04")))
    monitor.publish()
    assert send(monitor) == 0
    assert mailbox.mails == []
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 0
    assert "Said 2" in text(mailbox.of(ANNA)[0])


def test_one_actor(monitor: Monitor, mailbox: Mailbox):
    monitor.load(sample.reference("2024-05-20"))
    monitor.publish()
    add(monitor, ANNA, "--actor", "uk-ofcom")
    assert main(["notify", "add", BO, "--actor", "nobody", *now(monitor)]) == 1
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02")))
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert "Said 2" in text(mail) and "Vote 2" not in text(mail)


def test_a_saved_view_is_followed_as_it_is_now_and_nothing_is_lost_when_it_becomes_another(
    monitor: Monitor, mailbox: Mailbox
):
    with desk.open_desk(desk_path()) as team:
        desk.save_view(team, "Ma vue", "jurisdiction=uk", at=monitor.at())
    add(monitor, ANNA, "--saved", "Ma vue")
    assert main(["notify", "add", BO, "--saved", "Unknown", *now(monitor)]) == 1
    monitor.tell(NEWS, article(2, said(2)))
    with desk.open_desk(desk_path()) as team:
        desk.save_view(team, "Ma vue", "jurisdiction=fr", at=monitor.at())
    monitor.publish()
    assert send(monitor) == 0
    (first,) = mailbox.of(ANNA)
    assert "Said 2" in text(first) and "Vote 1" not in text(first)
    assert "Ma vue" in first["Subject"]
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02")))
    monitor.publish()
    assert send(monitor) == 0
    assert "Vote 2" in text(mailbox.of(ANNA)[1])


def test_daily_and_weekly(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--every", "daily")
    add(monitor, BO, "--every", "weekly")
    for number in range(2, 10):
        monitor.tell(OFFICIAL, bill(*(step(one, "2026-03-01") for one in range(1, number + 1))))
        monitor.publish()
        assert send(monitor) == 0
        assert send(monitor, 9) == 0
    assert len(mailbox.of(ANNA)) == 8
    assert [re.findall(r"Vote \d", text(one)) for one in mailbox.of(BO)] == [
        ["Vote 2"],
        [f"Vote {n}" for n in range(3, 10)],
    ]


def test_who_is_removed_gets_nothing_and_is_forgotten(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA)
    assert main(["notify", "remove", "1", *now(monitor)]) == 0
    assert main(["notify", "remove", "1", *now(monitor)]) == 2
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 0
    assert mailbox.mails == []
    assert ANNA.encode() not in desk_path().read_bytes()


def test_a_dry_run_tells_and_writes_nothing(monitor: Monitor, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]):
    add(monitor, ANNA, "--lang", "en")
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    before = desk_path().read_bytes()
    assert send(monitor, 7, "--dry-run") == 0
    assert "1 new event" in capsys.readouterr().out
    assert desk_path().read_bytes() == before and mailbox.mails == []
    assert main(["notify"]) == 0  # without a word it sends
    assert len(mailbox.mails) == 1


def test_what_left_the_view_is_counted_and_not_named(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--lang", "en")
    gone = next(one for one in queries.timeline(open_immutable(published_path()), View()) if one.title == "Said 1")
    number = decide(monitor, "reject", gone.event_id)
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert "1 event is no longer in this view" in text(mail) and "Said 1" not in text(mail)
    withdraw(monitor, number)
    monitor.day += timedelta(days=1)
    assert send(monitor) == 0
    assert "Said 1" in text(mailbox.of(ANNA)[1])
    assert len({one["Message-ID"] for one in mailbox.of(ANNA)}) == 2


@pytest.mark.parametrize(("sent_at", "at", "due"), [
    ("2026-03-28T23:30:00Z", "2026-03-29T22:45:00Z", True),  # the day in between has 23 hours
    ("2026-03-28T07:00:00Z", "2026-03-29T05:00:00Z", False),
    ("2026-10-24T22:05:00Z", "2026-10-25T22:04:00Z", False),  # this one has 25: still the same day
    ("2026-10-24T22:05:00Z", "2026-10-25T23:01:00Z", True),
    ("", "2026-10-25T23:01:00Z", True),
])  # fmt: skip
def test_a_daily_mail_comes_once_a_local_day_however_long_it_is(
    sent_at: str, at: str, due: bool, monkeypatch: pytest.MonkeyPatch
):
    one = subscriptions.Subscription(1, "", "", "", "", "daily", "fr", "", "", "", sent_at, "", 0)
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        assert is_due(one, datetime.fromisoformat(at)) is due
    finally:
        monkeypatch.undo()
        time.tzset()
