"""What kind of document a source of an event is, as the Citation Style Language names it, and its official number.

Chosen from the event's type, its track and the kind of the source, never from a guess at the page behind the address.
``standard`` of the same list is never chosen: no record says of a file that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from data import legal_links
from data.export.plain import web_link
from data.rows import EventSource, TimelineEvent

#: event type -> CSL type of its official record
_OFFICIAL = {
    **dict.fromkeys(("law_signed", "law_in_force", "repealed"), "legislation"),
    "regulation_made": "regulation",
    **dict.fromkeys(
        (
            *("bill_tabled", "committee_referral", "committee_vote", "amendment_tabled", "amendment_decided"),
            *("bill_reading", "bill_adopted", "agreement", "bill_rejected", "withdrawn"),
        ),
        "bill",
    ),
    "hearing": "hearing",
    "court_ruling": "legal_case",
    **dict.fromkeys(("guidance_issued", "study_published", "statistic"), "report"),
}
#: CSL types whose document is issued by the very happening: its date is theirs
ISSUED_BY_EVENT = frozenset({"regulation", "bill", "hearing", "legal_case", "report", "speech"})
#: types of which nothing is issued while the event is only planned
_NOT_YET = ISSUED_BY_EVENT - {"hearing", "bill"} | {"legislation", "treaty"}
#: hosts whose pages are posts, with everything below them
_POSTED = ("x.com", "twitter.com", "bsky.app", "threads.net", "facebook.com", "instagram.com", "linkedin.com", "t.me")


@dataclass(frozen=True, slots=True)
class Number:
    """An official number: its scheme, the value as stored, as it is written in text, and its year (0: not told)."""

    scheme: str
    value: str
    shown: str
    year: int = 0

    def stands_in(self, text: str) -> bool:
        """Whether a text says the number, with whatever spaces."""
        return "".join(self.shown.split()) in "".join(text.split())


def happened(event: TimelineEvent) -> bool:
    """Whether the event took place as far as is known."""
    return event.status in ("occurred", "disputed")


def kind_of(event: TimelineEvent, source: EventSource | None, level: str) -> str:
    """The CSL type of what a source is; ``level`` is that of the jurisdiction. Without a source: ``event``."""
    if source is None:
        return "event"
    if _is_post(source.url):
        return "post"
    if source.kind == "news":
        return "article-newspaper"
    if source.kind == "ngo":
        return "report" if event.type in ("study_published", "statistic") else "webpage"
    if source.kind != "official":
        return "webpage"
    return _official(event, level)


def _official(event: TimelineEvent, level: str) -> str:
    found = _OFFICIAL.get(event.type, "webpage")
    if event.type == "statement" and any(one.role == "speaker" and one.kind == "person" for one in event.actors):
        found = "speech"
    if found == "legislation":
        if event.track != "law" or not event.dossier_title:
            return "webpage"
        found = "treaty" if level == "international" else found
    if found == "bill" and event.track not in ("law", ""):
        return "webpage"
    if found in _NOT_YET and event.type not in ("law_in_force", "repealed") and not happened(event):
        return "webpage"
    return found


def _is_post(url: str) -> bool:
    host = urlsplit(url).hostname or "" if web_link(url) else ""
    return any(host == one or host.endswith(f".{one}") for one in _POSTED)


def number_of(event: TimelineEvent, kind: str) -> Number | None:
    """The official number of the cited act, bill or ruling; None when the records give none or more than one."""
    schemes = _SCHEMES.get(kind, ())
    known = _identifiers(event) if kind in ("legislation", "treaty") else set(event.dossier_identifiers)
    for scheme in schemes:
        values = sorted(value for name, value in known if name == scheme)
        if len(values) == 1:
            form = _FORMS.get(scheme)
            return form(values[0]) if form else Number(scheme, values[0], values[0])
    return None


def _identifiers(event: TimelineEvent) -> set[tuple[str, str]]:
    """Those of the file, with those that a cited law shares with it (``us:pl:119-12`` is the bill ``119-s-146``)."""
    own = set(event.dossier_identifiers)
    found = set(own)
    for reference in event.legal_references:
        same = {(one.scheme, one.value) for one in legal_links.identifiers(reference)}
        if same & own:
            found |= same
    return found


def _loi(value: str) -> Number:
    year = value.partition("-")[0]
    return Number("fr.loi", value, value, int(year) if len(year) == 4 else 0)


def _celex(value: str) -> Number:
    """``32024R1689``: sector, year, kind of act, number."""
    match = re.fullmatch(r"3(\d{4})([RL])0*(\d+)", value)
    if not match:
        return Number("eu.celex", value, value)
    return Number("eu.celex", value, f"{match[1]}/{match[3]}", int(match[1]))


def _uk(value: str) -> Number:
    match = re.fullmatch(r"ukpga/(\d{4})/(\d+)", value)
    return Number("uk.act", value, f"c. {match[2]}", int(match[1])) if match else Number("uk.act", value, value)


def _irish(value: str) -> Number:
    year, _, number = value.partition("/")
    return Number("ie.act", value, f"No. {number} of {year}", int(year) if year.isdigit() else 0)


def _italian(value: str) -> Number:
    year = value.partition("/")[2]
    return Number("it.legge", value, f"n. {value}", int(year) if year.isdigit() else 0)


_CHAMBERS = {"hr": "H.R.", "s": "S.", "hres": "H.R. Res.", "sres": "S. Res.", "hjres": "H.R.J. Res.",
             "sjres": "S.J. Res.", "hconres": "H.R. Con. Res.", "sconres": "S. Con. Res."}  # fmt: skip


def _us_bill(value: str) -> Number:
    congress, _, rest = value.partition("-")
    chamber, _, number = rest.partition("-")
    if not congress.isdigit() or chamber not in _CHAMBERS:
        return Number("us.bill", value, value)
    return Number("us.bill", value, f"{_CHAMBERS[chamber]} {number}, {_ordinal(int(congress))} Cong.")


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    last = {1: "st", 2: "d", 3: "d"}.get(number % 10, "th")  # 102d, 103d: as American law writes it
    return f"{number}{last}"


def _state_bill(value: str) -> Number:
    return Number("us.state.bill", value, re.sub(r"(?<=[A-Z])(?=\d)", " ", value.rpartition(":")[2], count=1))


def _canadian(value: str) -> Number:
    return Number("ca.bill", value, value.rpartition("/")[2])


_FORMS: dict[str, Callable[[str], Number]] = {
    "fr.loi": _loi,
    "eu.celex": _celex,
    "uk.act": _uk,
    "us.pl": lambda value: Number("us.pl", value, f"Pub. L. No. {value}"),
    "us.bill": _us_bill,
    "us.state.bill": _state_bill,
    "ca.bill": _canadian,
    "ie.act": _irish,
    "it.legge": _italian,
}
#: CSL type -> schemes of its number, the first that gives exactly one counts
_SCHEMES = {
    "legislation": ("fr.loi", "eu.celex", "uk.act", "us.pl", "it.legge", "ie.act", "us.state.bill"),
    "treaty": ("case",),
    "bill": ("us.bill", "us.state.bill", "ca.bill", "eu.procedure", "eu.com", "ie.bill", "de.drs", "au.bill"),
    "legal_case": ("ecli", "case"),
}
