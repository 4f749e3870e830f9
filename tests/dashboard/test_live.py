"""Live addresses over HTTP, as feed readers and calendars ask them: exactly the view, and only when it changed."""

from __future__ import annotations

import gzip
import http.client
import io
import json
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import anyio
import feedparser
import httpx
import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard import live, routes
from dashboard.i18n import t
from data import desk, edition, export, queries, subscriptions
from data.database import open_immutable
from data.decisions import PRIVATE, value_of
from data.rows import TimelineEvent
from data.view import View
from tests.dashboard.conftest import serve, stop
from tests.shared import ROOT

AT = "2026-11-25T08:00:00Z"


@dataclass
class Site:
    """A running dashboard, its folder, and an HTTP client."""

    address: str
    folder: Path
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): one for name, one in headers.items()})
            got = connection.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def events(self, view: View) -> list[TimelineEvent]:
        db = open_immutable(self.folder / "published.db")
        try:
            return queries.timeline(db, view)
        finally:
            db.close()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def ids(self) -> set[str]:
        """The events of a calendar."""
        found = Calendar.from_ical(self.body)
        return {str(one["uid"]).partition("@")[0] for one in found.walk("VEVENT")}


def in_process(path: str) -> httpx.Response:
    """The answer of the routes without a server around them."""

    async def go() -> httpx.Response:
        way = httpx.ASGITransport(app=Starlette(routes=routes.served()))
        async with httpx.AsyncClient(transport=way, base_url="http://localhost") as client:
            return await client.get(path)

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        return apart.submit(anyio.run, go).result()


