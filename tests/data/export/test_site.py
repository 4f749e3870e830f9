"""The static site: every page is there in every language, every link leads to one, nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from lxml import etree, html

from data import queries
from data.database import Database, open_immutable
from data.errors import StorageError, ViewError
from data.export.__main__ import main
from data.export.context import LANGUAGES
from data.export.site import write_site
from data.export.site.addresses import FOLDERS, LISTS, Place, of_dashboard, of_path
from data.export.site.pages import Site, event_page
from data.export.site.record import read
from data.view import View
from data.vocabulary import load_vocabulary
from tests.dashboard import snapshot as sample

ROOT = "https://record.example/deepfakes/"
MONITOR = "https://monitor.example/"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    sample.build(folder)
    return folder


@pytest.fixture(scope="module")
def db(home: Path) -> Iterator[Database]:
    found = open_immutable(home / "published.db")
    yield found
    found.close()


@pytest.fixture(scope="module")
def site(db: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(db, tmp_path_factory.mktemp("out") / "site", root=ROOT, monitor=MONITOR).folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_event_file_and_actor_has_its_page_in_every_language(site: Path, db: Database):
    events = queries.timeline(db, View())
    for lang in LANGUAGES:
        assert {one.stem for one in (site / lang / "events").iterdir()} == {one.event_id for one in events}
        assert {one.stem for one in (site / lang / "dossiers").glob("*.html")} - {"index"} == {
            one.dossier_id for one in queries.dossiers(db, View())
        }
        assert {one.stem for one in (site / lang / "actors").glob("*.html")} - {"index"} == {
            one.actor_id for event in events for one in event.actors
        }


def test_the_page_of_a_file_holds_its_events_and_so_does_its_calendar(site: Path, db: Database):
    for row in queries.dossiers(db, View()):
        expected = {one.event_id for one in queries.timeline(db, View(dossiers=(row.dossier_id,)))}
        page = html.parse(site / "fr" / "dossiers" / f"{row.dossier_id}.html")
        assert set(page.xpath("//@data-event")) == expected
        calendar = Calendar.from_ical((site / "fr" / "dossiers" / f"{row.dossier_id}.ics").read_bytes())
        assert {str(one["UID"]).partition("@")[0] for one in calendar.walk("VEVENT")} == expected


def test_a_feed_names_its_own_address_and_holds_the_events_of_its_page(site: Path, db: Database):
    (row, *_) = queries.dossiers(db, View())
    feed = etree.parse(site / "en" / "dossiers" / f"{row.dossier_id}.atom")
    assert feed.xpath("//*[local-name()='link'][@rel='self']/@href") == [f"{ROOT}en/dossiers/{row.dossier_id}.atom"]
    page = html.parse(site / "en" / "dossiers" / f"{row.dossier_id}.html")
    assert len(feed.xpath("//*[local-name()='entry']")) == len(set(page.xpath("//@data-event")))


def test_every_link_of_the_site_leads_to_a_file_of_it(site: Path):
    for path in pages(site):
        page = html.parse(path)
        links = [str(one) for one in page.xpath("//a/@href | //link/@href")]
        ours = [one for one in links if one.startswith(ROOT)]
        assert ours
        for one in ours:
            assert (site / urlsplit(one.removeprefix(ROOT)).path).is_file(), (path, one)
        ids = set(page.xpath("//@id"))
        assert {one[1:] for one in links if one.startswith("#")} <= ids, path


def test_a_page_loads_its_style_sheet_and_nothing_else(site: Path):
    for path in pages(site):
        page = html.parse(path)
        assert page.xpath("//@src | //iframe | //object | //img | //form") == []
        assert page.xpath("//script[not(@type='application/ld+json')]") == []
        assert page.xpath("//link[@rel='stylesheet']/@href") == [f"{ROOT}style.css"]
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert page.getroot().get("lang") == (path.relative_to(site).parts[0] if path.parent != site else LANGUAGES[0])
        assert len(page.xpath("//h1")) == 1


def test_pages_of_the_site_and_of_the_dashboard_map_one_to_one(site: Path):
    places = [of_path(str(one.relative_to(site))) for one in pages(site) if one.parent != site]
    addresses = [one.dashboard() for one in places]
    assert len(set(addresses)) == len(addresses) > 20
    assert [of_dashboard(MONITOR + one) for one in addresses] == places
    assert [one.path() for one in places] == [str(one.relative_to(site)) for one in pages(site) if one.parent != site]


@pytest.mark.parametrize(
    "path", ["xx/index.html", "fr/desk/a.html", "fr/../a.html", "fr/events/index.html", "fr/a.html"]
)
def test_what_is_no_page_is_refused(path: str):
    with pytest.raises(ViewError):
        of_path(path)


@pytest.mark.parametrize("address", ["sources?lang=fr", "timeline?lang=fr&q=x", "timeline", "actors?lang=fr&who=../a"])
def test_a_page_of_the_dashboard_without_a_counterpart_is_refused(address: str):
    with pytest.raises(ViewError):
        of_dashboard(MONITOR + address)


def test_every_page_leads_to_itself_in_the_other_language_and_in_the_monitor(site: Path):
    for path in pages(site):
        if path.parent == site:
            continue
        place = of_path(str(path.relative_to(site)))
        page = html.parse(path)
        for lang in LANGUAGES:
            (there,) = page.xpath(f"//link[@hreflang='{lang}']/@href")
            assert there == ROOT + Place(lang, place.folder, place.id).path()
        assert MONITOR + place.dashboard() in page.xpath("//a/@href")


def test_a_search_engine_finds_every_page(site: Path):
    found = etree.parse(site / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    assert {one.removeprefix(ROOT) for one in found} == {
        str(one.relative_to(site)) for one in pages(site) if one.parent != site
    }
    assert f"Sitemap: {ROOT}sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_the_open_data_stands_in_it(site: Path):
    assert {"csv", "parquet", "monitor.sqlite", "CITATION.cff", "README.md"} <= {
        one.name for one in (site / "data").iterdir()
    }


def test_a_hostile_text_stays_text(db: Database):
    record = read(db)
    title = "</script><script>alert(1)</script>\u202e=1 ]]> <a href=javascript:alert(1)>x</a>"
    event = replace(record.whole.events[0], title=title, titles={}, summaries={"en": title})
    page = html.fromstring(event_page(Site(record, ROOT, MONITOR, load_vocabulary()), event, "en"))
    assert len(page.xpath("//script")) == 1
    assert not [one for one in page.xpath("//@href") if not re.match(r"https?://|#", one)]
    assert "alert(1)" in page.xpath("string(//h1)")


def test_a_newer_site_takes_the_place_of_the_older_one_and_of_nothing_else(db: Database, tmp_path: Path):
    folder = write_site(db, tmp_path / "site", root=ROOT).folder
    (folder / "fr" / "events" / "gone.html").write_text("old")
    write_site(db, tmp_path / "site", root=ROOT)
    assert not (folder / "fr" / "events" / "gone.html").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["site"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(StorageError, match="something else"):
        write_site(db, tmp_path / "mine", root=ROOT)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_the_command_writes_it_and_refuses_what_is_no_address(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MONITOR_HOME", str(home))
    assert main(["site", str(tmp_path / "a"), "--site", ROOT]) == 0
    assert re.search(r"\d+ pages, \d+ files", capsys.readouterr().err)
    assert main(["site", str(tmp_path / "b"), "--site", "javascript:alert(1)"]) == 2
    assert not (tmp_path / "b").exists()


def test_every_folder_shows_what_a_page_of_the_dashboard_shows():
    assert set(LISTS) < set(FOLDERS)
