"""Responses kept in a folder and answered from it: the whole collection without a network.

A folder holds ``index.jsonl``, one object per response, and the bodies as files beside it::

    {"url": "https://…", "status": 200, "headers": {"etag": "…"}, "file": "3f2a….xml"}

``url`` is the address asked for; ``final_url`` is added where redirects led elsewhere. The last line of
an address wins. Secrets in query strings are written redacted and looked up redacted.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from collectors import decode, waits
from collectors.access import PLAIN, Access
from collectors.links import redact
from collectors.outcomes import FEED_ACCEPT, Door, Failure, Fetched, NotModified, Outcome, Validators
from data.errors import MonitorError
from data.models import Response

INDEX = "index.jsonl"
_REDIRECTS = 5
_TYPES = (
    ("json", ".json"), ("html", ".html"), ("xml", ".xml"), ("rss", ".xml"), ("csv", ".csv"), ("zip", ".zip"),
    ("pdf", ".pdf"), ("text/plain", ".txt"),
)  # fmt: skip


class ReplayError(MonitorError):
    """The folder of kept responses cannot be read. Names the file and the line."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Kept:
    url: str
    status: int
    headers: dict[str, str]
    file: Path | None
    line: int


class ReplayDoor:
    """Answers from a folder and from nothing else: any other address is an unreachable host.

    robots.txt is not consulted, since nothing is asked of anybody; there is one try and no waiting.
    """

    def __init__(
        self,
        folder: Path | str,
        clock: Callable[[], datetime] = waits.utc_now,
        *,
        holds: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = Path(folder)
        self._clock = clock
        self._holds = waits.Holds(holds)
        self._kept = _read_index(self.folder)

    def close(self) -> None:
        """Nothing is open."""

    def holds(self) -> dict[str, str]:
        """Hosts on hold and until when."""
        return self._holds.as_dict(self._clock())

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
        """The kept answer of ``url``. See :class:`collectors.outcomes.Door`."""
        if urlsplit(url).scheme.lower() not in ("http", "https"):
            return Failure("bad_url", url, redact(f"only http and https addresses are asked for, not {url[:200]}"))
        at = url
        for _ in range(_REDIRECTS + 1):
            kept = self._find(at)
            if kept is None:
                return Failure("unreachable", url, redact(f"{at} is not among the kept responses"))
            if 300 <= kept.status < 400 and kept.status != 304 and kept.headers.get("location"):
                at = urldefrag(urljoin(at, kept.headers["location"]))[0]
                continue
            return self._answer(kept, at, url, validators or Validators(), max_bytes)
        return Failure("too_many_redirects", url, f"more than {_REDIRECTS} redirects")

    def _find(self, url: str) -> _Kept | None:
        return self._kept.get(url) or self._kept.get(_key(url))

    def _answer(self, kept: _Kept, at: str, url: str, validators: Validators, max_bytes: int) -> Outcome:
        now = self._clock()
        host = (urlsplit(at).hostname or "").lower()
        held = self._holds.held(host, now)
        if held:
            return Failure("rate_limited", url, f"{host} asked not to be visited before {held}", held)
        if kept.headers.get("cf-mitigated", "").strip().lower() == "challenge":
            return Failure("blocked", url, "the site answers with a challenge for browsers", "", kept.status)
        given = Validators(kept.headers.get("etag", ""), kept.headers.get("last-modified", ""))
        same = _match(validators, given)
        if kept.status == 304 and validators != Validators():
            etag, modified = given.etag or validators.etag, given.last_modified or validators.last_modified
            return NotModified(url, Validators(etag, modified))
        if kept.status != 200 and kept.status != 203:
            return self._failure(kept, url, host, now)
        if same:
            return NotModified(url, given)
        body = self._body(kept, max_bytes)
        if isinstance(body, Failure):
            return Failure(body.kind, url, body.detail)
        headers = {k: v for k, v in kept.headers.items() if k not in decode.WIRE_ONLY}
        response = Response(kept.url or at, kept.status, headers, body, waits.instant(now), url)
        until = waits.retry_after(kept.headers.get("retry-after", ""), now)
        retry_at = waits.instant(until) if until is not None and until > now else ""
        kept_validators = Validators() if kept.headers.get("expires", "").strip() == "0" else given
        return Fetched(response, kept_validators, retry_at)

    def _failure(self, kept: _Kept, url: str, host: str, now: datetime) -> Failure:
        kind = "rate_limited" if kept.status == 429 else "http_5xx" if kept.status >= 500 else "http_4xx"
        until = waits.retry_after(kept.headers.get("retry-after", ""), now)
        retry_at = ""
        if kept.status == 429 and (until is None or until <= now):
            until = now + waits.DEFAULT_HOLD
        if kept.status in (429, 503) and until is not None and until > now:
            self._holds.hold(host, until)
            retry_at = waits.instant(until)
        return Failure(kind, url, f"HTTP {kept.status}", retry_at, kept.status)

    def _body(self, kept: _Kept, max_bytes: int) -> bytes | Failure:
        """The body of an entry: kept decoded, or as it came over the wire when it still looks coded."""
        if kept.file is None:
            return b""
        try:
            coding = kept.headers.get("content-encoding", "")
            with kept.file.open("rb") as stream:
                start = stream.read(2)
                if not (start == b"\x1f\x8b" and "gzip" in coding.lower()):
                    coding = ""
                stream.seek(0)
                return decode.read_body(iter(lambda: stream.read(decode.STEP), b""), coding, max_bytes)
        except decode.TooLargeError as error:
            return Failure("too_large", kept.url, str(error))
        except decode.BadEncodingError as error:
            return Failure("bad_encoding", kept.url, str(error))
        except OSError as error:
            raise ReplayError(self.folder / INDEX, kept.line, f"cannot read {kept.file.name}: {error}") from error


class RecordingDoor:
    """Passes every request on and keeps what came back in a folder that :class:`ReplayDoor` reads.

    Answers without a status (a dead host, a timeout) leave no line; a refusal keeps its status; a 304
    leaves a line only when the folder has no earlier answer to stand for it.
    """

    def __init__(self, inner: Door, folder: Path | str) -> None:
        self.inner = inner
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._known = set(_read_index(self.folder)) if (self.folder / INDEX).exists() else set()

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
        """Ask the inner door, keep its answer. See :class:`collectors.outcomes.Door`."""
        outcome = self.inner.get(
            url,
            validators=validators,
            max_bytes=max_bytes,
            accept=accept,
            check_robots=check_robots,
            access=access,
            check_reservation=check_reservation,
        )
        with self._lock:
            self._keep(url, outcome)
        return outcome

    def close(self) -> None:
        """Close the inner door."""
        close = getattr(self.inner, "close", None)
        if close is not None:
            close()

    def holds(self) -> dict[str, str]:
        """The holds of the inner door."""
        holds = getattr(self.inner, "holds", None)
        return dict(holds()) if holds is not None else {}

    def _keep(self, url: str, outcome: Outcome) -> None:
        entry: dict[str, object]
        if isinstance(outcome, Fetched):
            response = outcome.response
            name = _file_name(response)
            path = self.folder / name
            if not path.exists():
                path.write_bytes(response.body)
            entry = {"url": redact(url), "status": response.status, "headers": response.headers, "file": name}
            if response.url != url:
                entry["final_url"] = redact(response.url)
        elif isinstance(outcome, NotModified):
            if _key(url) in self._known:
                return
            pairs = {"etag": outcome.validators.etag, "last-modified": outcome.validators.last_modified}
            headers = {name: value for name, value in pairs.items() if value}
            entry = {"url": redact(url), "status": 304, "headers": headers, "file": ""}
        elif outcome.status:
            until = waits.from_instant(outcome.retry_at) if outcome.retry_at else None
            headers = {"retry-after": format_datetime(until, usegmt=True)} if until else {}
            if outcome.kind == "blocked":
                headers["cf-mitigated"] = "challenge"
            entry = {"url": redact(url), "status": outcome.status, "headers": headers, "file": ""}
        else:
            return
        self._known.add(_key(url))
        with (self.folder / INDEX).open("a", encoding="utf-8") as index:
            index.write(json.dumps(entry, ensure_ascii=False) + "\n")
            index.flush()


def _file_name(response: Response) -> str:
    kind = response.headers.get("content-type", "").lower()
    extension = next((ext for word, ext in _TYPES if word in kind), ".bin")
    return hashlib.sha256(response.body).hexdigest()[:24] + extension


def _key(url: str) -> str:
    """The spelling addresses are looked up by: no default port, no secret, no fragment but a POST's JSON body."""
    fragment = urldefrag(url)[1]
    fragment = fragment if fragment.startswith(("{", "[")) else ""
    try:
        parts = urlsplit(redact(urldefrag(url)[0]))
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}.get(parts.scheme):
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", parts.query, fragment))


