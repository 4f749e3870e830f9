"""Members of the German Bundestag and their votes: https://www.abgeordnetenwatch.de/api/v2 (CC0).

Answers carry ``meta`` and ``data``. ``id_external_administration`` is the number of the Bundestag's own register. A
group's name carries the term it sat in; it is told without. Polls carry a day and whether they were carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, Follow, Identifier, Record, Rejected, Response, Seat, Source

_DRS = re.compile(r"dserver\.bundestag\.de/btd/(\d{2})/\d+/(\d{2})0*(\d+)\.pdf|(\d{2}/\d{3,5})\b")

_TERM = re.compile(r"(\d{4}) ?[-–] ?(\d{4})")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Mandates and politicians as actors, polls as votes."""
    payload = bodies.read_json(response, source)
    rows = listed(payload, "data", response, source)
    if said(payload, "meta", "status") not in ("ok", ""):
        raise SourceError(source.id, response.url, f"the service says: {said(payload, 'meta', 'status_message')[:200]}")
    for place, row in enumerate(rows):
        kind = said(row, "entity_type") if isinstance(row, dict) else ""
        if kind == "candidacy_mandate":
            yield from _mandate(row, response, source)
        elif kind == "politician":
            yield from _politician(row)
        elif isinstance(row, dict) and "field_poll_date" in row:
            yield from _poll(row, response, source)
        else:
            yield Rejected(f"data[{place}]", f"a row of an unknown kind: {kind!r}", str(row)[:300])
    result = payload.get("meta", {}).get("result", {}) if isinstance(payload.get("meta"), dict) else {}
    end, total = result.get("range_end"), result.get("total")
    if isinstance(end, int) and isinstance(total, int) and rows and end < total:
        parts = urlsplit(response.url)
        query = dict(parse_qsl(parts.query)) | {"range_start": str(end), "range_end": str(end + 1000)}
        if end < bodies.option_number(source, "max_results", 2000):
            yield Follow(f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(query)}")


def _mandate(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("id", "type", "politician", "parliament_period"), response, source)
    if said(row, "type") != "mandate":
        return
    name, ident = one_line(said(row, "politician", "label")), said(row, "politician", "id")
    if not name or not ident.isdigit():
        yield Rejected(f"mandate {said(row, 'id')}", "no politician", str(row)[:300])
        return
    groups = [one for one in dicts(row.get("fraction_membership")) if not said(one, "valid_until")]
    group = re.sub(r"\s*\([^()]*\)\s*$", "", one_line(said(groups[0], "fraction", "label"))) if groups else ""
    ids = [Identifier("de.aw", ident)]
    if said(row, "id_external_administration").isdigit():
        ids.append(Identifier("de.mdb.admin", said(row, "id_external_administration")))
    seat = re.sub(r"\s*\([^()]*\)\s*$", "", one_line(said(row, "electoral_data", "constituency", "label")))
    yield ActorRecord(
        name, "person", source.jurisdiction, tuple(ids), role_title=seat, organisation="Deutscher Bundestag",
        party="" if said(row, "end_date") else group, seats=(_seat(row),),
    )  # fmt: skip


def _seat(row: dict[str, Any]) -> Seat:
    """The days of the mandate, else the years of the term it was won for (``Bundestag 2021 - 2025``)."""
    term = _TERM.search(said(row, "parliament_period", "label"))
    first, last = term.groups() if term else ("", "")
    return Seat("Deutscher Bundestag", said(row, "start_date")[:10] or first, said(row, "end_date")[:10] or last)


def _politician(row: dict[str, Any]) -> Iterator[Record]:
    name, ident = one_line(said(row, "label")), said(row, "id")
    if not name or not ident.isdigit():
        yield Rejected(f"politician {ident}", "no name or no id", str(row)[:300])
        return
    wikidata = said(row, "qid_wikidata")
    ids = [Identifier("de.aw", ident), *([Identifier("wikidata", wikidata)] if wikidata else [])]
    yield ActorRecord(name, "person", "de", tuple(ids), party=one_line(said(row, "party", "label")))


def _poll(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("id", "label", "field_poll_date"), response, source)
    ident, title, when = said(row, "id"), one_line(said(row, "label")), bodies.on_day(said(row, "field_poll_date"))
    if when is None or not title:
        yield Rejected(f"poll {ident}", "no day or no title", str(row)[:300])
        return
    accepted = row.get("field_accepted")
    outcome = "adopted" if accepted is True else "rejected" if accepted is False else ""
    links = " ".join(said(one, "uri") for one in dicts(row.get("field_related_links")))
    papers = bodies.unique(f"{m[1]}/{m[3]}" if m[1] else m[4] for m in _DRS.finditer(links))
    dossier = tuple(Identifier("de.drs", paper) for paper in papers)
    url = safe_link(said(row, "abgeordnetenwatch_url"))
    text = plain_text(said(row, "field_intro"))
    told = event(
        source, f"poll-{ident}", "bill_reading", when, title, lang="de", rule="de_abgeordnetenwatch:field_poll_date",
        outcome=outcome, url=url, quote=title, dossier=dossier,
    )  # fmt: skip
    yield item(
        source, f"poll-{ident}", "vote", title, lang="de", url=url, text=text, when=when, events=(told,),
        dossier=dossier,
        categories=tuple(one_line(said(one, "label")) for one in dicts(row.get("field_topics"))),
    )  # fmt: skip
