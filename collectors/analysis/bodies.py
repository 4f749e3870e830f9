"""Bodies no list contains: by their head word, by the bracket behind a name, by their office.

``Landesanstalt für Medien (LfM)``, ``Procura di Roma``, ``Ministerios de Justicia y de Igualdad``. A body's name that
is the office of the person behind it, or that of somebody else's government, is taken away.
"""

from __future__ import annotations

import re
from dataclasses import replace

from collectors.analysis.name_rules import first_names
from collectors.analysis.normalise import fold_key, places
from collectors.analysis.placed import Placed
from collectors.analysis.reading import Mention

_ACRONYM = re.compile(
    r"\s\((?:the |l'|im Folgenden |ci-après )?(?P<acr>[A-ZÄÖÜ][A-Za-zÄÖÜäöü&./-]{0,9}[A-Za-z](?: [A-Z]{2,5})?)\)"
)
_DEFINES = re.compile(
    r"\s\((?:the |l')?(?P<acr>[A-ZÄÖÜÉ](?=[a-z&./-]*[A-ZÄÖÜ])[A-Za-zÄÖÜäöü&./-]{1,9}(?: [A-Z]{2,5})?)\)"
)
_CAPITAL = re.compile(r"(?<![\w'-])[A-ZÀ-ÖØ-Þ][\w&'-]*|(?<=[dlL]')[A-ZÀ-ÖØ-Þ][\w&'-]*")
_REST = re.compile(r"(?P<rest>(?: [a-zà-ÿ'-]{3,}){1,3}) \([A-ZÀ-Þ][\w&/-]{1,9}\)")
_MASCULINE = re.compile(r"(?:bund|verein|verband|rat|tag)(?:es|s)?$")
_NEUTER = re.compile(r"(?:institut|werk|zentrum|forum|netzwerk)s?$")
_GENITIVE = re.compile(
    r"^(\w*(?:[Aa]mt|[Vv]erband|[Bb]und|[Mm]inisterium|[Ii]nstitut|[Aa]usschuss|[Gg]ericht|[Rr]at|[Bb]ündnis))(?:s?es|s)$"
)
_OF = re.compile(r" (?:de |of |di |von |d')")


def several_ministries(placed: Placed) -> None:
    """``Ministerios de Justicia y de Juventud e Infancia``: two bodies behind one word in the plural."""
    for pattern, head in placed.rules.ministries:
        for match in pattern.finditer(placed.text):
            parts = list(placed.rules.ministry_part.finditer(placed.text, match.start("parts"), match.end("parts")))
            for place, part in enumerate(parts):
                start = match.start() if place == 0 else part.start("name")
                name = f"{head} {part['of'].strip()} {part['name']}".replace("' ", "'")
                placed.add(start, part.end("name"), "government", "organisation", name=name)


def organisations(placed: Placed) -> None:
    """``Staatsanwaltschaft Köln``: a head word and a name; a longer name takes the place of a listed one in it."""
    for rule in placed.rules.organisations.bodies:
        for match in rule.words.finditer(placed.text):
            start, end = _trimmed(placed, *match.span("org"))
            said = placed.text[start:end]
            lost = match["org"][0].isupper() and not said[0].isupper()  # "The prosecutor's office"
            lost = lost or (placed.lang == "en" and " " not in said)  # "the committee"
            if lost or said in placed.rules.organisations.not_names or "n't" in said:
                continue
            if rule.behind and _like_a_person(said):
                continue
            if f"({said})" in placed.text:  # initials of a name told in full, see `acronyms`
                continue
            whole = end
            if match.groupdict().get("of"):
                end = match.start("of")
            inner = [m for m in placed.mentions if m.start < end and start < m.end]
            if inner and not _takes(rule.kind, rule.over, inner, start, end):
                continue
            placed.drop(inner)
            if whole == end:
                whole = end = end + _to_bracket(placed, end)
            placed.add(start, end, rule.kind, "organisation", name=_nominative(placed.text[start:whole]))


def _trimmed(placed: Placed, start: int, end: int) -> tuple[int, int]:
    """Without words that only stand before the name ("On Tuesday", "The")."""
    while True:
        word = re.match(r"[^\W\d_]+[,']? ?", placed.text[start:end])
        if not word or word.end() >= end - start or word.group().strip(",' ") not in placed.rules.organisations.lead:
            break
        start += word.end()
    return start, start + len(placed.text[start:end].rstrip(" ,"))


def _to_bracket(placed: Placed, end: int) -> int:
    """``Syndicat des artistes interprètes (SFA)``: what stands before an acronym belongs to the name."""
    rest = None if placed.lang in ("en", "de", "da") else _REST.match(placed.text, end)
    return len(rest["rest"]) if rest else 0


def _takes(kind: str, over: bool, inner: list[Mention], start: int, end: int) -> bool:
    """May the longer name take the place of the names in it ("The" may stand before)? A committee of a chamber may, an
    association takes that of a newspaper ("The Example Union"), a person's is never taken."""
    within = all(m.start >= start - 4 and m.end <= end and m.end - m.start < end - start - 4 for m in inner)
    return (
        within
        and (over or kind in ("prosecutor", "court") or all(m.kind == "media" for m in inner))
        and all(m.kind not in ("person", "committee") for m in inner)
    )


def _like_a_person(said: str) -> bool:
    """Two words of which the first is a first name: not what an association is called."""
    words = said.split()
    return len(words) == 2 and fold_key(words[0].split("-")[0]) in first_names()


