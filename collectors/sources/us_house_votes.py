"""Roll calls of the House of Representatives with every member's vote: https://clerk.house.gov/evs/{year}/roll{n}.xml.

Members are known by ``name-id``, their Bioguide number. Older files lack it: their members are then left to the
count. ``legis-num`` is written apart (``H R 5371``); procedural votes name no bill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.sources._us_votes import house_vote_outcome, house_vote_type
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Response, Source, Unknown, When

_ROLES = {
    "yea": "voter_for", "aye": "voter_for", "nay": "voter_against", "no": "voter_against", "present": "voter_abstain",
    "not voting": "",
}  # fmt: skip


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One vote."""
    root = bodies.read_xml(response, source)
    about = root.find("vote-metadata")
    if root.tag != "rollcall-vote" or about is None:
        raise SourceError(source.id, response.url, f"not a roll call but <{root.tag}>")
    said_on, number, congress = (bodies.words(about, name) for name in ("action-date", "rollcall-num", "congress"))
    try:
        when = When.on(datetime.strptime(said_on, "%d-%b-%Y").date(), said_on)
    except ValueError as error:
        raise SourceError(source.id, response.url, f"no day: {said_on!r}") from error
    question, result = bodies.words(about, "vote-question"), bodies.words(about, "vote-result")
    bill = re.sub(r"[^a-z0-9]", "", bodies.words(about, "legis-num").lower())
    match = re.fullmatch(r"(hconres|sconres|hjres|sjres|hres|sres|hr|s)(\d+)", bill)
    dossier = (Identifier("us.bill", f"{congress}-{match[1]}-{match[2]}"),) if match else ()
    key = f"house-{congress}-{bodies.words(about, 'session')[:1]}-{number}"
    voters: list[ActorRecord] = []
    parties = bodies.stage_table("us_govinfo")["parties"]
    for row in root.iter("recorded-vote"):
        member, word = row.find("legislator"), bodies.words(row, "vote").lower()
        ident = member.get("name-id", "") if member is not None else ""
        if word not in _ROLES:
            yield Unknown("vote", word, f"{key}:{ident}")
        elif member is not None and ident and _ROLES[word]:
            party = member.get("party", "")
            voters.append(
                ActorRecord(
                    "", "person", "us", (Identifier("us.bioguide", ident),), role=_ROLES[word],
                    role_title=member.get("state", ""), party=parties.get(party, party),
                )
            )  # fmt: skip
    totals = root.find("vote-metadata/vote-totals/totals-by-vote")
    counts = ", ".join(
        f"{label}: {bodies.words(totals, name)}"
        for name, label in (("yea-total", "yeas"), ("nay-total", "nays"), ("present-total", "present"))
        if bodies.words(totals, name)
    )
    description = one_line(bodies.words(about, "vote-desc"))
    title = f"House roll call {number}: " + " · ".join(
        part for part in (bodies.words(about, "legis-num"), description, question) if part
    )
    told = event(
        source, key, house_vote_type(question, result), when, title, lang="en", rule="us_house_votes:action-date",
        outcome=house_vote_outcome(result), code=bodies.words(about, "vote-type"), url=response.url,
        quote=", ".join(part for part in (result, counts) if part), actors=tuple(voters), dossier=dossier,
    )  # fmt: skip
    yield item(
        source, key, "vote", title, lang="en", url=response.url, summary=told.quote, text=description, when=when,
        events=(told,), dossier=dossier,
    )  # fmt: skip
