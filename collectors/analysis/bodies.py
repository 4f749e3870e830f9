"""Bodies no list contains: by their head word, by the bracket behind a name, by their office.

``Landesanstalt für Medien (LfM)``, ``Procura di Roma``, ``Ministerios de Justicia y de Igualdad``. A body's name that
is the office of the person behind it, or that of somebody else's government, is taken away.
"""

from __future__ import annotations

import re
from dataclasses import replace

from collectors.analysis.normalise import places
from collectors.analysis.placed import Placed
from collectors.analysis.reading import Mention

_ACRONYM = re.compile(r"\s\((?:the |l')?(?P<acr>[A-Z][A-Za-z&-]{0,8}[A-Z])\)")
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
    for pattern, kind in placed.rules.organisations:
        for match in pattern.finditer(placed.text):
            start, end = match.span("org")
            inner = [m for m in placed.mentions if m.start < end and start < m.end]
            if all(m.start >= start and m.end <= end and m.end - m.start < end - start - 4 for m in inner):
                if inner and kind not in ("prosecutor", "court"):
                    continue
                placed.drop(inner)
                placed.add(start, end, kind, "organisation")


def acronyms(placed: Placed) -> None:
    """``Landesanstalt für Medien (LfM)``: the bracket is another name of what stands before."""
    for mention in list(placed.mentions):
        match = _ACRONYM.match(placed.text, mention.end)
        if not match or mention.kind == "person":
            continue
        if not placed.free(*match.span("acr")):
            continue
        initials = [word[0].lower() for word in re.findall(r"[^\W\d_]+", mention.text)]
        if match["acr"][0].lower() not in initials:
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
