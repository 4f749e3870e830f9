"""Rows people read: what :mod:`data.queries` and :mod:`data.search` return and exports write.

Dates are ISO strings of the precision known; ``*_at`` are UTC instants; empty string means unknown.
``titles`` and ``summaries`` map interface languages to reviewed translations (may lack a language);
``title`` is the official wording in ``lang``. Use :func:`localised` to choose.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def localised(texts: dict[str, str], lang: str, official: str) -> str:
    """The text in ``lang`` when a reviewed one exists, else the official wording."""
    return texts.get(lang) or official


@dataclass(frozen=True, slots=True)
class EventSource:
    """One publication that proves an event. ``kind``: official, news, ngo, curated."""

    url: str
    publisher: str
    kind: str
    published_on: str
    retrieved_at: str
    quote: str
    payload_sha256: str
    source_id: str
    verified: str
    rule: str


@dataclass(frozen=True, slots=True)
class EventActor:
    """An actor in an event; ``role`` and ``stance`` are codes, ``party`` and ``role_title`` as of that day.

    ``named`` is False when no source gives a name: ``name`` is then an official number.
    """

    actor_id: str
    name: str
    kind: str
    role: str
    stance: str
    quote: str
    role_title: str
    party: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One happening, after joining: as many sources as published it.

    ``date`` is the shortest ISO form (``2026``, ``2026-01``, ``2026-01-26``, ``a/b``); ``date_start`` and
    ``date_end`` its first and last day. ``origin``: curated, official, text. ``verified``: payload,
    official_page, two_sources, one_source, memory. ``stage`` is the stage this event implies, or empty.
    """

    event_id: str
    date: str
    date_start: str
    date_end: str
    precision: str
    status: str
    outcome: str
    type: str
    family: str
    jurisdiction: str
    dossier_id: str
    dossier_title: str
    dossier_titles: dict[str, str]
    dossier_stage: str
    dossier_identifiers: tuple[tuple[str, str], ...]
    track: str
    stage: str
    official_code: str
    title: str
    lang: str
    titles: dict[str, str]
    summaries: dict[str, str]
    origin: str
    verified: str
    review_state: str
    confidence: float
    harms: tuple[str, ...]
    approaches: tuple[str, ...]
    legal_references: tuple[str, ...]
    first_seen_at: str
    changed_at: str
    revision: int
    sources: tuple[EventSource, ...] = ()
    actors: tuple[EventActor, ...] = ()

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording."""
        return localised(self.titles, lang, self.title)

    def summary(self, lang: str) -> str:
        """Summary in ``lang``, else in English, else empty: never machine-made."""
        return self.summaries.get(lang) or self.summaries.get("en") or ""


@dataclass(frozen=True, slots=True)
class FacetFiles:
    """How many files of a place carry a harm or an approach and stand at a stage of their track."""

    jurisdiction: str
    code: str
    track: str
    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An event by which a jurisdiction answers an incident; ``kind`` is one of :data:`data.queries.ANSWERS`.

    ``date`` is the shortest ISO form, ``date_start`` and ``date_end`` its first and last day. ``is_first``: no
    other of this kind ended earlier; one that is not may have come before the first, its date is only coarser.
    """

    event_id: str
    jurisdiction: str
    kind: str
    date: str
    date_start: str
    date_end: str
    origin: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A law, case or soft-law file as a list shows it."""

    dossier_id: str
    jurisdiction: str
    track: str
    title: str
    lang: str
    titles: dict[str, str]
    stage: str
    stage_since: str
    stage_event_id: str
    url: str
    identifiers: tuple[tuple[str, str], ...]
    harms: tuple[str, ...]
    approaches: tuple[str, ...]
    event_count: int
    first_on: str
    last_on: str
    next_on: str
    next_event_id: str
    stalled: bool
    verified: str
    origin: str
    press_count: int = 0

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording, else the id: a source may give no title."""
        return localised(self.titles, lang, self.title) or self.dossier_id


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """An actor in one role of a dossier, and how often it holds it there.

    ``party`` and ``role_title`` are those of the day of its newest event in that role; ``quote`` with its ``stance`` is
    the newest one, said at the event ``event_id``. ``named`` is false while only an official number is known.
    """

    actor_id: str
    name: str
    kind: str
    role: str
    count: int
    party: str = ""
    role_title: str = ""
    stance: str = ""
    quote: str = ""
    event_id: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation of a dossier to another one; ``inverse``: the other names it, not this one.

    ``scheme`` and ``value`` name it where it is not in the database; then ``dossier_id`` and what follows are empty.
    """

    kind: str
    scheme: str
    value: str
    on: str
    inverse: bool = False
    dossier_id: str = ""
    title: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    jurisdiction: str = ""
    track: str = ""
    stage: str = ""

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording, else the official number."""
        return localised(self.titles, lang, self.title) or self.value


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of the public change log."""

    entity: str
    entity_id: str
    field: str
    old: str
    new: str
    at: str
    by: str
    why: str
    title: str = ""
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A party or body of an actor on a day. ``certain`` is False when no source says since when."""

    name: str
    certain: bool


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest event of an actor that has happened; ``date`` as fine as known."""

    event_id: str
    date: str
    type: str
    title: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as the ranked list shows it; ``months`` are counts of events per month, oldest first.

    ``name`` is empty when no source gives one; ``number`` is then an official number, else empty. ``last`` is None
    for an actor of planned events alone; ``affiliations`` are those of the day of ``last``.
    """

    actor_id: str
    name: str
    number: str
    kind: str
    jurisdiction: str
    event_count: int
    first_on: str
    last_on: str
    roles: tuple[tuple[str, int], ...]
    months: tuple[int, ...]
    verified: str
    provisional: bool
    last: LastAct | None = None
    affiliations: tuple[Affiliation, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorFile:
    """A file an actor acts on: every role held in its events or on the file itself, and how often."""

    dossier_id: str
    title: str
    titles: dict[str, str]
    jurisdiction: str
    track: str
    stage: str
    roles: tuple[tuple[str, int], ...]
    last_on: str

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording."""
        return localised(self.titles, lang, self.title)


@dataclass(frozen=True, slots=True)
class ActorDocument:
    """A document on the subject that names an actor; ``date`` a day or empty."""

    item_id: int
    kind: str
    title: str
    url: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor that acts in the same events as another: in how many, and the newest of them."""

    actor_id: str
    name: str
    number: str
    kind: str
    count: int
    last_id: str
    last_on: str
    last_title: str
    last_titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A stance or a vote of an actor. ``code`` is of the list ``stances``, of a vote of ``event_roles``.

    ``dossier_id`` is empty when it names no file. An event tells it (``event_id``) or a text alone (``item_id``, else
    0); ``title`` is that of the event or the text, ``url`` and ``publisher`` are those of its first source. ``date``
    is that of the event or the day the text was published, as fine as known, or empty.
    """

    actor_id: str
    name: str
    number: str
    kind: str
    dossier_id: str
    dossier_title: str
    dossier_titles: dict[str, str]
    code: str
    is_vote: bool
    date: str
    jurisdiction: str
    event_id: str
    item_id: int
    quote: str
    rule: str
    title: str
    titles: dict[str, str]
    url: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the matrix: a file or an approach; ``code`` is empty for what names none."""

    code: str
    title: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """One stance or vote of one actor on one measure: how often, and the newest date."""

    actor_id: str
    measure: str
    code: str
    is_vote: bool
    count: int
    date: str


@dataclass(frozen=True, slots=True)
class PositionMatrix:
    """One page of actors by measures. ``actors`` are (id, name, official number, kind); counts are of the whole.

    ``positions`` are newest first; ``statement_count`` counts statements, ``vote_count`` votes.
    """

    actors: tuple[tuple[str, str, str, str], ...]
    measures: tuple[Measure, ...]
    positions: tuple[Position, ...]
    actor_count: int
    measure_count: int
    statement_count: int
    vote_count: int


@dataclass(frozen=True, slots=True)
class Role:
    """A dated office or membership; an empty ``end`` means not known to have ended."""

    titles: dict[str, str]
    organisation_id: str
    organisation: str
    start: str
    end: str
    verified: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in a chamber as a register tells it, dates as partial ISO; ``start`` empty: not said since when."""

    chamber: str
    start: str
    end: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """Everything known about one actor except the events (ask :func:`data.queries.timeline`)."""

    actor: ActorRow
    names: tuple[tuple[str, str], ...]
    identifiers: tuple[tuple[str, str], ...]
    url: str
    parent_id: str
    parent_name: str
    roles: tuple[Role, ...]
    seats: tuple[Seat, ...] = ()
    namesakes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document that hangs on a file. ``on_subject``: its own words name the subject (0 or 1).

    ``authors`` are who tabled or asked it, ``outcome`` a code or empty: both as its official record tells.
    """

    item_id: int
    kind: str
    title: str
    url: str
    date: str
    lang: str
    publisher: str
    on_subject: int
    authors: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Density:
    """Events or documents per lane and bin: ``lane`` a code or empty, ``bin`` the first day of the bin."""

    lane: str
    bin: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The first events of a question, and how many answer it in all."""

    total: int
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, slots=True)
class StageChange:
    """A file whose stage changed in a period: ``path`` its stages from the old to the new one (codes, two or more).

    ``proof`` is the event behind the last step; None when no event proves a stage any more. For a file not known
    before, ``path`` holds its stage alone. ``at`` is the UTC instant at which the monitor noticed.
    """

    dossier: DossierRow
    path: tuple[str, ...]
    at: str
    proof: TimelineEvent | None


@dataclass(frozen=True, slots=True)
class Volume:
    """Documents of a jurisdiction first read in a period: all of them, and those on the subject."""

    jurisdiction: str
    item_count: int
    subject_count: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the timeline. ``title`` and ``titles`` name dossiers and actors; other codes have their labels."""

    code: str
    count: int
    title: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stretch of time a dossier stood at one stage: ``since`` as precisely as known, ``start`` and ``end`` its days.

    ``event_id`` proves it. The last span of a dossier ends with the day asked about.
    """

    dossier_id: str
    track: str
    stage: str
    since: str
    start: str
    end: str
    event_id: str


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source and its last runs. ``state``: never, ok, unchanged, stale, unavailable, blocked, failed,
    suspicious, skipped."""

    source_id: str
    names: dict[str, str]
    publisher: str
    jurisdiction: str
    kind: str
    lang: str
    licence: str
    url: str
    every_hours: int
    state: str
    last_run_at: str
    last_ok_at: str
    last_new_at: str
    record_count: int
    rejected_count: int
    warning_count: int
    outcomes: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A quarantined row or an unknown code, for the Sources page. ``kind``: rejected, unknown."""

    kind: str
    source_id: str
    locator: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The published database. ``id`` changes with every publication: key caches with it.

    ``outdated_count`` items were read with other rules than those in force when it was published.
    """

    id: str
    published_at: str
    event_count: int
    dossier_count: int
    actor_count: int
    item_count: int
    vocabulary_version: str
    outdated_count: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A found record. ``kind``: event, dossier, actor, item. ``snippet`` is a list of (text, is_match) parts.

    ``type`` is the type of an event, the track of a file, the kind of an actor or document. ``is_exact``: what was
    typed is its whole name or official number. ``also`` names the other publishers of an article's story.
    """

    kind: str
    ref: str
    title: str
    snippet: tuple[tuple[str, bool], ...]
    date: str
    jurisdiction: str
    url: str
    publisher: str
    lang: str
    type: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    is_exact: bool = False
    also: tuple[str, ...] = ()

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording."""
        return localised(self.titles, lang, self.title)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, and counts per facet; ``total`` is exact unless ``is_capped``.

    ``counts`` holds, per facet (kind, jurisdiction, year, type, publisher), code -> hits if that code were chosen,
    the other choices kept. ``publishers`` gives the names of the publishers counted. When ``is_capped``, everything
    is counted among the hits read last.
    """

    hits: tuple[SearchHit, ...]
    total: int
    is_capped: bool
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    publishers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlsoSearched:
    """What was looked for beside ``word``, as far as any text holds it: its other forms, the same in other words.

    ``must_be_absent``: the word was excluded, and its forms with it.
    """

    word: str
    forms: tuple[str, ...]
    equivalents: tuple[str, ...]
    must_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class FoundNothing:
    """A part of a query that found nothing. ``text`` is the part as typed, ``absent`` when it finds nothing alone.

    ``query`` is the rest of the query, or empty when the rest finds nothing either. ``nearest`` are
    (spelling, query with it) that find something.
    """

    text: str
    absent: bool
    query: str
    nearest: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ItemSpan:
    """A place in an item's text (end exclusive): ``kind`` is mention, legal, figure or position."""

    start: int
    end: int
    kind: str
    what: str
    rule: str


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """A number an item gives; units and ``about`` are codes, see :class:`data.readings.Figure`."""

    start: int
    end: int
    text: str
    value: float | None
    unit: str
    about: str
    rule: str


@dataclass(frozen=True, slots=True)
class StatedPosition:
    """Where an item says that somebody is for or against; ``actor_id`` is empty for a name no list holds."""

    item_id: int
    start: int
    end: int
    actor_id: str
    name: str
    stance: str
    quote: str
    rule: str
    url: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one source tells it, before joining and before any correction.

    ``item`` is the key of the item that tells it, or empty. ``state`` is the team's word as this publication has it
    (confirmed, rejected, corrected, or empty), ``decision_id`` the decision it comes from (0 when there is none).
    """

    event_id: str
    item: str
    type: str
    date: str
    title: str
    quote: str
    origin: str
    state: str
    decision_id: int


@dataclass(frozen=True, slots=True)
class CitedFile:
    """A file a piece speaks of, by the law it cites (normalised ``references``)."""

    dossier_id: str
    title: str
    titles: dict[str, str]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveringPiece:
    """A piece that speaks of a file: ``references`` it cites (normalised), ``date`` a day or empty.

    ``also`` names the other publishers of its story.
    """

    item_id: int
    kind: str
    title: str
    url: str
    publisher: str
    date: str
    lang: str
    references: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One published piece with its text (withheld names masked) and what was read in it.

    ``key`` names it in decisions. ``relevant`` is the judgement of the rules and ``evidence`` the (words, rule) that
    decided; ``state`` and ``decision_id`` are the team's word on that, as in :class:`Telling`. ``rules`` is the
    version of the rule set.
    """

    item_id: int
    key: str
    kind: str
    title: str
    url: str
    publisher: str
    jurisdiction: str
    lang: str
    date: str
    payload_sha256: str
    text: str
    relevant: bool
    score: float
    facets: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    rules: str
    state: str
    decision_id: int
    spans: tuple[ItemSpan, ...]
    figures: tuple[ItemFigure, ...]
    positions: tuple[StatedPosition, ...]
    events: tuple[Telling, ...]
    files: tuple[CitedFile, ...]
