"""Live addresses over HTTP, as feed readers and calendars ask them: exactly the view, and only when it changed."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import quote, urlencode

import feedparser
import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from dashboard import live
from dashboard.i18n import t
from data import desk, export, queries
from data.database import open_immutable
from data.decisions import PRIVATE, value_of
from data.view import View
from tests.dashboard.live_site import AT, Site
from tests.dashboard.program import serve, stop
from tests.shared import ROOT


def test_a_calendar_holds_exactly_the_events_of_the_view(site_of: Site):
    for query, view in (
        ("", View()),
        ("jurisdiction=fr", View(jurisdictions=("fr",))),
        ("jurisdiction=fr&jurisdiction=uk&track=law", View(jurisdictions=("fr", "uk"), tracks=("law",))),
        ("q=nothingatall", View(query="nothingatall")),
    ):
        answer = site_of.ask(f"/feed/ics?{query}")
        assert answer.status == 200
        assert answer.ids() == {one.event_id for one in site_of.events(view)}


@pytest.mark.parametrize("name", live.FEEDS)
def test_each_format_says_what_it_is_and_leads_back(site_of: Site, name: str):
    answer = site_of.ask(f"/feed/{name}?jurisdiction=fr&lang=en")
    assert answer.status == 200
    assert answer.headers["content-type"] == export.FORMATS[name].mime
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, no-cache"
    shown = answer.body.replace(b"\r\n ", b"").replace(b"&amp;", b"&").replace(b"\\,", b",")
    assert f"{site_of.address}/timeline?".encode() in shown
    for one in site_of.events(View(jurisdictions=("fr",))):
        assert one.event_id.encode() in shown


def test_a_feed_names_itself_and_announces_what_is_asked_for(site_of: Site):
    for query, keys in (("", {}), ("&tell=new", {"tell": "new"})):
        path = f"/feed/atom?jurisdiction=fr{query}&lang=fr"
        found = feedparser.parse(io.BytesIO(site_of.ask(path).body))
        assert not found.bozo
        (own,) = [one.href for one in found.feed.links if one.rel == "self"]
        assert own == f"{site_of.address}/feed/atom?{urlencode({'jurisdiction': 'fr', **keys, 'lang': 'fr'})}"
        assert site_of.ask(own.removeprefix(site_of.address)).status == 200
        assert {one.id.rpartition("/")[2] for one in found.entries} == {
            one.event_id for one in site_of.events(View(jurisdictions=("fr",)))
        }
    assert site_of.ask("/feed/ics?tell=new").status == 400
    assert site_of.ask("/feed/atom?tell=lies").status == 400


def test_the_same_view_of_the_same_record_gives_the_same_bytes(site_of: Site):
    path = "/feed/ics?jurisdiction=uk"
    process, address = serve(ROOT / "dashboard" / "app.py", site_of.folder, site_of.folder / "second.log")
    try:
        other = Site(address, site_of.folder)
        here, there = site_of.ask(path), other.ask(path)
    finally:
        stop(process)
    unfolded = [one.body.replace(b"\r\n ", b"") for one in (here, there)]
    assert unfolded[0].replace(site_of.address.encode(), b"") == unfolded[1].replace(address.encode(), b"")


def test_a_saved_view_is_followed_by_its_name(site_of: Site):
    name = "Été & <b>autres</b>"
    with desk.open_desk() as db:
        desk.save_view(db, name, "jurisdiction=fr", at=AT)
    path = f"/feed/ics?saved={quote(name)}"
    first = site_of.ask(path)
    assert first.ids() == {one.event_id for one in site_of.events(View(jurisdictions=("fr",)))}
    assert str(Calendar.from_ical(first.body)["x-wr-calname"]) == name
    with desk.open_desk() as db:
        desk.save_view(db, name, "jurisdiction=uk", at="2026-11-25T08:00:01Z")
    second = site_of.ask(path, If_None_Match=first.headers["etag"])
    assert second.status == 200
    assert second.ids() == {one.event_id for one in site_of.events(View(jurisdictions=("uk",)))}
    with desk.open_desk() as db:
        desk.save_view(db, name, "colour=red", at=AT)
    assert site_of.ask(path).status == 400
    with desk.open_desk() as db:
        desk.remove_view(db, name)
    assert site_of.ask(path).status == 404


def test_a_decision_is_there_at_once_and_what_is_the_teams_own_never(site_of: Site):
    path = "/feed/ics?jurisdiction=uk"
    before = site_of.ask(path)
    chosen = site_of.events(View(jurisdictions=("uk",)))[0]
    with desk.open_desk() as db:
        for kind in ("note", "tag", "position"):
            value = {"tag": "inner-tag", "stance": "opposes"}
            desk.decide(
                db, kind, "event", chosen.event_id, at=AT, value=value, why="a private remark", by="anna@team.example"
            )
    noted = site_of.ask(path)
    for secret in (b"a private remark", b"inner-tag", b"team.example"):
        assert secret not in noted.body
    told = queries.tellings(open_immutable(site_of.folder / "published.db"), chosen.event_id)
    with desk.open_desk() as db:
        value = {**value_of("reject", chosen.event_id, told), **PRIVATE}
        desk.decide(db, "reject", "event", chosen.event_id, at=AT, value=value, by="anna@team.example")
    after = site_of.ask(path, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert after.ids() == before.ids() - {chosen.event_id}
    assert chosen.title.encode() not in after.body


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_shows_the_addresses_of_its_view(home: Path, lang: str):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["lang"] = lang
    app.query_params["jurisdiction"] = "fr"
    app.run()
    app.switch_page("views/timeline.py").run()
    assert not app.exception
    shown = {one.value for one in app.code}
    for name in live.FEEDS:
        assert f"http://localhost:8501/feed/{name}?jurisdiction=fr&lang={lang}" in shown
    assert t("feeds.title", lang) in [one.label for one in app.expander]
