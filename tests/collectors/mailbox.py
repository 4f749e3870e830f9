"""A real mail server on loopback that keeps what it was given."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Mailbox:
    """The mails in the order they came. An address in ``refused`` is refused, any mail while ``full`` is set."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.refused: set[str] = set()
        self.full = False

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.full:
            return "452 the disk is full"
        found = email.message_from_bytes(cast(bytes, envelope.original_content), policy=email.policy.default)
        self.mails += [(to, cast(EmailMessage, found)) for to in envelope.rcpt_tos]
        return "250 OK"

    def login(self, *args: Any) -> AuthResult:
        data = cast(LoginPassword, args[-1])
        self.logins.append((data.login, data.password))
        is_right = data.password == b"correct horse"
        return AuthResult(success=is_right, handled=is_right)

    def of(self, address: str) -> list[EmailMessage]:
        return [mail for to, mail in self.mails if to == address]


def text(mail: EmailMessage) -> str:
    return body(mail, "plain")


def body(mail: EmailMessage, kind: str) -> str:
    """The plain text or the HTML of a mail, line ends as Python has them."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@contextmanager
def running(mailbox: Mailbox, **options: Any) -> Iterator[int]:
    """The port of a server that delivers into the mailbox."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS with a certificate for 127.0.0.1, and the file by which it is trusted."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, secret = folder / "ca.pem", folder / "key.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(trusted, secret)
    return context, trusted
