"""Legislators of the US states and of Congress: one YAML file each in https://github.com/openstates/people (CC0).

Dates of birth, gender, offices and photographs are not read. A role without ``end_date`` is held today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from collectors.sources import _bodies as bodies
from collectors.sources._json import dicts, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Response, Seat, Source

_STATE = re.compile(r"/(?:state|district|territory):([a-z]{2})/")
_HOUSES = {"upper": "Senator", "lower": "Representative", "legislature": "Legislator"}
_CHAMBERS = {"upper": "Senate", "lower": "House of Representatives", "legislature": "Legislature"}


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The person of one file, with the role and party of the day of the fetch."""
    bodies.refuse_page(response, source)
    try:
        person: Any = yaml.load(response.body, Loader=_Plain)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise SourceError(source.id, response.url, f"not YAML: {error}") from error
    if not isinstance(person, dict) or "roles" not in person:
        raise SourceError(source.id, response.url, "not a person with roles")
    ident, name = said(person, "id"), one_line(said(person, "name"))
    if not ident.startswith("ocd-person/") or not name:
        raise SourceError(source.id, response.url, "a person without id or name")
    today = response.fetched_at[:10]
    held = [row for row in dicts(person["roles"]) if not said(row, "end_date") or said(row, "end_date") >= today]
    role = held[0] if held else {}
    state = _STATE.search(said(role or (dicts(person["roles"]) or [{}])[0], "jurisdiction"))
    ids = [Identifier("ocd", ident)]
    ids += [
        Identifier("us.bioguide", said(one, "identifier"))
        for one in dicts(person.get("other_identifiers"))
        if said(one, "scheme") == "bioguide"
    ]
    party = [said(one, "name") for one in dicts(person.get("party")) if not said(one, "end_date")]
    title = _HOUSES.get(said(role, "type"), said(role, "type"))
    yield ActorRecord(
        name=name,
        kind="person",
        jurisdiction=f"us-{state[1]}" if state else "us",
        identifiers=tuple(ids),
        role_title=", ".join(part for part in (title, said(role, "district")) if part) if role else "",
        party=party[0] if party else "",
        seats=tuple(
            Seat(chamber, said(row, "start_date")[:10], said(row, "end_date")[:10])
            for row in dicts(person["roles"])
            if (chamber := _CHAMBERS.get(said(row, "type"), ""))
        ),
        aliases=tuple(bodies.unique(one_line(said(one, "name")) for one in dicts(person.get("other_names")))),
    )


class _Plain(yaml.SafeLoader):
    """Everything is text: a day stays as it is written, a district "23" is no number; aliases are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias where none is needed")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {}
