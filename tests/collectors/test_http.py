"""The door against a server that misbehaves: every request ends, in time, in a named outcome."""

from __future__ import annotations

import shutil
import subprocess
import time
import tomllib
import tracemalloc
from pathlib import Path

import pytest

from collectors import wire
from collectors.http import Failure, Fetched, Settings, Validators
from tests.collectors.badserver import FEED, MEGABYTE, BadServer, listener
from tests.collectors.door import NOW, door, failure


def test_good_answer_is_fetched_whole_with_lower_case_headers(server):
    found = door(clock=lambda: NOW).get(server.url("/ok"))
    assert isinstance(found, Fetched)
    assert found.response.body == FEED
    assert found.response.headers["x-upper"] == "Yes"
    assert "set-cookie" not in found.response.headers
    assert found.response.fetched_at == "2026-03-04T12:00:00Z"
    assert found.validators == Validators('"v1"', "")


def test_user_agent_names_the_program_and_a_contact(server):
    settings = Settings.from_environment({"MONITOR_CONTACT": "mailto:desk@example.org\r\nX: y"})
    assert settings.user_agent() == "DeepfakePolicyMonitor/0.1.0 (+mailto:desk@example.orgX:y)"
    door().get(server.url("/ok"))
    assert server.headers["/ok"]["user-agent"].startswith("DeepfakePolicyMonitor/")
    assert "cookie" not in server.headers["/ok"]


def test_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == wire.VERSION


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/br", "/wrong-type"])
def test_codings_are_undone_and_the_declared_type_does_not_matter(server, path):
    found = door().get(server.url(path))
    assert isinstance(found, Fetched)
    assert found.response.body == FEED
    assert "content-encoding" not in found.response.headers


@pytest.mark.parametrize("path", ["/nested", "/unknown-coding", "/not-gzip", "/cut-gzip"])
def test_wrong_content_coding_is_named(server, path):
    assert failure(door().get(server.url(path))).kind == "bad_encoding"
    assert server.seen[path] == 1


@pytest.mark.parametrize("path", ["/gzip-bomb", "/br-bomb", "/endless", "/announced"])
def test_too_large_body_stops_at_the_cap_in_little_memory(server, path):
    server.sent = 0
    tracemalloc.start()
    try:
        found = failure(door().get(server.url(path), max_bytes=2 * MEGABYTE))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.kind == "too_large"
    assert peak < 32 * MEGABYTE
    assert server.seen[path] == 1
    if path == "/endless":
        assert server.sent < 12 * MEGABYTE  # what the socket's own buffers took besides


@pytest.mark.parametrize("path", ["/drip-body", "/drip-headers", "/silent"])
def test_slow_server_ends_with_the_budget(server, path):
    start = time.monotonic()
    found = failure(door().get(server.url(path)))
    assert found.kind == "timeout"
    assert time.monotonic() - start < 2.5


def test_budget_covers_all_tries_together(server):
    start = time.monotonic()
    failure(door(Settings(allow_loopback=True, total_seconds=0.8, read_seconds=0.5)).get(server.url("/silent")))
    assert time.monotonic() - start < 1.6


@pytest.mark.parametrize("path", ["/hang-up", "/lying-long", "/many-headers"])
def test_broken_connection_is_tried_three_times_and_named(server, path):
    assert failure(door().get(server.url(path))).kind == "connect"
    assert server.seen[path] == 3


def test_too_short_content_length_gives_what_was_announced(server):
    found = door().get(server.url("/lying-short"))
    assert isinstance(found, Fetched)
    assert found.response.body == FEED[:20]


def test_only_large_downloads_get_more_than_a_minute():
    assert Settings().seconds_for(15 * 1024 * 1024) == 60
    assert Settings().seconds_for(400 * 1024 * 1024) == 60 + 384


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs the openssl program to make a certificate")
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=secure.example"]
    names = ["-addext", "subjectAltName=DNS:secure.example"]
    subprocess.run([program, "req", *options, *names, "-keyout", made, "-out", f"{made}.crt"], check=True, stderr=-3)
    made.write_text(made.read_text() + Path(f"{made}.crt").read_text())
    return made


