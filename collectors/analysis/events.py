"""Dated happenings: each date of a sentence takes the nearest trigger, and the actors of its clause.

A verb that only reports ("said on Monday") uses up its date. A date in the name of a law is none,
unless the sentence says what that law did.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from collectors.analysis.clauses import sentences
from collectors.analysis.lexicon import load
from collectors.analysis.reading import DateSpan, EventSpan, LegalReference, Mention
from collectors.analysis.sieve import Sieve, Words
from data.models import When

_LIMIT = 150
_LONG = 200
#: how far before its verb, and how far behind it, the name of a speaker may stand
_SPEAKING, _BEHIND = 120, 40
#: a date that opens a sentence ("In 2024, …") speaks of the whole of it, however far its verb is
_OPENING = 90
# "…, said Jane Roe", "… », a déclaré la ministre": the subject may stand behind its verb
_INVERTED = re.compile(r"[,\"-]\s?(?:(?:a|ont|ha|han|hat|so|wie|as|har)\s)?$")
_FRONTED = re.compile(
    r"(?:(?:Am|Im|In|Nach|Vor|Bei|Zuvor|Zudem|Auch|Gestern|Heute|På|I|Efter|Også|Ayer|Hoy|Ieri|Oggi|\w+(?:tag|dag|dì)"
    r"|El (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo))\s(?:[\w.]+\s){0,4})?"
)
_QUOTE = re.compile(r"\s?(?:que\s|qu'|\w+\s){0,3}[«\"„“]")
_PUNCTUATION = re.compile(r"[,;:()\n]")
_JOINED = re.compile(
    r"\s(?:et|and|und|sowie|e|y|og|but|mais|while|tandis que|weil|obwohl|nachdem|because|although|parce que|alors que"
    r"|bien que|perché|mentre|porque|aunque|fordi|selvom)\s"
)
_BREAKS = {",": 12, ";": 60, ":": 25, "(": 8, ")": 8, "\n": 80}
_FUTURE = re.compile(
    r"(?<!\w)(?:sera|seront|aura|will(?: be)?|to be|wird|werden|soll(?:en)?|sarà|saranno|será|serán|skal|vil"
    r"|\w{3,}(?:era|eront|erà|eranno|ará|arán|irá|irán))(?!\w)",
    re.IGNORECASE,
)
# A network that blocks or suspends does so by itself, unless an authority is named.
_PRODUCERS = {"platform", "ai_developer", "product", "person"}
_SELF = re.compile(r"(?:block|bloqu|bloque|blocc|suspen|gesperrt|sperr|blok|banned|interdi)", re.IGNORECASE)
# Who votes rejects a bill; anybody else who does only speaks against it.
_DECIDING = {"parliament", "committee", "government", "court"}
_REFUSED = re.compile(r"(?:abgelehnt|lehn|rej|rech|respin|bocci|afvis)", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?<!\w)(?:\w*behörde|aufsicht\w*|regierung\w*|autorit[éàa]\w*|autoridad\w*|authorit\w+|regulat\w+|régulateur"
    r"|gouvernement|government|gobierno|governo|minist\w+|myndighed\w*|regering\w*|police|polizei|politi\w*)(?!\w)",
    re.IGNORECASE,
)
_ONCE = frozenset(
    ("bill_tabled", "bill_reading", "committee_vote", "bill_adopted", "bill_rejected", "law_signed", "law_in_force",
     "deadline", "agreement", "regulation_made", "statistic", "study_published", "election")
)  # fmt: skip
_COURT = re.compile(
    r"(?<!\w)(?:judges?|court|justice|tribunal\w*|gericht\w*|juges?|jueza?|giudice)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Trigger:
    """``until``: a date behind it is of the clause that a verb of saying opens ("said that …"); ``past``: only a day
    that has been can be its day."""

    start: int
    end: int
    type: str
    word: str
    until: int = sys.maxsize
    past: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    sieve: Sieve
    kinds: dict[Words, str]
    reaction: Words
    also: Words
    wake: Words
    report: Words
    that: Words
    done: Words
    to_be: re.Pattern[str]


@cache
def _rules(lang: str) -> _Rules:
    table, sieve = load("events"), Sieve()
    kinds = {Words(sieve, patterns, "events"): kind for kind, patterns in table[lang].items()}
    return _Rules(
        sieve,
        kinds,
        Words(sieve, [table["reaction"][lang]], "events"),
        Words(sieve, [table["also"][lang]], "events"),
        Words(sieve, [table["wake"][lang]], "events"),
        next(words for words, kind in kinds.items() if kind == "report"),
        Words(Sieve(), [table["that"][lang]], "events"),
        Words(Sieve(), [table["done"][lang]], "events"),
        re.compile(rf"(?<!\w)(?:{table['to_be'][lang]})\s(?:\w+\s)?$", re.IGNORECASE),
    )


def find_events(
    text: str,
    lang: str,
    published: date,
    dates: tuple[DateSpan, ...],
    legal: tuple[LegalReference, ...],
    mentions: list[Mention],
    source_kind: str = "",
) -> tuple[EventSpan, ...]:
    """Events of a normalised text, in text order."""
    named = [(ref.start, ref.end) for ref in legal]
    free = [d for d in dates if not any(s <= d.start and d.end <= e for s, e in named)]
    found: list[EventSpan] = _enacted(text, lang, dates, legal, mentions, published)
    before: tuple[When, int] | None = None
    for index, (start, end) in enumerate(sentences(text)):
        here = [d for d in free if start <= d.start < end]
        triggers = _in(text, lang, start, end, named)
        made = _pair(text, (start, end), here, triggers, mentions, published)
        if not here:
            made = _undated(text, lang, (start, end), triggers, mentions, published, before, source_kind)
            made = made or _reactions(text, lang, (start, end), mentions, published, source_kind)
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


def _in(text: str, lang: str, start: int, end: int, named: list[tuple[int, int]]) -> list[_Trigger]:
    rules = _rules(lang)
    found = [
        _trigger(text, m, rules.kinds[words], rules, end)
        for words in rules.sieve.alive(text, start, end)
        if words in rules.kinds
        for m in words.finditer(text, start, end)
        if not any(s <= m.start() and m.end() <= e for s, e in named)
    ]
    return [trigger for trigger in found if not any(_outdoes(other, trigger) for other in found)]


def _trigger(text: str, match: re.Match[str], kind: str, rules: _Rules, end: int) -> _Trigger:
    start, until = match.start(), sys.maxsize
    if kind in ("statement", "report"):
        opened = rules.that.search(text, start, min(end, match.end() + _SPEAKING))
        until = opened.end() if opened else until
    else:  # "the committee said on Tuesday that it had approved": of the second verb
        opened = rules.that.search(text, start, match.end())
        start = opened.end() if opened and rules.report.search(text, start, opened.end()) else start
    done = rules.done.match(text, start) and not rules.to_be.search(text, max(0, start - 25), start)
    return _Trigger(start, match.end(), kind, text[start : match.end()].strip(), until, bool(done))


def _outdoes(other: _Trigger, trigger: _Trigger) -> bool:
    """A longer wording says more than a word in it; an adoption at first reading is an adoption."""
    if other.start <= trigger.start and trigger.end <= other.end and other.type != trigger.type:
        longer = (other.end - other.start) - (trigger.end - trigger.start)
        return 0 < longer <= 25 and other.type != "report"
    if trigger.type == "bill_reading" and other.type in ("bill_adopted", "bill_rejected", "committee_vote"):
        return 0 <= trigger.start - other.end < 30
    return False


def _cost(
    text: str, when: DateSpan, trigger: _Trigger, dates: list[DateSpan], published: date, opening: int = -1
) -> float:
    """How far a trigger is from a date: letters and what stands between. ``opening``: where the sentence begins."""
    if opening >= 0 and len(dates) == 1 and when.start - opening <= 4 and text[when.end : when.end + 1] == ",":
        own = _cost(text, when, trigger, dates, published)
        return min(own, _OPENING + float(load("events")["bias"].get(trigger.type, 0)))
    bias = float(load("events")["bias"].get(trigger.type, 0))
    if trigger.type.endswith("_before"):  # a preposition belongs to the date it stands before
        gap = when.start - trigger.end
        if not (-len(trigger.word) <= gap <= 6):
            return _LIMIT + 1.0
    if when.start >= trigger.until:
        return _LIMIT + 1.0
    if trigger.past and when.when.start > published:
        return _LIMIT + 1.0
    if trigger.start < when.end and when.start < trigger.end:
        return bias - min(len(trigger.word), 40) / 10
    low, high = (trigger.end, when.start) if trigger.end <= when.start else (when.end, trigger.start)
    if high - low > _LIMIT:
        return _LIMIT + 1.0
    between = text[low:high]
    cost = float(len(between)) + bias - min(len(trigger.word), 40) / 10
    cost += sum(_BREAKS[mark.group()] for mark in _PUNCTUATION.finditer(between))
    cost += 18 * len(_JOINED.findall(f" {between} "))
    if when.when.end < published and _FUTURE.search(text, max(0, trigger.start - 12), trigger.end):
        cost += 40
    cost += 45 * sum(1 for other in dates if low <= other.start < high)
    return cost


def _pair(
    text: str,
    sentence: tuple[int, int],
    dates: list[DateSpan],
    triggers: list[_Trigger],
    mentions: list[Mention],
    published: date,
) -> list[EventSpan]:
    """Cheapest pairs first; a date and a trigger serve once."""
    said = [(t.end, t.until) for t in triggers if any(d.start >= t.until for d in dates)]
    pairs = sorted(
        (
            (_cost(text, d, t, dates, published, sentence[0]) + _before_said(d, t, said), i, j)
            for i, d in enumerate(dates)
            for j, t in enumerate(triggers)
        ),
        key=lambda pair: pair[0],
    )
    used_dates: set[int] = set()
    used: list[_Trigger] = []
    chosen: list[tuple[DateSpan, _Trigger]] = []
    for cost, i, j in pairs:
        trigger, when = triggers[j], dates[i]
        if i in used_dates or cost > _LIMIT:
            continue
        if any(t.start < trigger.end and trigger.start < t.end for t in used):
            continue
        used_dates.add(i)
        used.append(trigger)
        if trigger.type == "report" and when.rule in ("weekday", "today", "yesterday", "sameday"):
            continue
        if trigger.type == "report":
            trigger = _Trigger(trigger.start, trigger.end, "statement", trigger.word)
        if trigger.type == "statement" and _speaker(text, sentence, trigger, mentions) is None:
            continue
        chosen.append((when, trigger))
    chosen.sort(key=lambda pair: pair[0].start)
    made = []
    for when, trigger in chosen:
        span = _clause(text, sentence, when, trigger, chosen, mentions)
        event = _event(text, span, when.when, trigger, mentions, published)
        if event.type == "statement" and not event.actors:  # who speaks stands before what is quoted
            speaker = _speaker(text, sentence, trigger, mentions)
            event = replace(event, actors=(speaker.actor_id or speaker.name,)) if speaker else event
        made.append(event)
    return made


def _before_said(when: DateSpan, trigger: _Trigger, said: list[tuple[int, int]]) -> float:
    """``said on Tuesday that it had fined the firm on 3 March``: of two dates the first is of the saying."""
    return 60.0 if any(verb <= when.start < opened <= trigger.start for verb, opened in said) else 0.0


def _speaker(text: str, sentence: tuple[int, int], trigger: _Trigger, mentions: list[Mention]) -> Mention | None:
    """A name near before the verb, or right behind it ("said Jane Roe"): no owner, and no paper that is quoted."""
    lead = text[sentence[0] : trigger.start]
    inverted = _INVERTED.search(lead) or _FRONTED.fullmatch(lead)
    for mention in mentions:
        if not sentence[0] <= mention.start < sentence[1] or mention.kind == "media":
            continue
        if re.match(r"'s?(?!\w)", text[mention.end : mention.end + 3]):
            continue
        before, behind = trigger.start - mention.end, mention.start - trigger.end
        if before <= _SPEAKING and (behind <= 0 or (inverted and behind <= _BEHIND)):
            return mention
    return None


def _undated(
    text: str,
    lang: str,
    sentence: tuple[int, int],
    triggers: list[_Trigger],
    mentions: list[Mention],
    published: date,
    before: tuple[When, int] | None,
    source_kind: str,
) -> list[EventSpan]:
    """A record of a sitting is dated by its day; "also" carries the date of the sentence before; what somebody did "in
    the wake of" what the text reports is of the month of publication."""
    if source_kind == "parliament_record":
        vote = next((t for t in triggers if t.type in ("bill_adopted", "bill_rejected", "committee_vote")), None)
        body = any(m.kind in ("parliament", "committee") for m in mentions if sentence[0] <= m.start < sentence[1])
        if vote and body:
            return [_event(text, sentence, When.on(published), vote, mentions, published, "sitting")]
        return []
    strong = [t for t in triggers if t.type in ("referral", "investigation_opened", "search_summons", "fine_sanction")]
    if not strong:
        return []
    if before is not None and _rules(lang).also.search(text, *sentence):
        return [_event(text, sentence, before[0], strong[0], mentions, published, "same-day")]
    wake = _rules(lang).wake.match(text, sentence[0])
    actors = (m for m in mentions if sentence[0] <= m.start and m.end <= strong[0].start)
    if wake and not source_kind.startswith("parliament") and any(m.actor_id or m.public_role for m in actors):
        month = When.parse(published.strftime("%Y-%m"))
        deed = text.find(",", wake.end(), strong[0].start)  # who stands before it did what this deed follows
        own = [m for m in mentions if not sentence[0] <= m.start < deed]
        return [_event(text, sentence, month, strong[0], own, published, "wake")]
    return []


