"""Whose verb it is: the named subject of a verb of position, or nobody.

Looked at from the verb: a name before it with nothing between but its bracket, an insertion between commas or a
relative pronoun; names joined by "and"; a name behind it after a quotation, after "dont" or where a language puts the
verb second; a pronoun or a description that can mean one actor only. To say nothing is better than to say it of the
wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from collectors.analysis import holder_words as words
from collectors.analysis.name_rules import first_names, name_rules
from collectors.analysis.normalise import fold_key
from collectors.analysis.reading import Mention
from collectors.analysis.sieve import Words


def subjects(
    text: str,
    sentence: tuple[int, int],
    here: list[Mention],
    verb: re.Match[str],
    lang: str,
    infinitive: bool = False,
    ending: bool = False,
) -> list[Mention]:
    """The named subjects of ``verb`` inside its sentence; none when it is not certain. ``infinitive``: a form that
    is also a noun or an infinitive ("support") and needs several subjects or none between; ``ending``: a verb at the
    end of its relative clause."""
    passive = words.PASSIVE.get(lang)
    if passive and passive.search(text[max(sentence[0], verb.start() - 22) : verb.start()]):
        return []
    if words.QUOTED.search(text[max(sentence[0], verb.start() - 7) : verb.start()]):
        return _behind(text, here, verb, 5, lang)
    behind = words.BEHIND.get(lang)
    if behind and behind.search(text[max(sentence[0], verb.start() - 14) : verb.start()]):
        found = _behind(text, here, verb, 4, lang)
        if found or lang == "fr":
            return found
    if ending:
        return _ending(text, sentence[0], here, verb)
    return _before(text, sentence[0], here, verb, lang, infinitive) or _second(text, sentence[0], here, verb, lang)


def _before(
    text: str, start: int, here: list[Mention], verb: re.Match[str], lang: str, infinitive: bool
) -> list[Mention]:
    """The nearest name that may be the subject, with those joined to it."""
    for mention in sorted((m for m in here if m.end <= verb.start()), key=lambda m: -m.end)[:5]:
        acronym = _acronym(text, here, mention)
        if _bracketed(text, start, mention) and not acronym:
            continue
        between = text[mention.end + acronym : verb.start()]
        if _conditional(text, mention):
            return []
        relative = _relative(text, between, verb, lang)
        if relative and not infinitive:
            return _antecedent(text, here, mention)
        direct = re.sub(rf"^{words.BRACKET}", "", between)
        if mention.kind == "person":
            direct = words.OF_BODY.sub("", direct)
        if (
            len(direct) <= words.NEAR
            and not words.BROKEN.search(direct)
            and _plain(text, verb.start() - len(direct), verb, lang)
        ):
            joined = _joined(text, here, mention)
            alone = infinitive and (direct.strip() or (len(joined) < 2 and mention.kind == "person"))
            if alone or _beside(text, joined[0]) or _of_other(text, start, joined[0]):
                return [] if alone or len(joined) > 1 else _member(text, start, here, mention)
            return joined
        if words.ONLY_VERB.fullmatch(direct):
            outer = [m for m in here if m.end < mention.start and not _bracketed(text, start, m)]
            outer = [m for m in outer if mention.kind != "person" or not words.OFFICE_OF.search(text[start : m.start])]
            if not any(words.OPENING.fullmatch(text, m.end, mention.start) for m in outer):
                before = text[max(start, mention.start - 60) : mention.start]
                own = not _beside(text, mention) and not words.GENITIVE.search(before)
                return [mention] if "," in before and (own or words.MEMBERS.search(before)) else []
            continue
        comma = words.COMMAS.fullmatch(words.STOPS.sub(" ", between))
        relative = comma is not None and words.PRONOUN.match(comma["rest"]) is not None
        if (
            comma is not None
            and not infinitive
            and _inserted(comma["inside"])
            and (relative or not _beside(text, mention))
        ):
            if not relative and _of_other(text, start, mention):
                return []
            broken = words.BROKEN.search(" " + comma["rest"])
            return [mention] if not broken and _plain(text, verb.start() - len(comma["rest"]), verb, lang) else []
        if not re.search(r"[,(]", between):
            return []
    return []


def _ending(text: str, start: int, here: list[Mention], verb: re.Match[str]) -> list[Mention]:
    """``…, der den Entwurf wegen seiner Unbestimmtheit ablehnt.``"""
    if not re.match(r"\s?[,.;]", text[verb.end() : verb.end() + 2]):
        return []
    for mention in sorted((m for m in here if m.end <= verb.start()), key=lambda m: -m.end)[:4]:
        if not _bracketed(text, start, mention) and words.RELATIVE_COMMA.fullmatch(text, mention.end, verb.start()):
            return _antecedent(text, here, mention)
    return []


def _relative(text: str, between: str, verb: re.Match[str], lang: str) -> bool:
    """``…, qui critique``, ``…, which opposes``; not in German, where the verb ends the clause."""
    if lang == "de":
        return False
    found = words.RELATIVE.fullmatch(between)
    if found is None or (lang in ("es", "it") and "," not in between):
        return False
    return _plain(text, verb.start() - len(found["rest"]), verb, lang)


def _inserted(inside: str) -> bool:
    """An apposition or a relative clause, not the next member of a list nor a clause with a subject of its own."""
    return words.NO_INSERTION.search(inside) is None


def _plain(text: str, start: int, verb: re.Match[str], lang: str) -> bool:
    """Between subject and verb nothing that has a verb of its own: no other name, no article before a noun."""
    between = text[start : verb.start()]
    if words.NOUN.search(between) and not re.search(r"(?:s'|se|si|sich)\s?$", between):
        return False
    if words.FILL[lang].fullmatch(between) is None:
        return False
    return not unnamed(text, start, verb.start(), lang)


def unnamed(text: str, start: int, end: int, lang: str) -> bool:
    """A name that is no mention stands there: the verb is that person's, and nobody may say so."""
    rules = name_rules(lang)
    for name in rules.name.finditer(text, start, end):
        first = re.split(r"[ -]", name.group())[0]
        if fold_key(first) in first_names() or not (rules.nouns_capital or first in rules.not_first):
            return True
    return False


