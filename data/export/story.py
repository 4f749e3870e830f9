"""What a page and a briefing tell of a view: facts counted from the events, sources numbered, no prose of ours.

Everything here follows from the extract; a statement of no event of the view is left out unless it is about one of its
files. Numbers of events are those of the timeline figure, numbers of sources are in the order they are first named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data.export.context import Context
from data.export.extract import Extract
from data.export.phrases import counted, partial_date, phrase, span_sentence
from data.export.plain import bare, one_line
from data.export.publications import better, is_same
from data.export.wording import shown_date
from data.next_steps import NextStep, next_step
from data.palette import COLOURS
from data.rows import EventSource, TimelineEvent, localised
from data.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its number, its date in words and the numbers of its sources."""

    number: int
    event: TimelineEvent
    date: str
    heading: str
    #: language of ``heading``: that of the file when the title was reviewed, else that of the source
    lang: str
    summary: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A dossier and where it stands, ``since`` in words.

    ``proof`` is the event of the view that proves the stage, ``notes`` the numbers of the sources of one outside it.
    """

    dossier_id: str
    title: str
    lang: str
    jurisdiction: str
    track: str
    stage_code: str
    place: str
    stage: str
    since: str
    proof: Told | None
    notes: tuple[int, ...]
    url: str
    identifiers: tuple[tuple[str, str], ...]
    usual: NextStep | None


@dataclass(frozen=True, slots=True)
class Stance:
    """A position: its label, the words it is known by (may be empty), what it is about, numbers of its sources."""

    label: str
    quote: str
    about: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor of the view: ``roles`` are labels with their counts, ``events`` the numbers of its events."""

    actor_id: str
    name: str
    kind: str
    roles: tuple[tuple[str, int], ...]
    events: tuple[int, ...]
    stances: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The whole. ``facts`` are sentences; ``coming`` planned events, ``overdue`` those whose date has passed."""

    facts: tuple[str, ...]
    events: tuple[Told, ...]
    files: tuple[FileLine, ...]
    actors: tuple[ActorLine, ...]
    coming: tuple[Told, ...]
    overdue: tuple[Told, ...]
    sources: tuple[EventSource, ...]

    @property
    def is_cited_less(self) -> bool:
        """Was an event checked in two sources of which fewer are cited?"""
        return any(one.event.verified == "two_sources" and len(one.sources) < 2 for one in self.events)


def story(extract: Extract, context: Context, labels: Vocabulary, *, is_short: bool = False) -> Story:
    """What there is to tell of the events, in order of date.

    ``is_short``: a quotation that is the title of its event is not told again with the source.
    """
    lang, notes = context.lang, _Notes(is_short)
    events = tuple(_told(number, one, lang, notes) for number, one in enumerate(extract.events, 1))
    files = tuple(_files(extract, events, lang, labels, notes))
    actors = tuple(_actors(extract, events, lang, labels, notes))
    today = context.as_of_instant().date()
    planned = [one for one in events if one.event.status == "scheduled"]
    coming = tuple(one for one in planned if date.fromisoformat(one.event.date_end) >= today)
    overdue = tuple(one for one in planned if date.fromisoformat(one.event.date_end) < today)
    facts = tuple(_facts(extract, files, actors, notes, len(coming), lang, labels))
    return Story(facts, events, files, actors, coming, overdue, tuple(notes.sources))


@dataclass(slots=True)
class _Notes:
    """Sources in the order they are named, each once; those of one document without a quotation are one."""

    is_short: bool

    sources: list[EventSource] = field(default_factory=list)
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    said: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, source: EventSource, title: str = "") -> int:
        if self.is_short and title and bare(source.quote) == bare(title):
            source = replace(source, quote="")
        key = (source.url, source.publisher, source.published_on, source.retrieved_at[:10], source.quote)
        if key not in self.numbers:
            self.numbers[key] = self._same(source) or self._next(source)
        return self.numbers[key]

    def _next(self, source: EventSource) -> int:
        self.sources.append(source)
        self.said.setdefault((source.publisher, source.published_on, bare(source.quote)), len(self.sources))
        return len(self.sources)

    def _same(self, source: EventSource) -> int:
        """The number of the same publication cited with the same words, 0 for none; what tells more is shown."""
        number = self.said.get((source.publisher, source.published_on, bare(source.quote)), 0)
        if not number or not is_same(self.sources[number - 1], source):
            return 0
        self.sources[number - 1] = better(self.sources[number - 1], source)
        return number

    def of(self, sources: Sequence[EventSource], title: str = "") -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.number(one, title) for one in sources))


def _told(number: int, event: TimelineEvent, lang: str, notes: _Notes) -> Told:
    shown = lang if event.titles.get(lang) else event.lang
    heading = one_line(event.heading(lang))
    return Told(
        number, event, shown_date(event, lang), heading, shown, one_line(event.summary(lang)),
        notes.of(event.sources, heading),
    )  # fmt: skip


def _files(extract: Extract, events: Sequence[Told], lang: str, labels: Vocabulary, notes: _Notes) -> list[FileLine]:
    """The files of the events, those with the most events first."""
    by_id = {one.event.event_id: one for one in events}
    counts = Counter(one.event.dossier_id for one in events if one.event.dossier_id)
    first = {one.event.dossier_id: one.event for one in reversed(events)}
    found = []
    for dossier_id in sorted(counts, key=lambda code: (-counts[code], code)):
        row, event = extract.dossiers.get(dossier_id), first[dossier_id]
        titles, title = (row.titles, row.title) if row else (event.dossier_titles, event.dossier_title)
        track, stage = (row.track, row.stage) if row else (event.track, event.dossier_stage)
        place = row.jurisdiction if row else event.jurisdiction
        outside = extract.proofs.get(row.stage_event_id) if row else None
        found.append(
            FileLine(
                dossier_id,
                one_line(localised(titles, lang, title)) or dossier_id,
                lang if titles.get(lang) else (row.lang if row else event.lang),
                place,
                track,
                stage,
                one_line(labels.label("jurisdictions", place, lang)),
                one_line(labels.stage_label(track, stage, lang)) if stage else "",
                _since(row.stage_since, lang) if row else "",
                by_id.get(row.stage_event_id) if row else None,
                notes.of(outside.sources) if outside else (),
                row.url if row else "",
                row.identifiers if row else event.dossier_identifiers,
                _usual(place, track, stage, lang),
            )
        )
    return found


def _since(day: str, lang: str) -> str:
    """``depuis le 9 juillet 2025``, ``depuis juillet 2025``; empty when no source says since when."""
    return phrase("since_day" if len(day) == 10 else "since", lang, date=partial_date(day, lang)) if day else ""


def _usual(place: str, track: str, stage: str, lang: str) -> NextStep | None:
    """What normally follows, for a file that has not ended."""
    vocabulary = load_vocabulary()
    if track not in vocabulary.ladders or not vocabulary.has_stage(track, stage):
        return None
    if vocabulary.stage(track, stage).is_end:
        return None
    found = next_step(place, track, stage, lang)
    return found if found.sentence else None


def _actors(extract: Extract, events: Sequence[Told], lang: str, labels: Vocabulary, notes: _Notes) -> list[ActorLine]:
    """The actors of the events, those with the most events first; positions with the words they are known by."""
    names: dict[str, tuple[str, str]] = {}
    roles: dict[str, Counter[str]] = {}
    numbers: dict[str, list[int]] = {}
    stances: dict[str, list[Stance]] = {}
    for told in events:
        for one in told.event.actors:
            names.setdefault(one.actor_id, (one_line(one.name), one.kind))
            if numbers.setdefault(one.actor_id, [])[-1:] != [told.number]:
                numbers[one.actor_id].append(told.number)
            if one.role:
                roles.setdefault(one.actor_id, Counter())[one.role] += 1
            if one.stance:
                shown = one_line(labels.label("stances", one.stance, lang))
                _add(stances, one.actor_id, Stance(shown, one_line(one.quote), told.heading, told.sources))
    files = {told.event.dossier_id for told in events if told.event.dossier_id}
    for said in extract.statements:
        if said.event_id or said.is_vote or said.dossier_id not in files or said.actor_id not in names:
            continue
        source = EventSource(said.url, said.publisher, "", said.date, "", said.quote, "", "", "", said.rule)
        about = one_line(localised(said.dossier_titles, lang, said.dossier_title))
        shown = one_line(labels.label("stances", said.code, lang))
        _add(stances, said.actor_id, Stance(shown, one_line(said.quote), about, notes.of([source])))
    return [
        ActorLine(
            code,
            names[code][0] or code,
            one_line(labels.label("actor_kinds", names[code][1], lang)),
            tuple((one_line(labels.label("event_roles", role, lang)), n) for role, n in roles[code].most_common())
            if code in roles
            else (),
            tuple(numbers[code]),
            tuple(stances.get(code, ())),
        )
        for code in sorted(names, key=lambda code: (-len(numbers[code]), names[code][0], code))
    ]


def _add(stances: dict[str, list[Stance]], actor_id: str, stance: Stance) -> None:
    """One more position, unless the actor said it in the same words before."""
    known = stances.setdefault(actor_id, [])
    if all((one.label, one.quote) != (stance.label, stance.quote) for one in known):
        known.append(stance)


def _facts(
    extract: Extract,
    files: Sequence[FileLine],
    actors: Sequence[ActorLine],
    notes: _Notes,
    coming: int,
    lang: str,
    labels: Vocabulary,
) -> list[str]:
    """One paragraph of counts, a sentence each."""
    events = extract.events
    if not events:
        return [phrase("empty", lang)]
    places = len({one.jurisdiction for one in events})
    what = [("places", places), ("dossiers", len(files)), ("actors", len(actors)), ("sources", len(notes.sources))]
    families = Counter(one.family for one in events)
    checks = Counter(one.verified for one in events if one.verified)
    sentences = [
        span_sentence(events, lang),
        f"{', '.join(counted(number, name, lang) for name, number in what)}.",
        phrase("by_family", lang, parts=_parts(families, "families", tuple(COLOURS), lang, labels)),
    ]
    if checks:
        kinds = load_vocabulary().codes("verification")
        sentences.append(phrase("by_check", lang, parts=_parts(checks, "verification", kinds, lang, labels)))
    if coming:
        sentences.append(f"{counted(coming, 'planned', lang)}.")
    return sentences


def _parts(counts: Counter[str], name: str, order: Sequence[str], lang: str, labels: Vocabulary) -> str:
    return ", ".join(
        f"{one_line(labels.label(name, code, lang)).lower()} ({counts[code]})" for code in order if counts[code]
    )
