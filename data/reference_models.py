"""Records of the curated baseline: what ``data/reference/*.csv`` holds, one dataclass per file.

Ids are stable and readable (``fr-loi-sren``); codes are those of ``data/reference/vocabulary``.
Everything here was read by a person; ``verified`` says how it was checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from data.models import Identifier, Quotation, When


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place whose law is followed. ``level``: international, supranational, national, subnational."""

    code: str
    labels: dict[str, str]
    level: str
    parent: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AliasCondition:
    """A name that stands for the actor only where its conditions hold (``near Musk/xAI``, ``case``).

    It overrides :attr:`RefActor.name` and :attr:`RefActor.aliases`: when the actor's own name is listed
    here, the bare name must not match. Conditions are kept in the reviewer's words.
    """

    alias: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefActor:
    """A body, company or person that acts on policy. Victims and private persons are never one.

    ``names`` are names in other languages, ``aliases`` match without a condition, ``parent_id`` is the
    actor it belongs to (a committee's chamber).
    """

    actor_id: str
    name: str
    kind: str
    jurisdiction: str
    names: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    ambiguous_aliases: tuple[AliasCondition, ...] = ()
    parent_id: str = ""
    identifiers: tuple[Identifier, ...] = ()
    url: str = ""
    feed_url: str = ""
    verified: str = ""


@dataclass(frozen=True, slots=True)
class RefRole:
    """An office or membership. ``start`` and ``end`` are partial ISO dates; empty means not known."""

    actor_id: str
    titles: dict[str, str]
    organisation_id: str = ""
    start: str = ""
    end: str = ""
    verified: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class RefDossier:
    """A law, a case or a soft-law file.

    ``stage_stated`` is the stage a reviewer read off the milestones on
    :data:`data.reference.STATED_ON`. ``stage``, ``stage_since`` (partial ISO date),
    ``stage_event_id``, ``flags`` and ``next_event_id`` are computed from the milestones for the day the
    reference was loaded; ``stage`` is ``unknown`` when no milestone proves one.
    """

    dossier_id: str
    jurisdiction: str
    track: str
    title: str
    lang: str
    titles: dict[str, str]
    identifiers: tuple[Identifier, ...]
    stage_stated: str
    harms: tuple[str, ...]
    approaches: tuple[str, ...]
    url: str
    verified: str
    stage: str = "unknown"
    stage_since: str = ""
    stage_event_id: str = ""
    flags: tuple[str, ...] = ()
    next_event_id: str = ""


@dataclass(frozen=True, slots=True)
class RefMilestone:
    """A dated happening. ``actors`` are ``(actor_id, role)``; ``stage`` is what it implies, or empty.

    ``quotations`` are sentences of publications that tell it, its own source's among them or not; ``publications``
    further ones that are not quoted; ``published_on`` is the day of its own source, or empty.
    """

    event_id: str
    when: When
    jurisdiction: str
    dossier_id: str
    type: str
    status: str
    outcome: str
    stage: str
    titles: dict[str, str]
    summaries: dict[str, str]
    actors: tuple[tuple[str, str], ...]
    legal_references: tuple[str, ...]
    source_url: str
    source_publisher: str
    source_kind: str
    verified: str
    quotations: tuple[Quotation, ...] = ()
    publications: tuple[Quotation, ...] = ()
    published_on: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole baseline, sorted as the files are: by id, milestones by jurisdiction then date."""

    jurisdictions: tuple[Jurisdiction, ...] = ()
    actors: tuple[RefActor, ...] = ()
    roles: tuple[RefRole, ...] = ()
    dossiers: tuple[RefDossier, ...] = ()
    milestones: tuple[RefMilestone, ...] = ()
    version: str = ""
