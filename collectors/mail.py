"""Mail through any SMTP server: its settings, the envelope, the handing over.

``MONITOR_SMTP``          ``smtp://user@mail.example.org`` (STARTTLS, port 587) or ``smtps://…`` (TLS at once, 465);
                          ``?tls=none`` for a server on this machine; ``?ca=/path.pem`` for an authority of one's own
``MONITOR_SMTP_PASSWORD`` the password of that user; never in the address, never written anywhere
``MONITOR_MAIL_FROM``     ``Deepfake Policy Monitor <monitor@example.org>``
"""

from __future__ import annotations

import contextlib
import ipaddress
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from collectors.redaction import cut
from data.digest_text import Digest
from data.errors import SubscriptionError
from data.export.plain import one_line
from data.subscriptions import checked_address

_SECONDS = 30
_PORTS = {"smtp": 587, "smtps": 465}

#: what a server or the way to it can do wrong
Trouble = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. ``tls`` is ``start``, ``whole`` or ``none``; ``ca`` a file or empty."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""
    ca: str = ""

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, tls={self.tls})"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: a name and an address; the domain names the mails."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part behind the ``@``."""
        return self.address.rpartition("@")[2]


class Refused(Exception):  # noqa: N818 - told with the mail
    """The server does not take this mail; others may pass."""


def server(environment: Mapping[str, str]) -> Server:
    """The server of the environment. Raises SubscriptionError, which never quotes the password."""
    told = environment.get("MONITOR_SMTP", "").strip()
    if not told:
        raise SubscriptionError("no mail server: set MONITOR_SMTP, e.g. smtp://user@mail.example.org")
    try:
        parts = urlsplit(told)
        host, port, given = parts.hostname or "", parts.port, parts.password
    except ValueError as error:
        raise SubscriptionError("MONITOR_SMTP is no address of a server") from error
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in _PORTS or not host or parts.path.strip("/") or set(options) - {"tls", "ca"}:
        raise SubscriptionError(
            "MONITOR_SMTP must read smtp://[user@]host[:port] or smtps://…, with ?tls=none or ?ca=FILE"
        )
    if given is not None:
        raise SubscriptionError("the password belongs in MONITOR_SMTP_PASSWORD, not in MONITOR_SMTP")
    tls = "whole" if parts.scheme == "smtps" else options.get("tls", "start")
    if tls not in ("start", "whole", "none"):
        raise SubscriptionError("tls of MONITOR_SMTP is start (as smtp://) or none; smtps:// is TLS from the start")
    if tls == "none" and not _is_here(host):
        raise SubscriptionError("without TLS mail goes to a server on this machine only")
    user, password = unquote(parts.username or ""), environment.get("MONITOR_SMTP_PASSWORD", "")
    if user and not password:
        raise SubscriptionError("MONITOR_SMTP names a user: set MONITOR_SMTP_PASSWORD")
    return Server(host, port or _PORTS[parts.scheme], tls, user, password, options.get("ca", ""))


def sender(environment: Mapping[str, str]) -> Sender:
    """Who writes. Raises SubscriptionError."""
    told = environment.get("MONITOR_MAIL_FROM", "")
    name, address = parseaddr(told)
    if not address or one_line(told) != told.strip():
        raise SubscriptionError("no sender: set MONITOR_MAIL_FROM, e.g. Deepfake Policy Monitor <monitor@example.org>")
    return Sender(_plain(name), checked_address(address))


def message(
    digest: Digest, *, to: str, writer: Sender, message_id: str, at: datetime, lang: str, leave: str, token: str
) -> EmailMessage:
    """The mail with its envelope. ``leave`` is the address that ends the subscription, or empty.

    One click of a mail program (RFC 8058) is offered over https alone; writing to the sender always.
    """
    found = EmailMessage(policy=SMTP)
    found["From"] = Address(writer.name, addr_spec=writer.address)
    found["To"] = Address(addr_spec=checked_address(to))
    found["Subject"] = _plain(digest.subject)
    found["Date"] = format_datetime(at)
    found["Message-ID"] = f"<{message_id}@{writer.domain}>"
    found["Auto-Submitted"] = "auto-generated"
    found["List-Id"] = f"<digest.{writer.domain}>"
    ways = [f"<mailto:{quote(writer.address, safe='@')}?subject={quote(f'unsubscribe {token}')}>"]
    if leave:
        ways.insert(0, f"<{leave}>")
    found["List-Unsubscribe"] = ", ".join(ways)
    if leave.startswith("https://"):
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    found.set_content(digest.text, cte="quoted-printable")
    found.add_alternative(digest.html, subtype="html", cte="quoted-printable")
    found["Content-Language"] = lang  # last: what is set before goes into the first part
    return found


class Post:
    """A connection that is opened with the first mail and serves them all; a dropped one is opened again."""

    def __init__(self, where: Server) -> None:
        self._where = where
        self._open: smtplib.SMTP | None = None

    def __call__(self, mail: EmailMessage, *, to: str, writer: Sender) -> None:
        """Hand a mail over. Raises Refused when this mail is not taken, or one of :data:`Trouble`."""
        if self._open is not None:
            try:
                self._open.rset()
            except Trouble:
                self.close()
        if self._open is None:
            self._open = self._connected()
        try:
            self._open.send_message(mail, from_addr=writer.address, to_addrs=[to])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            raise Refused(problem(error, (self._where.password,))) from error
        except Trouble:
            self.close()
            raise

    def close(self) -> None:
        """End the connection, politely where it still stands."""
        if self._open is not None:
            with contextlib.suppress(*Trouble):
                self._open.quit()
            self._open.close()
            self._open = None

    def _connected(self) -> smtplib.SMTP:
        where = self._where
        trusted = ssl.create_default_context(cafile=where.ca or None)
        found: smtplib.SMTP
        if where.tls == "whole":
            found = smtplib.SMTP_SSL(where.host, where.port, timeout=_SECONDS, context=trusted)
        else:
            found = smtplib.SMTP(where.host, where.port, timeout=_SECONDS)
        try:
            if where.tls == "start":
                found.starttls(context=trusted)  # raises where the server does not offer it
            if where.user:
                found.login(where.user, where.password)
        except BaseException:
            found.close()
            raise
        return found


@contextlib.contextmanager
def post(environment: Mapping[str, str]) -> Iterator[Post]:
    """The way out of the environment. Raises SubscriptionError."""
    found = Post(server(environment))
    try:
        yield found
    finally:
        found.close()


def problem(error: BaseException, secrets: Iterable[str] = ()) -> str:
    """What went wrong, in one short line without the secrets."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (0, b""))
        said = _told(code, text)
    elif isinstance(error, smtplib.SMTPResponseException):
        said = _told(error.smtp_code, error.smtp_error)
    else:
        said = f"{type(error).__name__}: {error}"
    return cut(one_line(said), secrets)[:200]


def _plain(text: str) -> str:
    """A header's text in which nothing is read as an encoded word: one that came with a title could hold line breaks,
    and Python decodes it when the header is set."""
    return one_line(text).replace("=?", "= ?")


def _told(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"the server said {code} {said}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
