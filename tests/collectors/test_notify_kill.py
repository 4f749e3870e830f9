"""A round of digests that dies at any point and is started again: nothing is missed, and a mail that comes twice bears
the same Message-ID. Nothing comes twice where the end was not between the server's word and ours."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from collectors import digests
from collectors import mail as mails
from collectors.__main__ import main
from data import subscriptions
from tests.collectors.mailbox import Mailbox, running, text
from tests.data.monitor import NEWS, Monitor, article, said

READERS = [f"reader-{n}@example.org" for n in range(12)]
KILLS = 40


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MONITOR_MAIL_FROM", "monitor@example.org")
    found = Monitor(tmp_path)
    found.tell(NEWS, article(1, said(1)))
    found.publish()
    return found


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    found = Mailbox()
    with running(found) as port:
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://127.0.0.1:{port}?tls=none")
        yield found


def subscribed(monitor: Monitor, readers: list[str]) -> list[str]:
    """The readers are told of what comes; then something comes. Returns the options of a round."""
    for one in readers:
        assert main(["notify", "add", one, "--lang", "en", "--now", monitor.at()]) == 0
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    return ["notify", "send", "--now", monitor.at()]


def in_child(work: Callable[[], Any], kill_after: float | None = None) -> int:
    """Run ``work`` in a forked process, killed after a while or by itself; its code, or minus the signal."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_before_connecting() -> None:
    mails.Post._connected = die  # type: ignore[method-assign,assignment]


def dies_before_writing_down() -> None:
    digests.subscriptions.put = die  # type: ignore[assignment]


def dies_between_the_servers_word_and_ours() -> None:
    digests.subscriptions.confirm = die  # type: ignore[assignment]


def dies_once_confirmed() -> None:
    confirm = subscriptions.confirm

    def confirmed(*args: Any, **kwargs: Any) -> None:
        confirm(*args, **kwargs)
        die()

    digests.subscriptions.confirm = confirmed


@pytest.mark.parametrize(
    ("point", "came"),
    [
        (dies_before_writing_down, 1),
        (dies_before_connecting, 1),
        (dies_between_the_servers_word_and_ours, 2),
        (dies_once_confirmed, 1),
    ],
)
def test_killed_at_each_point(monitor: Monitor, mailbox: Mailbox, point: Callable[[], None], came: int):
    words = subscribed(monitor, READERS[:1])

    def work() -> int:
        point()
        return main(words)

    assert in_child(work) == -signal.SIGKILL
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
        dies_before_connecting()
        return main(words)

    assert in_child(work) == -signal.SIGKILL
    assert in_child(lambda: main(words)) == 0
    assert mailbox.of(READERS[0]) == []


def test_what_comes_after_a_kill_is_told_in_a_mail_of_its_own(monitor: Monitor, mailbox: Mailbox):
    words = subscribed(monitor, READERS[:1])

    def work() -> int:
        dies_between_the_servers_word_and_ours()
        return main(words)

    assert in_child(work) == -signal.SIGKILL
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
def test_killed_at_random(monitor: Monitor, mailbox: Mailbox):
    words = subscribed(monitor, READERS)

    def send() -> int:
        return main(["notify", "send", "--now", monitor.at()])

    begun = time.monotonic()
    rounds = 2
    assert in_child(lambda: main([*words, "--dry-run"])) == 0
    span = (time.monotonic() - begun) * 3
    chance, killed = random.Random(6), 0
    while killed < KILLS:
        killed += in_child(send, kill_after=chance.uniform(0, span)) == -signal.SIGKILL
        if len(mailbox.mails) >= len(READERS) * rounds // 2:  # everybody was told: something new
            monitor.tell(NEWS, *(article(n, said(n)) for n in range(2, rounds + 2)))
            monitor.publish()
            rounds += 1
    for _ in range(3):  # pending, then due, then nothing
        assert in_child(send) == 0
        monitor.publish()
    expected = list(range(2, rounds + 1))
    for reader in READERS:
        once = {str(one["Message-ID"]): one for one in mailbox.of(reader)}
        told = Counter(int(n) for one in once.values() for n in re.findall(r"^Said (\d+)", text(one), re.M))
        assert sorted(told) == expected, f"{reader} missed something"
        assert set(told.values()) == {1}, f"{reader} was told twice under two names"
    assert all(isinstance(one, EmailMessage) for _, one in mailbox.mails)
