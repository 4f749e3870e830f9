"""Public votes of the Assemblée nationale: one JSON each, in a zip per legislature or alone.

Published at https://data.assemblee-nationale.fr/travaux-parlementaires/votes. Counts are texts. ``objet`` names the
file it belongs to only at times: a vote hangs on the file whose acts name it (``fr.an.scrutin``). A correction
(``miseAuPoint``) says how a deputy meant to vote; it changes no result and is not told as a vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.local_dates import paris_when
from collectors.sources import _bodies as bodies
from collectors.sources._archive import Archive
from collectors.sources._fr_votes import vote_type
from collectors.sources._json import dicts, dig, refs, said
from collectors.text import one_line
from data.errors import SourceError
from data.fold import fold
from data.models import (
    ActorRecord,
    EventRecord,
    Identifier,
    ItemRecord,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
)

_UID = re.compile(r"^VTANR5L(\d{1,2})V(\d{1,6})$")
_FILE = re.compile(r"^DLR5L\d+N\d+$")
_POSITIONS = {"pours": "voter_for", "contres": "voter_against", "abstentions": "voter_abstain"}


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One item for each vote, with its event and, in their roles, the deputies who voted."""
    if response.body[:2] != b"PK":
        payload = bodies.read_json(response, source)
        if not isinstance(payload, dict) or not isinstance(payload.get("scrutin"), dict):
            raise SourceError(source.id, response.url, "not a scrutin")
        yield from _vote(payload["scrutin"], response.url, source)
        return
    count = 0
    for member in Archive(response, source).read():
        if isinstance(member, Rejected):
            yield member
        elif isinstance(member.value.get("scrutin"), dict):
            count += 1
            yield from _vote(member.value["scrutin"], member.name, source)
        else:
            yield Rejected(member.name, "not a scrutin")
    if not count:
        raise SourceError(source.id, response.url, "an archive without any scrutin")


def _vote(raw: dict[str, Any], place: str, source: Source) -> Iterator[Record]:
    uid, when = said(raw, "uid"), paris_when(said(raw, "dateScrutin"))
    title = one_line(said(raw, "titre") or said(raw, "objet", "libelle"))
    match = _UID.match(uid)
    if not match or not title or when is None:
        yield Rejected(place, f"a vote without identifier, title or day: {uid[:60]!r}")
        return
    if not isinstance(raw.get("sort"), dict) or not isinstance(raw.get("syntheseVote"), dict):
        raise SourceError(source.id, place, "a scrutin without sort or syntheseVote: the format has changed")
    code = said(raw, "sort", "code")
    outcome = bodies.stage_table("fr_assemblee_votes")["vote_sort"].get(fold(code), "")
    if not outcome:
        yield Unknown("sort", code, uid)
    files = [ref for ref in refs(dig(raw, "objet", "dossierLegislatif")) if _FILE.match(ref)]
    dossier = (*(Identifier("fr.an.dossier", ref) for ref in files), Identifier("fr.an.scrutin", uid))
    counts = dig(raw, "syntheseVote", "decompte")
    parts = [("pour", "pour"), ("contre", "contre"), ("abstentions", "abstentions"), ("nonVotants", "non-votants")]
    result = ", ".join(f"{label} : {number}" for key, label in parts if (number := said(counts, key)))
    url = f"https://www.assemblee-nationale.fr/dyn/{match[1]}/scrutins/{match[2]}"
    event = EventRecord(
        external_id=uid,
        type=vote_type(title, outcome),
        when=when,
        title=f"Scrutin n° {match[2]} : {title}",
        lang="fr",
        jurisdiction=source.jurisdiction,
        outcome=outcome,
        official_code=said(raw, "typeVote", "codeTypeVote"),
        url=url,
        quote=" ; ".join(part for part in (said(raw, "sort", "libelle"), result) if part),
        rule="fr_assemblee_scrutins:dateScrutin",
        actors=tuple(_voters(raw)),
        dossier=dossier,
    )
    yield ItemRecord(
        external_id=uid,
        kind="vote",
        title=f"Scrutin n° {match[2]} : {title}",
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        summary=result,
        text=one_line(said(raw, "typeVote", "libelleTypeVote")),
        published_said=when.said,
        published_on=when.start,
        published_quality="date",
        publisher=source.publisher,
        events=(event,),
        dossier=dossier,
    )


def _voters(raw: dict[str, Any]) -> Iterator[ActorRecord]:
    """Deputies by position; who did not vote (the president of the sitting, ministers) takes none."""
    for organ in dicts(dig(raw, "ventilationVotes", "organe")):
        for group in dicts(dig(organ, "groupes", "groupe")):
            held = dig(group, "vote", "decompteNominatif")
            for key, role in _POSITIONS.items():
                for voter in dicts(dig(held, key, "votant")):
                    for ref in refs(voter.get("acteurRef")):
                        yield ActorRecord("", "person", "fr", (Identifier("fr.an", ref),), role=role)
