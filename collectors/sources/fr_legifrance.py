"""Légifrance through PISTE, where a key is set: search of the official journal by day.

``POST https://api.piste.gouv.fr/dila/legifrance/lf-engine-app/search`` with ``fond`` JORF (documentation at
https://piste.gouv.fr). The key is ``client_id:client_secret``; the door fetches the token. A result names a text by its
JORFTEXT number and gives its title, nature, NOR and day; days are milliseconds of midnight in Paris or plain days.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import Follow, Identifier, Record, Rejected, Response, Source, Unknown, When

_TEXT = re.compile(r"^JORFTEXT\d{12}")
_NOR = re.compile(r"^[A-Z]{4}\d{7}[A-Z]$")
_PARIS = ZoneInfo("Europe/Paris")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One act for each result; the next page while there is one."""
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "results" not in payload:
        problem = said(payload, "error") or said(payload, "message") or ", ".join(sorted(payload))
        raise SourceError(source.id, response.url, f"the service says: {problem[:200]}")
    rows = listed(payload, "results", response, source)
    for place, row in enumerate(dicts(rows)):
        yield from _result(row, place, source)
    yield from _next(payload, len(rows), response, source)


def _result(row: dict[str, Any], place: int, source: Source) -> Iterator[Record]:
    titles = dicts(row.get("titles"))
    match = _TEXT.match(said(titles[0], "id") if titles else "")
    title = one_line(plain_text(said(titles[0], "title"))) if titles else ""
    when = _day(row.get("datePublication") or row.get("date"))
    if match is None or not title or when is None:
        yield Rejected(f"results[{place}]", "no JORFTEXT number, title or day", str(row)[:500])
        return
    nature = said(row, "nature").upper()
    meaning = bodies.stage_table("fr_jorf")["natures"].get(nature)
    if meaning is None:
        yield Unknown("nature", nature, match[0])
        meaning = {"type": "other"}
    nor = said(row, "nor")
    dossier = (Identifier("fr.jorftext", match[0]), *((Identifier("fr.nor", nor),) if _NOR.match(nor) else ()))
    url = f"https://www.legifrance.gouv.fr/jorf/id/{match[0]}"
    told = event(
        source, f"{match[0]}:datePublication", meaning["type"], when, title, lang="fr",
        rule="fr_legifrance:datePublication", stage=meaning.get("stage", ""), code=nature, url=url, quote=title,
    )  # fmt: skip
    parts = [plain_text(said(one, "values")) or " ".join(map(str, one.get("values") or ()))
             for section in dicts(row.get("sections")) for one in dicts(section.get("extracts"))]  # fmt: skip
    yield item(
        source, match[0], "act", title, lang="fr", url=url, summary=" · ".join(p for p in (nature, nor) if p),
        text=plain_text("\n".join(part for part in parts if part)), when=when, events=(told,), dossier=dossier,
    )  # fmt: skip


def _day(value: Any) -> When | None:
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            day: date = datetime.fromtimestamp(value / 1000, UTC).astimezone(_PARIS).date()
        except (OverflowError, OSError, ValueError):  # a number that is no day
            return None
        return None if day.year == 2999 else When.on(day, str(value))
    text = str(value or "")
    return None if text.startswith("2999") else bodies.on_day(text)


def _next(payload: dict[str, Any], size: int, response: Response, source: Source) -> Iterator[Follow]:
    address, words = urldefrag(response.requested_url or response.url)
    try:
        asked = json.loads(words)
    except ValueError:
        return
    search = asked.get("recherche") if isinstance(asked, dict) else None
    total = payload.get("totalResultNumber")
    if not isinstance(search, dict) or not isinstance(total, int):
        return
    page, per = search.get("pageNumber", 1), search.get("pageSize", 100)
    if size and page * per < min(total, bodies.option_number(source, "max_results", 1000)):
        search["pageNumber"] = page + 1
        yield Follow(f"{address}#{json.dumps(asked, ensure_ascii=False, separators=(',', ':'))}")
