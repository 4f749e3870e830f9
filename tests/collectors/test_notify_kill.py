"""A round of digests that dies at any point and is started again: nothing is missed, and a mail that comes twice bears
the same Message-ID. Nothing comes twice where the end was not between the server's word and ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors import digests
from collectors.__main__ import main
from data import subscriptions
from tests.collectors.mailbox import Mailbox, running, text
from tests.data.monitor import NEWS, Monitor, article, said
from tests.trust import kills_mail
from tests.trust.dying import KILLED, Point, dies_at, in_child
from tests.trust.kills_mail import READERS, begun, subscribed

CONNECTING = Point("before connecting", "collectors.mail:Post._connected")
WRITING_DOWN = Point("before writing down", "data.subscriptions:put")
CONFIRMING = Point("between the server's word and ours", "data.subscriptions:confirm")
CONFIRMED = Point("once confirmed", "data.subscriptions:confirm", after=True)


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MONITOR_MAIL_FROM", "monitor@example.org")
    return begun(tmp_path)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    found = Mailbox()
    with running(found) as port:
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://127.0.0.1:{port}?tls=none")
        yield found


@pytest.mark.parametrize(
    ("point", "came"),
    [(WRITING_DOWN, 1), (CONNECTING, 1), (CONFIRMING, 2), (CONFIRMED, 1)],
    ids=lambda one: getattr(one, "name", ""),
)
def test_killed_at_each_point(monitor: Monitor, mailbox: Mailbox, point: Point, came: int):
    words = subscribed(monitor, READERS[:1])

    def work() -> int:
        dies_at(point)
        return main(words)

    assert in_child(work) == KILLED
    assert in_child(lambda: main(words)) == 0
    assert in_child(lambda: main(words)) == 0
    found = mailbox.of(READERS[0])
    assert len(found) == came
    assert len({one["Message-ID"] for one in found}) == 1
    assert all("Said 2" in text(one) for one in found)


def test_a_round_that_confirmed_first_would_lose_the_mail(monitor: Monitor, mailbox: Mailbox):
    """The control: with the order turned round the same kill is seen to lose something."""
    words = subscribed(monitor, READERS[:1])

    def work() -> int:
        put = subscriptions.put

        def confirmed(db: Any, message_id: str, one: Any, edition: str, steps: Any, *, at: str) -> Any:
            found = put(db, message_id, one, edition, steps, at=at)
            subscriptions.confirm(db, found, steps, at=at)
            return found

        digests.subscriptions.put = confirmed
        dies_at(CONNECTING)
        return main(words)

    assert in_child(work) == KILLED
    assert in_child(lambda: main(words)) == 0
    assert mailbox.of(READERS[0]) == []


def test_what_comes_after_a_kill_is_told_in_a_mail_of_its_own(monitor: Monitor, mailbox: Mailbox):
    words = subscribed(monitor, READERS[:1])

    def work() -> int:
        dies_at(CONFIRMING)
        return main(words)

    assert in_child(work) == KILLED
    monitor.tell(NEWS, article(2, said(2)), article(3, said(3)))
    monitor.publish()
    for _ in range(2):  # the pending one; the next is due a day later
        assert main(["notify", "send", "--now", monitor.at()]) == 0
        monitor.publish()
    found = mailbox.of(READERS[0])
    told = [(one["Message-ID"], *re.findall(r"^Said \d", text(one), re.M)) for one in found]
    assert [one[1:] for one in told] == [("Said 2",), ("Said 2",), ("Said 3",)]
    assert told[0] == told[1] and told[2][0] != told[0][0]


@pytest.mark.slow
def test_killed_at_random():
    assert "0 missed" in kills_mail.prove(40)[0]
