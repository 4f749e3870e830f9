"""What is cited: an event through its primary source, any one of its sources, or a whole view, as one record.

The record has what the Citation Style Language has a place for; writers (:mod:`data.export.csl`, ``ris``, ``bibtex``)
and lines (:mod:`data.export.citation_lines`) only lay it out. Nothing is guessed: the author is the publisher as it
is named, a date is as fine as it is known, and a document whose title nobody kept is *described* in our words.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.export.cited_kinds import ISSUED_BY_EVENT, Number, happened, kind_of, number_of
from data.export.context import Context
from data.export.extract import Extract
from data.export.plain import one_line, web_link
from data.export.wording import MONTHS, about, body, shown_date, told, word
from data.rows import DossierRow, EventSource, TimelineEvent, localised
from data.vocabulary import Vocabulary

#: one day, month or year, or the two ends of a span; each as fine as it is known; empty when not known
Parts = tuple[tuple[int, ...], ...]

PUBLISHER, AUTHOR = "Deepfake Policy Monitor", "Deepfake Policy Monitor contributors"
#: acts of the Union stand one by one in the Official Journal since October 2023: the act's number is that of the issue
_ALONE_SINCE = 2024


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation for a reader of ``lang``. ``type`` is of CSL; texts are on one line, an empty one is not known.

    ``title`` is the document's own, in ``title_lang``; when ``is_described`` it is our description of what happened and
    ``original`` the official wording. ``translated`` is a reviewed translation for this reader. ``issued`` is the date
    of the document or act, ``printed`` that of the journal ``gazette`` it stands in (``JORF``, ``OJ L, 2024/1689``).
    ``file`` names the law or case the event belongs to. ``event_date``, ``event_iso`` and ``event_when`` (in words) are
    the date of the event; of a view ``event_id`` is empty and ``version`` the instant of the snapshot.
    """

    id: str
    type: str
    lang: str
    title: str
    title_lang: str = ""
    is_described: bool = False
    translated: str = ""
    original: str = ""
    author: str = ""
    publisher: str = ""
    court: str = ""
    number: Number | None = None
    gazette: str = ""
    printed: Parts = ()
    issued: Parts = ()
    accessed: Parts = ()
    url: str = ""
    place: str = ""
    jurisdiction: str = ""
    file: str = ""
    event_id: str = ""
    event_title: str = ""
    event_date: Parts = ()
    event_iso: str = ""
    event_when: str = ""
    precision: str = ""
    status: str = ""
    permalink: str = ""
    version: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def marked_title(self) -> str:
        """The title; our description stands in square brackets, so that nobody takes it for the document's own."""
        return f"[{self.title}]" if self.is_described else self.title


def of_view(context: Context) -> Citation:
    """The view itself as a data set: its version and the day it was consulted are the instant of its snapshot."""
    day = (_ints(context.as_of_instant().date().isoformat()),)
    mark = hashlib.sha256(context.view.query_string().encode("utf-8", "replace")).hexdigest()[:8]
    return Citation(
        id=f"view:{mark}",
        type="dataset",
        lang=context.lang,
        title=one_line(context.view_title) or word("title", context.lang),
        title_lang=context.lang,
        author=AUTHOR,
        publisher=PUBLISHER,
        issued=day,
        accessed=day,
        url=web_link(context.permalink()),
        permalink=one_line(context.permalink()),
        version=f"{context.as_of_instant():%Y-%m-%dT%H:%M:%SZ}",
        notes=tuple(about(context)),
    )


def of_event(event: TimelineEvent, extract: Extract, context: Context, labels: Vocabulary) -> Citation:
    """The event through its primary source; the record's id is that of the event."""
    return _cited(event, primary(event), event.event_id, extract, context, labels)


def of_source(event: TimelineEvent, n: int, extract: Extract, context: Context, labels: Vocabulary) -> Citation:
    """The source number ``n``, from 0. Raises IndexError for one the event does not have."""
    return _cited(event, event.sources[n], f"{event.event_id}-source-{n + 1}", extract, context, labels)


