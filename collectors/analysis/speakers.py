"""Whose a statement is: the name near its verb, or near what somebody wrote; and when a verb of saying only reports."""

from __future__ import annotations

import re

from collectors.analysis.lexicon import load
from collectors.analysis.reading import Mention
from collectors.analysis.triggers import Trigger

#: how far before its verb, and how far behind it, the name of a speaker may stand
_SPEAKING, _BEHIND = 120, 40
# the answer to a question is its author's, who need not be named beside it
ANSWER = re.compile(r"(?:réponse|answer|risposta|respuesta|antwort|svar)", re.IGNORECASE)
# "In an open letter published on Monday, Jane Roe …": the author stands behind what is written
_WRITTEN = re.compile(
    r"(?:tribune|entretien|interview|communiqué|message|lettre|discours|press release|(?:in )?(?:an? )?(?:open )?letter"
    r"|intervist|in un|en (?:una|un) |entrevista|carta|comunicado|pressemitteilung|pressemeddelelse)",
    re.IGNORECASE,
)
#: how far behind it that name may stand
_AUTHOR = 90
# "…, a annoncé la ministre": behind a comma, not behind a quotation
_APPENDED = re.compile(r"[^\"\s]\s?,\s(?:(?:a|ont|ha|hanno|han)\s)?$")
# "…, said Jane Roe", "… », a déclaré la ministre": the subject may stand behind its verb
_INVERTED = re.compile(r"[,\"-]\s?(?:(?:a|ont|ha|han|hat|so|wie|as|har)\s)?$")
_FRONTED = re.compile(
    r"(?:(?:Am|Im|In|Nach|Vor|Bei|Zuvor|Zudem|Auch|Gestern|Heute|På|I|Efter|Også|Ayer|Hoy|Ieri|Oggi|\w+(?:tag|dag|dì)"
    r"|El (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo))\s(?:[\w.]+\s){0,4})?"
)


def only_told(text: str, lang: str, sentence: tuple[int, int], trigger: Trigger) -> bool:
    """``Two men were held, the prosecutor announced on Monday``, where the verb stands before its subject: what is
    told is the deed, unless it is quoted."""
    verbs = load("events")["announce"].get(lang)
    if not verbs or not re.search(rf"(?<!\w)(?:{verbs})$", trigger.word, re.IGNORECASE):
        return False
    return bool(_APPENDED.search(text, sentence[0], trigger.start))


def speaker(text: str, sentence: tuple[int, int], trigger: Trigger, mentions: list[Mention]) -> Mention | None:
    """A name near before the verb, or right behind it ("said Jane Roe"): no owner, and no paper that is quoted."""
    lead = text[sentence[0] : trigger.start]
    inverted = _INVERTED.search(lead) or _FRONTED.fullmatch(lead)
    written = _WRITTEN.match(trigger.word)
    for mention in mentions:
        if not sentence[0] <= mention.start < sentence[1] or mention.kind == "media":
            continue
        if re.match(r"'s?(?!\w)", text[mention.end : mention.end + 3]):
            continue
        before, behind = trigger.start - mention.end, mention.start - trigger.end
        if before <= _SPEAKING and (behind <= 0 or (inverted and behind <= _BEHIND) or (written and behind <= _AUTHOR)):
            return mention
    return None
