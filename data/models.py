"""Records that pass between the packages, by role.

What a source said (``*Record``, plus ``Rejected``, ``Unknown`` and ``Follow``) is written by
:mod:`collectors` through :mod:`data.store`; what people read is in :mod:`data.queries`.

Dates: ``When`` is a calendar date or interval as the source means it locally; it never passes
through UTC. Instants (names ending in ``_at``) are UTC, ISO 8601 with a trailing ``Z``.
Codes (types, roles, stages, facets, precisions) are those of ``data/reference/vocabulary``.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date

PRECISIONS = ("day", "month", "quarter", "half", "year", "range")


@dataclass(frozen=True, slots=True)
class When:
    """A date with the precision it was given: never a day more than the source said."""

    start: date
    end: date
    precision: str
    said: str = ""

    @classmethod
    def on(cls, day: date, said: str = "") -> When:
        """One calendar day."""
        return cls(day, day, "day", said or day.isoformat())

    @classmethod
    def parse(cls, text: str, said: str = "") -> When:
        """Read ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``start/end``. Raises ValueError."""
        first, slash, second = text.strip().partition("/")
        start, start_end, precision = _bounds(first)
        if not slash:
            return cls(start, start_end, precision, said or text)
        end = _bounds(second)[1]
        if end < start:
            raise ValueError(f"interval ends before it starts: {text!r}")
        return cls(start, end, "range", said or text)

    def iso(self) -> str:
        """The shortest ISO form that keeps the precision: inverse of :meth:`parse`."""
        if self.precision == "day":
            return self.start.isoformat()
        if self.precision == "month":
            return self.start.strftime("%Y-%m")
        if self.precision == "year":
            return f"{self.start.year:04d}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


def _bounds(text: str) -> tuple[date, date, str]:
    parts = [int(part) for part in text.strip().split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        last = calendar.monthrange(parts[0], parts[1])[1]
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], last), "month"
    if len(parts) == 3:
        day = date(parts[0], parts[1], parts[2])
        return day, day, "day"
    raise ValueError(f"not a date: {text!r}")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An official identifier: ``scheme`` is one of the vocabulary's schemes (``fr.an.dossier``)."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A membership of a chamber, as a register of members tells it.

    ``chamber`` is its name in the register; ``start`` and ``end`` are partial ISO dates, ``start`` empty where the
    register lists who sits without saying since when, ``end`` empty while the seat is held.
    """

    chamber: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """A person or body as a source names it.

    ``name`` may be empty when the source gives an official id alone (the Assembly's ``acteurRef``):
    the name then comes from another source, never from a guess. ``role`` and ``stance`` say what the
    actor does in the event that carries the record (codes); a stance needs a ``quote``.
    ``role_title``, ``organisation`` (a name) and ``party`` are the source's words, true on that day; ``seats`` come
    from registers of members only.
    """

    name: str
    kind: str
    jurisdiction: str
    identifiers: tuple[Identifier, ...] = ()
    role: str = ""
    stance: str = ""
    quote: str = ""
    role_title: str = ""
    organisation: str = ""
    party: str = ""
    aliases: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A short sentence of a publication that says what happened, word for word, in ``lang``. ``kind`` is a code.

    Without a ``text`` the publication is named and not quoted.
    """

    text: str
    lang: str
    url: str
    publisher: str
    kind: str
    published_on: str = ""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A dated happening. ``external_id`` is unique within its source and never changes.

    ``title`` is the official wording in ``lang``; ``type`` is our code beside it; ``official_code`` is
    the source's own code (``AN1-DEPOT``, ``8``). ``stage`` is the stage the event implies for its
    dossier, or empty. ``quote`` is the sentence or the official field the event was read from, in ``quote_lang`` where
    that is told; ``quotations`` are sentences of further publications.
    An event read in prose names its ``rule``, the version of the rule set (``rules``) and its ``span`` in the text.
    """

    external_id: str
    type: str
    when: When
    title: str
    lang: str
    jurisdiction: str
    status: str = "occurred"
    outcome: str = ""
    stage: str = ""
    official_code: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    url: str = ""
    quote: str = ""
    quote_lang: str = ""
    quotations: tuple[Quotation, ...] = ()
    rule: str = ""
    rules: str = ""
    span: tuple[int, int] | None = None
    actors: tuple[ActorRecord, ...] = ()
    dossier: tuple[Identifier, ...] = ()
    legal_references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A typed relation from the carrying dossier to the one ``to`` identifies."""

    kind: str
    to: Identifier
    on: When | None = None


@dataclass(frozen=True, slots=True)
class DossierRecord:
    """A law, a case or a soft-law file with its whole dated history, as one source tells it.

    ``actors`` are those tied to the file itself (sponsors), in their ``role``. ``text`` is what the
    source says of its substance (summary, long title): it is read for relevance and searched.
    """

    external_id: str
    jurisdiction: str
    track: str
    title: str
    lang: str
    identifiers: tuple[Identifier, ...]
    titles: dict[str, str] = field(default_factory=dict)
    url: str = ""
    text: str = ""
    events: tuple[EventRecord, ...] = ()
    actors: tuple[ActorRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    harms: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One published piece: article, question, notice. All fields are plain text, links http(s) or empty.

    ``published_said`` is the raw string; ``published_on`` the local calendar date it means (None when it
    cannot be known); ``published_at`` the UTC instant when a time and a zone were given;
    ``published_quality`` is ``exact``, ``date``, ``assumed_zone``, ``parsed`` or ``unknown``.
    ``events`` are the official happenings the piece itself brings (a question tabled, answered).
    ``categories`` are the publisher's own keywords for the piece.
    """

    external_id: str
    kind: str
    title: str
    url: str
    jurisdiction: str
    lang_declared: str = ""
    lang: str = ""
    summary: str = ""
    text: str = ""
    published_said: str = ""
    published_on: date | None = None
    published_at: str = ""
    published_quality: str = "unknown"
    publisher: str = ""
    authors: tuple[str, ...] = ()
    actors: tuple[ActorRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    dossier: tuple[Identifier, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """One bad row: goes to quarantine with its reason while the rest lands."""

    locator: str
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code the source uses and our tables lack: a warning that names it; never mapped by guess."""

    field: str
    code: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """A further address of the same source to fetch in this run (a page, a detail record)."""

    url: str


@dataclass(frozen=True, slots=True)
class PageRead:
    """The page of an article already stored was read, or why it was not.

    ``verdict`` is ``read``, ``paywalled`` (only its free beginning), ``reserved`` (the publisher reserves text
    mining), ``refused`` (robots.txt), ``empty`` (no article found in it) or ``gone``. Its text, if any, is told
    by the :class:`ItemRecord` beside it.
    """

    external_id: str
    url: str
    verdict: str
    published_on: date | None = None


Record = ItemRecord | DossierRecord | ActorRecord | Rejected | Unknown | Follow | PageRead


@dataclass(frozen=True, slots=True)
class Source:
    """A source's metadata: one table of ``data/reference/sources/<jurisdiction>.toml``.

    ``collector`` is ``feed`` or the name of a module in ``collectors/sources``; ``urls`` are the entry
    addresses; ``key_env`` names the environment variable of an optional or needed key.
    ``every_hours`` is the expected interval between visits, ``min_records`` the least that one full
    visit plausibly yields (0 only where nothing at all is plausible), ``max_mb`` the byte cap of one
    response after decompression. ``options`` are the collector's own settings (legislature, session).

    An address may hold ``{since}`` and ``{today}`` with a date format (``{since:%Y-%m-%d}``): at a first
    visit ``since`` is the declared day of that name, later the day of the last good visit less
    ``overlap_days``. ``key_in`` says where the key goes (``query:api_key``, ``header:X-API-KEY``,
    ``header:Authorization:ApiKey {key}``, ``oauth:<token address>``); it is put there by the door and
    stands in no stored address. ``method`` ``POST`` sends the address' fragment as its JSON body.
    ``keep`` ``subject`` stores, of a bulk archive's items, only those on the subject or on a watched file.
    ``quiet_days`` is how long nothing new is still plausible (0: that of its kind, :mod:`data.health`).
    ``articles`` allows reading the full page of an item on the subject, where the publisher allows it.
    ``contract`` is what becomes of a record with a code our tables lack (:mod:`collectors.contracts`).
    """

    id: str
    names: dict[str, str]
    publisher: str
    jurisdiction: str
    kind: str
    lang: str
    collector: str
    urls: tuple[str, ...]
    licence: str
    every_hours: int
    min_records: int
    max_mb: int = 15
    timezone: str = ""
    official: bool = False
    robots: bool = False
    key_env: str = ""
    key_in: str = ""
    accept: str = ""
    method: str = "GET"
    since: date | None = None
    overlap_days: int = 3
    quiet_days: int = 0
    keep: str = "all"
    articles: bool = False
    contract: str = "evolve"
    options: dict[str, object] = field(default_factory=dict)

    def name(self, lang: str) -> str:
        """The source's name in ``lang``, else in English, else its id."""
        return self.names.get(lang) or self.names.get("en") or self.id


@dataclass(frozen=True, slots=True)
class Response:
    """What the door to the network brought: the only thing a parse function is given besides its source.

    ``body`` is decompressed content, never decoded to text; ``headers`` have lower-case names;
    ``url`` is the final address after redirects; ``fetched_at`` a UTC instant.
    """

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: str
    requested_url: str = ""
