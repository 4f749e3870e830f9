"""The settings of the mail server, its certificate and its password."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from collectors import mail
from data.digest_text import Digest
from data.errors import SubscriptionError
from tests.collectors.mailbox import Mailbox, certificate, running

WRITER = mail.Sender("Monitor", "monitor@example.org")
PASSWORD = "correct horse"


def letter(subject: str = "A subject", to: str = "anna@example.org") -> EmailMessage:
    return mail.message(
        Digest(subject, "text\n", "<p>html</p>\n", 1), to=to, writer=WRITER, message_id="1", leave="", token="t",
        at=datetime(2026, 3, 2, tzinfo=UTC), lang="fr",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "host", "port", "tls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, "start"),
        ("smtps://mail.example.org", "mail.example.org", 465, "whole"),
        ("smtp://127.0.0.1:25?tls=none", "127.0.0.1", 25, "none"),
        ("smtp://[::1]:25?tls=none", "::1", 25, "none"),
        ("smtp://localhost?tls=none", "localhost", 587, "none"),
    ],
)
def test_a_server(told: str, host: str, port: int, tls: str):
    found = mail.server({"MONITOR_SMTP": told})
    assert (found.host, found.port, found.tls) == (host, port, tls)


@pytest.mark.parametrize(
    "told",
    ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:b@mail.example.org", "smtp://a:99999",
     "smtp://mail.example.org?tls=none", "smtp://mail.example.org?tls=maybe", "smtp://mail.example.org/x",
     "smtp://mail.example.org?tsl=none", "smtp://user@mail.example.org"],
)  # fmt: skip
def test_what_is_no_server(told: str):
    with pytest.raises(SubscriptionError):
        mail.server({"MONITOR_SMTP": told})


@pytest.mark.parametrize("told", ["", "monitor", "a@b.c\r\nBcc: d@e.f", "A <a@b.c>\nX: y"])
def test_what_is_no_sender(told: str):
    with pytest.raises(SubscriptionError):
        mail.sender({"MONITOR_MAIL_FROM": told})


def test_no_password_is_ever_shown():
    environment = {"MONITOR_SMTP": "smtp://user@mail.example.org", "MONITOR_SMTP_PASSWORD": PASSWORD}
    assert PASSWORD not in repr(mail.server(environment))
    with pytest.raises(SubscriptionError) as told:
        mail.server({"MONITOR_SMTP": f"smtp://user:{PASSWORD.replace(' ', '')}@mail.example.org"})
    assert "correcthorse" not in str(told.value)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_signing_in_over_tls(tmp_path: Path, scheme: str):
    mailbox = Mailbox()
    context, trusted = certificate(tmp_path)
    way = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context, "require_starttls": True}
    with running(
        mailbox, authenticator=mailbox.login, auth_required=True, auth_require_tls=scheme == "smtp", **way
    ) as port:
        environment = {
            "MONITOR_SMTP": f"{scheme}://user@127.0.0.1:{port}?ca={trusted}", "MONITOR_SMTP_PASSWORD": PASSWORD,
        }  # fmt: skip
        with mail.post(environment) as post:
            post(letter("one"), to="anna@example.org", writer=WRITER)
            post(letter("two"), to="anna@example.org", writer=WRITER)
        assert [one["Subject"] for one in mailbox.of("anna@example.org")] == ["one", "two"]
        assert mailbox.logins == [(b"user", PASSWORD.encode())], "one connection for both"
        untrusted = {**environment, "MONITOR_SMTP": f"{scheme}://user@127.0.0.1:{port}"}
        with mail.post(untrusted) as post, pytest.raises(ssl.SSLCertVerificationError):
            post(letter(), to="anna@example.org", writer=WRITER)
        wrong = {**environment, "MONITOR_SMTP_PASSWORD": "wrong"}
        with mail.post(wrong) as post, pytest.raises(smtplib.SMTPAuthenticationError) as told:
            post(letter(), to="anna@example.org", writer=WRITER)
        assert "wrong" not in mail.problem(told.value)
    assert len(mailbox.mails) == 2


def test_a_server_without_tls_gets_neither_password_nor_mail():
    mailbox = Mailbox()
    with running(mailbox, authenticator=mailbox.login, auth_require_tls=False) as port:
        environment = {"MONITOR_SMTP": f"smtp://user@127.0.0.1:{port}", "MONITOR_SMTP_PASSWORD": PASSWORD}
        with mail.post(environment) as post, pytest.raises(smtplib.SMTPNotSupportedError):
            post(letter(), to="anna@example.org", writer=WRITER)
    assert mailbox.mails == [] and mailbox.logins == []


def test_a_connection_that_was_dropped_is_opened_again():
    mailbox = Mailbox()
    with running(mailbox) as port, mail.post({"MONITOR_SMTP": f"smtp://127.0.0.1:{port}?tls=none"}) as post:
        post(letter("one"), to="anna@example.org", writer=WRITER)
        assert post._open is not None and post._open.sock is not None
        post._open.sock.close()
        post(letter("two"), to="anna@example.org", writer=WRITER)
    assert [one["Subject"] for one in mailbox.of("anna@example.org")] == ["one", "two"]


def test_an_encoded_word_in_a_title_brings_no_header():
    """Python decodes such a word when a header is set, line breaks and all."""
    found = letter("=?utf-8?q?=0d=0aBcc:_everybody@example.org?=")
    assert found["Bcc"] is None
    assert "\n" not in found["Subject"] and "everybody" in found["Subject"]
    assert b"\nBcc" not in found.as_bytes()
