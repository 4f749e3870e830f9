"""Rows to the cells of a table: plain text, in the reader's language. Pure, so that a test can read every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.dates import show_date, show_instant, show_when
from dashboard.glyphs import stage_words
from dashboard.i18n import bound, label, t, written
from dashboard.safe import safe_link
from data.coverage import Place
from data.decisions import REVIEWS
from data.rows import ActorRow, Density, DossierRow, Problem, Revision, SourceHealth, TimelineEvent, localised

Cells = list[dict[str, Any]]

#: fields of the change log that have a word in the interface
FIELDS = frozenset(
    {
        *("type", "date_start", "date_end", "status", "outcome", "stage", "title", "track", "url", "removed"),
        "review",
    }
)


def event_cells(events: Sequence[TimelineEvent], lang: str) -> Cells:
    """One line per event, in the order given."""
    return [
        {
            "date": show_when(one, lang),
            "place": label("jurisdictions", one.jurisdiction, lang),
            "type": label("event_types", one.type, lang),
            "title": bound(one.heading(lang)),
            "status": label("statuses", one.status, lang),
            "stage": proved_stage(one, lang),
            "sources": len(one.sources),
            "check": check_mark(one.verified, lang) + team_mark(one.review_state, lang),
        }
        for one in events
    ]


def proved_stage(one: TimelineEvent, lang: str) -> str:
    """The stage an event proves, with its sign; none for what has not happened."""
    return stage_words(one.track, one.stage, lang) if one.stage and one.status == "occurred" else ""


def check_mark(verified: str, lang: str) -> str:
    """How a fact was checked; what nobody has checked carries a question mark."""
    name = label("verification", verified, lang)
    return f"? {name}" if verified == "memory" else name


def team_mark(review_state: str, lang: str) -> str:
    """The team's word behind the check, when there is one."""
    return f" · {label('review_states', review_state, lang)}" if review_state in REVIEWS.values() else ""


def dossier_cells(dossiers: Sequence[DossierRow], lang: str) -> Cells:
    """One line per law, case or soft-law file. Dates stay ISO: so a click on the head of the column sorts them."""
    return [
        {
            "title": bound(one.heading(lang)),
            "place": label("jurisdictions", one.jurisdiction, lang),
            "track": label("tracks", one.track, lang),
            "stage": stage_words(one.track, one.stage, lang),
            "since": one.stage_since,
            "next": one.next_on,
            "last": one.last_on,
            "stalled": t("yes", lang) if one.stalled else "",
            "events": one.event_count,
            "press": one.press_count,
        }
        for one in dossiers
    ]


def actor_name(name: str, number: str, lang: str) -> str:
    """An actor's name, or that the source gives none, with the official number."""
    return name or t("actor.no_name", lang, number=number)


def actor_cells(actors: Sequence[ActorRow], lang: str) -> Cells:
    """One line per actor with a curve of the last months, the last act and party or body on its day."""
    return [
        {
            "name": actor_name(one.name, one.number, lang),
            "kind": label("actor_kinds", one.kind, lang),
            "place": label("jurisdictions", one.jurisdiction, lang),
            "belongs": affiliations(one),
            "events": one.event_count,
            "months": quarters(one.months),
            "roles": roles(one.roles, lang),
            "last_on": show_date(one.last.date, lang) if one.last else "",
            "last_act": last_act(one, lang),
            "named": t("actor.provisional", lang) if one.provisional else check_mark(one.verified, lang),
        }
        for one in actors
    ]


def quarters(months: Sequence[int]) -> list[int]:
    """Counts of months, oldest first, as counts of three months each: in a narrow cell a bar a month is a hair."""
    return [sum(months[first : first + 3]) for first in range(0, len(months), 3)]


def affiliations(one: ActorRow) -> str:
    """Party and body on the day of the last act; a question mark where no source says since when."""
    return " · ".join(held.name if held.certain else f"{held.name} (?)" for held in one.affiliations)


def last_act(one: ActorRow, lang: str) -> str:
    """What an actor did last: the type of the event and its title."""
    if not one.last:
        return ""
    title = localised(one.last.titles, lang, one.last.title)
    return f"{label('event_types', one.last.type, lang)} · {title}"