def primary(event: TimelineEvent) -> EventSource | None:
    """The source that stands for the event: the first official one with an address, else the first with one."""
    linked = [one for one in event.sources if web_link(one.url)]
    official = [one for one in linked if one.kind == "official"]
    return next(iter([*official, *linked, *event.sources]), None)


def _cited(
    event: TimelineEvent, source: EventSource | None, name: str, extract: Extract, context: Context, labels: Vocabulary
) -> Citation:
    lang = context.lang
    place = labels.lists["jurisdictions"].get(event.jurisdiction)
    kind = kind_of(event, source, str(place.extra["level"]) if place else "")
    number = number_of(event, kind)
    title = _title(event, source, kind, number, extract, lang)
    publisher = one_line(source.publisher) if source else ""
    gazette = _gazette(event, source, kind, number)
    issued, printed = _dates(event, source, kind, number, str(title["title"]) if gazette == "JORF" else "")
    heading, when = one_line(event.heading(lang)), shown_date(event, lang)
    permalink = one_line(context.event_permalink(event.event_id))
    precise = when if event.precision == "day" else f"{when} ({labels.label('precisions', event.precision, lang)})"
    return Citation(
        id=name,
        type=kind,
        lang=lang,
        **title,
        author="" if kind in ("article-newspaper", "legislation", "treaty", "legal_case", "event") else publisher,
        publisher=publisher,
        court=_court(event) if kind == "legal_case" else "",
        number=number,
        gazette=gazette,
        printed=printed if gazette else (),
        issued=issued,
        accessed=_day(source.retrieved_at[:10]) if source else (),
        url=web_link(source.url) if source else web_link(permalink),
        place=one_line(labels.label("jurisdictions", event.jurisdiction, lang)),
        jurisdiction=event.jurisdiction,
        file=one_line(localised(event.dossier_titles, lang, event.dossier_title)) if event.dossier_id else "",
        event_id=event.event_id,
        event_title=heading,
        event_date=parts_of(event),
        event_iso=event.date,
        event_when=when,
        precision=event.precision,
        status="" if event.status == "occurred" else event.status,
        permalink=permalink,
        abstract=one_line(event.summary(lang)),
        keywords=_keywords(event, labels, lang),
        notes=(
            told_event(event.event_id, heading, one_line(precise), lang),
            *([told("status", one_line(labels.label("statuses", event.status, lang)), lang)] * (not happened(event))),
            told("permalink", permalink, lang),
            *_numbers(event),
        ),
    )


def told_event(event_id: str, heading: str, when: str, lang: str) -> str:
    """``Event fr-sren: Promulgation, 21 May 2024``."""
    name = f"{'Fait' if lang == 'fr' else 'Event'} {event_id}"
    return f"{name}{' : ' if lang == 'fr' else ': '}{heading}, {when}"


def _title(
    event: TimelineEvent, source: EventSource | None, kind: str, number: Number | None, extract: Extract, lang: str
) -> dict[str, Any]:
    """The title fields of a citation: the document's own title, or what happened in our words."""
    kept, kept_lang = extract.source_titles.get((source.source_id, source.url), ("", "")) if source else ("", "")
    named = one_line(event.dossier_title)
    file: DossierRow | None = extract.dossiers.get(event.dossier_id)
    is_named_by_file = kind in ("legislation", "treaty") or (kind == "legal_case" and event.track == "case")
    if is_named_by_file and named and not (number and number.stands_in(kept)):
        return _own(named, file.lang if file else "", "", lang)  # its reviewed names are no translations
    if one_line(kept):
        return _own(kept, kept_lang, event.titles.get(lang, "") if kept == event.title else "", lang)
    if event.origin == "official" and one_line(event.title) and kind not in ("article-newspaper", "post", "event"):
        return _own(event.title, event.lang, event.titles.get(lang, ""), lang)
    heading = event.heading(lang)
    is_official = event.title != heading and event.title not in event.titles.values()
    return {
        "title": one_line(heading) or event.event_id,
        "title_lang": lang if event.titles.get(lang) else event.lang,
        "is_described": True,
        "original": one_line(event.title) if is_official else "",
    }


