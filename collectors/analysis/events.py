"""Dated happenings: each date of a sentence takes the nearest trigger, and the actors of its clause.

A verb that only reports ("said on Monday") uses up its date. A date in the name of a law is none,
unless the sentence says what that law did.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from collectors.analysis.clauses import sentences
from collectors.analysis.date_story import entries
from collectors.analysis.event_spans import REFUSED, clause, event_of
from collectors.analysis.lexicon import load
from collectors.analysis.pairing import paired
from collectors.analysis.reading import DateSpan, EventSpan, LegalReference, Mention
from collectors.analysis.sitting import done_at_sitting, sitting_day
from collectors.analysis.speakers import speaker
from collectors.analysis.triggers import Trigger, filed, rules, triggers_in
from collectors.analysis.undated import follows, reactions, undated
from data.models import When

_OF = re.compile(r",? (?:du|del|dell'|de|of|vom|af) ?")
#: letters of the place at the head of a report
_PLACE = 50
_WRITTEN_AT = re.compile(r"\W*[A-ZÀ-Þ][\w'.-]*(?: [\w'.-]+){0,4}(?: \([^()]*\))?, (?:le |den |el |il |on )?$")
_DASH = re.compile(r"\s?(?:\([^()]{2,30}\)\s?)?[–—-]{1,2}\s")
_ONCE = frozenset(
    ("bill_tabled", "bill_reading", "committee_vote", "bill_adopted", "bill_rejected", "law_signed", "law_in_force",
     "deadline", "agreement", "regulation_made", "statistic", "study_published", "election")
)  # fmt: skip

#: what goes on, or happens again and again
_LASTING = frozenset(("referral", "statistic", "statement"))


def find_events(
    text: str,
    lang: str,
    published: date,
    dates: tuple[DateSpan, ...],
    legal: tuple[LegalReference, ...],
    mentions: list[Mention],
    source_kind: str = "",
    title: str = "",
) -> tuple[EventSpan, ...]:
    """Events of a normalised text, in text order. ``title``: normalised too, it may tell the day of a sitting."""
    named = [(ref.start, ref.end) for ref in legal]
    free = [d for d in dates if not any((s <= d.start and d.end <= e) or _its_date(text, e, d) for s, e in named)]
    free = [d for d in free if not _dateline(text, d)]
    found: list[EventSpan] = _enacted(text, lang, dates, legal, mentions, published)
    before: tuple[When, int] | None = None
    record = source_kind == "parliament_record"
    day = sitting_day(text, lang, dates, published, title) if record else published
    spans, free = entries(text, sentences(text), free, published)
    for index, (start, end) in enumerate(spans):
        here = [d for d in free if start <= d.start < end]
        made, triggers = [], []
        if here or record or follows(text, lang, (start, end)):
            triggers = triggers_in(text, lang, start, end, named, here)
            made = _dated(text, lang, (start, end), here, triggers, mentions, published)
        if record:  # a dated sentence may open a reading too: "the order of the day is the bill passed on 3 March"
            asked = [t for t in triggers if t.type == "bill_reading"] if here else triggers
            told = done_at_sitting(text, lang, (start, end), asked, mentions, day, published)
            made += [event for event in told if event.type not in {one.type for one in made}]
        elif triggers and not here:
            made = undated(text, lang, (start, end), triggers, mentions, published, before, source_kind)
        if not here:
            made = made or reactions(text, lang, (start, end), mentions, published, source_kind)
        found.extend(made)
        real = [e for e in made if e.when.precision == "day"]
        if real:
            before = (real[-1].when, index)
        elif here:
            days = [d for d in here if d.when.precision == "day"]
            before = (days[-1].when, index) if days else None
        elif before and index - before[1] > 1:
            before = None
    return tuple(_distinct(text, found))


def _dateline(text: str, when: DateSpan) -> bool:
    """``BERN, 11 March (AP) - The court …``: where and when a report was written."""
    return when.start <= _PLACE and bool(_WRITTEN_AT.match(text, 0, when.start) and _DASH.match(text, when.end))


def _its_date(text: str, end: int, when: DateSpan) -> bool:
    """``directive (UE) 2024/1385 du 14 mai 2024``: the date of an act, right behind its number."""
    return 0 < when.start - end <= 8 and when.when.precision == "day" and bool(_OF.fullmatch(text, end, when.start))


def _dated(
    text: str,
    lang: str,
    sentence: tuple[int, int],
    dates: list[DateSpan],
    triggers: list[Trigger],
    mentions: list[Mention],
    published: date,
) -> list[EventSpan]:
    chosen = paired(text, lang, sentence, dates, triggers, mentions, published)
    made = []
    for when, trigger in chosen:
        span = clause(text, sentence, when, trigger, chosen, mentions)
        trigger = filed(text, lang, sentence, trigger)
        event = event_of(text, span, _lasting(text, lang, when, trigger, published), trigger, mentions, published)
        if event.type == "statement" and not event.actors:  # who speaks stands before what is quoted
            found = speaker(text, sentence, trigger, mentions)
            event = replace(event, actors=(found.actor_id or found.name,)) if found else event
        made.append(event)
    return made


def _lasting(text: str, lang: str, when: DateSpan, trigger: Trigger, published: date) -> When:
    """``have complained since 1 October``: from then until publication; "in force since" is of its first day."""
    if trigger.type not in _LASTING or when.when.end >= published or when.when.precision not in ("day", "month"):
        return when.when
    if not rules(lang).since.search(text, max(0, when.start - 14), when.end):
        return when.when
    return When(when.when.start, published, "range", when.when.said)


def _enacted(
    text: str,
    lang: str,
    dates: tuple[DateSpan, ...],
    legal: tuple[LegalReference, ...],
    mentions: list[Mention],
    published: date,
) -> list[EventSpan]:
    after = re.compile(load("events")["enacted"][lang], re.IGNORECASE)
    found = []
    for reference in legal:
        inside = [d for d in dates if reference.start <= d.start and d.end <= reference.end]
        verb = after.match(text, reference.end)
        if not inside or not verb or inside[-1].when.precision != "day" or reference.rule != "instrument":
            continue
        end = next((e for s, e in sentences(text) if s <= reference.start < e), verb.end())
        comma = text.find(",", verb.end(), end)
        span = (reference.start, comma if comma > 0 else end)
        trigger = Trigger(verb.start(), verb.end(), "law_signed", verb.group().strip())
        found.append(event_of(text, span, inside[-1].when, trigger, mentions, published, "enacted"))
    return found


def _another_vote(event: EventSpan, other: EventSpan) -> bool:
    """At one sitting one text is rejected and another passed."""
    votes = [one for one in (event, other) if one.rule.startswith("sitting:")]
    return len(votes) == 2 and len({bool(REFUSED.search(one.rule.partition(":")[2])) for one in votes}) == 2


def _distinct(text: str, found: list[EventSpan]) -> list[EventSpan]:
    """One event per date, type and deed; a step in the life of a text happens once a day."""
    kept: list[EventSpan] = []
    for event in sorted(found, key=lambda e: (e.start, e.end)):
        same = [e for e in kept if (e.when.iso(), e.type) == (event.when.iso(), event.type)]
        if any(
            (event.type in _ONCE and not _another_vote(event, e))
            or set(e.actors) & set(event.actors)
            or ((not e.actors or e.actors == event.actors) and "\n" not in text[e.end : event.start])
            for e in same
        ):
            continue
        kept.append(event)
    return kept
