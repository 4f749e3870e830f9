"""The addresses of one visit: those of the catalogue, with the days they ask for filled in.

``{since}`` is the declared first day at a first visit, later the day of the last good visit less the
source's overlap; a visit that failed moves nothing, so no day is left out. ``{today}`` is the day of the visit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from data.models import Source


def addresses(source: Source, last_good: datetime | None, now: datetime) -> tuple[str, ...]:
    """The entry addresses of ``source`` for a visit at ``now``."""
    first = datetime.combine(source.since, datetime.min.time(), now.tzinfo) if source.since else now
    since = max(first, last_good - timedelta(days=source.overlap_days)) if last_good else first
    return tuple(url.format(since=since, today=now) if "{" in url else url for url in source.urls)
