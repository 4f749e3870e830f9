"""A key goes over the wire and nowhere else: no stored address, message or answer holds it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from collectors.access import Access, access_of, body_without_key, dressed, token_of, without_key
from collectors.http import NetworkDoor
from collectors.outcomes import Failure, Fetched
from collectors.wire import Settings
from data.models import Source

KEY = "s3cret-k3y"
QUICK = Settings(allow_loopback=True, tries=1, gap_seconds=0.0, total_seconds=5.0)


@pytest.fixture(scope="module")
def server() -> Iterator[SimpleNamespace]:
    seen: list[SimpleNamespace] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length).decode()
            seen.append(
                SimpleNamespace(method=self.command, path=self.path, headers=dict(self.headers.items()), body=body)
            )
            if self.path.startswith("/away"):
                self.send_response(302)
                self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/elsewhere")
                self.end_headers()
                return
            found = {"access_token": "t0ken", "expires_in": 3600} if self.path == "/token" else {"ok": True}
            self.send_response(403 if self.path.startswith("/refused") else 429 if self.path == "/busy-token" else 200)
            if self.path == "/busy-token":
                self.send_header("Retry-After", "3600")
            if self.path.startswith("/repeats"):
                self.send_header("Link", f"<{self.path}&page=2>")
                found = {"next": f"https://example.org{self.path}&page=2", "said": self.headers.get("X-API-KEY", "")}
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = _answer  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None: ...

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
    yield SimpleNamespace(seen=seen, url=f"http://127.0.0.1:{http.server_address[1]}")
    http.shutdown()
    http.server_close()


def get(url: str, access: Access) -> Fetched | Failure:
    door = NetworkDoor(QUICK)
    outcome = door.get(url, access=access)
    door.close()
    assert isinstance(outcome, Fetched | Failure)
    return outcome


def test_query_key_is_sent_and_not_in_the_answer(server):
    outcome = get(f"{server.url}/bills?format=json", Access(KEY, "query:api_key"))
    assert server.seen[-1].path == f"/bills?format=json&api_key={KEY}"
    assert isinstance(outcome, Fetched)
    assert outcome.response.url == outcome.response.requested_url == f"{server.url}/bills?format=json"


def test_header_key_takes_the_words_around_it(server):
    get(f"{server.url}/vorgang", Access(KEY, "header:Authorization:ApiKey {key}"))
    assert server.seen[-1].headers["Authorization"] == f"ApiKey {KEY}"
    get(f"{server.url}/bills", Access(KEY, "header:X-API-KEY"))
    assert server.seen[-1].headers["X-Api-Key" if "X-Api-Key" in server.seen[-1].headers else "X-API-KEY"] == KEY


def test_another_host_never_sees_the_key(server):
    get(f"{server.url}/away", Access(KEY, "query:api_key"))
    assert server.seen[-1].path == "/elsewhere"
    get(f"{server.url}/away", Access(KEY, "header:X-API-KEY"))
    assert KEY not in str(server.seen[-1].headers)


def test_refusal_says_no_key(server):
    outcome = get(f"{server.url}/refused?x=1", Access(KEY, "query:api_key"))
    assert isinstance(outcome, Failure) and outcome.status == 403
    assert KEY not in repr(outcome)


def test_post_sends_the_fragment_as_its_json_body(server):
    outcome = get(f'{server.url}/search#{{"fond":"JORF"}}', Access(method="POST"))
    got = server.seen[-1]
    assert (got.method, got.path, got.body) == (
        "POST",
        "/search",
        '{"fond":"JORF"}',
    )
    assert isinstance(outcome, Fetched) and outcome.response.requested_url.endswith('#{"fond":"JORF"}')


def test_token_is_fetched_once_and_borne_by_every_request(server):
    access = Access("client:s3cret", f"oauth:{server.url}/token", "POST")
    door = NetworkDoor(QUICK)
    for _ in range(2):
        assert isinstance(door.get(f"{server.url}/search#{{}}", access=access), Fetched)
    door.close()
    assert server.seen[-1].headers["Authorization"] == "Bearer t0ken"
    assert [one.path for one in server.seen].count("/token") == 1
    assert "client_secret=s3cret" in next(one for one in server.seen if one.path == "/token").body


def test_key_of_the_wrong_form_is_told_without_showing_it():
    outcome = get("http://127.0.0.1:9/search", Access("justonepart", "oauth:http://127.0.0.1:9/token"))
    assert isinstance(outcome, Failure)
    assert "client_id:client_secret" in outcome.detail and "justonepart" not in repr(outcome)


def test_access_never_prints_its_key():
    assert KEY not in repr(Access(KEY, "query:api_key"))
    assert KEY not in repr(dressed("https://example.org/", Access(KEY, "header:X-API-KEY")))


def test_key_is_taken_out_of_any_text():
    access = Access(KEY, "query:api_key")
    assert without_key(f"https://example.org/a?api_key={KEY}&b=1 said {KEY}", access) == (
        "https://example.org/a?b=1 said REDACTED"
    )


@pytest.mark.parametrize("where", ["query:api_key", "header:X-API-KEY"])
def test_an_answer_that_repeats_the_key_is_kept_without_it(server, where):
    outcome = get(f"{server.url}/repeats?q=1", Access(KEY, where))
    assert isinstance(outcome, Fetched)
    assert KEY.encode() not in outcome.response.body and KEY not in repr(outcome.response)
    assert b"page=2" in outcome.response.body and "page=2" in outcome.response.headers["link"]


def test_whoever_gives_tokens_and_asks_to_wait_is_left_alone(server):
    access = Access("client:s3cret", f"oauth:{server.url}/busy-token", "POST")
    door = NetworkDoor(QUICK)
    first, second = (door.get(f"{server.url}/search#{{}}", access=access) for _ in range(2))
    door.close()
    assert isinstance(first, Failure) and isinstance(second, Failure)
    assert first.retry_at and second.kind == "rate_limited" and first.host == "127.0.0.1"
    assert [one.path for one in server.seen].count("/busy-token") == 1


def test_no_token_in_the_answer_is_an_error():
    with pytest.raises(ValueError, match="no access_token"):
        token_of(b'{"error":"invalid_client"}')


def test_key_comes_from_the_variable_the_catalogue_names():
    source = Source(
        "s", {"en": "S"}, "S", "us", "parliament", "en", "x", ("https://example.org/",), "none", 24, 1,
        key_env="SOME_KEY", key_in="query:key",
    )  # fmt: skip
    assert access_of(source, {"SOME_KEY": f" {KEY} "}) == Access(KEY, "query:key")
    assert access_of(source, {}).key_in == ""


def test_short_key_takes_no_bytes_out_of_an_archive_and_a_long_one_is_taken_out_of_any_answer():
    archive = b"PK\x03\x04 \xff k3y! \x00" * 3
    assert body_without_key(archive, Access("k3y!", "header:X-API-KEY")) == archive
    assert (
        body_without_key(b"\xff you sent s3cret-k3y \x00", Access(KEY, "header:X-API-KEY"))
        == b"\xff you sent REDACTED \x00"
    )
    assert without_key("you sent k3y!", Access("k3y!", "header:X-API-KEY")) == "you sent REDACTED"