def _match(asked: Validators, given: Validators) -> bool:
    """Whether a conditional request would be answered 304 (RFC 9110 §13.2.2: the ETag decides alone)."""
    if asked.etag:
        return bool(given.etag) and asked.etag.removeprefix("W/") == given.etag.removeprefix("W/")
    return bool(asked.last_modified) and asked.last_modified == given.last_modified


def _read_index(folder: Path) -> dict[str, _Kept]:
    index = folder / INDEX
    kept: dict[str, _Kept] = {}
    try:
        lines = index.read_bytes().split(b"\n")
    except OSError as error:
        raise ReplayError(index, 0, f"cannot be read: {error.strerror or error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            entry = _entry(index, number, line)
            kept[_key(entry[0])] = entry[1]
    return kept


def _entry(index: Path, number: int, line: bytes) -> tuple[str, _Kept]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReplayError(index, number, f"not a JSON object: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("url"), str):
        raise ReplayError(index, number, "not an object with a url")
    status, headers, name = row.get("status", 200), row.get("headers") or {}, row.get("file") or ""
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        raise ReplayError(index, number, f"not an HTTP status: {status!r}")
    if not isinstance(headers, dict) or not isinstance(name, str):
        raise ReplayError(index, number, "headers must be an object and file a name")
    path = None
    if name:
        path = (index.parent / name).resolve()
        if not path.is_relative_to(index.parent.resolve()) or re.search(r"[\x00-\x1f]", name):
            raise ReplayError(index, number, f"the file {name!r} is outside the folder")
        if not path.is_file():
            raise ReplayError(index, number, f"the file {name!r} is missing")
    elif status == 200:
        raise ReplayError(index, number, "a response of status 200 without a file")
    lower = {str(key).lower(): str(value) for key, value in headers.items()}
    final = row.get("final_url")
    return row["url"], _Kept(final if isinstance(final, str) else "", status, lower, path, number)
