"""Who acts in what, as a network: actors, events and files of a view, and actors that act in the same events.

Events keep their ids; ``actor:`` and ``dossier:`` stand before the ids of the others, which are lists of their own.
Attributes without a value are left out and lists are joined, since neither format knows anything else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import networkx as nx

from data.export.context import Context
from data.export.extract import Extract
from data.export.plain import joined, one_line, web_link
from data.export.wording import about
from data.rows import EventActor, TimelineEvent, localised

#: an event with more actors (a roll call) makes no pairs: all would be linked with all, which says nothing
PAIRED_UP_TO = 40
_NOT_PAIRED = {
    "en": "{n} events with more than {limit} actors (roll calls) link no two actors.",
    "fr": "{n} faits de plus de {limit} acteurs (scrutins) ne relient pas d’acteurs entre eux.",
}


@dataclass(slots=True)
class Tie:
    """What an edge gathers from the events behind it."""

    roles: dict[str, None] = field(default_factory=dict)
    stances: dict[str, None] = field(default_factory=dict)
    events: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    start: str = "9999"
    end: str = ""

    def add(self, event: TimelineEvent, actor: EventActor | None = None) -> None:
        """One more event, and how the actor takes part in it."""
        if actor:
            self.roles.update({actor.role: None} if actor.role else {})
            self.stances.update({actor.stance: None} if actor.stance else {})
        self.events[event.event_id] = None
        self.sources.update({link: None for one in event.sources[:1] if (link := web_link(one.url))})
        self.start, self.end = min(self.start, event.date_start), max(self.end, event.date_end)

    def attributes(self, tie: str) -> dict[str, Any]:
        """Attributes of an edge; ``weight`` is the number of events."""
        return _filled(
            tie=tie,
            role=joined(self.roles),
            stance=joined(self.stances),
            start=self.start,
            end=self.end,
            weight=len(self.events),
            event_ids=joined(self.events),
            source_url=joined(self.sources),
        )


def graph(extract: Extract, context: Context) -> nx.Graph:
    """The network of a view. Nodes and edges stand in the order of the events, so that a view gives one file."""
    found = nx.Graph()
    ties: dict[tuple[str, str, str], Tie] = defaultdict(Tie)
    acting: dict[str, Tie] = defaultdict(Tie)
    for event in extract.events:
        found.add_node(event.event_id, **_event(event, context))
        for actor in event.actors:
            name = f"actor:{actor.actor_id}"
            acting[name].add(event, actor)
            ties[name, event.event_id, "acts_in"].add(event, actor)
            if event.dossier_id:
                ties[name, f"dossier:{event.dossier_id}", "acts_on"].add(event, actor)
        if event.dossier_id:
            name = f"dossier:{event.dossier_id}"
            acting[name].add(event)
            ties[event.event_id, name, "belongs_to"].add(event)
        for one, other in _pairs(event):
            ties[f"actor:{one}", f"actor:{other}", "together"].add(event)
    for event in extract.events:
        for actor in event.actors:
            name = f"actor:{actor.actor_id}"
            found.add_node(name, **_actor(actor, extract, acting[name]))  # the newest event tells the party
        if event.dossier_id:
            name = f"dossier:{event.dossier_id}"
            found.add_node(name, **_file(event, extract, context, acting[name]))
    for (one, other, tie), told in ties.items():
        found.add_edge(one, other, **told.attributes(tie))
    return found


def told(extract: Extract, context: Context) -> list[str]:
    """What the file says of itself, one line each: also which events make no pairs."""
    return [one_line(context.view_title), *about(context), *notes(extract, context)]


def notes(extract: Extract, context: Context) -> tuple[str, ...]:
    """A warning when events with many actors make no pairs."""
    many = sum(len(_names(one)) > PAIRED_UP_TO for one in extract.events)
    return (_NOT_PAIRED[context.lang].format(n=many, limit=PAIRED_UP_TO),) if many else ()


def _pairs(event: TimelineEvent) -> Iterator[tuple[str, str]]:
    names = _names(event)
    return combinations(names, 2) if len(names) <= PAIRED_UP_TO else iter(())


def _names(event: TimelineEvent) -> list[str]:
    return sorted({one.actor_id for one in event.actors})


def _event(event: TimelineEvent, context: Context) -> dict[str, Any]:
    return _filled(
        label=one_line(event.heading(context.lang)),
        kind="event",
        subkind=event.type,
        jurisdiction=event.jurisdiction,
        date=event.date,
        date_precision=event.precision,
        status=event.status,
        stage=event.stage,
        start=event.date_start,
        end=event.date_end,
        source_url=joined(link for one in event.sources[:1] if (link := web_link(one.url))),
        permalink=one_line(context.event_permalink(event.event_id)),
    )


def _actor(actor: EventActor, extract: Extract, acts: Tie) -> dict[str, Any]:
    listed = extract.actors.get(actor.actor_id)
    return _filled(
        label=one_line(actor.name),
        kind="actor",
        subkind=actor.kind,
        jurisdiction=listed.jurisdiction if listed else "",
        party=one_line(actor.party),
        wikidata=one_line(listed.identifier("wikidata")) if listed else "",
        **_extent(acts),
    )


def _file(event: TimelineEvent, extract: Extract, context: Context, acts: Tie) -> dict[str, Any]:
    title = localised(event.dossier_titles, context.lang, event.dossier_title) or event.dossier_id
    listed = extract.dossiers.get(event.dossier_id)
    return _filled(
        label=one_line(title),
        kind="dossier",
        subkind=event.track,
        jurisdiction=listed.jurisdiction if listed else event.jurisdiction,
        stage=event.dossier_stage,
        identifiers=_identifiers(event.dossier_identifiers),
        **_extent(acts),
    )


def _extent(acts: Tie) -> dict[str, Any]:
    """How many events of the view, the first and the last day of them; ``start`` and ``end`` are for a time slider."""
    return {"n_events": len(acts.events), "first": acts.start, "last": acts.end, "start": acts.start, "end": acts.end}


def _identifiers(found: Iterable[tuple[str, str]]) -> str:
    return joined(f"{scheme}={value}" for scheme, value in found)


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None)}
