"""JSON written a part at a time, so that a long list never stands in memory twice."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from data.export.context import Context
from data.export.plain import one_line, web_link


def written(members: Mapping[str, object]) -> bytes:
    """One object in UTF-8; a member that is an iterator becomes an array, an element a line."""
    out = io.BytesIO()
    for n, (name, value) in enumerate(members.items()):
        out.write(b",\n" if n else b"{\n")
        out.write(encoded(name) + b": ")
        if isinstance(value, Iterator):
            out.write(b"[")
            for m, one in enumerate(value):
                out.write((b",\n" if m else b"\n") + encoded(one))
            out.write(b"\n]")
        else:
            out.write(encoded(value))
    out.write(b"\n}\n")
    return out.getvalue()


def encoded(value: object) -> bytes:
    """One value. The file may be pasted into a page's script element: no tag may end that element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").encode("utf-8")


def context_members(context: Context) -> dict[str, Any]:
    """What every file says of itself, under the keys of our own JSON files."""
    return {
        "title": one_line(context.view_title),
        "query": context.view.query_string(),
        "permalink": web_link(context.permalink()),
        "lang": context.lang,
        "as_of": context.as_of,
        "count": context.count,
        "licence": context.licence,
        "vocabulary_version": context.vocabulary_version,
        "not_covered": one_line(context.not_covered),
    }
