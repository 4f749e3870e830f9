"""Writing the site: every page in every language, files beside them, the open data, a map for search engines."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from data.database import Database
from data.errors import StorageError, ViewError
from data.export import FORMATS, Options
from data.export.context import LANGUAGES
from data.export.extract import Extract
from data.export.page import render, style
from data.export.plain import one_line, web_link
from data.export.release import write_files
from data.export.site import pages
from data.export.site.addresses import Place
from data.export.site.pages import Site, SitePage
from data.export.site.record import read
from data.view import View
from data.vocabulary import load_vocabulary

#: a folder that holds this file is a site of ours, and may be replaced by a newer one
MARK = ".deepfake-policy-monitor-site"
#: files beside the page of a file, a place or an actor: name, format
BESIDE = (("Atom", "atom"), ("iCalendar", "ics"), ("CSV", "csv"))

_LISTS: dict[str, Callable[[Site, str], str]] = {
    "": pages.home, "timeline": pages.timeline, "dossiers": pages.dossiers, "actors": pages.actors,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the folder, the number of pages, the number of files beside them."""

    folder: Path
    page_count: int
    feed_count: int


def write_site(db: Database, out: Path, *, root: str, monitor: str = "") -> Written:
    """The site of an edition in ``out``, which must be new, empty or a former site.

    ``root`` is the address at which the site will stand, ``monitor`` that of the dashboard (empty: there is none). The
    new site stands beside the old one until it is whole. Raises StorageError for a folder of something else, ViewError
    for an address that is no http(s) address.
    """
    for address in (root, *([monitor] if monitor else [])):
        if not web_link(address):
            raise ViewError(f"not an http(s) address: {address!r}")
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise StorageError(f"{out} holds something else than a site: choose an empty folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=out.parent, prefix=".site-"))
    try:
        kinds = [(name, FORMATS[fmt].extension, FORMATS[fmt].mime) for name, fmt in BESIDE]
        site = Site(read(db), _folder(root), _folder(monitor) if monitor else "", load_vocabulary(), kinds)
        page_count, feed_count = _fill(site, folder)
        (folder / "data").mkdir()
        write_files(db, folder / "data", address=monitor or root)
        (folder / MARK).touch()
        folder.chmod(0o755)
        _put_in_place(folder, out)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Written(out, page_count, feed_count)


def _put_in_place(folder: Path, out: Path) -> None:
    """Give the new site its name. The former one is removed last, and comes back when the new one cannot be named."""
    if not out.exists():
        folder.rename(out)
        return
    former = Path(tempfile.mkdtemp(dir=out.parent, prefix=".former-")) / "site"
    out.rename(former)
    try:
        folder.rename(out)
    except OSError:
        former.rename(out)
        raise
    finally:
        shutil.rmtree(former.parent, ignore_errors=True)


def _folder(address: str) -> str:
    return address if address.endswith("/") else f"{address}/"


def _fill(site: Site, folder: Path) -> tuple[int, int]:
    told: list[Place] = []
    feed_count = 0
    for lang in LANGUAGES:
        for name, make in _LISTS.items():
            told.append(Place(lang, name))
            _put(folder, told[-1].path(), make(site, lang))
        feed_count += _beside(site, folder, site.record.whole, _context(site, Place(lang), "", View()))
        for extract, context in _views(site, lang):
            told.append(context.place)
            _put(folder, context.place.path(), pages.view_page(site, extract, context))
            feed_count += _beside(site, folder, extract, context)
        for event in site.record.whole.events:
            told.append(Place(lang, "events", event.event_id))
            _put(folder, told[-1].path(), pages.event_page(site, event, lang))
    _put(folder, "style.css", str(style()))
    _put(folder, "index.html", _door(site))
    _put(folder, "sitemap.xml", _map(site, told))
    _put(folder, "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.root}sitemap.xml\n")
    return len(told), feed_count


def _views(site: Site, lang: str) -> Iterator[tuple[Extract, SitePage]]:
    """The pages that show a part of the record: of files, of places, of actors."""
    record, labels = site.record, site.labels
    for row in record.files:
        of_it = [one for one in record.whole.statements if one.dossier_id == row.dossier_id]
        extract = record.part(record.of_file.get(row.dossier_id, ()), of_it)
        place = Place(lang, "dossiers", row.dossier_id)
        yield extract, _context(site, place, row.heading(lang), View(dossiers=(row.dossier_id,)), extract)
    for code, events in record.of_place.items():
        extract = record.part(events)
        title = labels.label("jurisdictions", code, lang)
        yield extract, _context(site, Place(lang, "timeline", code), title, View(jurisdictions=(code,)), extract)
    for actor in record.actors():
        of_it = [one for one in record.whole.statements if one.actor_id == actor.actor_id]
        extract = record.part(record.of_actor[actor.actor_id], of_it)
        place = Place(lang, "actors", actor.actor_id)
        yield extract, _context(site, place, actor.name or actor.number, View(actors=(actor.actor_id,)), extract)


def _context(site: Site, place: Place, title: str, view: View, extract: Extract | None = None) -> SitePage:
    count = len((extract or site.record.whole).events)
    return site.context(place, one_line(title) or pages.site_title(place.lang), view, count)


def _beside(site: Site, folder: Path, extract: Extract, context: SitePage) -> int:
    """The feed, the calendar and the table of a page."""
    for _, fmt in BESIDE:
        path = context.place.path(FORMATS[fmt].extension)
        export = FORMATS[fmt].write(extract, context, site.labels, Options(self_link=site.root + path))
        (folder / path).write_bytes(export.data)
    return len(BESIDE)


def _put(folder: Path, path: str, text: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _door(site: Site) -> str:
    """The way in from the bare address: to the languages."""
    return render(
        "site_door.html.j2",
        lang=LANGUAGES[0],
        title="Deepfake Policy Monitor",
        noindex=False,
        root=site.root,
        languages=[(one, site.root + Place(one).path()) for one in LANGUAGES],
    )


def _map(site: Site, told: Sequence[Place]) -> str:
    """A sitemap (https://www.sitemaps.org/protocol.html); the day is that of the record."""
    day = site.record.snapshot.instant()[:10]
    lines = "".join(f"<url><loc>{escape(site.root + one.path())}</loc><lastmod>{day}</lastmod></url>\n" for one in told)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n"
