"""Pages of the site and pages of the dashboard, one to one.

    timeline?lang=fr&jurisdiction=uk    fr/timeline/uk.html
    timeline?lang=fr&event=ID           fr/events/ID.html
    dossiers?lang=fr&file=ID            fr/dossiers/ID.html
    actors?lang=fr&who=ID               fr/actors/ID.html

and ``?lang=fr``, ``timeline?lang=fr``, ``dossiers?lang=fr``, ``actors?lang=fr`` to the ``index.html`` of their folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from data.errors import ViewError
from data.export.context import LANGUAGES

#: folder of the site -> (page of the dashboard, key of the one thing a page shows)
FOLDERS = {
    "timeline": ("timeline", "jurisdiction"),
    "events": ("timeline", "event"),
    "dossiers": ("dossiers", "file"),
    "actors": ("actors", "who"),
}
#: folders that have a page of their own in the dashboard
LISTS = ("timeline", "dossiers", "actors")


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its language, its folder (empty for the first page), the id of what it shows (empty for a list)."""

    lang: str
    folder: str = ""
    id: str = ""

    def path(self, ending: str = "html") -> str:
        """Where it stands in the site; another ``ending`` is that of the page's feed or calendar."""
        return "/".join(part for part in (self.lang, self.folder, f"{self.id or 'index'}.{ending}") if part)

    def dashboard(self) -> str:
        """The same page of the dashboard, after its host."""
        page, key = FOLDERS.get(self.folder, ("", ""))
        pairs = [("lang", self.lang), *([(key, self.id)] if self.id else [])]
        return f"{page}?{urlencode(pairs)}"


def of_path(path: str) -> Place:
    """The page that stands at a path of the site. Raises ViewError for none."""
    found = re.fullmatch(r"([a-z]{2})/(?:([a-z]+)/)?([a-z0-9-]+)\.html", path)
    lang, folder, name = found.groups(default="") if found else ("", "", "")
    name = "" if name == "index" else name
    known = folder in FOLDERS if name else folder in ("", *LISTS)
    if lang not in LANGUAGES or not known:
        raise ViewError(f"no page of the site: {path!r}")
    return Place(lang, folder, name)


def of_dashboard(address: str) -> Place:
    """The page of the site for an address of the dashboard. Raises ViewError for one that has none."""
    parts = urlsplit(address)
    page = parts.path.rpartition("/")[2]
    asked = dict(parse_qsl(parts.query))
    lang = asked.pop("lang", "")
    if lang in LANGUAGES:
        if not asked and page in ("", *LISTS):
            return Place(lang, page)
        for folder, (its_page, key) in FOLDERS.items():
            if page == its_page and asked.keys() == {key} and re.fullmatch(r"[a-z0-9-]+", asked[key]):
                return Place(lang, folder, asked[key])
    raise ViewError(f"no page of the site for {address!r}")
