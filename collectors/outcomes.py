"""What asking for an address can end in. A door returns one of these and never raises for the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from collectors.access import PLAIN, Access
from data.models import Response

FAILURE_KINDS = (
    "dns",
    "connect",
    "tls",
    "timeout",
    "too_large",
    "http_4xx",
    "http_5xx",
    "rate_limited",
    "blocked",
    "forbidden_address",
    "robots",
    "reserved",
    "bad_url",
    "too_many_redirects",
    "bad_encoding",
    "unreachable",
)
FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Validators:
    """The two words a server gave to recognise its answer by; sent back as they came, never compared."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A 2xx answer, whole. ``retry_at``: the instant before which the server asked not to come again."""

    response: Response
    validators: Validators
    retry_at: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """304 to a conditional request. ``validators`` are those to keep: the server may have renewed them."""

    url: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer. ``kind`` is one of :data:`FAILURE_KINDS`; ``detail`` holds no secret.

    ``retry_at`` is the instant (UTC) before which the host must not be asked again; the caller keeps it
    over runs; ``host`` is that host, which redirects may have led to (empty: that of ``url``). ``status`` is the HTTP
    status, 0 when there was none.
    """

    kind: str
    url: str
    detail: str
    retry_at: str = ""
    status: int = 0
    host: str = ""


Outcome = Fetched | NotModified | Failure


class Door(Protocol):
    """The one way to the network."""

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        max_bytes: int = 15_000_000,
        accept: str = FEED_ACCEPT,
        check_robots: bool = False,
        access: Access = PLAIN,
        check_reservation: bool = False,
    ) -> Outcome:
        """Ask for ``url``; ``max_bytes`` bounds the body after decompression, ``access`` is how.

        ``check_robots`` asks robots.txt first, ``check_reservation`` also whether text mining is reserved.
        """
        ...
