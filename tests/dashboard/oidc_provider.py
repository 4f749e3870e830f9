"""A small OpenID provider on loopback, with real keys: discovery, sign-in page, codes, RS256 tokens, sign-out.

It holds a client to the rules: a code is good once, for the address it was asked for and for whoever holds the PKCE
verifier; the client proves its secret. What it refuses is kept in ``refused``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "monitor", "a secret between the two"


@dataclass(slots=True)
class Provider:
    """``address`` is the issuer, ``people`` the claims of whoever may sign in, by the name on their button."""

    address: str
    people: dict[str, dict[str, Any]]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    signed_out: int = 0

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "end_session_endpoint": f"{self.address}/out",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }

    def tokens(self, asked: dict[str, str], client: tuple[str, str]) -> dict[str, Any] | None:
        """What a code is exchanged for; None when the exchange breaks a rule."""
        given = self.codes.pop(asked.get("code", ""), None)
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if (
            given is None
            or client != (CLIENT, SECRET)
            or asked.get("redirect_uri") != given["redirect_uri"]
            or challenge != given.get("code_challenge")
        ):
            self.refused.append(f"code {asked.get('code')} of {client[0]}")
            return None
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": given.get("nonce", ""),
            "sub": given["name"], **self.people[given["name"]],
        }  # fmt: skip
        return {
            "access_token": secrets.token_urlsafe(),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key),
        }


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        provider, parts = self.server.provider, urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._json(provider.metadata())
        elif parts.path == "/jwks":
            self._json(KeySet([provider.key]).as_dict(private=False))
        elif parts.path == "/authorize":
            links = "".join(
                f'<p><a href="/chosen?{escape(urlencode({**asked, "name": name}))}">{escape(name)}</a></p>'
                for name in provider.people
            )
            self._answer(200, "text/html", f"<title>Provider</title><h1>Who are you?</h1>{links}".encode())
        elif parts.path == "/chosen" and asked.get("client_id") == CLIENT and asked.get("response_type") == "code":
            code = secrets.token_urlsafe()
            provider.codes[code] = asked
            self._redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        elif parts.path == "/out":
            provider.signed_out += 1
            self._redirect(asked["post_logout_redirect_uri"])
        else:
            self._answer(404, "text/plain", b"no such page")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        scheme, _, proof = self.headers.get("Authorization", "").partition(" ")
        client = (asked.get("client_id", ""), asked.get("client_secret", ""))
        if scheme == "Basic":
            name, _, secret = base64.b64decode(proof).decode().partition(":")
            client = (unquote(name), unquote(secret))
        found = self.server.provider.tokens(asked, client) if urlsplit(self.path).path == "/token" else None
        self._json(found or {"error": "invalid_grant"}, 200 if found else 400)

    def _json(self, value: object, status: int = 200) -> None:
        self._answer(status, "application/json", json.dumps(value).encode())

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    provider: Provider


@contextmanager
def running(people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """A provider that answers on a free port of loopback."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}", people)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def secrets_file(provider: Provider, cookie_secret: str) -> str:
    """Streamlit's secrets for this provider; the port is filled in by Streamlit."""
    return f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
"""
