"""Text without secrets: whatever is told to people or written down goes through here when it may hold one.

The secrets are those of the environment: the keys the catalogue names, the passwords of the mail server and of a proxy.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import quote, quote_plus, unquote

from collectors.links import redact
from data.models import Source

#: shorter ones stand in every text by chance, and in a long answer (an archive is many megabytes) longer ones too
SHORTEST, SHORTEST_IN_ANSWER = 4, 8


def secrets_of(sources: Iterable[Source], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Every secret the environment holds for us, the longest first."""
    names = {"MONITOR_SMTP_PASSWORD", *(one.key_env for one in sources)} - {""}
    found: set[str] = set()
    for value in (environment.get(name, "").strip() for name in names):
        found |= {value, *value.split(":")[1:]}
    for address in (environment.get("MONITOR_PROXY", ""), environment.get("MONITOR_SMTP", "")):
        password = address.rpartition("@")[0].rpartition("//")[2].partition(":")[2]
        found |= {password, unquote(password)}
    return tuple(sorted(found - {""}, key=lambda one: (-len(one), one)))


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """``text`` as it may be told to anybody: without these secrets, and without what addresses carry as a key."""
    return redact(cut(text, secrets))


def cut(text: str, secrets: Iterable[str], shortest: int = SHORTEST) -> str:
    """``text`` with each secret of so many letters replaced, as it is, percent-encoded, or within base64."""
    for secret in secrets:
        if len(secret) >= shortest:
            text = _pattern(secret).sub("REDACTED", text)
    return text


@cache
def _pattern(secret: str) -> re.Pattern[str]:
    plain = {re.escape(form) for form in (secret, quote(secret), quote(secret, safe=""), quote_plus(secret))}
    hidden = {re.escape(core) for core in _in_base64(secret.encode())}
    return re.compile("|".join([*sorted(plain, key=len, reverse=True), *sorted(hidden)]))


def _in_base64(secret: bytes) -> set[str]:
    """The letters a secret always leaves within base64, whatever stands before and after it."""
    found = set()
    for before in range(3):
        whole = base64.b64encode(bytes(before) + secret).decode()
        first, last = -(-before * 8 // 6), (before + len(secret)) * 8 // 6  # letters that hold its bits alone
        if last - first > SHORTEST:
            found |= {whole[first:last], whole[first:last].replace("+", "-").replace("/", "_")}
    return found
