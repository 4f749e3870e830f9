"""Signing in to the desk with a real OpenID provider on loopback: who may decide, under which name, and who may not."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from itsdangerous.timed import TimestampSigner
from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value

from data import desk
from tests.dashboard import oidc_provider
from tests.dashboard.oidc_provider import Provider
from tests.dashboard.program import serve, stop
from tests.shared import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

Visitor = Callable[..., Any]
WAIT = 120_000
EVENT = "uk-press-3-0"
COOKIE, KEY, OTHER_KEY = (
    "_streamlit_user",
    "a long random text, for this test alone",
    "a long random text of a stranger",
)
#: as it is shown: never as a link
NAME = "anna\u2060?@ngo\\.example"
PEOPLE = {
    "Anna": {"email": "Anna@NGO.example", "email_verified": True},
    "Bo": {"email": "bo@elsewhere.example", "email_verified": True},
    "Mallory": {"email": "mallory@ngo.example", "email_verified": False},
}
#: notes what a page sends to the server, and lets a test send it again
TAP = """
window.__sent = []; window.__sockets = [];
window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); window.__sockets.push(this); }
    send(data) { window.__sent.push([...new Uint8Array(data.buffer ? data.slice().buffer : data)]); super.send(data); }
};
"""


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    provider: Provider
    desk: Path


@pytest.fixture
def site(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A monitor of its own whose team is ``ngo.example``."""
    folder = tmp_path / "monitor"
    folder.mkdir()
    for name in ("collected.db", "published.db"):
        shutil.copy(published / name, folder / name)
    for name in ("MONITOR_DESK", "MONITOR_DESK_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MONITOR_DESK_MEMBERS", "ngo.example")
    with oidc_provider.running(PEOPLE) as provider:
        (secrets := tmp_path / "secrets.toml").write_text(oidc_provider.secrets_file(provider, KEY), encoding="utf-8")
        process, address = serve(
            ROOT / "dashboard" / "app.py", folder, tmp_path / "app.log", "--secrets.files", str(secrets)
        )
        yield Site(address, provider, folder / "desk.db")
        stop(process)


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.address}/desk?lang=en")
    page.get_by_role("button", name="Sign in").click(timeout=WAIT)
    page.get_by_role("link", name=name, exact=True).click(timeout=WAIT)
    back(page, site)
    page.goto(f"{site.address}/desk?lang=en")


def back(page: Page, site: Site) -> None:
    """Wait until the provider has sent the browser back to the front page."""
    page.wait_for_url(re.compile(f"{re.escape(site.address)}/([?#].*)?$"), timeout=WAIT)
    at_rest(page)


def has_form(page: Page, site: Site) -> bool:
    """Whether the card of an event offers to decide, once it is there."""
    page.goto(f"{site.address}/timeline?lang=en&event={EVENT}")
    expect(page.get_by_role("dialog").get_by_role("heading", name=re.compile(r"^Sources? \("))).to_be_visible(
        timeout=WAIT
    )
    at_rest(page)
    return page.get_by_text("Decide or note").count() > 0


def at_rest(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)


def confirm(page: Page) -> None:
    """On the card that is open."""
    card = page.get_by_role("dialog")
    card.locator("summary", has_text="Decide or note").click(timeout=WAIT)
    card.get_by_role("radio", name="Confirm").click(timeout=WAIT)
    card.get_by_role("button", name="Save", exact=True).click(timeout=WAIT)
    expect(card.get_by_text(re.compile(NAME))).to_be_visible(timeout=WAIT)


def test_a_member_signs_in_decides_under_that_name_and_signs_out(site: Site, visitor: Visitor):
    page = visitor()
    assert not has_form(page, site)
    sign_in(page, site, "Anna")
    expect(page.get_by_text(re.compile(f"You decide as {NAME}"))).to_be_visible(timeout=WAIT)
    assert has_form(page, site)
    confirm(page)
    assert [(one.kind, one.entity_id, one.by) for one in desk.standing(site.desk)] == [
        ("confirm", EVENT, "anna@ngo.example")
    ]
    page.goto(f"{site.address}/desk?lang=en")
    page.get_by_role("button", name="Sign out").click(timeout=WAIT)
    back(page, site)
    page.goto(f"{site.address}/desk?lang=en")
    expect(page.get_by_text("belongs to the team")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(re.compile(NAME))).to_have_count(0)
    assert not has_form(page, site)
    assert site.provider.signed_out == 1 and site.provider.refused == []
    assert page.foreign == []


@pytest.mark.parametrize(
    ("name", "told"),
    [("Bo", "your address is not on the team’s list"), ("Mallory", "no address that it vouches for")],
    ids=["not listed", "not verified"],
)
def test_who_is_signed_in_and_no_member_is_told_so_and_may_not_decide(
    site: Site, visitor: Visitor, name: str, told: str
):
    page = visitor()
    sign_in(page, site, name)
    expect(page.get_by_text(told)).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=WAIT)
    assert not has_form(page, site)


def test_only_a_cookie_that_this_server_signed_and_that_is_not_too_old_signs_in(
    site: Site, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    page = visitor()
    sign_in(page, site, "Anna")
    expect(page.get_by_text("You decide as")).to_be_visible(timeout=WAIT)
    (given,) = [one["value"] for one in page.context.cookies() if one["name"] == COOKIE]
    told = decode_signed_value(KEY, COOKIE, given)
    assert told and b"Anna@NGO.example" in told

    def is_in(value: str) -> bool:
        other = visitor()
        other.context.add_cookies([{"name": COOKIE, "value": value, "url": site.address}])
        return has_form(other, site)

    assert is_in(create_signed_value(KEY, COOKIE, told.decode()).decode()), "the recipe itself is right"
    assert not is_in(create_signed_value(OTHER_KEY, COOKIE, told.decode()).decode())
    body, _, signature = given.partition(".")
    assert not is_in(f"{body[:-4]}AAAA.{signature}")
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) - 40 * 86_400)
        old = create_signed_value(KEY, COOKIE, told.decode()).decode()
    assert not is_in(old)


def test_what_a_member_sends_to_decide_writes_nothing_when_a_visitor_sends_it(site: Site, visitor: Visitor):
    page = visitor()
    sign_in(page, site, "Anna")
    expect(page.get_by_text("You decide as")).to_be_visible(timeout=WAIT)
    page.context.add_init_script(TAP)
    assert has_form(page, site)
    before = page.evaluate("window.__sent.length")
    confirm(page)
    sent = page.evaluate(f"window.__sent.slice({before})")
    assert len(desk.decisions(site.desk)) == 1 and len(sent) >= 2

    def send_again(other: Page) -> None:
        for one in sent:
            other.evaluate("(one) => window.__sockets.at(-1).send(new Uint8Array(one))", one)
            other.wait_for_timeout(1_500)
            at_rest(other)

    stranger = visitor()
    stranger.context.add_init_script(TAP)
    assert not has_form(stranger, site)
    send_again(stranger)
    assert len(desk.decisions(site.desk)) == 1

    desk_of_member = page.context.new_page()
    assert has_form(desk_of_member, site)
    with desk.open_desk(site.desk) as team:
        desk.withdraw(team, 1, at="2026-11-25T10:00:00Z")
    desk_of_member.reload()
    assert has_form(desk_of_member, site)
    send_again(desk_of_member)
    assert len(desk.decisions(site.desk)) == 2, "the same messages of a member do write"