def _reactions(
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
    for verb in _rules(lang).reaction.finditer(text, *sentence):
        speakers = [m for m in mentions if sentence[0] <= m.start and m.end <= verb.start() and m.kind != "media"]
        nearest = max(speakers, key=lambda m: m.end, default=None)
        if nearest is None or not (nearest.actor_id or nearest.public_role) or not _QUOTE.match(text, verb.end()):
            continue
        between = text[nearest.end : verb.start()]
        if len(between) > 70 or not re.fullmatch(r"\s?(?:\([^()]*\))?(?:\s?,(?:[^,;.]*,)?)?\s?", between):
            continue
        end = min(sentence[1], verb.end() + _LONG)
        trigger = _Trigger(verb.start(), verb.end(), "statement", verb.group())
        return [_event(text, (sentence[0], end), month, trigger, [nearest], published, "reaction")]
    return []


def _clause(
    text: str,
    sentence: tuple[int, int],
    when: DateSpan,
    trigger: _Trigger,
    chosen: list[tuple[DateSpan, _Trigger]],
    mentions: list[Mention],
) -> tuple[int, int]:
    """The part of the sentence that belongs to this date and no other."""
    low, high = min(when.start, trigger.start), max(when.end, trigger.end)
    start, end = sentence
    for other, verb in chosen:
        if other is when:
            continue
        other_low, other_high = min(other.start, verb.start), max(other.end, verb.end)
        if other_high <= low:
            start = max(start, _cut(text, other_high, low))
        elif other_low >= high:
            cut = _cut(text, high, other_low)
            subject = any(start <= m.start and m.end <= cut for m in mentions)
            end = min(end, cut if subject else other_low)
    start = max(start, text.rfind(";", start, low) + 1)
    end = next((at for at in [text.find(";", high, end)] if at >= 0), end)
    if end - start > _LONG:
        start = _last(text, start, low, start)
        end = _first(text, high, end)
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return start, end


def _cut(text: str, low: int, high: int) -> int:
    for mark in (";", ",", " and ", " et ", " und ", " e ", " y ", " og "):
        at = text.find(mark, low, high)
        if at >= 0:
            return at + (1 if len(mark) == 1 else 0)
    return low


def _last(text: str, start: int, low: int, default: int) -> int:
    at = max(text.rfind(mark, start, low) for mark in (";", ". ", ":"))
    return at + 1 if at >= 0 else default


def _first(text: str, high: int, end: int) -> int:
    marks = [at for at in (text.find(mark, high, end) for mark in (";", ",", ":")) if at >= 0]
    return min(marks) if marks else end


def _event(
    text: str,
    span: tuple[int, int],
    when: When,
    trigger: _Trigger,
    mentions: list[Mention],
    published: date,
    rule: str = "clause",
) -> EventSpan:
    start, end = span
    kind = trigger.type.removesuffix("_before")
    if kind == "fine_sanction" and trigger.word.lower().startswith("block") and _COURT.search(text, start, end):
        kind = "court_ruling"
    bodies = {m.kind for m in mentions if start <= m.start < end}
    own = any(m.kind in _PRODUCERS and m.kind != "person" and start <= m.start < trigger.start for m in mentions)
    own = own and not _AUTHORITY.search(text, start, trigger.start)
    if kind == "fine_sanction" and own and bodies <= _PRODUCERS and _SELF.match(trigger.word):
        kind = "platform_action"
    if kind == "fine_sanction" and "court" in bodies:
        kind = "court_ruling"
    if kind == "bill_rejected" and bodies and not bodies & _DECIDING and _REFUSED.match(trigger.word):
        kind = "statement"
    actors = tuple(dict.fromkeys(m.actor_id or m.name for m in mentions if start <= m.start and m.end <= end))
    status = "scheduled" if when.start > published else "occurred"
    return EventSpan(start, end, text[start:end], kind, when, status, actors, f"{rule}:{trigger.word.lower()[:40]}")


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
        trigger = _Trigger(verb.start(), verb.end(), "law_signed", verb.group().strip())
        found.append(_event(text, span, inside[-1].when, trigger, mentions, published, "enacted"))
    return found


def _distinct(text: str, found: list[EventSpan]) -> list[EventSpan]:
    """One event per date, type and deed; a step in the life of a text happens once a day."""
    kept: list[EventSpan] = []
    for event in sorted(found, key=lambda e: (e.start, e.end)):
        same = [e for e in kept if (e.when.iso(), e.type) == (event.when.iso(), event.type)]
        if any(
            event.type in _ONCE
            or set(e.actors) & set(event.actors)
            or ((not e.actors or e.actors == event.actors) and "\n" not in text[e.end : event.start])
            for e in same
        ):
            continue
        kept.append(event)
    return kept
