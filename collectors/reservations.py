"""Whether a publisher reserves text and data mining (Directive (EU) 2019/790, article 4): read before an article.

Said in a file of the host, in a header or in the page itself, as the TDM Reservation Protocol defines
(https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240202/), or by ``Content-Signal: search=no`` in
robots.txt (https://contentsignals.org/): our use is an index to search and quote briefly from.
"""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase

WELL_KNOWN = "/.well-known/tdmrep.json"
_META = re.compile(
    rb"<meta\b(?=[^>]*\bname\s*=\s*[\"']?tdm-reservation\b)(?=[^>]*\bcontent\s*=\s*[\"']?1\b)[^>]*>", re.I
)
_SIGNAL = re.compile(r"^\s*content-signal\s*:.*\bsearch\s*=\s*no\b", re.I | re.M)


def page_reserves(headers: dict[str, str], body: bytes) -> bool:
    """True when the answer itself says so."""
    return headers.get("tdm-reservation", "").strip() == "1" or bool(_META.search(body[:200_000]))


def file_reserves(body: bytes, path: str) -> bool:
    """True when the host's file says so for ``path``: the first location that matches decides (§6)."""
    try:
        rules = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    for rule in rules if isinstance(rules, list) else []:
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and _matches(location, path):
            return str(rule.get("tdm-reservation")) == "1"
    return False


def _matches(location: str, path: str) -> bool:
    pattern = location if location.startswith("/") else f"/{location}"
    exact = pattern.endswith("$")
    pattern = pattern.removesuffix("$").replace("[", "[[]")
    return fnmatchcase(path, pattern if exact else f"{pattern}*")


def robots_reserves(text: str) -> bool:
    """True when robots.txt signals that its content may not be used for search."""
    return bool(_SIGNAL.search(text))
