"""What stands on the pages of the site: pure functions from the record to the text of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data import coverage
from data.export import cited, html_page, json_ld
from data.export.citation_lines import STYLES, in_language, language_of, line
from data.export.context import LANGUAGES, LICENCES, Context
from data.export.extract import Extract
from data.export.page import render, script_json
from data.export.phrases import counted, partial_date, phrase
from data.export.plain import one_line
from data.export.site.addresses import LISTS, Place
from data.export.site.record import Record
from data.export.story import story
from data.export.wording import shown_date, shown_day, word
from data.rows import TimelineEvent
from data.view import View
from data.vocabulary import Vocabulary

#: the first page of the site
HOME = Place("en")
#: events of the first page, past and planned
NEWEST = 20
#: how the styles of citations are called
STYLE_NAMES = {"apa": "APA", "chicago": "Chicago", "harvard": "Harvard", "oscola": "OSCOLA", "fr": "Forme française"}


@dataclass(frozen=True)
class SitePage(Context):
    """The context of a page of the site: its addresses are those of the site. ``root`` ends with a slash."""

    root: str = ""
    place: Place = HOME

    def permalink(self) -> str:
        """The address of this page."""
        return self.root + self.place.path()

    def event_permalink(self, event_id: str) -> str:
        """The address of the page of one event, in the same language."""
        return self.root + Place(self.lang, "events", event_id).path()


@dataclass(frozen=True, slots=True)
class Feed:
    """A file beside a page; ``mime`` only for what a feed reader subscribes to."""

    name: str
    address: str
    mime: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around a page: its own address, the other languages, the list of pages, its files."""

    address: str
    root: str
    languages: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, str, bool], ...]
    feeds: tuple[Feed, ...]
    monitor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with where it leads."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a list."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Site:
    """The record, where the site and the dashboard are (empty: nowhere), and the kinds of files beside a page."""

    record: Record
    root: str
    monitor: str
    labels: Vocabulary
    feeds: Sequence[tuple[str, str, str]] = ()

    def frame(self, place: Place, *, feeds: bool = False) -> Frame:
        """``feeds``: files of the events of the page stand beside it."""
        lists = [Place(place.lang), *(Place(place.lang, one) for one in LISTS)]
        return Frame(
            self.root + place.path(),
            self.root,
            tuple((one, self.root + Place(one, place.folder, place.id).path()) for one in LANGUAGES),
            (
                *(
                    (phrase(f"site_{one.folder or 'home'}", place.lang), self.root + one.path(), one == place)
                    for one in lists
                ),
                (phrase("site_data", place.lang), f"{self.root}data/README.md", False),
            ),
            tuple(
                Feed(name, self.root + place.path(ending), mime if name in ("Atom", "iCalendar") else "")
                for name, ending, mime in (self.feeds if feeds else ())
            ),
            f"{self.monitor}{place.dashboard()}" if self.monitor else "",
        )

    def context(self, place: Place, title: str, view: View, count: int) -> SitePage:
        """What a page says of itself."""
        snapshot = self.record.snapshot
        return SitePage(
            title, view, place.lang, snapshot.instant(), count, f"{self.root}{place.lang}/",
            snapshot.vocabulary_version, coverage.not_covered(place.lang, view.jurisdictions),
            root=self.root, place=place,
        )  # fmt: skip

    def as_of(self, lang: str) -> str:
        """The instant of the record in words."""
        instant = self.context(Place(lang), "", View(), 0).as_of_instant()
        return phrase("as_of_instant", lang, day=shown_day(instant.date(), lang), time=f"{instant:%H:%M}")


def site_title(lang: str) -> str:
    """The title of the whole."""
    return phrase("site_title", lang)


def view_page(site: Site, extract: Extract, context: SitePage) -> str:
    """The page of a file, a place or an actor: its figure, its events, its sources."""
    values = html_page.told(extract, context, site.labels)
    return render(
        "site_view.html.j2",
        site=site.frame(context.place, feeds=True),
        noindex=False,
        address_words=phrase("site_event", context.lang),
        **values,
    )


def event_page(site: Site, event: TimelineEvent, lang: str) -> str:
    """The page of one event: its card, its file, how to cite it."""
    place = Place(lang, "events", event.event_id)
    context = site.context(place, one_line(event.heading(lang)), View(), 1)
    extract = site.record.part([event])
    found = story(extract, context, site.labels)
    row = site.record.whole.dossiers.get(event.dossier_id)
    return render(
        "site_event.html.j2",
        lang=lang,
        labels=site.labels,
        title=context.view_title,
        noindex=False,
        site=site.frame(place),
        as_of=site.as_of(lang),
        told=found.events[0],
        sources=found.sources,
        json_ld=script_json(json_ld.document(found, context, site.labels)),
        file=Cell(one_line(row.heading(lang)), site.root + Place(lang, "dossiers", row.dossier_id).path())
        if row
        else None,
        citations=[(STYLE_NAMES[style], _cited(event, extract, context, style, site.labels)) for style in STYLES],
        not_covered=context.not_covered,
    )


