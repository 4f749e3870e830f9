"""JSON made out of XML: lists of one that became objects, absent values that became ``xsi:nil`` objects."""

from __future__ import annotations

from typing import Any

_NIL = "@xsi:nil"


def nil(value: Any) -> bool:
    """Whether ``value`` says nothing: null, ``{"@xsi:nil": "true"}``, an empty text or container."""
    if isinstance(value, dict):
        if str(value.get(_NIL, "")).lower() == "true":
            return True
        return all(str(key).startswith("@") for key in value)
    return value is None or value == "" or value == []


def as_list(value: Any) -> list[Any]:
    """A list whatever the number: none for a nil, one for a single value, the values that say something."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if not nil(one)]


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects among :func:`as_list`."""
    return [one for one in as_list(value) if isinstance(one, dict)]


def dig(value: Any, *path: str) -> Any:
    """The value at ``path``; None as soon as a step is not an object (the first object of a list is taken)."""
    for key in path:
        if isinstance(value, list):
            value = next((one for one in value if isinstance(one, dict)), None)
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return None if nil(value) else value


def said(value: Any, *path: str) -> str:
    """The text at ``path``: a string, a number, or an object's ``#text``; empty when there is none."""
    found = dig(value, *path) if path else value
    if isinstance(found, dict):
        found = found.get("#text")
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found).strip()


def refs(value: Any) -> list[str]:
    """Identifiers given as texts, as ``{"uid": …}``, or as ``{"organeRef": …}`` and the like: one or many."""
    found: list[str] = []
    for one in as_list(value):
        if isinstance(one, dict):
            found += [said(one)] if said(one) else refs(one.get("uid"))
        else:
            found.append(said(one))
    return list(dict.fromkeys(ref for ref in found if ref))
