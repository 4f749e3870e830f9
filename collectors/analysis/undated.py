"""Happenings of a sentence that names no date: of the day of a sitting, of the sentence before, of the month."""

from __future__ import annotations

import re
from datetime import date

from collectors.analysis.event_spans import LONGEST, event_of
from collectors.analysis.reading import EventSpan, Mention
from collectors.analysis.triggers import Trigger, rules
from data.models import When

_QUOTE = re.compile(r"\s?(?:que\s|qu'|\w+\s){0,3}[«\"„“]")


def follows(text: str, lang: str, sentence: tuple[int, int]) -> bool:
    """Whether the sentence takes up what another one reports."""
    return bool(rules(lang).also.search(text, *sentence) or rules(lang).wake.match(text, sentence[0]))


def undated(
    text: str,
    lang: str,
    sentence: tuple[int, int],
    triggers: list[Trigger],
    mentions: list[Mention],
    published: date,
    before: tuple[When, int] | None,
    source_kind: str,
) -> list[EventSpan]:
    """ "Also" carries the date of the sentence before; what somebody did "in the wake of" what the text reports is of
    the month of publication."""
    strong = [t for t in triggers if t.type in ("referral", "investigation_opened", "search_summons", "fine_sanction")]
    if not strong:
        return []
    if before is not None and rules(lang).also.search(text, *sentence):
        return [event_of(text, sentence, before[0], strong[0], mentions, published, "same-day")]
    wake = rules(lang).wake.match(text, sentence[0])
    actors = (m for m in mentions if sentence[0] <= m.start and m.end <= strong[0].start)
    if wake and not source_kind.startswith("parliament") and any(m.actor_id or m.public_role for m in actors):
        month = When.parse(published.strftime("%Y-%m"))
        deed = text.find(",", wake.end(), strong[0].start)  # who stands before it did what this deed follows
        own = [m for m in mentions if not sentence[0] <= m.start < deed]
        return [event_of(text, sentence, month, strong[0], own, published, "wake")]
    return []


def reactions(
    text: str,
    lang: str,
    sentence: tuple[int, int],
    mentions: list[Mention],
    published: date,
    source_kind: str,
) -> list[EventSpan]:
    """``Sarah El Haïry s'est dite « scandalisée »``: a statement of the month of publication, no day invented."""
    if source_kind.startswith("parliament"):
        return []
    month = When.parse(published.strftime("%Y-%m"))
    for verb in rules(lang).reaction.finditer(text, *sentence):
        speakers = [m for m in mentions if sentence[0] <= m.start and m.end <= verb.start() and m.kind != "media"]
        nearest = max(speakers, key=lambda m: m.end, default=None)
        if nearest is None or not (nearest.actor_id or nearest.public_role) or not _QUOTE.match(text, verb.end()):
            continue
        between = text[nearest.end : verb.start()]
        if len(between) > 70 or not re.fullmatch(r"\s?(?:\([^()]*\))?(?:\s?,(?:[^,;.]*,)?)?\s?", between):
            continue
        end = min(sentence[1], verb.end() + LONGEST)
        trigger = Trigger(verb.start(), verb.end(), "statement", verb.group())
        return [event_of(text, (sentence[0], end), month, trigger, [nearest], published, "reaction")]
    return []
