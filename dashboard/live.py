"""The file behind a live address: a view, always as the record stands now. No Streamlit here, and no team.

What is asked comes from strangers: it is judged before a database is opened, the size of what is built is bounded,
and of built files a few are kept until the record changes.
"""

from __future__ import annotations

import gzip
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from data import coverage, desk, edition, export, queries
from data.database import Database, desk_path, open_immutable, published_path
from data.edition import Edition
from data.errors import ViewError
from data.export.context import FEEDS as TELLS
from data.export.context import LANGUAGES
from data.export.extract import gather_latest
from data.export.plain import one_line
from data.export.wording import check_codes, view_title, word
from data.rows import Snapshot
from data.view import PAGE_KEYS, View
from data.vocabulary import load_vocabulary

#: last part of the address -> format of :data:`data.export.FORMATS`
FEEDS = {name: name for name in ("atom", "ics", "json") if name in export.FORMATS}

#: events of a view that a calendar or a JSON file of a live address carries; a larger view is refused, never cut
MAX_EVENTS = 5_000
#: entries of an Atom feed: those that changed last, as a feed is a window on what is new; it says of how many
MAX_ENTRIES = 200

#: length of a query string that is read at all
MAX_QUERY = 4_000

_KEPT, _KEPT_BYTES = 32, 32 * 1024 * 1024
_OWN = frozenset({"saved", "lang", "tell"})


class Refused(Exception):  # noqa: N818 - an answer, not an error of the program
    """What is asked cannot be given: ``status`` of HTTP, and the reason in one line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A live address, judged: ``title`` is the name of a saved view or empty, ``base`` the address of the site.

    ``saved_at`` is the instant at which the saved view became what it is; ``tell`` what an Atom feed announces.
    """

    fmt: str
    view: View
    lang: str
    base: str
    title: str = ""
    saved_at: str = ""
    tell: str = TELLS[0]

    def address(self) -> str:
        """The address itself, its keys in a stable order."""
        what = [("saved", self.title)] if self.title else self.view.pairs()
        told = [("tell", self.tell)] if self.tell != TELLS[0] else []
        return f"{self.base}/feed/{self.fmt}?{urlencode([*what, *told, ('lang', self.lang)])}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells one state of a file from another: ``etag`` without quotes, ``changed_at`` a UTC instant."""

    etag: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Built:
    """A file, also compressed."""

    body: bytes
    packed: bytes
    mime: str
    filename: str


def asked(fmt: str, pairs: Sequence[tuple[str, str]], base: str) -> Asked:
    """What an address asks for. Raises Refused: 400 for a view that does not exist, 404 for a saved view of no name."""
    keys: dict[str, list[str]] = {}
    for key, value in pairs:
        keys.setdefault(key, []).append(value)
    if keys.get("as_of", [""])[-1]:
        raise Refused(400, "a live address follows the record of now; leave out as_of")
    lang = keys.get("lang", ["fr"])[-1] or "fr"
    if lang not in LANGUAGES:
        raise Refused(400, f"unknown language {one_line(lang)[:20]!r}; known: {', '.join(LANGUAGES)}")
    tell = keys.get("tell", [""])[-1] or TELLS[0]
    if tell not in (TELLS if fmt == "atom" else TELLS[:1]):
        raise Refused(400, f"a feed tells of {' or '.join(TELLS)}; other files hold what is there")
    filters = [(key, value) for key, value in pairs if key not in _OWN and key not in PAGE_KEYS and value]
    if "saved" not in keys:
        return Asked(fmt, judged(filters), lang, base, tell=tell)
    if filters:
        raise Refused(400, "either a saved view or filters, not both")
    name = keys["saved"][-1]
    kept = next((one for one in desk.saved_views() if one.name == name), None)
    if kept is None:
        raise Refused(404, "there is no saved view of this name")
    return Asked(fmt, judged(parse_qsl(kept.query)), lang, base, kept.name, kept.at, tell)


def judged(pairs: Sequence[tuple[str, str]]) -> View:
    """The view of filters. Raises Refused for a key, a day or a code that does not exist."""
    try:
        view = View.parse(urlencode(pairs))
        check_codes(view, load_vocabulary())
    except ViewError as error:
        raise Refused(400, one_line(str(error))[:300]) from error
    return view


