"""How a visit ended, by what its addresses answered. Pure: failures in, words out.

A failure is its kind (of :mod:`collectors.outcomes`), what to tell of it, and the address.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

Failed = tuple[str, str, str]

#: failures of the door that mean "not reached", as against "answered, but not with what we came for"
_REFUSED = {"blocked", "robots", "http_4xx"}

#: failures of the door that mean "answered, but with nothing that can be read"
_UNREADABLE = {"failed", "too_large", "bad_encoding"}

#: failures told in full; the others are counted
_TOLD = 3


def detail(failures: Sequence[Failed]) -> str:
    """The first failures, in words."""
    told = "; ".join(text for _, text, _ in failures[:_TOLD])
    return told + (f"; and {len(failures) - _TOLD} more" if len(failures) > _TOLD else "")


def outcome(failures: Sequence[Failed], request_count: int) -> str:
    """``failed``, ``blocked`` or ``unavailable``, if that is what the failures come to; else ''."""
    kinds = {kind for kind, _, _ in failures}
    is_all = len(failures) == request_count
    if "failed" in kinds or (kinds & _UNREADABLE and is_all):
        return "failed"
    if kinds and is_all:
        return "blocked" if kinds & _REFUSED else "unavailable"
    return ""


def lost_an_entry(failures: Sequence[Failed], entries: Collection[str]) -> bool:
    """Whether an address that the source begins with failed, and not only that of one of its files."""
    return any(url in entries for _, _, url in failures)
