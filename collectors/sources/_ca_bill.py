"""A LEGISinfo bill as nested dictionaries, whether it came as XML or as JSON, and the events it tells.

The two forms have the same names. XML repeats an element where JSON has a list, and puts white space where
JSON has null; both write local Ottawa time without a zone, so only the calendar date is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from collectors.sources._bodies import in_order, on_day, stage_table
from collectors.text import one_line
from data.models import ActorRecord, EventRecord, Identifier, Unknown, When

Fields = dict[str, Any]
_GROUPS = (
    ("HouseBillStages", "1"),
    ("SenateBillStages", "2"),
    ("RoyalAssent", ""),
    ("HouseAdditionalInformation", "1"),
    ("SenateAdditionalInformation", "2"),
)


def fields(element: Element) -> Fields:
    """The children of an element by name; a repeated name gives a list, so nested bills stay apart."""
    found: Fields = {}
    for child in element:
        value: Any = fields(child) if len(child) else (child.text or "").strip()
        if child.tag in found:
            kept = found[child.tag]
            found[child.tag] = [*kept, value] if isinstance(kept, list) else [kept, value]
        else:
            found[child.tag] = value
    return found


def word(row: Fields, *names: str) -> str:
    """The first non-empty scalar under one of ``names``, stripped; null and white space are empty."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            text = str(value).strip()
            if text:
                return text
    return ""


def rows(row: Fields, name: str) -> list[Fields]:
    """The dictionaries under ``name``: none, one or a list of them."""
    value = row.get(name)
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return [value] if isinstance(value, dict) else []


def both(row: Fields, name: str) -> dict[str, str]:
    """The English and French text of a bilingual field, where filled."""
    pairs = (("en", one_line(word(row, f"{name}En", name))), ("fr", one_line(word(row, f"{name}Fr"))))
    return {lang: text for lang, text in pairs if text}


@dataclass(frozen=True, slots=True)
class Bill:
    """What the events of a bill depend on."""

    key: str
    origin: str
    url: str
    sponsor: tuple[ActorRecord, ...]
    detail: Fields


def events(bill: Bill) -> Iterator[EventRecord | Unknown]:
    """Every dated step of the bill itself, oldest first; steps of nested bills are not its own."""
    stages = (rows(bill.detail, "BillStages") or [{}])[0]
    told: dict[str, EventRecord] = {}
    for found in [*_steps(bill, stages), *_messages(bill, stages)]:
        if isinstance(found, Unknown):
            yield found
        else:
            told.setdefault(found.external_id, found)
    assented = min((event.when.start for event in told.values() if event.stage == "enacted"), default=None)
    for event in in_order(told.values()):
        if assented is None or event.stage == "enacted":
            yield event
        elif event.type == "withdrawn":  # one order was dropped, not the bill that became law
            yield replace(event, type="other", stage="")
        else:  # messages between the chambers are sometimes entered after the assent
            yield event if event.when.start <= assented else replace(event, stage="")


def _steps(bill: Bill, stages: Fields) -> Iterator[EventRecord | Unknown]:
    table = stage_table("ca_legisinfo")
    passed_on = _first_passage(bill, stages)
    changed = _second_chamber_changed(bill, stages)
    for group, chamber in _GROUPS:
        for stage in rows(stages, group):
            stage_id = word(stage, "BillStageId")
            committees = _committees(stage)
            days = set()
            for event in rows(stage, "SignificantEvents"):
                when = on_day(word(event, "EventDateTime"))
                if when is None:
                    continue
                days.add(when.start)
                code = word(event, "EventTypeId")
                known = table["events"].get(code)
                if known is None:
                    yield Unknown("EventTypeId", code, bill.key)
                step = known or {"type": "other"}
                yield _event(
                    bill, step, f"{chamber or 'crown'}:{stage_id}:{code}:{when.iso()}", when,
                    titles=both(event, "EventName"),
                    code=code,
                    stage=_stage(bill, step, chamber, when, passed_on, changed),
                    outcome=_outcome(step, event),
                    quote=_quote(event, stage, when),
                    actors=bill.sponsor if step["type"] == "bill_tabled" else committees,
                    laws=_statute(bill) if step.get("stage") == "enacted" else (),
                )  # fmt: skip
            sitting_step = table["sittings"].get(stage_id)
            if sitting_step is None:
                if rows(stage, "Sittings") and stage_id not in table["sittings_told"]["stages"]:
                    yield Unknown("BillStageId", stage_id, bill.key)
                continue
            for sitting in rows(stage, "Sittings"):
                when = on_day(word(sitting, "Date"))
                if when is None or when.start in days:
                    continue
                days.add(when.start)
                yield _event(
                    bill, sitting_step, f"{chamber}:{stage_id}:sitting:{when.iso()}", when,
                    titles=both(sitting, "Name"),
                    code=stage_id,
                    stage=_stage(bill, sitting_step, chamber, when, passed_on, changed),
                    quote=word(sitting, "NameEn", "Name"),
                )  # fmt: skip


