"""Addresses we may store and show: http or https, or nothing."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def safe_link(url: str, base: str = "") -> str:
    """The absolute http(s) form of ``url`` resolved against ``base``, or an empty string."""
    candidate = "".join(ch for ch in url.strip() if ch > " " and ch != "\x7f")
    if not candidate:
        return ""
    try:
        absolute = urljoin(base, candidate) if base else candidate
        parts = urlsplit(absolute)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "\\" in absolute:
        return ""
    if parts.username is not None or parts.password is not None:
        return ""
    return absolute
