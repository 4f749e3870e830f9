"""Rows of one file to what its page says: flags, dates, roles, cited law, coverage. Pure, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.dates import show_date, show_when
from dashboard.i18n import label, plural, t
from dashboard.safe import safe_link
from dashboard.tables import Cells, months_up_to
from data.rows import CoveringPiece, Density, DossierRow, RoleHolder, TimelineEvent
from data.vocabulary import load_vocabulary

#: a role code and who holds it
Role = tuple[str, list[RoleHolder]]

#: months of coverage shown as bars
MONTHS = 24


def flags(dossier: DossierRow, events: Sequence[TimelineEvent], today: str, lang: str) -> list[tuple[str, str]]:
    """(code, words) of what a reader must know besides the stage; each is read from the file's own events."""
    found = []
    if dossier.stalled:
        found.append(("stalled", t("file.stalled", lang, date=show_date(dossier.last_on, lang))))
    fast = load_vocabulary().lists["flags"]["fast_track"].extra["codes"]
    if any(one.status == "occurred" and one.official_code.rsplit("-", 1)[-1] in fast for one in events):
        found.append(("fast_track", label("flags", "fast_track", lang)))
    if until := open_until(events, today):
        name = label("flags", "consultation_open_until", lang)
        found.append(("consultation_open_until", t("file.until", lang, name=name, date=show_date(until, lang))))
    if any(one.status == "disputed" and one.stage for one in events):
        found.append(("stage_disputed", label("flags", "stage_disputed", lang)))
    return found


def since(iso: str, lang: str) -> str:
    """``since 21 May 2024``, ``since May 2024``; empty without a date."""
    if not iso:
        return ""
    date_ = show_date(iso, lang)
    return t("file.since", lang, date=date_) if len(iso) == 10 else t("file.since_about", lang, date=date_)


def open_until(events: Sequence[TimelineEvent], today: str) -> str:
    """The last day of a consultation that is open on ``today``, or empty; only where a source tells the end."""
    for one in reversed(events):
        if one.type == "consultation_closed" and one.status == "scheduled" and one.date_end >= today:
            return one.date
        is_span = one.precision == "range" and one.date_start <= today <= one.date_end
        if one.type == "consultation_opened" and one.status == "occurred" and is_span:
            return one.date_end
    return ""


def days_left(event: TimelineEvent, today: str, lang: str) -> str:
    """``in 7 days``; empty where the day is not known exactly or has passed."""
    if event.precision != "day" or event.date_start < today:
        return ""
    days = (date.fromisoformat(event.date_start) - date.fromisoformat(today)).days
    if days < 2:
        return t("file.tomorrow" if days else "file.today", lang)
    return plural("file.in_days", days, lang)


def overdue(events: Sequence[TimelineEvent], today: str) -> list[TimelineEvent]:
    """Planned steps whose day has passed without a source that says they happened."""
    return [one for one in events if one.status == "scheduled" and one.date_end < today]


def by_role(holders: Sequence[RoleHolder]) -> list[Role]:
    """Named holders per role, in the order of the vocabulary; those without a told role last."""
    held: dict[str, list[RoleHolder]] = {}
    for one in holders:
        if one.named:
            held.setdefault(one.role, []).append(one)
    order = [*load_vocabulary().codes("event_roles"), ""]
    return [(role, held[role]) for role in order if role in held]


def halves(groups: list[Role], few: int) -> tuple[list[Role], list[Role]]:
    """Roles for two columns of about one height, their order kept; ``few`` holders of a role are in sight."""
    heights = [min(len(held), few) + 2 for _, held in groups]
    cut = next((at for at in range(len(groups)) if 2 * sum(heights[:at]) >= sum(heights)), len(groups))
    return groups[:cut], groups[cut:]


def holder_words(one: RoleHolder, lang: str) -> str:
    """``Senator · PS · 3 times``: office and party on the day, how often."""
    often = plural("file.times", one.count, lang) if one.count > 1 else ""
    return " · ".join(part for part in (one.role_title, one.party, often) if part)


@dataclass(frozen=True, slots=True)
class Step:
    """Steps of one month under one name: ``days`` in words, ``count`` events, ``is_ahead`` when planned."""

    month: str
    days: str
    title: str
    count: int
    is_ahead: bool


def steps(events: Sequence[TimelineEvent], today: str, lang: str) -> list[Step]:
    """The dated steps, latest first; what bears the same name in one month is one line with its days."""
    found: list[Step] = []
    groups: dict[tuple[str, str, bool], list[TimelineEvent]] = {}
    for one in sorted(events, key=lambda one: (one.date_start, one.date_end), reverse=True):
        is_ahead = one.date_start > today or one.status == "scheduled"
        groups.setdefault((one.date_start[:7], one.heading(lang), is_ahead), []).append(one)
    for (month, title, is_ahead), members in groups.items():
        exact = [one for one in members if one.precision == "day"]
        days = sorted({int(one.date_start[8:10]) for one in exact})
        told = [", ".join(str(day) for day in days)] if days else []
        name = show_date(month, lang)  # a step of which only the month is known has no day to tell
        told += sorted({show_when(one, lang) for one in members if one.precision != "day"} - {name})
        found.append(Step(name, "; ".join(told), title, len(members), is_ahead))
    return found


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A cited act or article and the events that cite it, newest first."""

    reference: str
    events: tuple[TimelineEvent, ...]


def cited_law(events: Sequence[TimelineEvent]) -> list[CitedLaw]:
    """Every reference of the events once, most cited first."""
    found: dict[str, list[TimelineEvent]] = {}
    for one in reversed(events):
        for reference in one.legal_references:
            found.setdefault(reference, []).append(one)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [CitedLaw(reference, tuple(told)) for reference, told in ordered]


def coverage_bars(months: Sequence[Density], today: str, lang: str) -> Cells:
    """One line for the press and one for other pieces, with a bar per month up to this one."""
    return [
        {
            "kind": t("file.press" if lane == "press" else "file.other_pieces", lang),
            "months": months_up_to({one.bin: one.count for one in months if one.lane == lane}, today, MONTHS),
        }
        for lane in dict.fromkeys(one.lane for one in months)
    ]


def piece_cells(pieces: Sequence[CoveringPiece], lang: str) -> Cells:
    """One line per piece that speaks of the file."""
    return [
        {
            "date": one.date,
            "title": one.title or one.url,
            "kind": label("item_kinds", one.kind, lang),
            "publisher": ", ".join((one.publisher, *one.also)),
            "cites": ", ".join(one.references),
            "url": safe_link(one.url),
        }
        for one in pieces
    ]
