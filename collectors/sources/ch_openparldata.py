"""Swiss parliaments from the Confederation to the communes: https://api.openparldata.ch/v1 (CC BY 4.0).

Texts are objects by language, possibly empty. Answers carry ``meta`` and ``data``; one record comes alone. A filter can
be dropped in silence while the total still counts with it: rows of another body than asked for end the visit. Times of
update bear no zone and are not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, need
from collectors.sources._json import dicts, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, DossierRecord, EventRecord, Follow, Identifier, Record, Rejected, Response, Source

_LANGS = ("fr", "de", "it", "rm", "en")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Affairs as files, votings as votes, persons and bodies as actors."""
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "detail" in payload:
        raise SourceError(source.id, response.url, f"the service says: {str(payload['detail'])[:200]}")
    if isinstance(payload, dict) and "data" not in payload and "id" in payload:
        yield from _row(payload, response, source)
        return
    rows = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(rows, list):
        raise SourceError(source.id, response.url, "no list 'data': the format has changed")
    asked = parse_qs(urlsplit(response.url).query).get("body_key", [""])[0]
    if asked and any(said(row, "body_key") not in ("", asked) for row in dicts(rows)):
        raise SourceError(source.id, response.url, f"rows of other bodies than {asked}: the filter was ignored")
    for row in dicts(rows):
        yield from _row(row, response, source)
    following = safe_link(said(payload, "meta", "next_page"))
    offset = parse_qs(urlsplit(following).query).get("offset", ["0"])[0]
    most = bodies.option_number(source, "max_results", 1000)
    if following.startswith("https://api.openparldata.ch/") and offset.isdigit() and int(offset) < most:
        yield Follow(following)


def _words(row: dict[str, Any], key: str) -> tuple[str, str]:
    """(text, language) of a text by language: French first, then the order of the country's languages."""
    for lang in _LANGS:
        if text := one_line(said(row, key, lang)):
            return text, lang
    return "", ""


def _row(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    if "results_yes" in row:
        yield from _voting(row, response, source)
    elif "type_harmonized" in row and "number" in row:
        yield from _affair(row, response, source)
    elif "fullname" in row:
        yield _person(row)
    elif "person_id" in row:
        return  # memberships of interest groups are not told
    elif "legislative_name" in row:
        name, _ = _words(row, "legislative_name")
        place, _ = _words(row, "name")
        wikidata = said(row, "legislative_wikidata_id")
        if name:
            ids = [Identifier("ch.opd.body", said(row, "id"))]
            ids += [Identifier("wikidata", wikidata)] if wikidata else []
            yield ActorRecord(f"{name} ({place})" if place else name, "parliament", "ch", tuple(ids))
    else:
        raise SourceError(source.id, response.url, f"rows of an unknown kind: {', '.join(row)[:150]}")


def _affair(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("id", "body_key", "title", "begin_date"), response, source)
    ident, (title, lang) = said(row, "id"), _words(row, "title")
    when = bodies.on_day(said(row, "begin_date"))
    if not title:
        yield Rejected(f"affair {ident}", "no title", str(row)[:500])
        return
    kind, _ = _words(row, "type_name")
    state, _ = _words(row, "state_name")
    url = next((link for one in _LANGS if (link := safe_link(said(row, "url_external", one)))), "")
    number = one_line(said(row, "number"))
    events: tuple[EventRecord, ...] = ()
    if when is not None:
        events = (
            event(
                source, f"affair-{ident}:begin_date", "bill_tabled", when, f"{kind} {number}: {title}".strip(),
                lang=lang,
                rule="ch_openparldata:begin_date", code=said(row, "type_harmonized_id"), url=url, quote=title,
            ),
        )  # fmt: skip
    identifiers = [Identifier("ch.opd", ident)]
    if said(row, "body_key") == "CHE" and number:
        identifiers.append(Identifier("ch.business", number))
    titles = {one: text for one in _LANGS if (text := one_line(said(row, "title", one)))}
    yield DossierRecord(
        external_id=f"affair-{ident}",
        jurisdiction=source.jurisdiction,
        track="soft",
        title=title,
        lang=lang,
        identifiers=tuple(identifiers),
        titles=titles,
        url=url,
        text="\n\n".join(
            bodies.unique([*titles.values(), *(one_line(said(row, "title_long", o)) for o in _LANGS), kind, state])
        ),
        events=events,
    )


def _voting(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("id", "date", "affair_id", "decision"), response, source)
    ident, when = said(row, "id"), bodies.on_day(said(row, "date"))
    title, lang = _words(row, "title")
    affair, _ = _words(row, "affair_title")
    if when is None or not (title or affair):
        yield Rejected(f"voting {ident}", "no day or no title", str(row)[:500])
        return
    counts = ", ".join(
        f"{label}: {said(row, key)}"
        for key, label in (("results_yes", "oui"), ("results_no", "non"), ("results_abstention", "abstentions"))
        if said(row, key)
    )
    words = " · ".join(part for part in (affair, title) if part)
    dossier = (Identifier("ch.opd", said(row, "affair_id")),) if said(row, "affair_id") else ()
    url = next((link for one in _LANGS if (link := safe_link(said(row, "url_external", one)))), "")
    decided = {"ja": "adopted", "oui": "adopted", "nein": "rejected", "non": "rejected"}
    told = event(
        source, f"voting-{ident}", "bill_reading", when, words, lang=lang or "de", rule="ch_openparldata:date",
        outcome=decided.get(said(row, "decision").lower(), ""), url=url, quote=counts, dossier=dossier,
    )  # fmt: skip
    yield item(
        source, f"voting-{ident}", "vote", words, lang=lang or "de", url=url, summary=counts, when=when, events=(told,),
        dossier=dossier,
    )  # fmt: skip


def _person(row: dict[str, Any]) -> Record:
    name, ident = one_line(said(row, "fullname")), said(row, "id")
    if not name or not ident:
        return Rejected(f"person {ident}", "no name or no id", "")
    party, _ = _words(row, "party")
    ids = [Identifier("ch.opd.person", ident)]
    ids += [Identifier("wikidata", said(row, "wikidata_id"))] if said(row, "wikidata_id") else []
    return ActorRecord(name, "person", "ch", tuple(ids), party=party if row.get("active") is True else "")
