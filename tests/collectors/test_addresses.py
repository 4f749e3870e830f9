"""Only public addresses are connected to, whatever a name says and whenever it says it."""

from __future__ import annotations

import httpcore
import pytest

from collectors.addresses import is_allowed
from collectors.http import Failure, NetworkDoor, Settings
from tests.collectors.badserver import BadServer
from tests.trust import ssrf

FORBIDDEN = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "168.63.129.16", "192.88.99.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1",
    "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:53aa:64c:0:5efe:0:0",
    "::ffff:0:127.0.0.1", "3fff::1", "5f00::1", "4000::1", "100:0:0:1::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8",
    "193.0.6.139",
    "2606:4700::1111",
    "2a00:1450:4007::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
SPELLINGS = ["2130706433", "0x7f000001", "127.1", "0", "[::ffff:7f00:1]", "localhost", "127.0.0.1."]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_private_and_special_addresses_are_refused(address):
    assert not is_allowed(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address):
    assert is_allowed(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_allowed_only_on_request(address):
    assert is_allowed(address, allow_loopback=True)


@pytest.mark.parametrize("address", [a for a in FORBIDDEN if "127." not in a and a != "::1"])
def test_allowing_loopback_allows_no_other_private_address(address):
    assert not is_allowed(address, allow_loopback=True)


@pytest.mark.parametrize("text", ["", "example.org", "999.1.1.1", "1.2.3.4.5"])
def test_what_is_no_address_is_refused(text):
    assert not is_allowed(text)


@pytest.mark.parametrize("host", [*SPELLINGS, *(f"[{a}]" if ":" in a else a for a in FORBIDDEN if "%" not in a)])
def test_no_connection_to_any_spelling_of_a_private_address(host):
    found = NetworkDoor(Settings(tries=1, connect_seconds=2)).get(f"http://{host}/")
    assert isinstance(found, Failure)
    assert found.kind in ("forbidden_address", "dns")


@pytest.fixture
def tried(monkeypatch) -> list[str]:
    """The addresses connections were really opened to; none of them answers."""
    hosts: list[str] = []

    def connect(self, host, port, *rest):
        hosts.append(host)
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    return hosts


def test_name_that_turns_to_loopback_after_the_first_answer_reaches_nobody(tried):
    answers = [["8.8.8.8"], ["127.0.0.1"], ["::1", "169.254.169.254"]]
    settings = Settings(tries=3, backoff_seconds=0.01, gap_seconds=0, connect_seconds=1)
    door = NetworkDoor(settings, resolve=lambda host, port: answers.pop(0))
    found = [door.get("http://rebinding.example/") for _ in range(2)]
    # the first try meets a public address that refuses, the retry and the next request are turned away
    assert [outcome.kind for outcome in found if isinstance(outcome, Failure)] == ["forbidden_address"] * 2
    assert tried == ["8.8.8.8"]
    assert answers == []


def test_public_address_that_fails_is_not_replaced_by_a_private_one_of_the_same_name(tried):
    settings = Settings(tries=1, connect_seconds=1)
    door = NetworkDoor(settings, resolve=lambda h, p: ["8.8.8.8", "127.0.0.1", "10.0.0.1"])
    found = door.get("http://a.example/")
    assert isinstance(found, Failure)
    assert (found.kind, tried) == ("connect", ["8.8.8.8"])


def test_second_public_address_is_tried_when_the_first_is_a_black_hole(tried):
    door = NetworkDoor(Settings(tries=1), resolve=lambda h, p: ["2606:4700::1111", "8.8.8.8"])
    door.get("http://a.example/")
    assert tried == ["2606:4700::1111", "8.8.8.8"]


def test_connection_goes_to_the_address_that_was_judged_and_keeps_the_host_name():
    with BadServer() as server:
        asked: list[str] = []

        def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"]

        door = NetworkDoor(Settings(allow_loopback=True, gap_seconds=0), resolve=resolve)
        door.get(f"http://feeds.example:{server.port}/ok")
        assert asked == ["feeds.example"]
        assert server.headers["/ok"]["host"] == f"feeds.example:{server.port}"


def test_no_spelling_redirect_or_turning_name_leads_to_a_private_address():
    assert "0 contacts" in ssrf.prove(500)[0]