def roles(held: Sequence[tuple[str, int]], lang: str) -> str:
    """Roles with how often each was held."""
    return ", ".join(f"{label('event_roles', code, lang)} ({count})" for code, count in held if code)


def density_cells(density: Sequence[Density], today: str, lang: str, months: int = 36) -> Cells:
    """One line per jurisdiction: events in all, in the last year, and a bar per month up to this one."""
    counts: dict[str, dict[str, int]] = {}
    for one in density:
        counts.setdefault(one.lane, {})[one.bin] = one.count
    totals = {lane: sum(bins.values()) for lane, bins in counts.items()}
    bars = {lane: months_up_to(bins, today, months) for lane, bins in counts.items()}
    return [
        {
            "code": lane,
            "place": label("jurisdictions", lane, lang),
            "months": bars[lane],
            "year": sum(bars[lane][-12:]),
            "events": totals[lane],
        }
        for lane in sorted(totals, key=lambda lane: (-totals[lane], lane))
        if lane
    ]


def months_up_to(bins: Mapping[str, int], today: str, months: int) -> list[int]:
    """Counts of the last ``months`` months, this one last; ``bins`` maps the first day of a month to its count."""
    last = int(today[:4]) * 12 + int(today[5:7]) - 1
    bars = [0] * months
    for day, count in bins.items():
        place = months - 1 - (last - (int(day[:4]) * 12 + int(day[5:7]) - 1))
        if 0 <= place < months:
            bars[place] += count
    return bars


def source_cells(sources: Sequence[SourceHealth], lang: str) -> Cells:
    """One line per source; the state in words."""
    return [
        {
            "name": one.names.get(lang) or one.names.get("en") or one.source_id,
            "state": t(f"state.{one.state}", lang),
            "place": label("jurisdictions", one.jurisdiction, lang),
            "kind": label("source_kinds", one.kind, lang),
            "last_ok": show_instant(one.last_ok_at, lang),
            "last_new": show_instant(one.last_new_at, lang),
            "records": one.record_count,
            "rejected": one.rejected_count,
            "unknown": one.warning_count,
            "outcomes": ", ".join(label("run_outcomes", outcome, lang) for outcome in one.outcomes),
            "error": one.error,
            "licence": one.licence,
            "url": safe_link(one.url) or None,
        }
        for one in sources
    ]


def problem_cells(problems: Sequence[Problem], lang: str) -> Cells:
    """One line per quarantined row or unknown code."""
    return [
        {
            "kind": t(f"problem.{one.kind}", lang),
            "source": one.source_id,
            "locator": one.locator,
            "reason": one.reason,
            "at": show_instant(one.at, lang),
        }
        for one in problems
    ]


def revision_text(one: Revision, lang: str) -> str:
    """One line of the change log: what was, what is, and who says so."""
    field = t(f"revision.{one.field}", lang) if one.field in FIELDS else one.field
    old, new = (_value(one.field, value, lang) for value in (one.old, one.new))
    if one.field == "joined":  # the ids say nothing to a reader; the titles stand above
        return t(f"revision.joined_{'none' if not one.new else 'other' if one.old else 'new'}", lang)
    if one.field == "removed":
        return t("revision.line_removed", lang, old=old)
    if not old:
        return t("revision.line_new", lang, field=field, new=new)
    return t("revision.line", lang, field=field, old=old, new=new or "–")


def _value(field: str, value: str, lang: str) -> str:
    lists = {"type": "event_types", "status": "statuses", "outcome": "outcomes", "stage": "stages", "track": "tracks",
             "review": "review_states"}  # fmt: skip
    if field in lists and value:
        return label(lists[field], value, lang)
    if field in ("date_start", "date_end"):
        return show_date(value, lang)
    return value


def coverage_cells(places: Sequence[Place], lang: str) -> Cells:
    """One line per jurisdiction: bodies read, read only with a key, not read, and how many newsrooms."""
    return [
        {
            "place": label("jurisdictions", one.code, lang),
            "read": ", ".join(body.name for body in one.bodies if not body.keys),
            "with_key": ", ".join(body.name for body in one.bodies if body.keys),
            "unread": ", ".join(gap[written(lang)] for gap in one.gaps),
            "news": one.news_count,
        }
        for one in places
        if one.bodies or one.gaps or one.news_count
    ]