@pytest.mark.parametrize(
    ("host", "trusted", "kind"),
    [("secure.example", True, ""), ("other.example", True, "tls"), ("secure.example", False, "tls")],
)
def test_certificate_is_verified_for_the_name_though_the_address_is_pinned(
    certificate, monkeypatch, host, trusted, kind
):
    if trusted:
        monkeypatch.setattr("certifi.where", lambda: str(certificate))
    with BadServer(certificate) as secure:
        one = door(resolve=lambda name, port: ["127.0.0.1"])
        found = one.get(f"https://{host}:{secure.port}/ok")
        assert found.kind == kind if isinstance(found, Failure) else kind == ""
        assert secure.headers.get("/ok", {}).get("host") == (None if kind else f"{host}:{secure.port}")


def test_closed_port_is_a_connect_failure():
    with listener() as (port, _):
        pass
    assert failure(door().get(f"http://127.0.0.1:{port}/")).kind == "connect"


def test_unknown_host_is_a_dns_failure():
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("name unknown")

    assert failure(door(resolve=resolve).get("http://nowhere.example/")).kind == "dns"


def test_name_service_that_never_answers_ends_with_the_connect_time():
    start = time.monotonic()
    found = door(Settings(connect_seconds=0.2, tries=1), resolve=lambda h, p: time.sleep(5) or [])
    assert failure(found.get("http://slow.example/")).kind == "dns"
    assert time.monotonic() - start < 1.5


def test_plain_text_where_tls_is_expected_is_a_tls_failure(server):
    found = failure(door().get(server.url("/ok").replace("http:", "https:")))
    assert found.kind == "tls"


def test_redirect_to_loopback_from_a_public_page_is_refused(monkeypatch, server):
    # the server stands in for a public page: its own address alone is let through
    monkeypatch.setattr("collectors.addresses.is_allowed", lambda a, *, allow_loopback=False: a == "127.0.0.1")
    monkeypatch.setattr("collectors.http.is_allowed", lambda a, *, allow_loopback=False: False)
    one = door(resolve=lambda host, port: ["127.0.0.1"])
    found = failure(one.get(f"http://public.example:{server.port}/to-loopback"))
    assert found.kind == "forbidden_address"
    assert sum(server.seen.values()) == 1


def test_redirects_are_followed_to_the_final_address(server):
    found = door().get(server.url("/to-ok"))
    assert isinstance(found, Fetched)
    assert found.response.url == server.url("/ok")
    assert found.response.requested_url == server.url("/to-ok")


@pytest.mark.parametrize("path", ["/loop", "/hop0"])
def test_more_than_five_redirects_end(server, path):
    assert failure(door().get(server.url(path))).kind == "too_many_redirects"
    assert sum(server.seen.values()) == 6


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/to-file", "bad_url"), ("/to-metadata", "forbidden_address"), ("/to-user", "bad_url")],
)
def test_redirect_is_judged_like_any_other_address(server, path, kind):
    assert failure(door().get(server.url(path))).kind == kind
    assert sum(server.seen.values()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname", "ftp://example.org/", "feed:https://example.org/", "javascript:alert(1)", "",
        "/path", "http://", "http://user:word@example.org/", "http://example.org:8080/", "http://e x.org/",
        "http://example.org\\@evil.example/", "https://example.org:99999/", "http://[::1/", "gopher://example.org/",
    ],
)  # fmt: skip
def test_address_that_is_not_of_the_public_web_is_refused_unasked(url):
    asked: list[str] = []
    found = failure(door(Settings(), resolve=lambda h, p: asked.append(h) or []).get(url))
    assert found.kind == "bad_url"
    assert asked == []


def test_detail_holds_no_key():
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("failed for http://api.example/?api_key=SECRET1&q=x&token=SECRET2")

    found = failure(door(resolve=resolve).get("http://api.example/?apikey=SECRET3"))
    assert "SECRET" not in found.detail
    assert "q=x" in found.detail


def test_proxy_of_the_environment_is_not_used(server, monkeypatch):
    with listener() as (port, met):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        assert isinstance(door().get(server.url("/ok")), Fetched)
        assert met == []


def test_proxy_of_the_settings_is_used_although_it_is_private():
    with listener() as (port, met):
        settings = Settings.from_environment({"MONITOR_PROXY": f"http://127.0.0.1:{port}"})
        quick = Settings(proxy=settings.proxy, tries=1, total_seconds=2, read_seconds=1)
        assert failure(door(quick).get("http://news.example/feed")).kind == "connect"
        time.sleep(0.05)
        assert len(met) == 1
        assert failure(door(quick).get("http://169.254.169.254/")).kind == "forbidden_address"
        assert len(met) == 1