def _cited(event: TimelineEvent, extract: Extract, context: Context, style: str, labels: Vocabulary) -> str:
    told = in_language(context, language_of(style, context.lang), labels, {}, titled=True)
    return line(cited.of_event(event, extract, told, labels), style)


def home(site: Site, lang: str) -> str:
    """The first page: what came last, what is planned, where files stand."""
    events = site.record.whole.events
    today = site.record.snapshot.instant()[:10]
    past = [one for one in events if one.status != "scheduled" and one.date_start <= today]
    ahead = [one for one in events if one.status == "scheduled" and one.date_end >= today]
    return _list(
        site,
        Place(lang),
        site_title(lang),
        [
            Table(phrase("site_newest", lang), _heads(lang), _events(site, reversed(past[-NEWEST:]), lang)),
            Table(phrase("next", lang), _heads(lang), _events(site, ahead[:NEWEST], lang)),
        ],
    )


def dossiers(site: Site, lang: str) -> str:
    """Every file with its stage, by place."""
    rows = sorted(site.record.files, key=lambda one: (_place(site, one.jurisdiction, lang), one.heading(lang)))
    cells = [
        (
            Cell(one_line(one.heading(lang)), site.root + Place(lang, "dossiers", one.dossier_id).path()),
            Cell(_place(site, one.jurisdiction, lang)),
            Cell(one_line(site.labels.stage_label(one.track, one.stage, lang)) if one.stage else ""),
            Cell(partial_date(one.stage_since, lang) if one.stage_since else ""),
        )
        for one in rows
    ]
    heads = (phrase("file", lang), phrase("place", lang), word("stage", lang), phrase("site_since", lang))
    title = phrase("site_dossiers", lang)
    return _list(site, Place(lang, "dossiers"), title, [Table(title, heads, cells)])


def actors(site: Site, lang: str) -> str:
    """Everybody who acts in an event."""
    cells = [
        (
            Cell(one_line(one.name) or one.number, site.root + Place(lang, "actors", one.actor_id).path()),
            Cell(one_line(site.labels.label("actor_kinds", one.kind, lang))),
            Cell(_place(site, one.jurisdiction, lang)),
            Cell(str(len(site.record.of_actor[one.actor_id]))),
        )
        for one in site.record.actors()
    ]
    heads = (phrase("actor", lang), phrase("site_kind", lang), phrase("place", lang), phrase("events", lang))
    title = phrase("site_actors", lang)
    return _list(site, Place(lang, "actors"), title, [Table(title, heads, cells)])


def timeline(site: Site, lang: str) -> str:
    """Every place with its number of events and the last of them."""
    by_count = sorted(site.record.of_place.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    cells = [
        (
            Cell(_place(site, code, lang), site.root + Place(lang, "timeline", code).path()),
            Cell(str(len(held))),
            Cell(shown_date(held[-1], lang)),
            Cell(one_line(held[-1].heading(lang)), site.root + Place(lang, "events", held[-1].event_id).path()),
        )
        for code, held in by_count
    ]
    heads = (phrase("place", lang), phrase("events", lang), phrase("date", lang), phrase("site_last", lang))
    title = phrase("site_timeline", lang)
    return _list(site, Place(lang, "timeline"), title, [Table(title, heads, cells)])


def _list(site: Site, place: Place, title: str, tables: Sequence[Table]) -> str:
    lang, record = place.lang, site.record
    lead = phrase(
        "site_lead",
        lang,
        events=counted(len(record.whole.events), "events", lang),
        dossiers=counted(len(record.files), "dossiers", lang),
        places=len(record.of_place),
    )
    return render(
        "site_list.html.j2",
        lang=lang,
        labels=site.labels,
        title=title,
        noindex=False,
        site=site.frame(place, feeds=place == Place(lang)),
        as_of=site.as_of(lang),
        lead=lead,
        tables=tables,
        not_covered=coverage.not_covered(lang),
        licence=LICENCES[lang],
    )


def _heads(lang: str) -> tuple[str, ...]:
    return phrase("what", lang), phrase("date", lang), phrase("place", lang)


def _events(site: Site, events: Iterable[TimelineEvent], lang: str) -> list[tuple[Cell, ...]]:
    return [
        (
            Cell(one_line(one.heading(lang)), site.root + Place(lang, "events", one.event_id).path()),
            Cell(shown_date(one, lang)),
            Cell(_place(site, one.jurisdiction, lang)),
        )
        for one in events
    ]


def _place(site: Site, code: str, lang: str) -> str:
    return one_line(site.labels.label("jurisdictions", code, lang))
