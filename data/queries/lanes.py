"""Questions behind the figure of lanes: what is counted, what may get a mark, how files moved. Reads only.

Everything that grows with the number of events is counted here, so that a page is sent a fixed number of marks
however many events there are. A *lane* is a jurisdiction, a track, a dossier or an actor; a *step* is the length of a
bin of time, one of :data:`STEPS`. The window of the figure is the ``since`` and ``until`` of the view.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.database import Database, rows
from data.models import When
from data.queries.timeline import complete, where
from data.rows import Density, Lane, StageSpan, TimelineEvent
from data.stages import StageEvent, stage_spans
from data.view import View
from data.vocabulary import load_vocabulary

#: step -> (SQL that groups days, days of its longest bin); :func:`_first_day` makes a bin of a group
_BINS = {
    "day": ("{0}", 1),
    "week": ("date({0}, '-6 days', 'weekday 1')", 7),
    "month": ("substr({0}, 1, 7)", 31),
    "quarter": ("substr({0}, 1, 7)", 92),
    "year": ("substr({0}, 1, 4)", 366),
}
STEPS = tuple(_BINS)

#: lane -> (code, join, title, titles): what an event's lane is called and where that stands
_LANES = {
    "jurisdiction": ("e.jurisdiction", "", "''", "'{}'"),
    "track": ("e.track", "", "''", "'{}'"),
    "dossier": ("e.dossier_id", "JOIN shown_dossier d USING (dossier_id)", "d.title", "d.titles"),
    "actor": (
        "x.actor_id",
        "JOIN (SELECT DISTINCT event_id, actor_id FROM shown_actor) x USING (event_id) JOIN actor a USING (actor_id)",
        "a.name",
        "'{}'",
    ),
}


def _first_day(group: str, step: str) -> str:
    """The first day of the bin that a group of days lies in."""
    if step == "quarter":
        return f"{group[:5]}{(int(group[5:7]) - 1) // 3 * 3 + 1:02}-01"
    return group + {"month": "-01", "year": "-01-01"}.get(step, "")


def extent(db: Database, view: View) -> tuple[str, str]:
    """First and last day of the events of a view, inside its own bounds; two empty texts without any."""
    condition, params = where(view)
    first, last = db.execute(
        f"SELECT min(e.date_start), max(e.date_end) FROM shown_event e WHERE {condition}", params
    ).fetchone()
    if first is None:
        return "", ""
    if view.since:
        first = max(first, view.since.isoformat())
    if view.until:
        last = min(last, view.until.isoformat())
    return first, last


def lanes(db: Database, view: View, lane: str, *, limit: int, selected: str = "") -> tuple[list[Lane], int]:
    """The fullest lanes of a view, and how many lanes there are. Events outside every lane make none.

    The lanes of the event ``selected`` are always among them, if the view holds it.
    """
    code, join, title, titles = _LANES[lane]
    condition, params = where(view)
    found = rows(
        db,
        f"""
        SELECT * FROM (
            SELECT *, count(*) OVER () AS total FROM (
                SELECT {code} AS code, count(*) AS count, {title} AS title, {titles} AS titles,
                       max(e.event_id = ?) AS is_kept
                FROM shown_event e {join} WHERE {condition} AND {code} <> '' GROUP BY 1
            ) WHERE {"title <> ''" if lane == "actor" else "true"} ORDER BY is_kept DESC, count DESC, code LIMIT ?
        ) ORDER BY count DESC, code
        """,
        [selected, *params, limit],
    )
    told = [Lane(one["code"], one["count"], one["title"], json.loads(one["titles"])) for one in found]
    return told, int(found[0]["total"]) if found else 0


def bins(db: Database, view: View, lane: str, codes: Sequence[str], step: str) -> list[Density]:
    """Events per lane and bin. What is known only as a period longer than the bin is in none of them."""
    code, join, _, _ = _LANES[lane]
    group, longest = _BINS[step]
    condition, params = where(view)
    found: Counter[tuple[str, str]] = Counter()
    for one, days, count in db.execute(
        f"""
        SELECT {code}, {group.format("e.date_start")}, count(*) FROM shown_event e {join}
        WHERE {condition} AND {code} IN (SELECT value FROM json_each(?)) AND e.days <= {longest} GROUP BY 1, 2
        """,
        [*params, json.dumps(list(codes))],
    ).fetchall():
        found[str(one), _first_day(str(days), step)] += int(count)
    return [Density(one, first, count) for (one, first), count in sorted(found.items())]


def milestones(
    db: Database,
    view: View,
    lane: str,
    codes: Sequence[str],
    *,
    ranks: Mapping[str, int],
    step: str,
    stretch_days: float,
    per_stretch: int,
    limit: int,
    selected: str = "",
) -> tuple[list[TimelineEvent], int]:
    """Events that may get a mark, and how many events of the view are of such a kind.

    ``ranks`` says how significant a type is. Of each lane and stretch of ``stretch_days`` days the ``per_stretch``
    most significant are taken, the first of every stretch before the second of any, so that a busy last year does
    not hide the years before. An event known only as a period longer than ``step`` is in no bin, and may always
    get a mark, and so may the event ``selected``. They come without their sources: a mark shows none.
    """
    code, join, _, _ = _LANES[lane]
    condition, params = where(view)
    ranked = "WITH rank (type, value) AS MATERIALIZED (SELECT key, value FROM json_each(?))"
    wanted = f"{condition} AND (r.value IS NOT NULL OR e.days > {_BINS[step][1]} OR e.event_id = ?)"
    rank = "CASE WHEN e.event_id = ? THEN 1000 ELSE coalesce(r.value, 0) END"
    told = json.dumps(dict(ranks))
    found = rows(
        db,
        f"""
        {ranked}
        SELECT e.* FROM shown_event e WHERE e.event_id IN (
            SELECT event_id FROM (
                SELECT e.event_id, {rank} AS rank, e.seq,
                       row_number() OVER (
                           PARTITION BY {code}, CAST(julianday(e.date_start) / ? AS INTEGER)
                           ORDER BY {rank} DESC, e.seq DESC) AS n
                FROM shown_event e {join} LEFT JOIN rank r ON r.type = e.type
                WHERE {wanted} AND {code} IN (SELECT value FROM json_each(?))
            ) WHERE n <= ? ORDER BY n, rank DESC, seq DESC LIMIT ?
        ) ORDER BY e.seq
        """,
        [told, selected, stretch_days, selected, *params, selected, json.dumps(list(codes)), per_stretch, limit],
    )
    total = db.execute(
        f"{ranked} SELECT count(*) FROM shown_event e LEFT JOIN rank r ON r.type = e.type WHERE {wanted}",
        [told, *params, selected],
    ).fetchone()[0]
    return complete(db, found, with_sources=False), int(total)


def attention(db: Database, view: View, step: str) -> list[Density]:
    """Documents on the subject per bin, whatever file they speak of; only place and period of the view count."""
    parts, params = ["true"], []
    if view.jurisdictions:
        parts.append(f"jurisdiction IN ({', '.join('?' * len(view.jurisdictions))})")
        params += list(view.jurisdictions)
    for sign, day in ((">=", view.since), ("<=", view.until)):
        if day:
            parts.append(f"day {sign} ?")
            params.append(day.isoformat())
    found: Counter[str] = Counter()
    for days, count in db.execute(
        f"""
        SELECT {_BINS[step][0].format("day")}, sum(count) FROM shown_attention
        WHERE {" AND ".join(parts)} GROUP BY 1
        """,
        params,
    ).fetchall():
        found[_first_day(str(days), step)] += int(count)
    return [Density("", first, count) for first, count in sorted(found.items())]


def stage_history(db: Database, dossier_ids: Sequence[str], today: str) -> list[StageSpan]:
    """How files moved from stage to stage up to ``today``, by the rule that gives their present stage."""
    vocabulary = load_vocabulary()
    told: dict[str, list[StageEvent]] = defaultdict(list)
    tracks: dict[str, str] = {}
    for row in rows(
        db,
        """
        SELECT dossier_id, track, event_id, date_start, date_end, precision, stage, status, type FROM shown_event
        WHERE dossier_id IN (SELECT value FROM json_each(?)) AND stage <> '' ORDER BY seq
        """,
        (json.dumps(list(dossier_ids)),),
    ):
        if vocabulary.has_stage(row["track"], row["stage"]):
            tracks[row["dossier_id"]] = row["track"]
            told[row["dossier_id"]].append(_stage_event(row))
    return [
        StageSpan(one, tracks[one], span.stage, span.since, span.start.isoformat(), span.end.isoformat(), span.event_id)
        for one in dossier_ids
        for span in stage_spans(told[one], date.fromisoformat(today), tracks.get(one, "law"))
    ]


def _stage_event(row: dict[str, Any]) -> StageEvent:
    when = When(date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"]), row["precision"])
    return StageEvent(row["event_id"], when, row["stage"], row["status"], row["type"])


def before_and_after(db: Database, event_id: str) -> tuple[TimelineEvent | None, TimelineEvent | None]:
    """The events of the same file just before and just after an event; none outside every file."""
    found = []
    for sign, order in (("<", "DESC"), (">", "ASC")):
        near = rows(
            db,
            f"""
            SELECT e.* FROM shown_event e JOIN shown_event o ON o.event_id = ? AND o.dossier_id = e.dossier_id
            WHERE e.dossier_id <> '' AND e.seq {sign} o.seq ORDER BY e.seq {order} LIMIT 1
            """,
            (event_id,),
        )
        found.append(complete(db, near)[0] if near else None)
    return found[0], found[1]
