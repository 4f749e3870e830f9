"""What a mail of changes looks like: its envelope, its words in two languages, what strangers wrote in it."""

from __future__ import annotations

import re

import pytest

from data import desk
from data.database import desk_path
from tests.collectors.mailbox import Mailbox, body, text
from tests.collectors.notifying import ANNA, BO, add, send
from tests.data.monitor import NEWS, OFFICIAL, Monitor, article, bill, said, step


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
