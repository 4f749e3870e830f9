"""Steps of a Sénat file to events: what a wording means and which stage it proves.

Meanings are data (``data/reference/stages/fr_senat.toml``). A stage depends on the chamber where the file
began, which is the chamber of its first tabling: where no tabling is told, only what the wording itself
proves (a joint committee, a promulgation) has a stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from collectors.sources._bodies import in_order, stage_table
from collectors.text import one_line
from data.models import ActorRecord, EventRecord, When

_LAW = re.compile(r"\bloi (?:organique |constitutionnelle )?n° ?(\d{4}-\d+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: what a wording means. Fields as the table explains them."""

    key: str
    text: str
    type: str
    by: str = ""
    outcome: str = ""
    stage: str = ""
    first: str = ""
    prefer: str = ""
    once: bool = False
    passage: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step in the source's words. ``wordings`` are tried in turn; ``mark`` tells equal steps apart.

    ``by`` is ``senate``, ``assembly``, ``joint``, ``president``, ``council`` or empty; ``reading`` is
    ``first``, ``later``, ``cmp``, ``final``, ``end``, ``council`` or empty.
    """

    on: date
    said: str
    title: str
    wordings: tuple[str, ...]
    by: str = ""
    reading: str = ""
    code: str = ""
    url: str = ""
    mark: str = ""
    actors: tuple[ActorRecord, ...] = ()


_OTHER = Rule(key="other", text="", type="other")


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The table's rules, in order."""
    return tuple(Rule(**row) for row in stage_table("fr_senat")["rules"])


def folded(wording: str) -> str:
    """Lower case, one kind of apostrophe: how the table's patterns are written."""
    return one_line(wording).replace("\u2019", "'").replace("\u02bc", "'").lower()


def meaning(step: Step) -> Rule | None:
    """The first rule that fits one of the wordings, or None."""
    for wording in step.wordings:
        said = folded(wording)
        for rule in rules():
            if (not rule.by or rule.by == step.by) and said and re.search(rule.text, said):
                return rule
    return None


def chamber_named(wording: str) -> str:
    """The chamber that a wording names last, or nothing: "transmis à l'Assemblée nationale"."""
    said = folded(wording)
    places = {
        "senate": said.rfind("sénat"),
        "assembly": max(said.rfind("assemblée nationale"), said.rfind("(an)")),
    }
    best = max(places, key=lambda name: places[name])
    return best if places[best] >= 0 else ""


def law_number(steps: Iterable[Step]) -> str:
    """``2024-449`` when a step of the file names the law it became."""
    for step in steps:
        rule = meaning(step)
        found = next((m for wording in step.wordings if (m := _LAW.search(one_line(wording)))), None)
        if rule is not None and rule.key == "promulgated" and found:
            return found[1]
    return ""


def events(steps: Sequence[Step], file_id: str, url: str, one_chamber: bool) -> Iterator[EventRecord]:
    """Events of a file whose ``steps`` come oldest first. ``one_chamber``: a resolution ends where it began."""
    read = [(step, meaning(step) or _OTHER) for step in steps]
    history = _History(read, one_chamber)
    told: dict[str, EventRecord] = {}
    for place, (step, rule) in enumerate(read):
        event_id = ":".join(part for part in (file_id, step.on.isoformat(), rule.key, step.by) if part)
        if not rule.once and step.mark:
            event_id = f"{event_id}:{step.mark}"
        event = EventRecord(
            external_id=event_id,
            type=rule.type,
            when=When.on(step.on, step.said),
            title=step.title,
            lang="fr",
            jurisdiction="fr",
            outcome=rule.outcome,
            stage=history.stage(place),
            official_code=step.code,
            url=step.url or url,
            quote=step.wordings[0],
            rule=f"fr_senat:{rule.key}",
            actors=step.actors,
        )
        held = told.get(event_id)
        if held is None or (rule.prefer and re.search(rule.prefer, step.title)):
            told[event_id] = replace(event, stage=event.stage or held.stage) if held else event
    yield from in_order(told.values())


class _History:
    """What earlier and later steps of the file say about one step."""

    def __init__(self, read: list[tuple[Step, Rule]], one_chamber: bool) -> None:
        self.read = read
        self.one_chamber = one_chamber
        tabled = [step for step, rule in read if rule.key == "tabled" and step.reading in ("", "first")]
        self.origin = tabled[0].by if tabled else ""

    def stage(self, place: int) -> str:
        """The stage that the step at ``place`` proves, or nothing."""
        step, rule = self.read[place]
        if rule.stage:
            return rule.stage
        reading = step.reading or self._reading(place)
        if rule.passage:
            return self._passed(place, reading)
        if rule.key == "rejected":
            return self._refused(place, reading)
        if not rule.first:
            return ""
        if reading in ("later", "cmp", "final"):
            return "reconciliation"
        if reading != "first" or not self.origin or step.by not in ("senate", "assembly"):
            return ""
        return rule.first if step.by == self.origin else "second_chamber"

    def _reading(self, place: int) -> str:
        """Without a stated reading it is the first until the chamber has voted or a joint committee met."""
        step = self.read[place][0]
        for earlier, rule in self.read[:place]:
            if earlier.by == "joint" or ((rule.passage or rule.key == "rejected") and earlier.by == step.by):
                return ""
        return "first"

    def _passed(self, place: int, reading: str) -> str:
        step, rule = self.read[place]
        if rule.final or reading == "final":
            return "adopted"
        if reading == "cmp":
            voted = {s.by for s, r in self.read[:place] if r.passage and s.reading == "cmp"} - {step.by}
            return "adopted" if voted else "agreed"
        if reading == "first" and self.origin and step.by == self.origin:
            return "adopted" if self.one_chamber else "passed_one"
        if (reading == "first" and not self.origin) or step.by not in ("senate", "assembly"):
            return ""
        if rule.outcome == "adopted_amended":
            return "reconciliation" if reading in ("first", "later") else ""
        if rule.outcome == "conforme":
            return "adopted"
        return self._proved_later(place)

    def _proved_later(self, place: int) -> str:
        """A second chamber adopted, changed or not: the next step of the file tells which."""
        for step, rule in self.read[place + 1 :]:
            if step.reading in ("later", "cmp", "final") or step.by == "joint":
                return "reconciliation"
            if step.by in ("council", "president") or rule.stage in ("review_signature", "enacted"):
                return "adopted"
        return ""

    def _refused(self, place: int, reading: str) -> str:
        """A refusal ends a file only where it began and when nothing follows."""
        step = self.read[place][0]
        over = all(later.on == step.on for later, _ in self.read[place + 1 :])
        if over and reading == "first" and self.origin and step.by == self.origin:
            return "rejected"
        return "reconciliation" if reading in ("later", "cmp") else ""