def _bracketed(text: str, start: int, mention: Mention) -> bool:
    """A party or an acronym in the bracket behind a name."""
    before = text[start : mention.start]
    return before.count("(") > before.count(")")


def _of_other(text: str, start: int, mention: Mention) -> bool:
    """The object of a relative clause ("a congresswoman who supports X denounces"), or whose thing it is that has the
    verb ("un rapport de la Commission préconise")."""
    before = text[max(start, mention.start - 40) : mention.start]
    return words.OBJECT.search(before) is not None or words.GENITIVE.search(before) is not None


def _acronym(text: str, here: list[Mention], mention: Mention) -> bool:
    """Alone in the bracket behind a name that is no mention, and no party, which may be that of a person."""
    alone = text[mention.start - 1 : mention.start] + text[mention.end : mention.end + 1] == "()"
    named = any(m.end == mention.start - 2 for m in here)
    return alone and not named and mention.kind not in ("party", "group", "person")


def _conditional(text: str, mention: Mention) -> bool:
    return words.IF.search(text[max(0, mention.start - 14) : mention.start]) is not None


def _antecedent(text: str, here: list[Mention], mention: Mention) -> list[Mention]:
    """``Jane Roe from the union, who criticises``: the person; nobody when the person is no mention."""
    for person in here:
        before = person.kind == "person" and person.end < mention.start
        if before and words.FROM.fullmatch(text[person.end : mention.start]):
            return [person]
    return [] if words.SOMEBODY.search(text, max(0, mention.start - 40), mention.start) else [mention]


def _member(text: str, start: int, here: list[Mention], body: Mention) -> list[Mention]:
    """``Jane Roe of the union criticises``: the person, when nothing speaks against it."""
    for person in here:
        if person.kind == "person" and person.end < body.start and words.FROM.fullmatch(text[person.end : body.start]):
            return [] if _beside(text, person) or _of_other(text, start, person) else [person]
    return []


def _joined(text: str, here: list[Mention], last: Mention) -> list[Mention]:
    """``X and Y``, ``X, Y and Z``: in text order."""
    found = [last]
    pattern = words.AND
    for mention in sorted((m for m in here if m.end < last.start), key=lambda m: -m.end):
        if _bracketed(text, max(0, mention.start - 60), mention):
            continue
        if pattern.fullmatch(text[mention.end : found[0].start]) is None:
            break
        found.insert(0, mention)
        pattern = words.COMMA
    return found


def _behind(text: str, here: list[Mention], verb: re.Match[str], most: int, lang: str) -> list[Mention]:
    """The name behind the verb, after the words of its office."""
    end = words.FIRST_WORD.match(text, verb.start()).end() if lang in words.VERB_SECOND else verb.end()  # type: ignore[union-attr]
    behind = min((m for m in here if m.start >= end), key=lambda m: m.start, default=None)
    if behind is None:
        return []
    between = text[end : behind.start].lstrip()
    plain = re.fullmatch(words.OFFICE % most, between) and not words.PREPOSITION.search(between)
    return [behind] if plain and not unnamed(text, end, behind.start, lang) else []


def _second(text: str, start: int, here: list[Mention], verb: re.Match[str], lang: str) -> list[Mention]:
    """``Vor dem Bundestag begrüßte Ministerin Winzig …``: the name behind, where a language puts the verb second."""
    opening = words.VERB_SECOND[lang].match(text, start) if lang in words.VERB_SECOND else None
    if lang == "de" and words.CLAUSE_FIRST.fullmatch(text, start, verb.start()):
        return _behind(text, here, verb, 2, lang)
    if opening is None or any(m.end <= verb.start() and not _beside(text, m) for m in here):
        return []
    if re.search(r"[,;:\"]", text[start : verb.start()]):
        return []
    return _behind(text, here, verb, 2, lang)


def _beside(text: str, mention: Mention) -> bool:
    """Only said to be where it happens, or against whom: no subject."""
    return words.PREPOSITION.search(text, max(0, mention.start - 20), mention.start) is not None


