"""An answer changed as a broken or hostile publisher changes it: bits, cuts, repeats, tokens, types, encodings."""

from __future__ import annotations

import gzip
import io
import random
import re
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace

from data.models import Response
from tests.trust.mutations_of_trees import regrown, retyped

_TOKEN = re.compile(
    rb'"(?:[^"\\]|\\.){0,400}"|-?\d[\d.:T-]*|true|false|null|</?[\w:.-]+|[\w:.-]+=|[{}\[\],:;]|&[#\w]+;'
)
_LIES = (
    b"null", b"[]", b"{}", b'""', b"0", b"-1", b"1e999", b"true", b'"\\ud800"', b"[null]", b'{"a":[{}]}', b'"\\u0000"',
    b"99999999999999999999999", b'"2026-13-45"', b'"0000-00-00T99:99:99Z"', b'"javascript:alert(1)"', b'[[[[[[[["x"]]]]]]]]',
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>", b"&a;", b"<![CDATA[", b"]]>", b"<x:y/>", b"\xff\xfe", b"\x00",
    b"<" * 50, b"\xed\xa0\x80", b"<script>alert(1)</script>", b"../../../etc/passwd", b"NaN", b"Infinity", b'"' + b"9" * 400 + b'"',
)  # fmt: skip
_CHARSETS = ("utf-8", "utf-16", "utf-7", "cp1252", "cp037", "iso-2022-jp", "big5", "nonsense", "utf-8-sig", "utf-32-be")


def mutated(response: Response, chance: random.Random) -> Response:
    """One to four changes of the body, inside a container when it is one; now and then a lie about its encoding."""
    body = response.body
    for _ in range(chance.choice((1, 1, 2, 4))):
        body = _inside(body, chance) if chance.random() < 0.7 else _change(body, chance)
    headers = dict(response.headers)
    if chance.random() < 0.1:
        headers["content-type"] = (
            f"{chance.choice(('text/html', 'application/json'))}; charset={chance.choice(_CHARSETS)}"
        )
    return replace(response, body=body, headers=headers)


def broken(body: bytes, chance: random.Random) -> bytes:
    """The body after one to four accidents of its bytes."""
    for _ in range(chance.randint(1, 4)):
        body = chance.choice((_flip, _cut, _repeat, _swap, _lie))(body, chance)
    return body


def _inside(body: bytes, chance: random.Random) -> bytes:
    """Change one member of an archive, or the body itself when it is none."""
    try:
        if body.startswith(b"PK"):
            return _zip(body, chance)
        if body.startswith(b"\x1f\x8b"):
            return _tar(body, chance)
    except Exception:  # an archive changed before, that its library can no longer read
        pass
    return _change(body, chance)


def _zip(body: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.randrange(max(1, len(old.infolist())))
        for number, info in enumerate(old.infolist()):
            inner = old.read(info)
            new.writestr(info.filename, _change(inner, chance) if number == chosen else inner)
    return out.getvalue()


def _tar(body: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(body)) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        members = old.getmembers()
        chosen = chance.randrange(max(1, len(members)))
        for number, info in enumerate(members):
            stream = old.extractfile(info)
            inner = stream.read() if stream else b""
            info.size = len(inner := _change(inner, chance) if number == chosen else inner)
            new.addfile(info, io.BytesIO(inner))
    return out.getvalue()


def _change(body: bytes, chance: random.Random) -> bytes:
    return chance.choice(_CHANGES)(body, chance)


def _flip(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.choice((1, 8, 64)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(body: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return chance.choice((body[:end], body[start:], body[:start] + body[end:]))


def _repeat(body: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    piece = body[start : min(end, start + 5_000)]
    return body[:end] + piece * chance.choice((1, 3, 200)) + body[end:]


def _swap(body: bytes, chance: random.Random) -> bytes:
    """Two tokens change places."""
    found = [match.span() for match in _TOKEN.finditer(body, 0, 200_000)]
    if len(found) < 2:
        return body
    (a, b), (c, d) = sorted(chance.sample(found, 2))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _lie(body: bytes, chance: random.Random) -> bytes:
    """A token becomes one of another kind."""
    found = [match.span() for match in _TOKEN.finditer(body, 0, 200_000)]
    a, b = chance.choice(found) if found else (0, 0)
    return body[:a] + chance.choice(_LIES) + body[b:]


def _recode(body: bytes, chance: random.Random) -> bytes:
    """Another encoding than the one that is declared, or another declaration."""
    charset = chance.choice(_CHARSETS[:7])
    if chance.random() < 0.5:
        return re.sub(rb"encoding=(['\"])[^'\"]*\1", b'encoding="%s"' % charset.encode(), body, count=1)
    return body.decode("utf-8", "replace").encode(charset, "replace")


def _wrap(body: bytes, chance: random.Random) -> bytes:
    """The body where something else was expected: compressed, in a list, within a page, deep inside."""
    deep = chance.choice((3, 100, 20_000))
    return chance.choice(
        (
            gzip.compress(body[:100_000]),
            b"[" + body + b"]",
            b"<html><body>" + body + b"</body></html>",
            b"[" * deep + body + b"]" * deep,
            b"<a>" * deep + body + b"</a>" * deep,
            body * 3,
            b"",
        )
    )


def _structure(body: bytes, chance: random.Random) -> bytes:
    """A change of the tree; of a body that is none, of a token."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    changed = retyped(body, chance) if start in (b"{", b"[") else regrown(body, chance) if start == b"<" else body
    return _lie(body, chance) if changed == body else changed


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _repeat, _swap, _lie, _lie, _recode, _wrap, _structure, _structure, _structure, _structure,
)  # fmt: skip
