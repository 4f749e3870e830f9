"""Where the words of a query stand in a text: the text cut into parts, some of them matches.

The full-text index could say it too, but it opens its lists again for each hit, and it does not know in which of
several languages a reader would see the words.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from data.query_language import And, Field, Node, Or, Term, Wide
from data.word_forms import bare

Parts = tuple[tuple[str, bool], ...]
Words = frozenset[tuple[str, ...]]

_WORD = re.compile(r"[^\W_]+")
BEFORE, LONGEST = 90, 260  # letters before the first match, letters of a snippet


def wanted(node: Node | None) -> Words:
    """Every word or run of words that may match, bare; a beginning ends in ``*``. Not what must be absent."""
    found: set[tuple[str, ...]] = set()
    for term in _present(node):
        for text in (term.text, *term.forms):
            words = tuple(_WORD.findall(bare(text)))
            if words:
                found.add((*words[:-1], words[-1] + "*") if term.how == "prefix" else words)
    return frozenset(found)


def _present(node: Node | None) -> Iterable[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Field):
        if node.name in ("title", "actor"):
            yield node.term
    elif isinstance(node, Wide):
        yield from _present(node.node)
        yield from node.equivalents
    elif isinstance(node, And | Or):
        for one in node.nodes:
            yield from _present(one)


def marked(text: str, words: Words) -> Parts:
    """``text`` as (piece, is a match) parts around its first match; empty when none of the words is there."""
    spans: list[tuple[int, int]] = []
    for span in _spans(text, words):
        if spans and span[1] > spans[0][0] + LONGEST:
            break
        spans.append(span)
    if not spans:
        return ()
    start = max(0, spans[0][0] - BEFORE)
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or spans[0][0]
    end = len(text)
    if end - start > LONGEST:
        end = max(text.rfind(" ", start, start + LONGEST), spans[0][1])
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last in spans:
        if last > end:
            break
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return tuple((piece, is_match) for piece, is_match in parts if piece)


def _spans(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """(start, end) of the matches in order, the longest at each place, none inside another; read as far as asked."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for run in words:
        by_first.setdefault(run[0], []).append(run)
    beginnings = tuple((run[0][:-1], run) for run in words if run[0].endswith("*"))
    longest = max((len(run) for run in words), default=0)
    tokens = ((match.start(), match.end(), bare(match[0])) for match in _WORD.finditer(text))
    ahead = deque(islice(tokens, longest))
    while ahead:
        first = ahead[0][2]
        runs = [*by_first.get(first, ()), *(run for start, run in beginnings if first.startswith(start))]
        length = max((len(run) for run in runs if _stands(run, ahead)), default=0)
        if length:
            yield ahead[0][0], ahead[length - 1][1]
        for _ in range(length or 1):
            ahead.popleft()
        ahead.extend(islice(tokens, longest - len(ahead)))


def _stands(run: tuple[str, ...], ahead: deque[tuple[int, int, str]]) -> bool:
    return len(run) <= len(ahead) and all(
        ahead[place][2].startswith(word[:-1]) if word.endswith("*") else ahead[place][2] == word
        for place, word in enumerate(run)
    )
