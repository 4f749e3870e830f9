"""Content codings undone under a cap: a small download never becomes a large body.

Decoding happens here and not in the HTTP library because a library hands over a whole decoded chunk
before anyone can count it: 300 KB of gzip are 300 MB in one step.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import brotli  # type: ignore[import-untyped]

STEP = 65_536
ACCEPT_ENCODING = "gzip, br"
WIRE_ONLY = frozenset(  # headers true of the wire, not of the decoded body that is handed on
    ("content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection", "keep-alive")
)
_NAMES = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "br": "br"}
_GZIP_MAGIC = b"\x1f\x8b"


class TooLargeError(Exception):
    """The body is longer than the cap."""


class BadEncodingError(Exception):
    """The body is not in the coding the server says."""


def coding(header: str) -> str:
    """The one coding a Content-Encoding field names; empty for none. Raises for unknown or nested ones."""
    names = [part.strip().lower() for part in header.split(",")]
    names = [name for name in names if name and name != "identity"]
    if not names:
        return ""
    if len(names) > 1:
        raise BadEncodingError(f"nested content codings: {header[:80]}")
    if names[0] not in _NAMES:
        raise BadEncodingError(f"unknown content coding: {names[0][:80]}")
    return _NAMES[names[0]]


def read_body(chunks: Iterable[bytes], header: str, max_bytes: int) -> bytes:
    """Decode ``chunks`` as the Content-Encoding field ``header`` says, at most ``max_bytes`` long."""
    body = bytearray()
    for piece in _pieces(chunks, coding(header)):
        if len(body) + len(piece) > max_bytes:
            raise TooLargeError(f"more than {max_bytes} bytes after decompression")
        body += piece
    return bytes(body)


def _pieces(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    if name == "":
        yield from chunks
    elif name == "br":
        yield from _unbrotli(chunks)
    else:
        yield from _inflate(chunks, name)


def _inflate(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    stream = iter(chunks)
    decoder: Any = None
    members = 0
    pending = b""
    for chunk in stream:
        pending += chunk
        while pending:
            if decoder is None:
                if len(pending) < 2:
                    break
                if members and not (name == "gzip" and pending.startswith(_GZIP_MAGIC)):
                    _let_pass(stream)  # padding after the end
                    return
                decoder = zlib.decompressobj(_window(name, pending))
            yield _step(decoder, pending, name)
            pending = decoder.unconsumed_tail
            if decoder.eof:
                pending = decoder.unused_data  # another gzip member may follow
                decoder = None
                members += 1
    if decoder is None:
        if pending and not members:
            raise BadEncodingError(f"not {name}: too short")
        return
    while piece := _step(decoder, decoder.unconsumed_tail, name):  # what is left inside the decoder
        yield piece
    if not decoder.eof:
        raise BadEncodingError(f"the {name} body ends early")


def _step(decoder: Any, data: bytes, name: str) -> bytes:
    try:
        return bytes(decoder.decompress(data, STEP))
    except zlib.error as error:
        raise BadEncodingError(f"not {name}: {error}") from error


def _let_pass(chunks: Iterable[bytes]) -> None:
    """Let the little that may follow pass unread."""
    read = 0
    for chunk in chunks:
        read += len(chunk)
        if read > STEP:
            raise BadEncodingError("bytes after the end of the compressed body")


def _window(name: str, start: bytes) -> int:
    if name == "gzip":
        return 31
    # "deflate" is zlib by the standard and a raw stream by some servers: told apart by the header check.
    is_zlib = len(start) >= 2 and start[0] & 0x0F == 8 and (start[0] * 256 + start[1]) % 31 == 0
    return 15 if is_zlib else -15


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    try:
        for chunk in chunks:
            piece = decoder.process(chunk, output_buffer_limit=STEP)
            while piece:  # can_accept_more_data() is also true while output waits inside: drain by result
                yield piece
                piece = decoder.process(b"", output_buffer_limit=STEP)
    except brotli.error as error:
        raise BadEncodingError(f"not br: {error}") from error
    if not decoder.is_finished():
        raise BadEncodingError("the br body ends early")
