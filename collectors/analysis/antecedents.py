"""Who is meant where the name stands earlier: by a pronoun, by "the deputy", by a second verb or a participle.

One actor only can be meant, or nobody is. The verb with its name beside it: :mod:`collectors.analysis.holders`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from collectors.analysis import holder_words as words
from collectors.analysis.holders import beside, bracketed, conditional, of_other, unnamed
from collectors.analysis.name_rules import name_rules
from collectors.analysis.reading import Mention
from collectors.analysis.sieve import Words

#: where the sentence before begins, its names, and who has the word there, when it is certain
Before = tuple[int, list[Mention], Mention | None]


def meant(text: str, start: int, position: int, earlier: Sequence[Mention], opens: int, person: bool) -> list[Mention]:
    """The one actor told before whom a pronoun (or "the deputy", "the association") at ``position`` can mean: the one
    that opens the clause or the sentence beginning at ``opens``."""
    if words.SAID.search(text, max(start, position - 12), position):
        return []
    alike = {
        m.actor_id or m.name: m for m in earlier if (m.kind == "person") == person and text[max(0, m.start - 1)] != "("
    }
    first = min(earlier, key=lambda m: m.start, default=None)
    if len(alike) != 1 or first is None or first.start - opens > 60:
        return []
    one = next(iter(alike.values()))
    return [one] if not beside(text, one) and not of_other(text, opens, one) else []


def meant_by(
    text: str,
    start: int,
    here: Sequence[Mention],
    before: Before,
    verb: int,
    pronoun: Words,
    persons: Words,
    bodies: Words,
    lang: str,
) -> list[Mention]:
    """Whom a pronoun or a description right before the verb can mean."""
    for described, person in ((pronoun, True), (persons, True), (bodies, False)):
        for word in described.finditer(text, max(start, verb - 45), verb):
            if words.ADVERBS.fullmatch(text, word.end(), verb) is None:
                continue
            earlier = [m for m in here if m.end <= word.start()]
            alike = [m for m in earlier if (m.kind == "person") == person]
            found = meant(text, start, word.start(), alike or before[1], start if alike else before[0], person)
            if not found and person and not alike and before[2] is not None:
                found = [before[2]]
            found = [m for m in found if not _other_gender(text, m, word.group())]
            if not found and described is pronoun and lang in words.GENDERED:
                found = _body_meant(text, start, word.start(), earlier, before, lang)
            if found:
                return found
    return []


def _other_gender(text: str, mention: Mention, pronoun: str) -> bool:
    """``La députée X a remis un rapport. Il préconise``: the words before the name tell that "il" is not she."""
    if mention.kind != "person":
        return False
    title = text[max(0, mention.start - 30) : mention.start]
    if words.SHE_SAYS.match(pronoun):
        return words.HE.search(title) is not None
    return words.HE_SAYS.match(pronoun) is not None and words.SHE.search(title) is not None


def _body_meant(
    text: str, start: int, position: int, earlier: list[Mention], before: Before, lang: str
) -> list[Mention]:
    """``Le syndicat X va plus loin : il exige``: a body, where nobody else was named and "il" may mean one."""
    told, opens = (earlier, start) if earlier else (before[1], before[0])
    edges = [opens, *(at for m in told for at in (m.start, m.end)), position]
    strangers = any(unnamed(text, low, high, lang) for low, high in zip(edges[::2], edges[1::2], strict=True))
    if strangers or any(m.kind == "person" for m in told):
        return []
    return meant(text, start, position, told, opens, False)


def _opens(text: str, start: int, mention: Mention, lang: str) -> bool:
    """The sentence begins with the name, its article or its office ("La députée X", "Home Secretary X")."""
    before = text[start : mention.start]
    if len(before) > 40 or beside(text, mention) or of_other(text, start, mention):
        return False
    if text.startswith(("'s", "' "), mention.end):
        return False
    office = name_rules(lang).public.search(before)
    return office is not None or re.fullmatch(r"(?:[A-ZÀ-ÖØ-Þ][\w.'-]*\s?){0,3}", before) is not None


def same_subject(
    text: str,
    start: int,
    here: list[Mention],
    verb: re.Match[str],
    told: Sequence[tuple[int, Mention]],
    lang: str,
    participle: bool = False,
) -> list[Mention]:
    """``X welcomed the letters and urged the agency``: the subject of the verb before, or the name that opens the
    sentence. ``told`` are the verbs of the sentence that have a subject: (end of the verb, subject). A ``participle``
    ("…, calling it a scandal") and a contrast ("…, yet backs it") keep it over a comma and a name between."""
    joint = words.SECOND_VERB.search(text[max(start, verb.start() - 25) : verb.start()])
    if joint is None:
        return []
    last = max((end for end, _ in told if end <= verb.start()), default=0)
    if last:
        before = [m for m in here if last <= m.start and m.end <= verb.start()]
        clause = text[last : verb.start()]
        kept = participle or words.CONTRAST.search(joint[0])
        apart = re.search(r"[;:]", clause) or (before and "," in joint[0] and not kept)
        return [] if apart else [m for end, m in told if end == last]
    first = min((m for m in here if m.end <= verb.start()), key=lambda m: m.start, default=None)
    if first is None or bracketed(text, start, first):
        return []
    if not _opens(text, start, first, lang) and not words.APPOSITION.fullmatch(text, start, first.start):
        return []
    clause = words.INSERTION.sub("", re.sub(r"\([^()]*\)", "", text[first.end : verb.start() - len(joint[0])]))
    apposition = words.APPOSITION.fullmatch(text, start, first.start) and text.startswith(",", first.end)
    opens = (apposition or "," not in text[start : first.start]) and not re.search(
        r"[;:\"]|,(?! (?:and|et|und|e|y|og) )", clause
    )
    plain = opens and (participle or "," not in joint[0].rstrip(" ")[:1]) and not words.SUBORDINATE.search(clause)
    return [first] if plain and not conditional(text, first) else []
