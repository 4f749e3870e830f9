"""Changes by mail, against a real mail server on loopback: each is told once, to whom it was asked for, and no more."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from collectors.__main__ import main
from collectors.digests import is_due
from data import desk, queries, subscriptions
from data.database import desk_path, open_immutable, published_path
from data.decisions import PRIVATE, value_of
from data.view import View
from tests.collectors.mailbox import Mailbox, body, running, text
from tests.dashboard import snapshot as sample
from tests.data.monitor import NEWS, OFFICIAL, Monitor, article, bill, decide, said, step, withdraw

ANNA, BO = "anna@example.org", "bo@example.org"


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """A bill with one step and an article, published on the first day."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MONITOR_ADDRESS", "https://monitor.example.org/timeline")
    monkeypatch.setenv("MONITOR_MAIL_FROM", "Veille deepfakes été <monitor@example.org>")
    found = Monitor(tmp_path)
    found.tell(OFFICIAL, bill(step(1, "2026-03-01")))
    found.tell(NEWS, article(1, said(1)))
    found.publish()
    return found


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    found = Mailbox()
    with running(found) as port:
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://127.0.0.1:{port}?tls=none")
        yield found


def now(monitor: Monitor, hour: int = 7) -> list[str]:
    return ["--now", monitor.at(hour)]


def add(monitor: Monitor, address: str, *words: str) -> None:
    assert main(["notify", "add", address, *words, *now(monitor)]) == 0


def send(monitor: Monitor, hour: int = 7, *words: str) -> int:
    return main(["notify", "send", *words, *now(monitor, hour)])


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


def test_two_languages(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--lang", "en")
    add(monitor, BO, "--lang", "fr")
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02")))
    monitor.publish()
    assert send(monitor) == 0
    english, french = mailbox.of(ANNA)[0], mailbox.of(BO)[0]
    assert "2 March 2026" in text(english) and "Unsubscribe: https://" in text(english)
    assert "2 mars 2026" in text(french) and "Se désabonner : https://" in text(french)
    assert '<html lang="fr">' in body(french, "html")
    assert [english["Content-Language"], french["Content-Language"]] == ["en", "fr"]


def test_the_envelope(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA)
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    token = re.search(r"unsubscribe\?token=([\w-]+)", text(mail))
    assert token
    assert mail["From"] == "Veille deepfakes été <monitor@example.org>"
    assert mail["To"] == ANNA
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].split(", ") == [
        f"<https://monitor.example.org/unsubscribe?token={token[1]}>",
        f"<mailto:monitor@example.org?subject=unsubscribe%20{token[1]}>",
    ]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@example.org>")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    page = body(mail, "html")
    assert not re.search(r"<(img|script|link|iframe|style|form)|src=|url\(", page)
    assert set(re.findall(r'href="(\w+)://', page)) == {"https"}


def test_without_an_address_of_the_site_one_unsubscribes_by_mail(
    monitor: Monitor, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("MONITOR_ADDRESS")
    add(monitor, ANNA)
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    assert send(monitor) == 0
    (mail,) = mailbox.of(ANNA)
    assert mail["List-Unsubscribe"].startswith("<mailto:") and mail["List-Unsubscribe-Post"] is None
    assert "écrire à monitor@example.org" in text(mail)


@pytest.mark.parametrize(
    "title",
    [
        "Vote\r\nBcc: everybody@example.org\r\n\r\nbody",
        "<script>alert(1)</script><img src=https://canary.example/x>",
        "\u202eevil\u202c \u0000 😀 " + "x" * 5000,
        "=?utf-8?q?=0d=0aBcc:_x?=",
        "]]> &amp; </bdi></a> ' \" ` =HYPERLINK(1)",
    ],
)  # fmt: skip
def test_hostile_titles_stay_text(monitor: Monitor, mailbox: Mailbox, title: str):
    with desk.open_desk(desk_path()) as team:
        desk.save_view(team, title, "", at=monitor.at())
    add(monitor, ANNA, "--saved", title)
    monitor.tell(OFFICIAL, bill(step(1, "2026-03-01"), step(2, "2026-03-02", title=title)))
    monitor.publish()
    assert send(monitor) == 0
    ((to, mail),) = mailbox.mails
    assert to == ANNA
    assert mail["Bcc"] is None and set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "List-Id", "List-Unsubscribe",
        "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert len(mail["Subject"]) <= 120
    assert not mail.defects
    page = body(mail, "html")
    assert not re.search(r"<(?!/?(html|head|meta|title|body|p|h2|br|bdi|strong|a|hr|small)\b|!DOCTYPE html>)", page)
    assert "canary.example" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', page))
    assert "\u202e" not in page + text(mail) and "\u0000" not in page + text(mail)


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


def test_a_large_change_spells_out_the_latest_hundred_and_counts_the_rest(monitor: Monitor, mailbox: Mailbox):
    add(monitor, ANNA, "--lang", "en")
    monitor.tell(
        OFFICIAL, bill(step(1, "2026-03-01"), *(step(100 + n, f"2025-{n % 12 + 1:02d}-01") for n in range(130)))
    )
    monitor.publish()
    assert send(monitor) == 0
    assert send(monitor, 9) == 0
    (mail,) = mailbox.of(ANNA)
    assert len(re.findall(r"^Vote 1\d\d|^Vote 2\d\d", text(mail), re.M)) == 100
    assert "30 more changes are not spelt out here" in text(mail)


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
