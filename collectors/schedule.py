"""The built-in schedule: a round when a source is due, for ever, and sleep between the rounds.

What is due follows from the visits in the database alone, so a schedule that was stopped goes on where it was, and a
``collect`` from elsewhere moves it. Sleep is counted by a clock that only moves forward and never lasts longer than
:data:`LONGEST`: whatever the wall clock does meanwhile, the next look at it is near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from collectors.clock import Clock
from collectors.run import due_at
from data.models import Source
from data.store_runs import LastVisit

#: between two rounds, whatever is due when
SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
#: after a round that could not be made; doubles each time up to :data:`LONGEST`
TRY_AGAIN = timedelta(minutes=1)

#: makes one round and gives the instant at which the next source is due
Round = Callable[[], datetime]
#: tells of something: its name and what belongs to it
Tell = Callable[..., None]


def next_due(sources: Iterable[Source], visits: dict[str, LastVisit], now: datetime) -> datetime:
    """The instant (UTC) at which the first source is due; now when there is none at all."""
    return min((due_at(one, visits.get(one.id), now) for one in sources), default=now)


def watch(make_round: Round, clock: Clock, pause: Callable[[float], bool], tell: Tell) -> None:
    """Rounds until ``pause(seconds)`` says that it is to end. A round that fails is told and made again later."""
    failures = 0
    while True:
        try:
            wanted = make_round() - clock()
            failures = 0
        except Exception as error:  # whatever it was: the next round may do
            failures += 1
            wanted = TRY_AGAIN * 2 ** min(failures - 1, 10)
            tell("round_failed", error=type(error).__name__, detail=str(error), failure_count=failures)
        wait = min(max(wanted, SHORTEST), LONGEST)
        if pause(wait.total_seconds()):
            return
