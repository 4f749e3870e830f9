"""Rounds of mails killed at any moment: nothing is missed, and what comes twice bears the same Message-ID."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from pathlib import Path

from collectors.__main__ import main
from tests.collectors.mailbox import Mailbox, running, text
from tests.data.monitor import NEWS, Monitor, article, said
from tests.trust import Missed
from tests.trust.dying import KILLED, in_child, quick_folder, surroundings

READERS = [f"reader-{n}@example.org" for n in range(12)]


def subscribed(monitor: Monitor, readers: list[str]) -> list[str]:
    """The readers are told of what comes; then something comes. Returns the options of a round."""
    for one in readers:
        assert main(["notify", "add", one, "--lang", "en", "--now", monitor.at()]) == 0
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    return ["notify", "send", "--now", monitor.at()]


def begun(folder: Path) -> Monitor:
    """A monitor that has published one article."""
    monitor = Monitor(folder)
    monitor.tell(NEWS, article(1, said(1)))
    monitor.publish()
    return monitor


def prove(count: int) -> list[str]:
    """``count`` kills of rounds that tell twelve readers what is new; every reader is told everything, once by name."""
    mailbox = Mailbox()
    with quick_folder() as folder, running(mailbox) as port:
        names = {"MONITOR_HOME": str(folder), "MONITOR_MAIL_FROM": "monitor@example.org"}
        with surroundings(**names, MONITOR_SMTP=f"smtp://127.0.0.1:{port}?tls=none"):
            killed, rounds = _killed(begun(folder), mailbox, count)
    expected = list(range(2, rounds + 1))
    for reader in READERS:
        once = {str(one["Message-ID"]): one for one in mailbox.of(reader)}
        told = Counter(int(n) for one in once.values() for n in re.findall(r"^Said (\d+)", text(one), re.M))
        if sorted(told) != expected:
            raise Missed(f"{reader} missed something: told {sorted(told)} of {expected}")
        if set(told.values()) != {1}:
            raise Missed(f"{reader} was told the same under two names")
    twice = len(mailbox.mails) - len({(to, mail["Message-ID"]) for to, mail in mailbox.mails})
    return [
        f"{killed} kills of rounds of mails: {len(READERS)} readers told of {len(expected)} pieces each, 0 missed,"
        f" {twice} mails came twice, each under its own Message-ID"
    ]


def _killed(monitor: Monitor, mailbox: Mailbox, count: int) -> tuple[int, int]:
    words = subscribed(monitor, READERS)

    def send() -> int:
        return main(["notify", "send", "--now", monitor.at()])

    began = time.monotonic()
    assert in_child(lambda: main([*words, "--dry-run"])) == 0
    span = (time.monotonic() - began) * 3
    chance, killed, rounds = random.Random(6), 0, 2
    while killed < count:
        killed += in_child(send, kill_after=chance.uniform(0, span)) == KILLED
        if len(mailbox.mails) >= len(READERS) * rounds // 2:  # everybody was told: something new
            rounds += 1
            monitor.tell(NEWS, article(rounds, said(rounds)))
            monitor.publish()
    for _ in range(3):  # pending, then due, then nothing
        assert in_child(send) == 0
        monitor.publish()
    monitor.db.close()
    return killed, rounds
