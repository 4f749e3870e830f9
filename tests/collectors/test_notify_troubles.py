"""Rounds of mails in which something is wrong: an address, a server, a second round, what has to be withheld."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from collectors.__main__ import main
from data import desk, queries, subscriptions
from data.database import desk_path, open_immutable, published_path
from data.decisions import PRIVATE, value_of
from data.view import View
from tests.collectors.mailbox import Mailbox, running, text
from tests.collectors.notifying import ANNA, BO, add, now, send
from tests.data.monitor import NEWS, Monitor, article, said


def test_one_refused_address_keeps_no_other_from_its_mail(
    monitor: Monitor, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
):
    add(monitor, ANNA)
    add(monitor, BO)
    mailbox.refused = {ANNA}
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 1
    assert len(mailbox.of(BO)) == 1 and not mailbox.of(ANNA)
    assert main(["notify", "list"]) == 0
    assert "tried 1 times; the server said 550" in capsys.readouterr().out
    mailbox.refused = set()
    monitor.tell(NEWS, article(2, said(2)), article(3, said(3)))
    monitor.publish()
    assert send(monitor) == 0
    told = [re.findall(r"Said \d", text(one)) for one in mailbox.of(ANNA)]
    assert told == [["Said 2"]]
    monitor.day += timedelta(days=1)
    assert send(monitor) == 0
    assert [re.findall(r"Said \d", text(one)) for one in mailbox.of(ANNA)] == [["Said 2"], ["Said 3"]]


def test_a_full_server_and_no_server_lose_nothing(monitor: Monitor, monkeypatch: pytest.MonkeyPatch):
    add(monitor, ANNA)
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    mailbox = Mailbox()
    mailbox.full = True
    with running(mailbox) as port:
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://127.0.0.1:{port}?tls=none")
        assert send(monitor) == 1
    assert send(monitor) == 1  # nobody listens there any more
    mailbox.full = False
    with running(mailbox) as port:
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://127.0.0.1:{port}?tls=none")
        assert send(monitor) == 0
        assert send(monitor) == 0
    assert [re.findall(r"Said \d", text(one)) for one in mailbox.of(ANNA)] == [["Said 2"]]


def test_what_is_withheld_is_never_told_also_not_by_a_mail_that_was_written_down_before(
    monitor: Monitor, mailbox: Mailbox
):
    add(monitor, ANNA)
    mailbox.full = True
    monitor.tell(NEWS, article(2, said(2)), article(3, said(3)))
    monitor.publish()
    assert send(monitor) == 1  # written down with both, not taken
    for one in queries.timeline(open_immutable(published_path()), View(jurisdictions=("uk",))):
        if one.title == "Said 2":
            told = queries.tellings(open_immutable(published_path()), one.event_id)
            with desk.open_desk(desk_path()) as team:
                value = {**value_of("reject", one.event_id, told), **PRIVATE}
                desk.decide(team, "reject", "event", one.event_id, at=monitor.at(), value=value)
    mailbox.full = False
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert "Said 3" in text(mail) and "Said 2" not in mail.as_string()
    with subscriptions.opened() as db:
        kept = [row for table in ("subscription", "told", "outbox") for row in db[table].rows]
    assert kept and "Said" not in repr(kept)


def test_two_rounds_at_once_are_one(monitor: Monitor, mailbox: Mailbox, tmp_path: Path):
    from data.database import only_one

    add(monitor, ANNA)
    with only_one(tmp_path / "notify.lock", "notify"):
        assert send(monitor) == 75
    assert send(monitor) == 0


def test_a_mail_for_someone_who_has_left_meanwhile_is_not_sent(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA)
    mailbox.full = True
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 1
    assert main(["notify", "remove", "1", *now(monitor)]) == 0
    mailbox.full = False
    assert send(monitor) == 0
    assert mailbox.mails == []


@pytest.mark.parametrize(
    "address",
    ["anna", "anna@example", "a@b.c\r\nBcc: x@y.z", "Anna <anna@example.org>", "a@b.c,d@e.f", "é@example.org", "a b@c.de",
     "@example.org", "a..b@example.org", "a@-example.org", f"{'a' * 65}@example.org", ""],
)  # fmt: skip
def test_what_is_no_address_is_refused(monitor: Monitor, address: str, capsys: pytest.CaptureFixture[str]):
    assert main(["notify", "add", address, *now(monitor)]) == 1
    assert "not an e-mail address" in capsys.readouterr().err
    with subscriptions.opened() as db:
        assert subscriptions.standing(db) == []


def test_a_view_that_does_not_exist_and_a_subscription_that_is_there_are_refused(monitor: Monitor):
    assert main(["notify", "add", ANNA, "--view", "jurisdiction=atlantis", *now(monitor)]) == 1
    assert main(["notify", "add", ANNA, "--view", "as_of=2026-03-01", *now(monitor)]) == 1
    add(monitor, ANNA)
    assert main(["notify", "add", ANNA.upper(), *now(monitor)]) == 1