@pytest.fixture(scope="module")
def running(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("live") / "home"
    shutil.copytree(published, folder)
    process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
    yield Site(address, folder)
    stop(process)


@pytest.fixture
def site_of(running: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site with an empty desk."""
    monkeypatch.setenv("MONITOR_HOME", str(running.folder))
    with desk.open_desk() as db:
        for table in ("decision", "saved_view"):
            db[table].delete_where()
    return running


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


def test_a_reader_that_has_it_gets_nothing_again(site_of: Site):
    path = "/feed/ics?jurisdiction=fr"
    first = site_of.ask(path)
    tag, day = first.headers["etag"], first.headers["last-modified"]
    assert tag.startswith('"') and tag == site_of.ask(path).headers["etag"]
    for headers in (
        {"If_None_Match": tag},
        {"If_None_Match": f'"another", W/{tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": day},
        {"If_None_Match": tag, "If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        again = site_of.ask(path, **headers)
        assert (again.status, again.body) == (304, b""), headers
        assert again.headers["etag"] == tag
    for headers in (
        {"If_None_Match": '"another"'},
        {"If_None_Match": '"another"', "If_Modified_Since": day},
        {"If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
    ):
        assert site_of.ask(path, **headers).status == 200, headers


def test_each_view_format_language_and_encoding_has_its_own_mark(site_of: Site):
    paths = ["jurisdiction=fr", "jurisdiction=uk", "jurisdiction=fr&lang=en"]
    answers = [
        site_of.ask(f"/feed/ics?{path}", Accept_Encoding=coding) for path in paths for coding in ("identity", "gzip")
    ]
    assert len({one.headers["etag"] for one in answers}) == 6
    plain, packed = answers[:2]
    assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in plain.headers["vary"]
    assert site_of.ask("/feed/ics?jurisdiction=fr", If_None_Match=packed.headers["etag"]).status == 304


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


def test_head_is_get_without_the_body_and_nothing_else_is_answered(site_of: Site):
    got, head = site_of.ask("/feed/ics"), site_of.ask("/feed/ics", "HEAD")
    assert head.body == b"" and head.status == 200
    for name in ("etag", "content-length", "content-type", "last-modified"):
        assert head.headers[name] == got.headers[name]
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert site_of.ask("/feed/ics", method).status == 405


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/feed/ics?jurisdiction=atlantis", 400, "unknown jurisdiction 'atlantis'"),
        ("/feed/ics?colour=red", 400, "unknown filter 'colour'"),
        ("/feed/ics?from=yesterday", 400, "needs a day"),
        ("/feed/ics?lang=tlh", 400, "unknown language"),
        ("/feed/ics?as_of=2026-01-01", 400, "leave out as_of"),
        ("/feed/ics?saved=Nobody", 404, "no saved view"),
        ("/feed/ics?saved=", 404, "no saved view"),
        ("/feed/ics?saved=x&jurisdiction=fr", 400, "not both"),
        ("/feed/pdf", 404, "no such feed"),
        ("/feed/..%2f..%2fdesk.db", 400, ""),
        (f"/feed/ics?q={'x' * 5000}", 400, "longer than"),
        ("/feed/ics?jurisdiction=%0d%0aSet-Cookie:x", 400, "unknown jurisdiction"),
        ("/feed/ics?q=%22%20AND%20(", 200, ""),
    ],
)
def test_what_is_asked_wrongly_is_told_in_one_line(site_of: Site, path: str, status: int, said: str):
    answer = site_of.ask(path)
    assert answer.status == status
    assert said.encode() in answer.body
    if status != 200 and said:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.body.count(b"\n") == 1 and b"\r" not in answer.body
        assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_another_name_of_the_site_is_not_answered(site_of: Site):
    """Else a page elsewhere could make its own name mean this machine, and links in a kept file lead there."""
    assert site_of.ask("/feed/ics", Host="evil.example").status == 403
    assert site_of.ask("/unsubscribe?token=x", Host="evil.example").status == 403


def test_no_cookie_is_set_also_for_who_brings_one(site_of: Site):
    for path in ("/feed/ics", "/healthz", "/unsubscribe"):
        assert "set-cookie" not in site_of.ask(path, Cookie="streamlit_session=x; _streamlit_user=y").headers


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


def test_health_says_what_is_published_and_how_old_it_is(site_of: Site):
    answer = site_of.ask("/healthz")
    told = json.loads(answer.body)
    published = queries.snapshot(open_immutable(site_of.folder / "published.db")).published_at
    assert (answer.status, told["status"], told["published_at"]) == (200, "ok", published)
    age = (datetime.now(UTC) - datetime.fromisoformat(published)).total_seconds()
    assert abs(told["age_seconds"] - age) < 60
    state = {"started_at": "2026-11-25T06:00:00Z", "finished_at": "2026-11-25T06:09:00Z",
             "outcomes": {"fr-senat": "ok", "uk-bills": "failed"}}  # fmt: skip
    path = site_of.folder / "progress.json"
    before = path.read_text(encoding="utf-8") if path.exists() else "{}"
    path.write_text(json.dumps(state), encoding="utf-8")
    told = json.loads(site_of.ask("/healthz").body)
    assert (told["collection_ended_at"], told["in_trouble"]) == ("2026-11-25T06:09:00Z", ["uk-bills"])
    path.write_text(before, encoding="utf-8")
    assert answer.headers["cache-control"] == "no-store"


def test_before_the_first_publication_there_is_nothing_to_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    for path in ("/healthz", "/feed/ics"):
        answer = in_process(path)
        assert answer.status_code == 503 and answer.headers["retry-after"]
        assert str(tmp_path) not in answer.text


def test_a_view_too_large_for_a_live_address_is_refused_and_not_cut(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "MAX_EVENTS", 3)
    with pytest.raises(live.Refused, match="narrow it by a filter") as told:
        live.build(live.asked("ics", [], "http://localhost:8501"), edition.current())
    assert told.value.status == 400


def test_a_feed_of_entries_holds_those_that_changed_last(home: Path):
    db = edition.open_edition()
    everything = queries.timeline(db, View())
    extract = export.extract.gather_latest(db, View(), 7)
    instants = sorted((max(one.changed_at, one.first_seen_at) for one in everything), reverse=True)
    assert [max(one.changed_at, one.first_seen_at) for one in extract.events] == instants[:7]
    assert set(extract.actors) == {one.actor_id for event in extract.events for one in event.actors}


def test_many_who_ask_for_the_same_file_cost_one(home: Path, monkeypatch: pytest.MonkeyPatch):
    built, shelf, now = [], live.Shelf(), edition.current()
    one = live.asked("ics", [("jurisdiction", "fr")], "http://localhost:8501")
    build = live.build

    def counted(*args: object) -> live.Built:
        built.append(args)
        return build(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(live, "build", counted)
    threads = [threading.Thread(target=shelf.get, args=(one, now)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1


def test_of_built_files_a_few_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "build", lambda one, now: live.Built(b"x" * 100, b"", "text/plain", "x"))
    shelf, now = live.Shelf(files=3, size=250), edition.current()
    for n in range(6):
        shelf.get(live.asked("ics", [("q", f"word{n}")], "http://localhost:8501"), now)
    assert len(shelf._held) == 2 and not shelf._building


def test_when_too_many_wait_the_next_one_is_asked_to_come_back(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(routes, "_waiting", routes.WORKERS + routes.WAITING)
    answer = in_process("/feed/ics")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert in_process("/healthz").status_code == 200


def test_where_the_site_is_known_by_another_address_links_lead_there(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_ADDRESS", "https://monitor.example.org/watch/timeline")
    answer = in_process("/feed/ics?jurisdiction=fr")
    assert "https://monitor.example.org/watch/timeline?event=" in answer.text.replace("\r\n ", "")


def subscribed(site: Site, lang: str) -> str:
    with subscriptions.opened() as db:
        number = subscriptions.add(
            db, f"{lang}-{len(list(db['subscription'].rows))}@example.org", "", {"event:x": "[]"}, kind="new", every="daily",
            lang=lang, at=AT,
        )  # fmt: skip
        return str(db["subscription"].get(number)["token"])


@pytest.mark.parametrize(
    ("lang", "asks", "ends"), [("fr", "Se désabonner", "a pris fin"), ("en", "Unsubscribe", "has ended")]
)
def test_looking_changes_nothing_and_the_button_ends_it(site_of: Site, lang: str, asks: str, ends: str):
    path = f"/unsubscribe?{urlencode({'token': subscribed(site_of, lang)})}"
    for method in ("GET", "HEAD", "GET"):
        answer = site_of.ask(path, method)
        assert answer.status == 200
    page = answer.body.decode()
    assert asks in page and f'lang="{lang}"' in page and "<script" not in page and "@example.org" not in page
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    with subscriptions.opened() as db:
        standing = len(subscriptions.standing(db))
    for _ in range(2):
        assert ends in site_of.ask(path, "POST").body.decode()
    assert ends in site_of.ask(path).body.decode()
    with subscriptions.opened() as db:
        assert len(subscriptions.standing(db)) == standing - 1
        assert f"{lang}-" not in repr(list(db["subscription"].rows))
        assert not list(
            db["told"].rows_where(
                "subscription_id NOT IN (SELECT subscription_id FROM subscription WHERE ended_at = '')"
            )
        )


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "A" * 32, "%00" * 20])
def test_a_token_of_nobody_ends_nothing(site_of: Site, token: str):
    subscribed(site_of, "en")
    with subscriptions.opened() as db:
        before = subscriptions.standing(db)
    for method in ("GET", "POST"):
        assert site_of.ask(f"/unsubscribe?token={quote(token, safe='%')}", method).status == 404
    with subscriptions.opened() as db:
        assert subscriptions.standing(db) == before


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