def _own(title: str, title_lang: str, translated: str, lang: str) -> dict[str, Any]:
    is_foreign = title_lang != lang and translated != title
    return {"title": one_line(title), "title_lang": title_lang, "translated": one_line(translated) * is_foreign}


def _dates(
    event: TimelineEvent, source: EventSource | None, kind: str, number: Number | None, french: str
) -> tuple[Parts, Parts]:
    """The date of the document and the day it was printed.

    The date is that of the event only where the document is the very act that the event tells. ``french`` is the title
    of a French act, which says the day of its signature: what was "signed or published" on a later day was published.
    """
    printed = _day(source.published_on) if source else ()
    if kind in ISSUED_BY_EVENT and happened(event):
        return parts_of(event), printed
    if kind not in ("legislation", "treaty"):
        return printed, printed
    is_signed = event.type == "law_signed" and happened(event)
    if signed := _signed(french):
        later = is_signed and event.precision == "day" and parts_of(event) > signed
        return signed, printed or (parts_of(event) if later else ())
    if is_signed:
        return parts_of(event), printed
    return (((number.year,),) if number and number.year else printed), printed


def _signed(title: str) -> Parts:
    """The day in ``Loi n° 2024-449 du 21 mai 2024``; empty when the title says none."""
    match = re.match(r"\D+\d[\d-]+ du (\d{1,2})(?:er)? (\w+) (\d{4})\b", title)
    if not match or match[2].lower() not in MONTHS["fr"]:
        return ()
    return _day(f"{match[3]}-{MONTHS['fr'].index(match[2].lower()) + 1:02d}-{int(match[1]):02d}")


def _gazette(event: TimelineEvent, source: EventSource | None, kind: str, number: Number | None) -> str:
    if kind != "legislation" or source is None:
        return ""
    if event.jurisdiction == "fr" and re.match(r"https?://www\.legifrance\.gouv\.fr/(jorf|eli)/", source.url):
        return "JORF"
    if number and number.scheme == "eu.celex" and number.year >= _ALONE_SINCE:
        return f"OJ L, {number.shown}"
    return ""


def _court(event: TimelineEvent) -> str:
    named = next((one.name for one in event.actors if one.role == "court" and one.named), "")
    return one_line(named or body(event))


def _keywords(event: TimelineEvent, labels: Vocabulary, lang: str) -> tuple[str, ...]:
    harms = [labels.label("harms", one, lang) for one in event.harms]
    return tuple(line for one in [labels.label("event_types", event.type, lang), *harms] if (line := one_line(one)))


def _numbers(event: TimelineEvent) -> list[str]:
    """The official identifiers of the file, as ``scheme value``."""
    found = [one_line(f"{scheme} {value}") for scheme, value in event.dossier_identifiers]
    return ["; ".join(found)] if found else []


def parts_of(event: TimelineEvent) -> Parts:
    """The date of an event: quarters and halves of a year are spans of months, intervals of what is known of each."""
    if event.precision in ("quarter", "half"):
        return _ints(event.date_start[:7]), _ints(event.date_end[:7])
    if event.precision == "range":
        first, _, last = event.date.partition("/")
        return (_ints(first),) if not last or first == last else (_ints(first), _ints(last))
    return (_ints(event.date_start[: {"year": 4, "month": 7}.get(event.precision, 10)]),)


def _ints(iso: str) -> tuple[int, ...]:
    return tuple(int(part) for part in iso.split("-"))


def _day(text: str) -> Parts:
    """A day, month or year as strangers give it; anything else is no date."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return ()
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return ()
    return (_ints(text),)
