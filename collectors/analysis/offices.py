"""What an actor is and whom it belongs to at the time of a text: for measuring, the product has the register of roles.

The words of the text go before the register: a party beside the name, the office that stands with it, the government of
a minister's country, else the role held on the day of publication, the parent of a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from collectors.analysis.gazetteer import Gazetteer
from collectors.analysis.name_rules import name_rules
from collectors.analysis.normalise import normalise
from collectors.analysis.reading import Document, Mention
from data.reference_models import RefRole
from data.vocabulary import load_vocabulary

_MINISTER = re.compile(r"(?i)minist|sottosegretari|undersecretar|secretary of state|secrétaires? d'état|premier")
_GOVERNMENTS = ("gouvernement", "government", "gobierno", "governo", "regeringen", "bundesrat", "bundesregierung")
_NEAR = 26


def office(
    document: Document,
    country: str,
    items: Sequence[Mention],
    mentions: Iterable[Mention],
    gazetteer: Gazetteer,
    roles: tuple[RefRole, ...],
) -> tuple[str, str]:
    """Role and affiliation of the actor of ``items`` (all its mentions), each empty when nothing tells."""
    first = items[0]
    if first.kind != "person":
        actor = gazetteer.actors.get(first.actor_id)
        parent = gazetteer.actors.get(actor.parent_id) if actor else None
        return _kind(first.kind, document.lang), parent.name if parent else ""
    held = _held(first.actor_id, document, roles)
    titles = held.titles if held else {}
    said = [one.public_role for one in items] + [titles.get(document.lang, "")]
    said += [_beside(document, one) for one in items] + [titles.get("en", "")]
    role = next(filter(None, said), "")
    party = next(filter(None, (_party(document.text, one, mentions) for one in items)), "")
    organisation = gazetteer.actors.get(held.organisation_id) if held else None
    place = gazetteer.actors[first.actor_id].jurisdiction if first.actor_id in gazetteer.actors else country
    governed = _government(place, gazetteer) if _MINISTER.search(role) else ""
    return role, party or governed or (organisation.name if organisation else "")


def _beside(document: Document, person: Mention) -> str:
    """The office that stands right before the name, or behind it and a comma."""
    rules = name_rules(document.lang or "en")
    text = normalise(document.text[max(0, person.start - 40) : person.start])
    before = [hit for hit in rules.public.finditer(text) if not re.search(r"[.;\n]", text[hit.end() :].rstrip(". "))]
    if before:
        return text[before[-1].start() :].strip(" ,")
    behind = rules.apposition.match(normalise(document.text[person.end : person.end + 60]))
    return behind["role"] if behind else ""


def _kind(kind: str, lang: str) -> str:
    """What the list of kinds calls a body, in the language of the text where it has it."""
    return load_vocabulary().label("actor_kinds", kind, "fr" if lang == "fr" else "en").lower()


def _held(actor_id: str, document: Document, roles: tuple[RefRole, ...]) -> RefRole | None:
    """The latest role held on the day of publication."""
    day = document.published.isoformat()
    held = [
        role
        for role in roles
        if actor_id
        and role.actor_id == actor_id
        and (not role.start or role.start <= day)
        and (not role.end or role.end >= day[: len(role.end)])
    ]
    return max(held, key=lambda role: role.start, default=None)


def _party(text: str, person: Mention, mentions: Iterable[Mention]) -> str:
    """``Jane Roe (Greens)``, ``the Labour deputy Jane Roe``: the party right behind the name or shortly before it."""
    for one in mentions:
        if one.kind in ("party", "group"):
            behind = 0 < one.start - person.end <= 2 and "(" in text[person.end : one.start]
            before = 0 < person.start - one.end <= _NEAR and re.fullmatch(r"[^.,;:()\n]*", text[one.end : person.start])
            if behind or before:
                return one.name
    return ""


def _government(place: str, gazetteer: Gazetteer) -> str:
    country = place.partition("-")[0]
    found = (gazetteer.actors.get(f"{country}-{word}") for word in _GOVERNMENTS)
    return next((one.name for one in found if one and one.kind == "government"), "")
