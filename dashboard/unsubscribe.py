"""The page behind "unsubscribe" in a mail: plain HTML of ours, no script, nothing fetched, no Streamlit.

Looking at it changes nothing, for mail programs follow links by themselves; the button, or a mail program's one click,
sends POST (RFC 8058). Who has the token may end the subscription.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from dashboard.i18n import LANGUAGES, t
from data import subscriptions
from data.database import desk_path

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Robots-Tag": "noindex",
}

_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem;color:#0b0c0c;background:#fff}"
    "button{font:inherit;padding:.5rem 1.2rem;border:1px solid;border-radius:.3rem;background:#1d4e89;color:#fff}"
)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: the HTML and the status of HTTP."""

    body: str
    status: int


def page(token: str, *, confirmed: bool) -> Page:
    """What is shown for a token; ends the subscription when it is ``confirmed``. Ending twice is ending once."""
    found = None
    if _TOKEN.fullmatch(token) and desk_path().exists():
        with subscriptions.opened() as db:
            found = subscriptions.of_token(db, token)
            if found and confirmed and not found.ended_at:
                subscriptions.end(db, found.subscription_id, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    if found is None:
        return Page(_html("unknown", LANGUAGES), 404)
    if confirmed or found.ended_at:
        return Page(_html("done", (found.lang,)), 200)
    return Page(_html("ask", (found.lang,), button=True), 200)


def _html(key: str, langs: tuple[str, ...], *, button: bool = False) -> str:
    parts = []
    for lang in langs:
        parts.append(f'<section lang="{lang}"><h1>{escape(t("unsubscribe.title", lang))}</h1>')
        parts.append(f"<p>{escape(t(f'unsubscribe.{key}', lang))}</p>")
        if button:
            # without an action the form goes to the address of this page, which holds the token
            parts.append(f'<form method="post"><button>{escape(t("unsubscribe.button", lang))}</button></form>')
        parts.append("</section>")
    title = escape(t("unsubscribe.title", langs[0]))
    return (
        f'<!DOCTYPE html>\n<html lang="{langs[0]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )
