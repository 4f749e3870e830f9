"""Sentences that do not end after ``art.``, ``M.``, ``H.R.`` or a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_END = re.compile(r"[.!?…][\"')\]]*(?:\s+)(?=[A-ZÀ-ÖØ-Þ\"'(\[§«0-9-]|(?:xAI|eSafety|noyb)\b)|\n+")
_SHORT = re.compile(
    r"(?:(?<!\w)(?:art|arts|Art|artt|Artt|Abs|al|n|no|No|Nr|nr|M|MM|Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Lt|St|Jr|Sr|"
    r"U\.S|U\.S\.C|U\.K|H\.R|Pub|L|Sec|s|ss|v|vs|c|C|pén|civ|proc|p|pp|cf|etc|env|av|bzw|z\.B|d\.h|u\.a|ca|Drs|BT-Drs|Az|Beschl|Urt|Rn|Nrn|hr|stk|"
    r"on|sig|dott|lett|Sra?|Sr|D|Co|Corp|Inc|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|janv|févr|juil|[A-Z])|"
    r"(?<![\w.])\d{1,2})\.$"
)

# "passed by 409 votes to 2. The group": such a word begins a sentence, a month or a noun behind an ordinal does not
_OPENS = re.compile(
    r"(?:The|It|He|She|They|This|These|In|But|Le|La|Les|Il|Elle|Un|Une|Ce|Cette|Der|Die|Das|Ein|Eine|Er|Sie|Es|Dies|El"
    r"|Los|Las|Lo|Gli|Una|Det|Den|De|Han|Hun)\s|L'"
)
# "on January 16. Indonesia": the day behind its month ends a sentence
_DAY = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\.$")
# "diffusés sur X. L'article 226-8": a platform, not the initial of a name
_PLATFORM = re.compile(r"(?<=\s)X\.$")
_LONGEST = 1500


@lru_cache(maxsize=4)  # several stages ask of one text
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of sentences, without the space between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        abbreviated = text[end.start()] == "." and _SHORT.search(text, max(start, end.start() - 9), end.start() + 1)
        doubtful = abbreviated and (text[end.start() - 1].isdigit() or _PLATFORM.search(text, start, end.start() + 1))
        if (
            abbreviated
            and "\n" not in end.group()
            and not (
                doubtful
                and (_OPENS.match(text, end.end()) or _DAY.search(text, max(start, end.start() - 15), end.start() + 1))
            )
        ):
            continue
        _keep(text, start, end.end(), spans)
        start = end.end()
    _keep(text, start, len(text), spans)
    return tuple(spans)


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """The span of the sentence that holds the letter ``at``."""
    spans = sentences(text)
    place = bisect_right(spans, at, key=lambda span: span[0])
    return spans[place - 1] if place else (0, len(text))


def _keep(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:  # no prose: a list, a table, a text without stops
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        spans.append((start, cut))
        start = cut
    if start < end:
        spans.append((start, end))
