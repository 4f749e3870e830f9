"""The article of an HTML page: title, day and plain text. trafilatura does the extraction; this is its setting.

What the page states about itself in JSON-LD (https://schema.org/Article) outranks what is concluded from its
layout: ``headline``, ``datePublished`` (the day as written), ``isAccessibleForFree``. A standfirst that stands
only in ``description`` comes first; lines that are not of the article (``lexicon/page_lines.toml``) go.
A page not accessible for free gives its free beginning and says so: nothing is read behind a wall.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from collectors.text import clean, one_line, plain_text

_SCRIPT = re.compile(rb"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.S | re.I)
_OTHER_ARTICLES = {"BlogPosting", "Report", "LiveBlogPosting", "ClaimReview", "SocialMediaPosting"}
_LINES = Path(__file__).parents[1] / "data" / "reference" / "lexicon" / "page_lines.toml"
_MOST_NODES = 2_000
_SAME_TEXT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page holds. ``text`` is empty when no article was found; ``published_on`` the day the page states;
    ``rewritten``: its words are of a day more than a month later, so "last week" is not told from that day."""

    title: str = ""
    text: str = ""
    published_on: date | None = None
    paywalled: bool = False
    rewritten: bool = False


def extract(body: bytes, url: str, max_date: date) -> Extracted:
    """The article of ``body``; no day after ``max_date`` (the day of the fetch) is believed."""
    import trafilatura

    found = trafilatura.bare_extraction(
        body,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": True, "original_date": True, "max_date": max_date.isoformat()},
    )
    if found is None:
        return Extracted()
    page = found if isinstance(found, dict) else found.as_dict()
    stated = next(_articles(body), {})
    title = _words(stated, "headline") or one_line(page.get("title") or "")
    standfirst = _words(stated, "description") or one_line(page.get("description") or "")
    day = _day(_words(stated, "datePublished") or page.get("date") or "", max_date)
    modified = _day(_words(stated, "dateModified"), max_date)
    return Extracted(
        title=_without_site(title, page.get("sitename") or ""),
        text=_article(clean(page.get("text") or ""), title, standfirst),
        published_on=day,
        paywalled=str(stated.get("isAccessibleForFree", "")).lower() == "false",
        rewritten=bool(day and modified and modified - day > _SAME_TEXT),
    )


def _articles(body: bytes) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes of the page that are articles, outermost first."""
    for match in _SCRIPT.finditer(body):
        try:
            waiting: list[Any] = [json.loads(match[1].decode("utf-8", "replace").strip(), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                waiting.append(node.get("@graph"))
                kinds = node.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(
                    isinstance(name, str) and (name.endswith("Article") or name in _OTHER_ARTICLES) for name in names
                ):
                    yield node


def _words(node: dict[str, Any], key: str) -> str:
    value = node.get(key)
    return one_line(plain_text(value)) if isinstance(value, str) else ""


def _without_site(title: str, site: str) -> str:
    """The title without a trailing " | Publisher" that only names the site."""
    head, mark, tail = title.rpartition(" | ")
    return head if mark and tail and tail.lower() in (site.lower(), site.lower().removeprefix("www.")) else title


def _article(text: str, title: str, standfirst: str) -> str:
    if not text:
        return ""
    lines = [line for line in text.split("\n") if not _boilerplate().fullmatch(line.strip())]
    while lines and (not lines[0].strip() or _plain(lines[0]) == _plain(title)):
        lines.pop(0)
    kept = "\n".join(lines).strip()
    missing = _plain(standfirst)
    if 60 <= len(standfirst) <= 800 and missing[:80] not in _plain(kept) and not standfirst.endswith(("...", "…")):
        kept = f"{standfirst}\n\n{kept}"
    return kept


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@cache
def _boilerplate() -> re.Pattern[str]:
    lines = tomllib.loads(_LINES.read_text(encoding="utf-8"))["lines"]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.I)


def _day(said: str, latest: date) -> date | None:
    try:
        day = date.fromisoformat(said[:10])
    except ValueError:
        return None
    return day if day <= latest else None
