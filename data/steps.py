"""The past of a source as steps from one visit to the next, and how far a step may go by chance.

Everything an alarm asks is asked with a budget: so many false alarms a year (:data:`BUDGET`), shared by how often the
question is asked in a year. No threshold is set by hand for a kind of source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, lgamma

from data.measured import Measures, Past

#: false alarms that each of the six questions asked at a visit may cost a source in a year. They are asked with care
#: (three steps taken as seen with every source, a standard error more of scatter): measured, they cost a third of it
BUDGET = 1 / 3

#: visits needed before a source is compared with itself
FEWEST = 5

#: an alarm that stood this long without the source being mended: what it shows has become what is usual
STOOD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Step:
    """What a visit showed, and what came and went since the last: new records, known ones told otherwise, new ones that
    come late, how many fewer there are than when it was last well. ``is_turned``: the page is not the one of before."""

    on: date
    measures: Measures
    count: int
    new: int = 0
    changed: int = 0
    late: int = 0
    drop: int = 0
    is_turned: bool = False
    is_well: bool = True

    @property
    def known(self) -> int:
        """Records that were seen at an earlier visit."""
        return max(self.count - self.new, 0)


def step(shown: Step | None, well: Step | None, visit: Past, measures: Measures) -> Step:
    """The step to ``visit`` from the page ``shown`` before and the last that was ``well``."""
    is_read_alike = shown is None or shown.measures.rules == measures.rules
    drop = max(well.count - measures.record_count, 0) if well else 0
    return Step(
        visit.on,
        measures,
        measures.record_count,
        visit.news_count if measures.new_count < 0 else measures.new_count,
        max(measures.changed_count, 0) if is_read_alike else 0,
        max(measures.late_count, 0) if is_read_alike else 0,
        drop,
        shown is None or visit.news_count > 0 or shown.count != measures.record_count,
        not visit.alarms,
    )


def steps(past: Sequence[Past]) -> list[Step]:
    """The visits (oldest first) of which is known what they showed; one without news shows the page of before."""
    found: list[Step] = []
    well: Step | None = None
    troubled: date | None = None
    begins = 0
    for visit in past:
        shown = found[-1] if found else None
        if not visit.alarms:
            troubled = None
        elif troubled is None:
            troubled, begins = visit.on, len(found)
        if visit.measures is not None:
            found.append(step(shown, well, visit, visit.measures))
        elif shown is not None and not visit.news_count:
            found.append(Step(visit.on, shown.measures, shown.count, is_well=not visit.alarms))
        else:
            continue
        if troubled and visit.on - troubled > STOOD:
            found = [replace(one, is_well=True, drop=0) for one in found[begins:]]
            found[0] = replace(found[0], is_turned=True)
            troubled = None
        if found[-1].is_well:
            well = found[-1]
    return found


def level(asked: Sequence[Step], count: float) -> float:
    """With which chance a question asked ``count`` times in these steps may be answered wrongly."""
    days = max((asked[-1].on - asked[0].on).days, 1)
    return min(BUDGET * days / (365 * max(count, 1.0)), 0.05)


def chance(size: float, sizes: Sequence[int]) -> float:
    """With which chance a step of more than no record is as large as ``size``, if the tail of the ``sizes`` seen falls
    no slower than exponentially: c times the largest of n is exceeded with the product of j / (j + c), j from 1 to n.

    Three steps of one record are taken as seen with every source."""
    some = [one for one in sizes if one]
    count, factor = len(some) + 3, size / max([*some, 1])
    return exp(lgamma(count + 1) + lgamma(factor + 1) - lgamma(count + factor + 1))


def is_too_large(size: float, sizes: Sequence[int], asked: Sequence[Step]) -> bool:
    """Whether chance explains a step of that ``size`` less often than the budget allows."""
    return chance(size, sizes) < level(asked, sum(one > 0 for one in sizes))
