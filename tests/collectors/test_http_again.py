"""The door and time: what is asked again and when, what is kept for the next request, who is left alone until then."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from collectors.http import Fetched, NotModified, Settings, Validators
from collectors.waits import from_instant, instant
from tests.collectors.badserver import BadServer
from tests.collectors.door import NOW, door, failure


@pytest.mark.parametrize(
    ("path", "kind", "asked"),
    [
        ("/404", "http_4xx", 1),
        ("/410", "http_4xx", 1),
        ("/403", "http_4xx", 1),
        ("/500", "http_5xx", 3),
        ("/partial", "http_4xx", 1),
        ("/no-content", "http_4xx", 1),
        ("/challenge", "blocked", 1),
        ("/challenge-200", "blocked", 1),
        ("/no-way", "http_4xx", 1),
    ],
)
def test_refusals_are_named_and_only_server_errors_are_asked_again(server, path, kind, asked):
    assert failure(door().get(server.url(path))).kind == kind
    assert server.seen[path] == asked


def test_empty_200_is_handed_on_as_it_is(server):
    found = door().get(server.url("/empty"))
    assert isinstance(found, Fetched)
    assert found.response.body == b""


def test_success_after_two_errors_waits_longer_each_time(server):
    waits: list[float] = []
    found = door(sleep=waits.append, random=lambda: 0.5).get(server.url("/flaky"))
    assert isinstance(found, Fetched)
    assert waits == [0.02, 0.04]


def test_406_is_answered_by_one_request_for_anything(server):
    assert isinstance(door().get(server.url("/picky")), Fetched)
    assert server.seen["/picky"] == 2


def test_both_validators_are_sent_as_they_came_and_renewed_by_a_304(server):
    first = door().get(server.url("/conditional"))
    assert isinstance(first, Fetched)
    assert first.validators == Validators('W/"v1"', "Tue, 03 Mar 2026 10:00:00 GMT")
    second = door().get(server.url("/conditional"), validators=first.validators)
    assert isinstance(second, NotModified)
    assert second.validators == Validators('"v2"', "Tue, 03 Mar 2026 10:00:00 GMT")
    assert server.headers["/conditional"]["if-none-match"] == 'W/"v1"'
    assert server.headers["/conditional"]["if-modified-since"] == "Tue, 03 Mar 2026 10:00:00 GMT"


@pytest.mark.parametrize("path", ["/no-cache", "/far-date"])
def test_validators_that_would_freeze_a_source_are_not_kept(server, path):
    found = door().get(server.url(path))
    assert isinstance(found, Fetched)
    assert found.validators == Validators()


def test_304_to_an_unconditional_request_is_a_failure(server):
    assert failure(door().get(server.url("/always-304"))).kind == "http_4xx"


def test_200_to_a_conditional_request_is_fetched(server):
    found = door().get(server.url("/ok"), validators=Validators('"old"', ""))
    assert isinstance(found, Fetched)
    assert found.validators == Validators('"v1"', "")


@pytest.mark.parametrize(
    ("path", "least", "most"),
    [("/429-seconds", 119, 121), ("/429-date", 590, 601), ("/429-long", 31 * 86_400 - 2, 31 * 86_400)],
)
def test_retry_after_holds_the_host_without_another_request(server, path, least, most):
    one = door()
    before = datetime.now(UTC)
    found = failure(one.get(server.url(path)))
    assert found.kind == "rate_limited"
    until = from_instant(found.retry_at)
    assert until is not None
    assert least - 1 <= (until - before).total_seconds() <= most + 2
    again = failure(one.get(server.url("/ok")))
    assert (again.kind, again.retry_at) == ("rate_limited", found.retry_at)
    assert sum(server.seen.values()) == 1
    assert one.holds() == {"127.0.0.1": found.retry_at}


def test_503_with_retry_after_is_a_server_error_that_holds_too(server):
    one = door()
    found = failure(one.get(server.url("/503-seconds")))
    assert (found.kind, server.seen["/503-seconds"]) == ("http_5xx", 1)
    assert found.retry_at
    assert failure(one.get(server.url("/ok"))).kind == "rate_limited"


@pytest.mark.parametrize("path", ["/429-past", "/429-garbage", "/429-bare"])
def test_429_without_a_future_instant_is_tried_thrice_then_left_alone(server, path):
    found = failure(door().get(server.url(path)))
    assert (found.kind, server.seen[path]) == ("rate_limited", 3)
    until = from_instant(found.retry_at)
    assert until is not None and until > datetime.now(UTC)


def test_short_retry_after_is_waited_for_in_place(server):
    start = time.monotonic()
    found = door(Settings(allow_loopback=True, gap_seconds=0, backoff_seconds=0.01)).get(server.url("/soon"))
    assert isinstance(found, Fetched)
    assert time.monotonic() - start >= 1.0


def test_hold_kept_from_an_earlier_run_is_honoured_until_it_ends(server):
    until = instant(NOW + timedelta(hours=1))
    moment = [NOW]
    one = door(holds={"127.0.0.1": until}, clock=lambda: moment[0])
    assert failure(one.get(server.url("/ok"))).retry_at == until
    assert server.connections == 0
    moment[0] = NOW + timedelta(hours=1)
    assert isinstance(one.get(server.url("/ok")), Fetched)


def test_hold_that_is_not_an_instant_is_ignored(server):
    assert isinstance(door(holds={"127.0.0.1": "tomorrow"}).get(server.url("/ok")), Fetched)


def test_one_request_per_host_at_a_time():
    with BadServer() as server:
        one = door()
        threads = [threading.Thread(target=one.get, args=(server.url("/slow"),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (server.seen["/slow"], server.most_active) == (4, 1)


def test_gap_between_two_requests_to_one_host(server):
    one = door(Settings(allow_loopback=True, gap_seconds=0.3))
    server.times.clear()
    one.get(server.url("/ok"))
    one.get(server.url("/ok"))
    assert server.times[1] - server.times[0] >= 0.29