def _nominative(said: str) -> str:
    """``Deutschen Anwaltverein`` is called "Deutscher Anwaltverein"; ``Bundesamtes`` "Bundesamt"."""
    words = said.split()
    if len(words) > 1 and re.fullmatch(r"[A-ZÄÖÜ]\w+sche[nmrs]", words[0]):
        noun = words[1].lower()
        ending = "er" if _MASCULINE.search(noun) else "es" if _NEUTER.search(noun) else "e"
        words[0] = re.sub(r"e[nmrs]$", ending, words[0])
    words = [_GENITIVE.sub(r"\1", word) for word in words]
    return " ".join(words)


def defined(placed: Placed) -> None:
    """``Royal Example Constabulary (REC)``: a name in capitals whose initials stand in brackets behind it."""
    for bracket in _DEFINES.finditer(placed.text):
        if not placed.free(bracket.start() - 1, bracket.end("acr")):
            continue
        low = max(0, bracket.start() - 110)
        before = re.split(r"[.;:!?\n«»„“\"()]\s?", placed.text[low : bracket.start()])[-1]
        at = bracket.start() - len(before)
        for word in reversed(list(_CAPITAL.finditer(before))):
            said = before[word.start() :]
            if _spells(said, bracket["acr"]) and _body_like(placed, said):
                placed.add(at + word.start(), bracket.start(), "other", "organisation", name=_nominative(said))
                break


def _spells(said: str, acronym: str) -> bool:
    """The letters of the acronym stand in the name in their order, the first at its head, most at heads of words."""
    letters = [letter for letter in fold_key(acronym) if letter.isalpha()]
    heads = [word[0] for word in fold_key(said).split()]
    if len(letters) < 2 or not heads or letters[0] != heads[0] or len(heads) > 3 * len(letters):
        return False
    rest = iter(fold_key(said))
    at_heads = sum(letters.count(letter) > 0 for letter in dict.fromkeys(heads))
    return all(letter in rest for letter in letters) and at_heads * 2 >= len(set(letters))


def _body_like(placed: Placed, said: str) -> bool:
    rules, words = placed.rules.organisations, re.findall(r"[^\W\d_][\w'-]*", said)
    head = re.split(r" (?:of|for|on|für|der|des|for|de|du|des|di|del) ", said)[0].split()[-1]
    if any(rules.no_body.fullmatch(word) for word in (words[0], words[-1], head)) or _like_a_person(said):
        return False
    if placed.lang == "en":
        capitals = all(word[0].isupper() or len(word) < 4 for word in words)
        return len(words) > 1 and capitals and words[0] not in rules.lead
    if placed.lang in ("de", "da"):
        return any(rules.head_behind.search(word) for word in words)
    return rules.heads.match(words[0]) is not None


def acronyms(placed: Placed) -> None:
    """``Landesanstalt für Medien (LfM)``: the bracket is another name of what stands before."""
    for mention in list(placed.mentions):
        match = _ACRONYM.match(placed.text, mention.end)
        if not match or mention.kind == "person":
            continue
        if not placed.free(*match.span("acr")):
            continue
        initials = [fold_key(word[0]) for word in re.findall(r"[^\W\d_]+", mention.text)]
        if fold_key(match["acr"][0]) not in initials or not any(char.isupper() for char in match["acr"][1:]):
            continue
        for start, end in places(placed.text, match["acr"]):
            if placed.free(start, end):
                placed.put(
                    Mention(
                        start,
                        end,
                        match["acr"],
                        mention.actor_id,
                        mention.name,
                        mention.kind,
                        "acronym",
                        mention.public_role,
                    )
                )


def prosecutors(placed: Placed) -> None:
    """``the prosecutor's office`` alone is the only office the text names."""
    offices = {m.actor_id or m.name: m for m in placed.mentions if m.kind == "prosecutor"}
    if len(offices) != 1:
        return
    office = next(iter(offices.values()))
    for again in placed.rules.prosecutor.finditer(placed.text):
        if placed.free(*again.span()):
            placed.put(replace(office, start=again.start(), end=again.end(), text=again.group(), rule="office"))


def office_and_name(placed: Placed) -> None:
    """``Bundesrat Beat Jans``: a body's name right before a person is the office, not the body."""
    starts = {m.start for m in placed.mentions if m.kind == "person"}

    def office(mention: Mention) -> bool:
        if not starts & {mention.end + 1, mention.end + 2}:
            return False
        if mention.kind == "prosecutor":
            return mention.text.lower().startswith(("procureur", "procurator", "public prosecutor", "fiscal "))
        return (
            mention.kind in ("government", "parliament")
            and " " not in mention.text
            and "," not in placed.text[mention.end]
        )

    placed.drop([mention for mention in placed.mentions if office(mention)])


def governments_of_others(placed: Placed) -> None:
    """``el Gobierno de Meloni``: the government of who is listed in another country."""

    def other(mention: Mention) -> bool:
        link = _OF.match(placed.text, mention.end)
        leader = placed.at(link.end()) if link and mention.kind == "government" else None
        if leader is None or leader.kind != "person" or not (leader.actor_id and mention.actor_id):
            return False
        home, own = (placed.gazetteer.actors[m.actor_id].jurisdiction.partition("-")[0] for m in (leader, mention))
        return home != own

    placed.drop([mention for mention in placed.mentions if other(mention)])