def _messages(bill: Bill, stages: Fields) -> Iterator[EventRecord | Unknown]:
    table = stage_table("ca_legisinfo")
    for message in rows(stages, "InterChamberMessages"):
        when, name = on_day(word(message, "Date")), word(message, "EventNameEn", "EventName")
        if when is None or not name:
            continue
        step = table["messages"].get(name.lower())
        if step is None:
            yield Unknown("InterChamberMessages", name, bill.key)
        mark = re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
        yield _event(
            bill, step or {"type": "other"}, f"message:{mark}:{when.iso()}", when,
            titles=both(message, "EventName"),
            stage=(step or {}).get("stage", ""),
            outcome=(step or {}).get("outcome", ""),
            quote=name,
        )  # fmt: skip


def _event(
    bill: Bill,
    step: Fields,
    mark: str,
    when: When,
    titles: dict[str, str],
    stage: str = "",
    code: str = "",
    outcome: str = "",
    quote: str = "",
    actors: tuple[ActorRecord, ...] = (),
    laws: tuple[str, ...] = (),
) -> EventRecord:
    lang = "en" if "en" in titles or not titles else "fr"
    return EventRecord(
        external_id=f"{bill.key}:{mark}",
        type=step["type"],
        when=when,
        title=titles.get(lang, "") or str(step.get("label", "")),
        lang=lang,
        jurisdiction="ca",
        outcome=outcome,
        stage=stage,
        official_code=code,
        titles=titles,
        url=bill.url,
        quote=quote,
        rule="ca_legisinfo:event",
        actors=actors,
        legal_references=laws,
    )


def _first_passage(bill: Bill, stages: Fields) -> When | None:
    """The day the chamber of origin passed the bill: a pre-study may begin in the other one before."""
    own = "HouseBillStages" if bill.origin == "1" else "SenateBillStages"
    passages = stage_table("ca_legisinfo")["events"]
    days = [
        when
        for stage in rows(stages, own)
        for event in rows(stage, "SignificantEvents")
        if passages.get(word(event, "EventTypeId"), {}).get("passage")
        and (when := on_day(word(event, "EventDateTime")))
    ]
    return min(days, key=lambda when: when.start, default=None)


def _second_chamber_changed(bill: Bill, stages: Fields) -> bool:
    """True when the second chamber's third reading, or else a report before it, says that it amended."""
    other = "SenateBillStages" if bill.origin == "1" else "HouseBillStages"
    table = stage_table("ca_legisinfo")
    said, decided = "", ""
    for stage in rows(stages, other):
        for event in rows(stage, "SignificantEvents"):
            text = f"{word(event, 'EventNameEn', 'EventName')}; {_remark(event)}"
            if table["events"].get(word(event, "EventTypeId"), {}).get("passage"):
                decided += text
            else:
                said += text
    if re.search(table["unamended"], decided):
        return False
    return bool(re.search(table["amended"], f"{decided} {said}"))


def _stage(bill: Bill, step: Fields, chamber: str, when: When, passed_on: When | None, changed: bool) -> str:
    if step.get("stage") or not chamber:
        return str(step.get("stage", ""))
    if chamber == bill.origin:
        return "passed_one" if step.get("passage") else str(step.get("first", ""))
    if passed_on is None or when.start < passed_on.start:
        return ""
    if step.get("passage"):
        return "reconciliation" if changed else "adopted"
    return str(step.get("second", ""))


def _remark(event: Fields) -> str:
    return word(event, "AdditionalInformationEn", "AdditionalInformation")


def _outcome(step: Fields, event: Fields) -> str:
    if step.get("report") or step.get("passage"):
        text = f"{word(event, 'EventNameEn', 'EventName')}; {_remark(event)}"
        return "adopted_amended" if re.search(stage_table("ca_legisinfo")["amended"], text) else "adopted"
    return str(step.get("outcome", ""))


def _quote(event: Fields, stage: Fields, when: When) -> str:
    """The event's own words, and those of the division that decided it on the same day."""
    parts = [word(event, "EventNameEn", "EventName"), one_line(_remark(event))]
    if word(event, "IsCompletionOfBillStage") == "true" or word(event, "IsDefeatedEvent") == "true":
        for decision in rows(stage, "Decisions"):
            day = on_day(word(decision, "DecisionSittingDate"))
            if day is not None and day.start == when.start and word(decision, "DivisionNumber"):
                parts.append(
                    f"{word(decision, 'DecisionMotionTitleEn', 'DecisionMotionTitle')}: "
                    f"{word(decision, 'DecisionResultNameEn', 'DecisionResultName')}, "
                    f"division {word(decision, 'DivisionNumber')}, "
                    f"yeas {word(decision, 'DivisionVotesYeas')}, nays {word(decision, 'DivisionVotesNays')}"
                )
    return "; ".join(part for part in parts if part)


def _committees(stage: Fields) -> tuple[ActorRecord, ...]:
    return tuple(
        ActorRecord(
            name=names.get("en") or names["fr"],
            kind="committee",
            jurisdiction="ca",
            identifiers=(Identifier("ca.committee", number),) if number not in ("", "0") else (),
            aliases=(names["fr"],) if "en" in names and "fr" in names else (),
        )
        for committee in rows(stage, "Committee")
        if (names := both(committee, "CommitteeName"))
        for number in [word(committee, "CommitteeOrganizationId")]
    )


def _statute(bill: Bill) -> tuple[str, ...]:
    year, chapter = word(bill.detail, "StatuteYear"), word(bill.detail, "StatuteChapter")
    return (f"S.C. {year}, c. {chapter}",) if year not in ("", "0") and chapter not in ("", "0") else ()
