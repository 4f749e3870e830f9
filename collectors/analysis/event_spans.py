"""An event as it is kept: the clause that states it, its type among these actors, its status."""

from __future__ import annotations

import re
from datetime import date

from collectors.analysis.reading import DateSpan, EventSpan, Mention
from collectors.analysis.triggers import Trigger
from data.models import When

LONGEST = 200
# A network that blocks or suspends does so by itself, unless an authority is named.
_PRODUCERS = {"platform", "ai_developer", "product", "person"}
_SELF = re.compile(r"(?:block|bloqu|bloque|blocc|suspen|gesperrt|sperr|blok|banned|interdi)", re.IGNORECASE)
# A committee that adopts has no chamber yet.
_COMMITTEE = re.compile(
    r"(?<!\w)(?:la |the |der |die |il |las? )?(?:commission|commissione|comisión|sous-commission)"
    r"(?! (?:européenne|europea|nationale|nazionale|nacional|d'enquête))(?!\w)",
    re.IGNORECASE,
)
_BY_COMMITTEE = re.compile(
    r"(?:par la commission|dalla commissione|por la comisión)(?! (?:européenne|europea|nationale|nazionale|nacional))",
    re.IGNORECASE,
)
# "nahm der Ausschuss … an": whose vote it is stands among the words of the vote itself.
_PANEL = re.compile(r"(?<![\w-])(?:\w*ausschuss|kommission|(?:sub)?committee|panel|\w*udvalget)(?!\w| stage)", re.I)
_PANEL_DID = re.compile(
    r"(?<![\w-])(?:\w*committee|panel|\w*ausschuss|kommission|\w*udvalget)"
    r"(?:,? (?:on|last|late|early|\w+day|\w+ly|then|also|has|had|hat|am \w+)){0,3},? $",
    re.I,
)
_ONLY_VOTE = re.compile(r"(?:on|by|in|with) an? [\w -]+ vote$", re.I)
# What a judge orders, upholds or strikes down is a ruling.
_JUDGED = {"fine_sanction", "bill_adopted", "bill_rejected", "platform_action"}
_JUDGE = re.compile(
    r"(?<!\w)(?:tribunal\w*|juges?|cour (?:d'|de |supr|consti|europ|admin)\w*|conseil constitutionnel|cassation"
    r"|giudic[ei]|corte|cassazione|juez|jueza|juzgado|audiencia (?:nacional|provincial)"
    r"|(?:mois|ans|ann[io]|mes[ie]|meses|años) (?:de|di) (?:prison|prisión|cárcel|reclusione|carcere))(?!\w)",
    re.IGNORECASE,
)
# Nobody but a firm suspends what nobody else is named to have suspended.
_SUSPENDS = re.compile(r"suspen(?!sion|sión)|sospes|sospen(?!sion)", re.IGNORECASE)
_POWERS = {"regulator", "government", "parliament", "committee", "court", "prosecutor"}
# Who votes rejects a bill; anybody else who does only speaks against it.
_DECIDING = {"parliament", "committee", "government", "court"}
_VOTES = re.compile(
    r"(?<!\w)(?:\d+ (?:voix|votes|voti|votos|stimmen|stemmer)|(?:le|conseil) national|conseil des états|chambre|sénat"
    r"|assemblée|députés|sénateurs|camera|senato|aula|congreso|senado|pleno|grand conseil)(?!\w)",
    re.IGNORECASE,
)
REFUSED = re.compile(r"(?:abgelehnt|lehn|rej|rech|respin|bocci|afvis|n'(?:est|a|ont) pas)", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?<!\w)(?:\w*behörde|aufsicht\w*|regierung\w*|autorit[éàa]\w*|autoridad\w*|authorit\w+|regulat\w+|régulateur"
    r"|gouvernement|government|schools?|colleges?|universit\w+|skolen?|schule|gobierno|governo|minist\w+|myndighed\w*|regering\w*|police|polizei|politi\w*)(?!\w)",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"(?<!\w)(?:judges?|court|justice|tribunal\w*|gericht\w*|juges?|jueza?|giudice)(?!\w)", re.IGNORECASE
)


# "has analysed 20,000 images made by the bot in December": who looked at them did not make them
_LOOKED_AT = re.compile(
    r"(?<!\w)(?:(?:a|ont|ha|hanno|han|has|have|hat|haben|har)\s)?(?:analysée?s?|étudiée?s?|examinée?s?|dépouillée?s?"
    r"|passée?s? au crible|analy[sz]ed|studied|examined|reviewed|looked at|analizzat[oaie]|esaminat[oaie]|analizó"
    r"|analizado|examinó|examinado|analysierte?n?|untersuchte?n?|undersøgte?|analyserede?)\s",
    re.IGNORECASE,
)


def clause(
    text: str,
    sentence: tuple[int, int],
    when: DateSpan,
    trigger: Trigger,
    chosen: list[tuple[DateSpan, Trigger]],
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
    if trigger.type.startswith("incident"):
        start = max([start, *(look.end() for look in _LOOKED_AT.finditer(text, start, low))])
    end = next((at for at in [text.find(";", high, end)] if at >= 0), end)
    if end - start > LONGEST:
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


def event_of(
    text: str,
    span: tuple[int, int],
    when: When,
    trigger: Trigger,
    mentions: list[Mention],
    published: date,
    rule: str = "clause",
) -> EventSpan:
    start, end = span
    kind = trigger.type.removesuffix("_before").removesuffix("_weak")
    if kind == "fine_sanction" and trigger.word.lower().startswith("block") and _COURT.search(text, start, end):
        kind = "court_ruling"
    bodies = {m.kind for m in mentions if start <= m.start < end}
    own = any(m.kind in _PRODUCERS and m.kind != "person" and start <= m.start < trigger.start for m in mentions)
    own = own and not _AUTHORITY.search(text, start, trigger.start)
    if kind == "fine_sanction" and own and bodies <= _PRODUCERS and _SELF.match(trigger.word):
        kind = "platform_action"
    if kind == "fine_sanction" and not bodies & _POWERS and _SUSPENDS.match(trigger.word):
        kind = "fine_sanction" if _AUTHORITY.search(text, start, end) else "platform_action"
    if kind in ("bill_adopted", "bill_rejected") and "parliament" not in bodies:
        by = _BY_COMMITTEE.search(text, trigger.end, min(end, trigger.end + 45))
        kind = "committee_vote" if by or _COMMITTEE.search(text, start, trigger.start) else kind
    by_panel = _PANEL.search(trigger.word) or _PANEL_DID.search(text[start : trigger.start])
    if kind == "bill_rejected" and _PANEL_DID.search(text[start : trigger.start]):
        kind = "committee_vote"
    if kind == "bill_adopted" and (by_panel or (_ONLY_VOTE.match(trigger.word) and _PANEL.search(text, start, end))):
        kind = "committee_vote"
    if kind in _JUDGED and _JUDGE.search(text, start, trigger.end):
        kind = "court_ruling"
    if kind == "fine_sanction" and "court" in bodies:
        kind = "court_ruling"
    voted = bodies & _DECIDING or _VOTES.search(text, start, end)
    if kind == "bill_rejected" and bodies and not voted and REFUSED.match(trigger.word):
        kind = "statement"
    actors = tuple(dict.fromkeys(m.actor_id or m.name for m in mentions if start <= m.start and m.end <= end))
    status = "scheduled" if when.start > published else "occurred"
    return EventSpan(start, end, text[start:end], kind, when, status, actors, f"{rule}:{trigger.word.lower()[:40]}")