def behind_quotation(text: str, here: list[Mention], verb: re.Match[str], lang: str) -> list[Mention]:
    """``"…", proteste la députée X``: the name behind a verb that stands right behind a quotation, and behind the one
    it is said to ("reprochó al Gobierno la diputada X")."""
    if not words.QUOTED.search(text[max(0, verb.start() - 7) : verb.start()]):
        return []
    addressed = words.ADDRESSED.match(text, verb.end())
    if addressed is None:
        return _behind(text, here, verb, 5, lang)
    behind = [m for m in here if m.start >= addressed.end()]
    office = behind and re.fullmatch(words.OFFICE % 4, text[addressed.end() : behind[0].start])
    return behind[:1] if office and not unnamed(text, addressed.end(), behind[0].start, lang) else []


def listed_after(text: str, here: list[Mention], position: int) -> list[Mention]:
    """``by X, Y and Z``: the names that begin here, joined by commas and "and"."""
    found: list[Mention] = []
    for mention in here:
        if mention.start < position:
            continue
        between = text[position : mention.start].strip(" ,")
        office = not found and re.fullmatch(r"(?:[a-zà-ÿ][\w'-]*\.?\s?|Sens?\.\s?|Reps?\.\s?|Gov\.\s?){1,4}", between)
        if not words.JOINING.fullmatch(between) and not office:
            break
        found.append(mention)
        position = mention.end
    return found


def meant(text: str, start: int, position: int, earlier: Sequence[Mention], opens: int, person: bool) -> list[Mention]:
    """The one actor told before whom a pronoun (or "the deputy", "the association") at ``position`` can mean: the one
    that opens the clause or the sentence beginning at ``opens``."""
    if words.SAID.search(text, max(start, position - 12), position):
        return []
    alike = {m.actor_id or m.name: m for m in earlier if (m.kind == "person") == person}
    first = min(earlier, key=lambda m: m.start, default=None)
    if len(alike) != 1 or first is None or first.start - opens > 60:
        return []
    one = next(iter(alike.values()))
    return [one] if not _beside(text, one) and not _of_other(text, opens, one) else []


def meant_by(
    text: str,
    start: int,
    here: Sequence[Mention],
    before: tuple[int, list[Mention]],
    verb: int,
    pronoun: Words,
    persons: Words,
    bodies: Words,
    lang: str,
) -> list[Mention]:
    """Whom a pronoun or a description right before the verb can mean. ``before``: where the sentence before begins,
    and its names."""
    for described, person in ((pronoun, True), (persons, True), (bodies, False)):
        for word in described.finditer(text, max(start, verb - 45), verb):
            if words.ADVERBS.fullmatch(text, word.end(), verb) is None:
                continue
            earlier = [m for m in here if m.end <= word.start()]
            alike = [m for m in earlier if (m.kind == "person") == person]
            found = meant(text, start, word.start(), alike or before[1], start if alike else before[0], person)
            if not found and described is pronoun and lang in words.GENDERED:
                found = _body_meant(text, start, word.start(), earlier, before, lang)
            if found:
                return found
    return []


def _body_meant(
    text: str, start: int, position: int, earlier: list[Mention], before: tuple[int, list[Mention]], lang: str
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
    if len(before) > 40 or _beside(text, mention) or _of_other(text, start, mention):
        return False
    if text.startswith(("'s", "' "), mention.end):
        return False
    office = name_rules(lang).public.search(before)
    return office is not None or re.fullmatch(r"(?:[A-ZÀ-ÖØ-Þ][\w.'-]*\s?){0,3}", before) is not None


def same_subject(
    text: str, start: int, here: list[Mention], verb: re.Match[str], told: Sequence[tuple[int, Mention]], lang: str
) -> list[Mention]:
    """``X welcomed the letters and urged the agency``: the subject of the verb before, or the name that opens the
    sentence. ``told`` are the verbs of the sentence that have a subject: (end of the verb, subject)."""
    joint = words.SECOND_VERB.search(text[max(start, verb.start() - 25) : verb.start()])
    if joint is None:
        return []
    last = max((end for end, _ in told if end <= verb.start()), default=0)
    if last:
        before = [m for m in here if last <= m.start and m.end <= verb.start()]
        clause = text[last : verb.start()]
        apart = re.search(r"[;:]", clause) or (before and "," in joint[0])
        return [] if apart else [m for end, m in told if end == last]
    first = min((m for m in here if m.end <= verb.start()), key=lambda m: m.start, default=None)
    if first is None or not _opens(text, start, first, lang) or _bracketed(text, start, first):
        return []
    clause = words.INSERTION.sub("", re.sub(r"\([^()]*\)", "", text[first.end : verb.start()]))
    opens = "," not in text[start : first.start] and not re.search(r"[;:\"]|,(?! (?:and|et|und|e|y|og) )", clause)
    plain = opens and "," not in joint[0].rstrip(" ")[:1] and not words.SUBORDINATE.search(clause)
    return [first] if plain and not _conditional(text, first) else []
