"""Affairs that several countries answered: reviewed rows of ``data/reference/incidents.toml``.

Labels of an incident are those of the vocabulary's list ``incidents``; here is what selects its events.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.reference_csv import Report
from data.vocabulary import LANGUAGES, Term, load_vocabulary

FILE = "incidents.toml"
_LISTS = ("dossiers", "actors", "words", "events")
_KNOWN = {"started", "evidence", "why", *_LISTS}


@dataclass(frozen=True, slots=True)
class Incident:
    """``started`` is day 0, a local calendar day; ``evidence`` the event that gives it; ``why`` says how, by language.

    An event of that day or later belongs to the incident when it is in one of ``dossiers``, names one of
    ``actors``, says one of ``words`` (whole words, any case) or is one of ``events``.
    """

    code: str
    started: date
    evidence: str
    why: dict[str, str]
    dossiers: tuple[str, ...]
    actors: tuple[str, ...]
    words: tuple[str, ...]
    events: tuple[str, ...]


@functools.cache
def incidents() -> dict[str, Incident]:
    """Every incident by code, in the order of the file."""
    return {code: _incident(code, term.extra) for code, term in load_vocabulary().lists["incidents"].items()}


def _incident(code: str, table: Mapping[str, Any]) -> Incident:
    chosen = {name: tuple(str(one) for one in table.get(name, ())) for name in _LISTS}
    return Incident(code, table["started"], str(table["evidence"]), dict(table["why"]), **chosen)


def check_incidents(terms: Mapping[str, Term], known: Mapping[str, Mapping[str, Any]], report: Report) -> None:
    """Report every broken rule. ``known``: ids of ``dossiers``, ``actors``, ``events``; these have ``when``."""
    for code, term in terms.items():
        table = term.extra
        for name in sorted(set(table) - _KNOWN):
            report(1, f"{code}: {name!r} is no key of an incident")
        started = table.get("started")
        if type(started) is not date:
            report(1, f"{code}: started must be a day, as 2026-01-31")
        elif table.get("evidence") not in known["events"]:
            report(1, f"{code}: evidence {table.get('evidence')!r} is not in milestones.csv")
        elif known["events"][table["evidence"]].when.end < started:
            report(1, f"{code}: the evidence is older than the day it is to prove")
        why = table.get("why", {})
        if not isinstance(why, dict) or not all(why.get(lang) for lang in LANGUAGES):
            report(1, f"{code}: why needs en and fr")
        for name in ("dossiers", "actors", "events"):
            for one in table.get(name, ()):
                if one not in known[name]:
                    report(1, f"{code}: {name} {one!r} is not in the baseline")
        for word in table.get("words", ()):
            if not re.fullmatch(r"\w+( \w+)*", str(word)):
                report(1, f"{code}: words must be words of letters and digits, not {word!r}")
        if not any(table.get(name) for name in _LISTS):
            report(1, f"{code}: selects no event")
