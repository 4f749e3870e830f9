"""The stages of a UK bill to events: one per sitting day, with the stage it is known to have reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.sources._bodies import calendar_date, dict_rows, in_order, stage_table
from collectors.text import one_line
from data.models import EventRecord, Rejected, Unknown, When

_HOUSES = ("Commons", "Lords")


def stage_events(stages: list[dict[str, Any]], number: str, today: str) -> Iterator[EventRecord | Unknown | Rejected]:
    """Events of every sitting of ``stages``; one after ``today`` (ISO) is scheduled and implies no stage.

    A listed stage without a sitting is not yet scheduled and gives nothing.
    """
    ordered = sorted(stages, key=_position)
    steps = [_step(stage) for stage in ordered]
    origin = next(
        (
            _house(stage)
            for stage, step in zip(ordered, steps, strict=True)
            if step is not None and step.get("kind") == "first_reading"
        ),
        "",
    )
    told: list[EventRecord] = []
    for index, (stage, step) in enumerate(zip(ordered, steps, strict=True)):
        code = _code(stage)
        if step is None:
            yield Unknown("stageId", code, f"bill-{number}: {one_line(str(stage.get('description') or ''))}")
        later = [other for other in steps[index + 1 :] if other is not None and other.get("step", True)]
        sittings = dict_rows(stage.get("stageSittings"))
        days = []
        for sitting in sittings:
            said = sitting.get("date")
            day = calendar_date(said) if isinstance(said, str) else None
            if day is None:
                if said:
                    yield Rejected(f"bill-{number}:sitting {sitting.get('id')}", "no date", str(sitting)[:500])
            else:
                days.append((day, str(said), sitting))
        days.sort(key=lambda entry: entry[0])
        for day, said, sitting in days:
            told.append(
                _event(
                    number, stage, step or {"type": "other"}, When.on(day, said), str(sitting.get("id", "")),
                    origin=origin,
                    later=later if day == days[-1][0] else [],
                    scheduled=day.isoformat() > today,
                )
            )  # fmt: skip
    yield from in_order(told)


def _position(stage: dict[str, Any]) -> int:
    order = stage.get("sortOrder")
    return order if isinstance(order, int) else 0


def _code(stage: dict[str, Any]) -> str:
    return str(stage.get("stageId", ""))


def _house(stage: dict[str, Any]) -> str:
    house = stage.get("house")
    return house if isinstance(house, str) and house in _HOUSES else ""


def _step(stage: dict[str, Any]) -> dict[str, Any] | None:
    table = stage_table("uk_bills")
    known: dict[str, Any] | None = table["stages"].get(_code(stage))
    if known is None:
        known = table["names"].get(str(stage.get("description") or "").strip().lower())
    return known


def _event(
    number: str,
    stage: dict[str, Any],
    step: dict[str, Any],
    when: When,
    sitting_id: str,
    origin: str,
    later: list[dict[str, Any]],
    scheduled: bool,
) -> EventRecord:
    second = bool(origin) and _house(stage) not in ("", origin)
    passed = bool(later)
    reached = _reached(step, second, later) if origin or not _house(stage) else ""
    kind, outcome = str(step["type"]), ""
    if step.get("kind") == "third_reading" and passed and not scheduled:
        kind, outcome = "bill_adopted", "adopted"
    elif step.get("kind") == "first_reading" and second:
        kind = "bill_reading"
    name = one_line(str(stage.get("description") or step.get("label", "")))
    title = f"{name} ({_house(stage)})" if _house(stage) else name
    return EventRecord(
        external_id=f"bill-{number}:stage-{stage.get('id')}:{sitting_id or when.iso()}",
        type=kind,
        when=when,
        title=title,
        lang="en",
        jurisdiction="uk",
        status="scheduled" if scheduled else "occurred",
        outcome=outcome,
        stage="" if scheduled else reached,
        official_code=_code(stage),
        url=f"https://bills.parliament.uk/bills/{number}"
        + (f"/stages/{stage['id']}" if isinstance(stage.get("id"), int) else ""),
        quote=f"{title}: {when.said}",
        rule="uk_bills:stage",
    )


def _reached(step: dict[str, Any], second: bool, later: list[dict[str, Any]]) -> str:
    """The stage while the step is the latest, or the one it led to once a later step is listed."""
    held = str(step.get("held_second" if second else "held", ""))
    if not later:
        return held
    passed = str(step.get("passed_second" if second else "passed", "")) or held
    if passed == "adopted" and any(other.get("kind") == "exchange" for other in later):
        return held  # amendments still went back and forth
    return passed