def mark(one: Asked, now: Edition) -> Mark:
    """The state of the file, found without building it: publication, decisions, view, language and the program."""
    snapshot = _snapshot(now.publication)
    parts = (snapshot.id, now.decisions, now.withheld, one.fmt, one.view.query_string(), one.address())
    etag = sha256(repr((*parts, one.saved_at, _program())).encode("utf-8", "replace")).hexdigest()[:32]
    latest = max(snapshot.published_at, one.saved_at, _decided_at(desk_path(), desk.version()))
    return Mark(etag, datetime.fromisoformat(latest).astimezone(UTC))


class Shelf:
    """The files built last, by their mark. Who asks for one that is being built waits for it."""

    def __init__(self, *, files: int = _KEPT, size: int = _KEPT_BYTES) -> None:
        self._files, self._size = files, size
        self._held: OrderedDict[str, Built] = OrderedDict()
        self._lock = threading.Lock()
        self._building: dict[str, threading.Lock] = {}

    def get(self, one: Asked, now: Edition) -> Built:
        """The file of an address in an edition. Raises Refused."""
        key = mark(one, now).etag
        with self._lock:
            turn = self._building.setdefault(key, threading.Lock())
        try:
            with turn:
                with self._lock:
                    if held := self._held.get(key):
                        self._held.move_to_end(key)
                        return held
                built = build(one, now)
                self._keep(key, built)
                return built
        finally:
            with self._lock:
                self._building.pop(key, None)

    def _keep(self, key: str, built: Built) -> None:
        with self._lock:
            self._held[key] = built
            while len(self._held) > self._files or self._weight() > self._size:
                self._held.popitem(last=False)

    def _weight(self) -> int:
        return sum(len(one.body) + len(one.packed) for one in self._held.values())


def build(one: Asked, now: Edition) -> Built:
    """Write the file. Raises Refused for a view that is too large for a live address."""
    db = edition.open_edition(now)
    try:
        extract, total = _extract(db, one)
        snapshot = queries.snapshot(db)
        names = queries.view_names(db, one.view, one.lang)
    finally:
        db.close()
    vocabulary = load_vocabulary()
    not_covered = coverage.not_covered(one.lang, one.view.jurisdictions)
    if total > len(extract.events):
        shown = word("latest", one.lang).format(shown=len(extract.events), total=total)
        not_covered = f"{shown}\n{not_covered}"
    context = export.Context(
        view_title=one.title or view_title(one.view, vocabulary, one.lang, names),
        view=one.view,
        lang=one.lang,
        as_of=snapshot.instant(),
        count=len(extract.events),
        permalink_base=f"{one.base}/timeline",
        vocabulary_version=snapshot.vocabulary_version,
        not_covered=not_covered,
    )
    options = export.Options(feed=one.tell, self_link=one.address())
    made = export.build(one.fmt, extract, context, options=options, labels=vocabulary)
    return Built(made.data, gzip.compress(made.data, 6, mtime=0), made.mime, made.filename)


def _extract(db: Database, one: Asked) -> tuple[export.Extract, int]:
    total = queries.timeline_count(db, one.view)
    if one.fmt == "atom":
        return gather_latest(db, one.view, MAX_ENTRIES, by=one.tell), total
    if total > MAX_EVENTS:
        raise Refused(400, f"the view holds {total} events, a live address carries {MAX_EVENTS}: narrow it by a filter")
    return export.gather(db, one.view), total


@lru_cache(maxsize=8)
def _snapshot(publication: tuple[int, int]) -> Snapshot:
    db = open_immutable(published_path())
    try:
        return queries.snapshot(db)
    finally:
        db.close()


@lru_cache(maxsize=8)
def _decided_at(path: Path, version: tuple[int, bytes]) -> str:
    """When the team decided or took back last; empty when it never did."""
    return max((instant for one in desk.decisions(path) for instant in (one.at, one.withdrawn_at)), default="")


@cache
def _program() -> str:
    """The writers and the vocabulary of this process: another program may write other bytes of the same record."""
    files = sorted(Path(export.__file__).parent.glob("*.py"))
    written = sha256(b"".join(path.read_bytes() for path in [*files, Path(__file__)])).hexdigest()
    return f"{written}-{load_vocabulary().version}"


def site(url_base: str) -> str:
    """The address of the site: what ``MONITOR_ADDRESS`` says, else as the request was addressed."""
    told = os.environ.get("MONITOR_ADDRESS", "").rstrip("/").removesuffix("/timeline")
    return told or url_base.rstrip("/")


def age(now: datetime) -> tuple[str, int]:
    """The instant of the publication in force and its age in seconds."""
    published = _snapshot(edition.current().publication).published_at
    return published, max(0, int((now - datetime.fromisoformat(published)).total_seconds()))
