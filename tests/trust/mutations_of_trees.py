"""Answers changed where their structure is: a value of JSON that is of another kind, an element that is gone."""

from __future__ import annotations

import json
import random
import re
from typing import Any

_OTHER: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 2**70, "", " ", "x", "0", "2026-02-31", "2026-13-45T99:99:99Z", "javascript:alert(1)", "http://[",
    "//", [], {}, [None], [[]], [{}], {"": None}, ["x"], {"#text": []}, {"uid": {}}, {"@xsi:nil": "true"}, "\u0000", "\ud800",
    "9" * 400, [1, "x", None, {}],
)  # fmt: skip
_ELEMENT = re.compile(r"<([\w:.-]+)(\s[^<>]*)?>([^<>]*)</\1>|<([\w:.-]+)(\s[^<>]*)?/>", re.S)
_TEXTS = (
    "",
    " ",
    "null",
    "-1",
    "2026-02-31",
    "0000-00-00",
    "x",
    "&#0;",
    "&nbsp;",
    "http://[",
    "9" * 400,
    "<a/>",
    "<![CDATA[]]>",
)
MOST = 300_000  # larger bodies are left to the changes of bytes


def retyped(body: bytes, chance: random.Random) -> bytes:
    """JSON in which a few values have become others, gone, doubled, or stand where another stood."""
    try:
        whole = json.loads(body) if len(body) < MOST else None
    except (ValueError, RecursionError):
        return body
    if not isinstance(whole, dict | list):
        return body
    holder = [whole]  # so that the root may change too
    for _ in range(chance.choice((1, 1, 2, 5))):
        places = list(_places(holder))
        where, key = chance.choice(places)
        match chance.randrange(6):
            case 0 if where is not holder:
                del where[key]
            case 1:
                where[key] = [where[key]]
            case 2:
                other, name = chance.choice(places)
                where[key] = json.loads(json.dumps(other[name]))
            case 3 if isinstance(where[key], list) and where[key]:
                where[key] = chance.choice(where[key])
            case _:
                where[key] = chance.choice(_OTHER)
    return json.dumps(holder[0], ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a tree."""
    found: list[tuple[Any, Any]] = []
    left = [value]
    while left:
        one = left.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            found.append((one, key))
            left.append(one[key])
    return found


def regrown(body: bytes, chance: random.Random) -> bytes:
    """Markup in which a few innermost elements are gone, empty, doubled, renamed, bare of attributes, or say another thing."""
    text = body[:MOST].decode("utf-8", "surrogateescape") if len(body) < MOST else ""
    for _ in range(chance.choice((1, 1, 2, 5))):
        found = list(_ELEMENT.finditer(text))
        if not found:
            return body
        one = chance.choice(found)
        name, attributes, inner = one[1] or one[4], one[2] or one[5] or "", one[3] or ""
        put = chance.choice(
            (
                "",
                f"<{name}{attributes}></{name}>",
                one[0] * 2,
                f"<x{attributes}>{inner}</x>",
                f"<{name}>{inner}</{name}>",
                f"<{name}{attributes}>{chance.choice(_TEXTS)}</{name}>",
                f"<{name}{attributes}><{name}{attributes}>{inner}</{name}></{name}>",
                re.sub(r"=(['\"]).*?\1", f"='{chance.choice(_TEXTS[:6])}'", one[0], count=1),
            )
        )
        text = text[: one.start()] + put + text[one.end() :]
    return text.encode("utf-8", "surrogateescape")
