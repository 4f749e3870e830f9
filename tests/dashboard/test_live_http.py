"""Live addresses as a server on the web: what is sent again, what is refused, what a watcher of the server reads."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import queries
from data.database import open_immutable
from tests.dashboard.live_site import Site, in_process


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
