"""Senators: the names behind the Sénat's register numbers (``matricule``), with their political group.

Published at https://data.senat.fr/les-senateurs/ as ODSEN_GENERAL.csv. The table also holds dates of birth and
death, occupations and addresses: none of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.sources import _bodies as bodies
from collectors.sources._senat_csv import table_rows
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Rejected, Response, Seat, Source, Unknown

_NUMBER = re.compile(r"^\d{5}[A-Z]$")
_NEEDED = {"matricule", "nom usuel", "prenom usuel", "groupe politique"}


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One person for each senator in office or formerly; only those in office carry their group of today."""
    groups = bodies.stage_table("fr_senat_votes")["groups"]
    warned: set[str] = set()
    count = 0
    for told in table_rows(response, source, _NEEDED):
        if isinstance(told, Rejected):
            yield told
            continue
        place, row = told
        ident = row["matricule"].upper()
        name = one_line(f"{row['prenom usuel']} {row['nom usuel']}")
        if not _NUMBER.match(ident) or not row["nom usuel"]:
            yield Rejected(place, "no register number or no name", row.get("matricule", "")[:100])
            continue
        count += 1
        code = row["groupe politique"]
        if code and code not in groups and code not in warned:
            warned.add(code)
            yield Unknown("Groupe politique", code, ident)
        in_office = row.get("etat", "ACTIF") == "ACTIF"
        yield ActorRecord(
            name=name,
            kind="person",
            jurisdiction=source.jurisdiction,
            identifiers=(Identifier("fr.senat", ident),),
            organisation="Sénat",
            party=groups.get(code, code) if in_office else "",
            seats=(Seat("Sénat"),) if in_office else (),
        )
    if not count:
        raise SourceError(source.id, response.url, "a table without any senator")
