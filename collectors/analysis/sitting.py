"""The day of a sitting, from the heading of its record, and what the record says was done at it.

A record is written in the present and names its day once: "Réunion du mercredi 11 février 2026". Without such a
heading the day of publication is meant.
"""

from __future__ import annotations

import re
from datetime import date

from collectors.analysis.dates import find_dates
from collectors.analysis.event_spans import event_of
from collectors.analysis.lexicon import load
from collectors.analysis.reading import DateSpan, EventSpan, Mention
from collectors.analysis.triggers import Trigger
from data.models import When

#: letters from the beginning of a text within which the heading stands, and the longest heading
_TOP, _LINE = 400, 140
#: days after a sitting that its record may be published, when only the title tells its day
_LATE = 92
_VOTES = ("bill_adopted", "bill_rejected", "committee_vote")
_BODIES = {"parliament", "committee"}


def sitting_day(text: str, lang: str, dates: tuple[DateSpan, ...], published: date, title: str = "") -> date:
    """The first day told on a line of its own that begins like the heading of a sitting, or told of the body that met
    on it; then a day in the title; else ``published``."""
    met = re.compile(rf"(?<!\w)(?:{load('events')['met'][lang]})\s?$", re.IGNORECASE)
    heading = re.compile(rf"(?:{load('events')['sitting'][lang]})(?!\w)", re.IGNORECASE)
    for when in dates:
        start, end = text.rfind("\n", 0, when.start) + 1, text.find("\n", when.end)
        end = end if end >= 0 else len(text)
        if start > _TOP:
            break
        if when.when.precision != "day" or when.when.start > published:
            continue
        if (end - start <= _LINE and heading.match(text, start)) or met.search(text, start, when.start):
            return when.when.start
    named = [d.when.start for d in find_dates(title, lang, published) if d.when.precision == "day"]
    return named[0] if len(named) == 1 and 0 <= (published - named[0]).days <= _LATE else published


def done_at_sitting(
    text: str,
    lang: str,
    sentence: tuple[int, int],
    triggers: list[Trigger],
    mentions: list[Mention],
    day: date,
    published: date,
) -> list[EventSpan]:
    """Votes, and the reading of a text, of a body that the sentence names or takes up by a pronoun."""
    table = load("events")
    named = [m for m in mentions if m.kind in _BODIES and sentence[0] <= m.start < sentence[1]]
    who = re.compile(rf"(?:{table['sits'][lang]})(?!\w)", re.IGNORECASE).match(text, sentence[0])
    if not named and not who:
        return []
    deed = next((t for t in triggers if t.type in _VOTES), None)
    if deed is None:
        deed = next((t for t in triggers if t.type == "bill_reading"), None)
        # what a speaker says of a reading to come is none: the body itself does it, in the first words
        if deed is None or not who or deed.start - who.end() > 40:
            return []
    if re.search(table["parts"][lang], text[deed.end : deed.end + 40], re.IGNORECASE):
        return []
    kind = deed.type
    committee = re.compile(rf"(?:{table['committee'][lang]})(?!\w)", re.IGNORECASE)
    plenary = re.compile(rf"(?<!\w)(?:{table['plenary'][lang]})", re.IGNORECASE).search(text, 0, _TOP)
    chamber = plenary or any(m.kind == "parliament" for m in named)
    if kind != "bill_reading" and not chamber and committee.search(text, 0, _TOP):
        kind = "committee_vote"
    vote = Trigger(deed.start, deed.end, kind, deed.word)
    return [event_of(text, sentence, When.on(day), vote, mentions, published, "sitting")]
