"""The words of a digest: changes in, subject, plain text and HTML out. Pure.

Titles and names come from strangers: each is one line without control characters, escaped in HTML, and isolated from
the direction of the text around it. Addresses are http(s) or are not there. No picture, nothing that is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from data.digest import Facts
from data.export.context import Context
from data.export.plain import one_line, web_link
from data.export.wording import shown_date, stage_label, told, word
from data.models import When
from data.rows import DossierRow, TimelineEvent
from data.vocabulary import Vocabulary

#: changes that a mail spells out; the rest is counted
SHOWN = 100

_SUBJECT, _TITLE = 120, 300

_WORDS = {
    "en": {
        "monitor": "Deepfake policy monitor",
        "new": ("1 new event", "{n} new events"),
        "changed": ("1 changed event", "{n} changed events"),
        "stages": ("1 file at a new stage", "{n} files at a new stage"),
        "gone": ("1 event is no longer in this view", "{n} events are no longer in this view"),
        "more": ("1 more change is not spelt out here", "{n} more changes are not spelt out here"),
        "log": "Log of all changes",
        "date": "Date: {new} (was {old})",
        "status": "Status: {new} (was {old})",
        "stage": "Stage: {new} (was {old})",
        "type": "Kind: {new} (was {old})",
        "title": "The title has changed",
        "none": "none",
        "first": "Stage: {new}",
        "view": "View: {title}",
        "open": "Open the view",
        "why": "This address was subscribed to these changes. No picture, no tracking.",
        "leave": "Unsubscribe",
        "write": "To unsubscribe, write to {mail}",
    },
    "fr": {
        "monitor": "Veille deepfakes",
        "new": ("1 nouveau fait", "{n} nouveaux faits"),
        "changed": ("1 fait modifié", "{n} faits modifiés"),
        "stages": ("1 dossier a changé d’étape", "{n} dossiers ont changé d’étape"),
        "gone": ("1 fait n’est plus dans cette vue", "{n} faits ne sont plus dans cette vue"),
        "more": ("1 autre changement n’est pas détaillé ici", "{n} autres changements ne sont pas détaillés ici"),
        "log": "Journal de tous les changements",
        "date": "Date : {new} (auparavant : {old})",
        "status": "Statut : {new} (auparavant : {old})",
        "stage": "Étape : {new} (auparavant : {old})",
        "type": "Nature : {new} (auparavant : {old})",
        "title": "Le titre a changé",
        "none": "aucune",
        "first": "Étape : {new}",
        "view": "Vue : {title}",
        "open": "Ouvrir la vue",
        "why": "Cette adresse est abonnée à ces changements. Aucune image, aucun pistage.",
        "leave": "Se désabonner",
        "write": "Pour se désabonner, écrire à {mail}",
    },
}


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail without its envelope; ``count`` changes are told in it."""

    subject: str
    text: str
    html: str
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a mail tells: new events, changed ones with what was told of them before, files with the code of the stage
    told before (empty for a file that was not in the view), how many events are gone, how many changes are not here."""

    new: Sequence[TimelineEvent] = ()
    changed: Sequence[tuple[TimelineEvent, Facts, bool]] = ()
    files: Sequence[tuple[DossierRow, str]] = ()
    gone: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """Where the mail leads: the site without a slash at its end, the address that ends the subscription, and the one
    to write to; each may be empty."""

    site: str
    leave: str
    mail: str


@dataclass(frozen=True, slots=True)
class _Item:
    above: str
    title: str
    lines: tuple[str, ...]
    link: str


def compose(changes: Changes, context: Context, labels: Vocabulary, way: Way) -> Digest:
    """Write the mail in the language of ``context``."""
    lang = context.lang
    sections = [
        ("new", len(changes.new), [_event(one, (), context, labels) for one in changes.new]),
        ("changed", len(changes.changed), [_changed(*one, context, labels) for one in changes.changed]),
        ("stages", len(changes.files), [_file(*one, context, labels, way) for one in changes.files]),
    ]
    told_of = [(_n(key, count, lang), items) for key, count, items in sections if count]
    counted = [_n(key, n, lang) for key, n in (("gone", changes.gone), ("more", changes.more)) if n]
    heads = [*(head for head, _ in told_of), *counted]
    subject = f"{_word('monitor', lang)}{word('colon', lang)}{', '.join(heads[:2])} – {_cut(context.view_title, 60)}"
    count = sum(n for _, n, _ in sections) + changes.gone + changes.more
    return Digest(
        _cut(subject, _SUBJECT), _text(told_of, counted, context, way), _html(told_of, counted, context, way), count
    )


def lines_of(event: TimelineEvent, before: Facts, retitled: bool, labels: Vocabulary, lang: str) -> tuple[str, ...]:
    """What is different of an event, a line each; empty when it is again as it was told."""
    found = []
    if before.date != event.date:
        found.append(_was("date", _date(event, before.date, lang), shown_date(event, lang), lang))
    for key, list_name, old, new in (
        ("status", "statuses", before.status, event.status),
        ("type", "event_types", before.type, event.type),
    ):
        if old != new:
            was = labels.label(list_name, old, lang) if labels.has(list_name, old) else old
            found.append(_was(key, was, labels.label(list_name, new, lang), lang))
    if before.stage != event.stage:
        old_stage = stage_label(replace(event, stage=before.stage), labels, lang)
        found.append(_was("stage", old_stage, stage_label(event, labels, lang), lang))
    if retitled:
        found.append(_word("title", lang))
    return tuple(found)


def _changed(event: TimelineEvent, before: Facts, retitled: bool, context: Context, labels: Vocabulary) -> _Item:
    return _event(event, lines_of(event, before, retitled, labels, context.lang), context, labels)


def _event(event: TimelineEvent, lines: tuple[str, ...], context: Context, labels: Vocabulary) -> _Item:
    lang = context.lang
    place = labels.label("jurisdictions", event.jurisdiction, lang)
    kind = labels.label("event_types", event.type, lang)
    if not lines and event.stage:
        lines = (told("stage", one_line(stage_label(event, labels, lang)), lang),)
    source = next((one for one in event.sources if web_link(one.url)), None)
    if source:
        lines = (*lines, told("source", f"{_cut(source.publisher, 80)}, {source.url}", lang))
    above = one_line(f"{shown_date(event, lang)} · {place} · {kind}")
    return _Item(above, _cut(event.heading(lang)), lines, web_link(context.event_permalink(event.event_id)))


def _file(one: DossierRow, before: str, context: Context, labels: Vocabulary, way: Way) -> _Item:
    lang = context.lang

    def stage(code: str) -> str:
        return labels.stage_label(one.track, code, lang) if code else _word("none", lang)

    line = (
        _was("stage", stage(before), stage(one.stage), lang) if before else _said("first", lang, new=stage(one.stage))
    )
    place = labels.label("jurisdictions", one.jurisdiction, lang)
    return _Item(
        one_line(place), _cut(one.heading(lang)), (line,), web_link(f"{way.site}/dossiers?file={one.dossier_id}")
    )


def _text(sections: Sequence[tuple[str, list[_Item]]], counted: list[str], context: Context, way: Way) -> str:
    lang = context.lang
    found = [_said("view", lang, title=_cut(context.view_title)), ""]
    for head, items in sections:
        found += [head, "=" * len(head), ""]
        for one in items:
            found += [one.above, one.title, *one.lines, *([one.link] if one.link else []), ""]
    found += [*counted, *([""] if counted else [])]
    found += ["-- ", f"{_word('open', lang)}{word('colon', lang)}{context.permalink()}"]
    found += [f"{_word('log', lang)}{word('colon', lang)}{way.site}/changes", *_small(context)]
    found += [_word("why", lang), *_leaving(way, lang)]
    return "\n".join(found) + "\n"


def _html(sections: Sequence[tuple[str, list[_Item]]], counted: list[str], context: Context, way: Way) -> str:
    lang = context.lang
    found = [f"<p>{escape(_said('view', lang, title=_cut(context.view_title)))}</p>"]
    for head, items in sections:
        found.append(f"<h2>{escape(head)}</h2>")
        for one in items:
            title = f"<bdi>{escape(one.title)}</bdi>"
            shown = f'<a href="{escape(one.link)}">{title}</a>' if one.link else title
            lines = "".join(f"<br><bdi>{escape(line)}</bdi>" for line in one.lines)
            found.append(f"<p>{escape(one.above)}<br><strong>{shown}</strong>{lines}</p>")
    found += [f"<p>{escape(line)}</p>" for line in counted]
    links = [(context.permalink(), _word("open", lang)), (f"{way.site}/changes", _word("log", lang))]
    if way.leave:
        links.append((way.leave, _word("leave", lang)))
    found.append("<hr>")
    found.append("<p>" + " · ".join(f'<a href="{escape(url)}">{escape(name)}</a>' for url, name in links) + "</p>")
    small = [*_small(context), _word("why", lang), *([] if way.leave else _leaving(way, lang))]
    found += [f"<p><small>{escape(line)}</small></p>" for line in small]
    title = escape(_cut(context.view_title))
    head = f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
    return f"{head}</head><body>\n" + "\n".join(found) + "\n</body></html>\n"


def _small(context: Context) -> list[str]:
    lang = context.lang
    return [told("as_of", context.as_of, lang), told("licence", one_line(context.licence), lang)]


def _leaving(way: Way, lang: str) -> list[str]:
    if way.leave:
        return [f"{_word('leave', lang)}{word('colon', lang)}{way.leave}"]
    return [_said("write", lang, mail=way.mail)] if way.mail else []


def _date(event: TimelineEvent, iso: str, lang: str) -> str:
    when = When.parse(iso)
    was = replace(
        event, date=iso, date_start=when.start.isoformat(), date_end=when.end.isoformat(), precision=when.precision
    )
    return shown_date(was, lang)


def _was(key: str, old: str, new: str, lang: str) -> str:
    none = _word("none", lang)
    return _said(key, lang, old=one_line(old) or none, new=one_line(new) or none)


def _cut(text: str, length: int = _TITLE) -> str:
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def _n(key: str, n: int, lang: str) -> str:
    one, many = _WORDS[lang][key]
    return one if n == 1 else many.format(n=n)


def _word(key: str, lang: str) -> str:
    return str(_WORDS[lang][key])


def _said(key: str, lang: str, **values: str) -> str:
    return _word(key, lang).format(**values)
