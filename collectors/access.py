"""How an address is asked for beyond a plain GET: where a key goes, and a POST's body.

The key is put in place at the door and nowhere else: stored addresses, messages and answers never hold it.
``key_in`` is what the catalogue says (:class:`data.models.Source`): ``query:NAME``, ``header:NAME``,
``header:NAME:WORDS {key}`` or ``oauth:TOKEN_ADDRESS`` (client credentials ``id:secret``, RFC 6749 §4.4).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urldefrag, urlencode, urlsplit, urlunsplit

from collectors.redaction import SHORTEST, SHORTEST_IN_ANSWER, cut
from data.models import Source


@dataclass(frozen=True, slots=True)
class Access:
    """The key of a source (never shown), where it goes, and the method."""

    key: str = field(default="", repr=False)
    key_in: str = ""
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Dressed:
    """What goes over the wire: the address with its key, extra headers, the body of a POST or None."""

    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = None


PLAIN = Access()


def access_of(source: Source, environment: Mapping[str, str]) -> Access:
    """The access a source needs; its key comes from the environment variable the catalogue names."""
    key = environment.get(source.key_env, "").strip() if source.key_env else ""
    return Access(key, source.key_in if key else "", source.method)


def token_address(access: Access) -> str:
    """Where a token must be fetched first, or nothing."""
    return access.key_in.removeprefix("oauth:") if access.key_in.startswith("oauth:") else ""


def token_request(access: Access) -> Dressed:
    """The request for a token. Raises ValueError when the key is not ``id:secret``."""
    client, colon, secret = access.key.partition(":")
    if not (client and colon and secret):
        raise ValueError("the key must be client_id:client_secret")
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret, "scope": "openid"}
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    return Dressed(token_address(access), headers, urlencode(form).encode())


def token_of(body: bytes) -> tuple[str, float]:
    """The token of an answer and for how many seconds it holds. Raises ValueError when there is none."""
    answer = json.loads(body)
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token.isprintable() or not token:
        raise ValueError("no access_token in the answer")
    seconds = answer.get("expires_in")
    return token, float(seconds) if isinstance(seconds, int | float) and seconds > 0 else 60.0


def dressed(url: str, access: Access, token: str = "") -> Dressed:
    """The request for ``url``. With POST the fragment is the JSON body and not part of the address."""
    body = None
    headers: list[tuple[str, str]] = []
    if access.method == "POST":
        url, words = urldefrag(url)
        body = words.encode()
        headers.append(("Content-Type", "application/json"))
    if token:
        headers.append(("Authorization", f"Bearer {token}"))
    where, _, name = access.key_in.partition(":")
    if where == "query":
        parts = urlsplit(url)
        pair = f"{name}={quote(access.key, safe='')}"
        url = urlunsplit(parts._replace(query=f"{parts.query}&{pair}" if parts.query else pair))
    elif where == "header":
        name, _, form = name.partition(":")
        headers.append((name, (form or "{key}").replace("{key}", access.key)))
    return Dressed(url, tuple(headers), body)


def without_key(text: str, access: Access, shortest: int = SHORTEST) -> str:
    """``text`` (an address, a message) without the key, however it got there."""
    if not access.key:
        return text
    where, _, name = access.key_in.partition(":")
    key = quote(access.key, safe="")
    if where == "query":
        for pair in (f"&{name}={key}", f"{name}={key}&", f"?{name}={key}"):
            text = text.replace(pair, "")
    return cut(text, (access.key, *access.key.split(":")[1:]), shortest)


def body_without_key(body: bytes, access: Access) -> bytes:
    """An answer without the key that some services repeat; a key too short to be told from chance is left."""
    return without_key(body.decode("latin-1"), access, SHORTEST_IN_ANSWER).encode("latin-1")
