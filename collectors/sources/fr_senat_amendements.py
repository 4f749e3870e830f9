"""Amendments tabled at the Sénat on one text: the full set as a table, or the order of discussion as JSON.

``https://www.senat.fr/amendements/{session}/{text}/jeu_complet_{session}_{text}.csv`` for the sitting,
``…/amendements/commissions/{session}/{text}/jeu_complet_commission_{session}_{text}.csv`` for the committee (see
https://data.senat.fr/ameli/). A text without amendments answers 404. The table names no file: an amendment hangs on
the text of its address. It gives the day an amendment was tabled and its fate, not the day of that fate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._json import dicts, said
from collectors.sources._senat_csv import table_rows
from collectors.text import one_line, plain_text
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
    When,
)

_BASE = "https://www.senat.fr/amendements"
_ADDRESS = re.compile(r"/(?:amendements|en\w+)/(commissions/)?(\d{4}-\d{4})/(\d{1,4})/")
_TEXT = re.compile(r"^(\d{4}-\d{4})/(\d{1,4})$")
_SENATOR = re.compile(r"(\d{5}[a-z])\.html?$", re.I)
_CIVILITY = re.compile(r"^(?:MM?\.|Mmes?|Mlle)\s+")
_NEEDED = {"numero", "auteur", "date de depot", "dispositif", "objet", "sort"}


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Both sets of every known text (``fr.senat.texte`` = ``2022-2023/778``)."""
    found = [match for one in identifiers if one.scheme == "fr.senat.texte" and (match := _TEXT.match(one.value))]
    return bodies.unique(
        address
        for _, session, text in ((match[0], match[1], match[2]) for match in found)
        for address in (
            f"{_BASE}/{session}/{text}/jeu_complet_{session}_{text}.csv",
            f"{_BASE}/commissions/{session}/{text}/jeu_complet_commission_{session}_{text}.csv",
        )
    )


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One item for each amendment; tabled on its day, its fate in its summary (no day is given for it)."""
    address = _ADDRESS.search(response.requested_url) or _ADDRESS.search(response.url)
    if response.body.lstrip()[:1] == b"{":
        yield from _discussion(response, source, address)
        return
    if address is None:
        raise SourceError(source.id, response.url, "the address names no text of the Sénat")
    in_committee, session, text = bool(address[1]), address[2], address[3]
    warned: set[str] = set()
    for told in table_rows(response, source, _NEEDED):
        if isinstance(told, Rejected):
            yield told
            continue
        place, row = told
        yield from _row(row, place, (in_committee, session, text), warned, source)


def _row(
    row: dict[str, str], place: str, text: tuple[bool, str, str], warned: set[str], source: Source
) -> Iterator[Record]:
    number, said_on = one_line(row["numero"]), row["date de depot"]
    when = bodies.on_day(said_on)
    if not number or (said_on and when is None):
        yield Rejected(place, "no number" if not number else f"no day: {said_on[:40]!r}", str(row)[:2000])
        return
    outcome, label = _fate(row["sort"])
    if row["sort"] and not label and row["sort"] not in warned:
        warned.add(row["sort"])
        yield Unknown("Sort", row["sort"], place)
    yield _amendment(
        source,
        text=text,
        number=number,
        article=one_line(row.get("subdivision", "")),
        actors=tuple(_author(row["auteur"], row.get("fiche senateur", ""), row.get("au nom de", ""))),
        texts=(plain_text(row["dispositif"]), plain_text(row["objet"])),
        fate=label or one_line(row["sort"]),
        outcome=outcome,
        url=safe_link(row.get("url amendement", ""), "https://www.senat.fr/"),
        when=when,
    )


def _fate(sort: str) -> tuple[str, str]:
    row = bodies.stage_table("fr_senat_votes")["sort"].get(fold(sort))
    return (str(row["outcome"]), str(row["fr"])) if row else ("", "")


def _author(name: str, card: str, in_name_of: str) -> Iterator[ActorRecord]:
    said_name = one_line(name).partition(",")[0]
    bare = _CIVILITY.sub("", said_name)
    number = _SENATOR.search(card.strip())
    if "gouvernement" in fold(bare):
        yield ActorRecord("Gouvernement", "government", "fr", role="author")
    elif bare:
        ids = (Identifier("fr.senat", number[1].upper()),) if number else ()
        yield ActorRecord(
            "" if number else _as_a_name(bare),
            "person",
            "fr",
            ids,
            role="author",
            role_title=one_line(in_name_of) or one_line(name).partition(",")[2].strip(),
            organisation="Sénat",
        )


def _as_a_name(name: str) -> str:
    """Only the surname stands in the table, in capitals; with a register number the register gives the whole name."""
    return " ".join(part.capitalize() if part.isupper() else part for part in re.split(r"\s+", name))


def _discussion(response: Response, source: Source, address: re.Match[str] | None) -> Iterator[Record]:
    """The order of discussion: amendments under the part of the text they concern."""
    payload = bodies.read_json(response, source)
    general = payload.get("info_generales") if isinstance(payload, dict) else None
    parts = payload.get("Subdivisions") if isinstance(payload, dict) else None
    if not isinstance(general, dict) or not isinstance(parts, list):
        raise SourceError(source.id, response.url, "not an order of discussion (info_generales, Subdivisions)")
    signet = said(general, "doslegsignet")
    found = _ADDRESS.search(said(dicts(parts)[0], "signet")) if dicts(parts) else None
    place = re.search(r"textes/(\d{4}-\d{4})/(\d+)", said(dicts(parts)[0], "signet")) if dicts(parts) else None
    text = address or found
    session, number = (text[2], text[3]) if text else (place[1], place[2]) if place else ("", "")
    if not session:
        raise SourceError(source.id, response.url, "neither the address nor the answer names the text")
    for part in dicts(parts):
        for row in dicts(part.get("Amendements")):
            yield from _discussed(row, part, (session, number), signet, source)


def _discussed(
    row: dict[str, Any], part: dict[str, Any], text: tuple[str, str], signet: str, source: Source
) -> Iterator[Record]:
    number = said(row, "num")
    if not number:
        yield Rejected(f"amendement {said(row, 'idAmendement')}", "no number", str(row)[:2000])
        return
    sort = said(row, "sort")
    outcome, label = _fate(sort)
    if sort and not label:
        yield Unknown("sort", sort, number)
    in_committee = number.startswith("COM")
    folder = f"commissions/{text[0]}/{text[1]}" if in_committee else f"{text[0]}/{text[1]}"
    page = said(row, "urlAmdt")
    item = _amendment(
        source,
        text=(in_committee, *text),
        number=number,
        article=one_line(said(part, "libelle_subdivision")),
        actors=tuple(_author(said(row, "auteur"), said(row, "urlAuteur"), "")),
        texts=(),
        fate=label or sort,
        outcome=outcome,
        url=f"{_BASE}/{folder}/{page}" if re.fullmatch(r"[\w.-]+", page) else "",
        when=None,
        signet=signet,
    )
    yield item


def _amendment(
    source: Source,
    *,
    text: tuple[bool, str, str],
    number: str,
    article: str,
    actors: tuple[ActorRecord, ...],
    texts: tuple[str, ...],
    fate: str,
    outcome: str,
    url: str,
    when: When | None,
    signet: str = "",
) -> ItemRecord:
    in_committee, session, bill = text
    plain_number = number.partition(" ")[0]
    ident = f"{session}/{bill}/{'commission/' if in_committee else ''}{plain_number}"
    title = f"Amendement n° {number}" + (f" ({article})" if article else "") + f", texte n° {bill} ({session})"
    dossier: tuple[Identifier, ...] = (Identifier("fr.senat.texte", f"{session}/{bill}"),)
    if signet:
        dossier = (*dossier, Identifier("fr.senat.dossier", signet))
    events: tuple[EventRecord, ...] = ()
    if when:
        events = (
            EventRecord(
                external_id=f"{ident}:depot",
                type="amendment_tabled",
                when=when,
                title=title,
                lang="fr",
                jurisdiction=source.jurisdiction,
                outcome=outcome,
                official_code=fate,
                url=url,
                quote=fate,
                rule="fr_senat_amendements:Date de dépôt",
                actors=actors,
                dossier=dossier,
            ),
        )
    return ItemRecord(
        external_id=ident,
        kind="amendment",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        summary=" · ".join(part for part in (article, fate) if part),
        text="\n\n".join(one for one in texts if one),
        published_said=when.said if when else "",
        published_on=when.start if when else None,
        published_quality="date" if when else "unknown",
        publisher=source.publisher,
        actors=actors,
        events=events,
        dossier=dossier,
    )
