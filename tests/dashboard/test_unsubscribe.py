"""The page on which a subscription by mail ends: looking changes nothing, its button ends it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from data import subscriptions
from tests.dashboard.live_site import AT, Site


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
