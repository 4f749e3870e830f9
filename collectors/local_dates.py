"""The calendar day of Paris that a French source writes, in the three shapes its records mix.

``2024-05-21T00:00:00.000+02:00`` (local midnight or time with its offset), ``2024-05-22+02:00`` (a day with an
offset and no time) and ``2024-10-03``. A local day goes through no zone: by way of UTC every act would move one
day back. Only an instant that is *not* written in Paris time (``Z``) is carried to Paris.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.models import When

PARIS = ZoneInfo("Europe/Paris")
_SHAPE = re.compile(
    r"^(\d{4})-(\d{2})-(\d{2})"
    r"(?P<time>[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?$"
)
_OF_PARIS = {"", "+01:00", "+02:00", "+0100", "+0200"}


def paris_day(said: str) -> date | None:
    """The day ``said`` means in Paris; None when it is none of the three shapes or no day of the calendar."""
    match = _SHAPE.match(said.strip())
    if not match:
        return None
    zone = match["zone"] or ""
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if not match["time"] or zone in _OF_PARIS:
            return day
        clock = match["time"][1:].partition(".")[0]
        return datetime.fromisoformat(f"{day.isoformat()}T{clock}{zone}").astimezone(PARIS).date()
    except (ValueError, OverflowError):
        return None


def paris_when(said: str) -> When | None:
    """``said`` as a one-day When that keeps the source's words."""
    day = paris_day(said)
    return When.on(day, said.strip()) if day else None


def paris_today(fetched_at: str) -> date:
    """The day it was in Paris at a UTC instant (``2026-08-20T22:30:00Z`` is 21 August). Raises ValueError."""
    return datetime.fromisoformat(fetched_at).astimezone(PARIS).date()
