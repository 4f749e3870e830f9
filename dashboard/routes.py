"""Addresses of our own beside the pages, in the same process: live files of views, health, the end of a subscription.

``/feed/atom?jurisdiction=fr``, ``/feed/ics?saved=NAME``, ``/feed/json``, ``/healthz``, ``/unsubscribe?token=…``
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, TypeVar

import anyio
import streamlit as st
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from dashboard import health, live, unsubscribe
from data import edition
from data.database import sqlite3
from data.errors import MonitorError

Answer = TypeVar("Answer")

#: files built at the same time; who waits beyond that is asked to come back
WORKERS, WAITING = 2, 16

#: a second of a clock may still bring a change that ``Last-Modified`` could not tell
_SETTLED = timedelta(seconds=2)

_PLAIN = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-site"}
_RETRY = {"Retry-After": "30"}

_shelf = live.Shelf()
_limit = anyio.CapacityLimiter(WORKERS)
_waiting = 0


class _Busy(Exception):  # noqa: N818 - an answer
    """Too many files are being built."""


def served() -> list[Route]:
    """The routes, below ``server.baseUrlPath`` as the pages are."""
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    base = f"/{folder}" if folder else ""
    return [
        Route(f"{base}/feed/{{name}}", feed, methods=["GET"]),
        Route(f"{base}/healthz", healthz, methods=["GET"]),
        Route(f"{base}/unsubscribe", leave, methods=["GET", "POST"]),
    ]


async def feed(request: Request) -> Response:
    """A view as the record stands now: 200, 304, or one line that says what is wrong."""
    if not is_host_allowed(request.headers.get("host")):
        return _line(403, "this name of the site is not allowed; see server.allowedHosts")
    name = request.path_params["name"]
    if name not in live.FEEDS:
        return _line(404, f"no such feed; known: {', '.join(live.FEEDS)}")
    if len(request.url.query) > live.MAX_QUERY:
        return _line(400, f"the address is longer than {live.MAX_QUERY} characters")
    base = live.site(str(request.base_url) + str(st.get_option("server.baseUrlPath") or "").strip("/"))
    pairs = request.query_params.multi_items()
    try:
        return await _worked(lambda: _answer(request, live.asked(live.FEEDS[name], pairs, base)))
    except live.Refused as refused:
        return _line(refused.status, str(refused))
    except _Busy:
        return _line(503, "too many files are being built; try again", _RETRY)
    except (MonitorError, sqlite3.Error):
        return _line(503, "the record cannot be read just now; try again", _RETRY)


def _answer(request: Request, one: live.Asked) -> Response:
    now = edition.current()
    mark = live.mark(one, now)
    is_packed = "gzip" in request.headers.get("accept-encoding", "").lower()
    # a strong mark belongs to bytes, so the compressed form has its own
    headers = {
        **_PLAIN,
        "ETag": f'"{mark.etag}-gzip"' if is_packed else f'"{mark.etag}"',
        "Cache-Control": "public, no-cache",  # kept, but asked for again each time: what is withheld must go at once
        "Vary": "Accept-Encoding",
    }
    is_settled = datetime.now(UTC) - mark.changed_at >= _SETTLED
    if is_settled:
        headers["Last-Modified"] = format_datetime(mark.changed_at, usegmt=True)
    if is_unchanged(request, mark, is_settled=is_settled):
        return Response(status_code=304, headers=headers)
    built = _shelf.get(one, now)
    headers["Content-Disposition"] = f'inline; filename="{built.filename}"'
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    return Response(built.packed if is_packed else built.body, headers=headers, media_type=built.mime)


def is_unchanged(request: Request, mark: live.Mark, *, is_settled: bool) -> bool:
    """Whether the reader has this state already (RFC 9110, 13.2.2): the mark decides, without one the time."""
    if (known := request.headers.get("if-none-match")) is not None:
        tags = {one.strip().removeprefix("W/").strip('"') for one in known.split(",")}
        return bool(tags & {"*", mark.etag, f"{mark.etag}-gzip"})
    since = request.headers.get("if-modified-since")
    if since is None or not is_settled:
        return False
    try:
        told = parsedate_to_datetime(since)
    except ValueError:
        return False
    return mark.changed_at <= (told if told.tzinfo else told.replace(tzinfo=UTC))


async def healthz(_: Request) -> Response:
    """Whether there is a record to show, how old it is and how its collection goes."""
    headers = {**_PLAIN, "Cache-Control": "no-store"}
    try:
        told = await run_sync(lambda: health.health(datetime.now(UTC)))
    except (MonitorError, sqlite3.Error):
        return JSONResponse({"status": "unavailable"}, 503, headers={**headers, **_RETRY})
    return JSONResponse(told, headers=headers)


async def leave(request: Request) -> Response:
    """GET shows what would end; POST ends it, also as one click of a mail program (RFC 8058)."""
    if not is_host_allowed(request.headers.get("host")):
        return _line(403, "this name of the site is not allowed; see server.allowedHosts")
    token = request.query_params.get("token", "")
    try:
        page = await run_sync(lambda: unsubscribe.page(token, confirmed=request.method == "POST"))
    except (MonitorError, sqlite3.Error):
        return _line(503, "nothing was changed; try again", _RETRY)
    return Response(page.body, page.status, headers={**_PLAIN, **unsubscribe.HEADERS}, media_type="text/html")


async def _worked(work: Callable[[], Answer]) -> Answer:
    """Do it in one of few threads. Raises _Busy when too many wait already."""
    global _waiting
    if _waiting >= WORKERS + WAITING:
        raise _Busy
    _waiting += 1
    try:
        return await run_sync(work, limiter=_limit)
    finally:
        _waiting -= 1


def _line(status: int, text: str, more: dict[str, Any] | None = None) -> Response:
    return PlainTextResponse(f"{text}\n", status, headers={**_PLAIN, "Cache-Control": "no-store", **(more or {})})
