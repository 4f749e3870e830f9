"""GDELT DOC 2.0: articles of the world's press found by words in their machine translation.

``https://api.gdeltproject.org/api/v2/doc/doc?…&mode=artlist&format=json``. Errors come as plain text with status 200.
``seendate`` is when GDELT saw a page, not when it was published: the day is told as unknown. Titles are cut into
words; spaces before punctuation are taken out. The service often refuses with 429: then the visit waits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from collectors.links import clean_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import listed
from collectors.sources._json import said
from collectors.text import one_line
from data.errors import SourceError
from data.models import ItemRecord, Record, Rejected, Response, Source

_LANGS = {
    "english": "en", "french": "fr", "german": "de", "italian": "it", "spanish": "es", "danish": "da", "korean": "ko",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f]")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One article for each row; its address is the publisher's own."""
    bodies.refuse_page(response, source)
    text = response.body.decode("utf-8", "replace").strip()
    if not text.startswith("{"):
        raise SourceError(source.id, response.url, f"the service says: {one_line(text)[:200]}")
    try:
        payload = json.loads(_CONTROL.sub(" ", text))
    except (ValueError, RecursionError) as error:
        raise SourceError(source.id, response.url, f"not JSON: {error}") from error
    if payload == {}:
        return
    for place, row in enumerate(listed(payload, "articles", response, source)):
        url = clean_link(said(row, "url")) if isinstance(row, dict) else ""
        title = re.sub(r"\s+([,.;:!?%)])", r"\1", one_line(said(row, "title"))) if url else ""
        if not url or not title:
            yield Rejected(f"articles[{place}]", "no address or no title", str(row)[:300])
            continue
        yield ItemRecord(
            external_id=url,
            kind="article",
            title=title,
            url=url,
            jurisdiction=source.jurisdiction,
            lang_declared=_LANGS.get(said(row, "language").lower(), ""),
            published_said=f"seen {said(row, 'seendate')}",
            publisher=said(row, "domain"),
        )
