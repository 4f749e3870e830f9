"""Two views of one text: same length for grammars, folded for names.

``normalise`` replaces characters one for one (typographic apostrophes, odd spaces, non-breaking
hyphens), so every offset found in the result is an offset in the original.
``fold`` strips case, accents and punctuation and keeps a map back to the original offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼ′＇`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u2005\u2006\u2008\t\r\f\v", " "),
        **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
        "\u2028": "\n",
        "\u2029": "\n",
    }
)

# Letters that NFKD leaves whole.
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


# A line of a text that was wrapped by hand or by a program: long, no end of a sentence, and a word goes on below.
_WRAP = re.compile(r"(?m)^([^\n]{50,140}[^\n.!?:;…\"'\])|])\n(?=[^\W_]|[\"'(])")


def normalise(text: str) -> str:
    """The text with one kind of apostrophe, quote, space and hyphen, wrapped lines joined by a space; always of the
    same length. Names and dates stand across the lines of a wrapped text as they do in one that is not."""
    plain = text.translate(_ONE_FOR_ONE)
    return _WRAP.sub(r"\1 ", plain) if "\n" in plain else plain


#: stand in the fast view for a character that folds to nothing or to several letters
_SEVERAL = "\x01"
#: where the fast view and the fold part ways: such a character and the spaces behind it, runs of spaces, the ends
_ODD = re.compile(r"\x01|^ +|(?<=\x01) +| {2,}| +$")


class _Table(dict[int, str]):
    """Code point -> its fold where that is one character, else :data:`_SEVERAL`; filled as texts need it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _fold_char(char)
        one = folded if len(folded) == 1 and not (folded == " " and _is_mark(char)) else _SEVERAL
        self[code] = one
        return one


_TABLE = _Table()


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    folded = "".join(
        _LETTERS.get(part, part)
        for part in unicodedata.normalize("NFKD", char.casefold())
        if not unicodedata.combining(part)
    )
    return "".join(part if part.isalnum() else " " for part in folded)


def _is_mark(char: str) -> bool:
    return bool(unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with one space at both ends, and the way back to the original.

    From ``text[starts[n]]`` on, up to the next start, the original stands ``shifts[n]`` characters further.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def offset(self, index: int) -> int:
        """Where the letter ``text[index]`` stands in the original."""
        return index + self.shifts[bisect_right(self.starts, index) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of ``text[start:end]``, spaces at its ends left out."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start == end:
            return 0, 0
        return self.offset(start), self.offset(end - 1) + 1


def fold(text: str) -> Folded:
    """Lower case, no accents, every run of other characters one space, with the way back."""
    fast = text.translate(_TABLE)
    pieces, length = [" "], 1
    starts, shifts = [0], [-1]

    def put(piece: str, at: int) -> None:
        """``piece``, which stands at ``at`` in the original."""
        nonlocal length
        if at - length != shifts[-1]:
            starts.append(length)
            shifts.append(at - length)
        pieces.append(piece)
        length += len(piece)

    at = 0
    for odd in _ODD.finditer(fast):
        if at < odd.start():
            put(fast[at : odd.start()], at)
        at = odd.end()
        if odd.group() != _SEVERAL:
            if pieces[-1][-1] != " ":
                put(" ", at - 1)
            continue
        char = text[odd.start()]
        for part in _fold_char(char):
            if part != " " or not (_is_mark(char) or pieces[-1][-1] == " "):
                put(part, odd.start())
    if at < len(fast):
        put(fast[at:], at)
    if pieces[-1][-1] != " ":
        put(" ", at)
    return Folded("".join(pieces), tuple(starts), tuple(shifts))


def places(text: str, word: str, joining: str = "") -> Iterator[tuple[int, int]]:
    """Where ``word`` stands by itself: beside it no letter, digit or underscore, and nothing of ``joining``."""
    start = text.find(word) if word else -1
    while start >= 0:
        end = start + len(word)
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        if any(char.isalnum() or char == "_" or char in joining for char in around):
            start = text.find(word, start + 1)
            continue
        yield start, end
        start = text.find(word, end)


@lru_cache(maxsize=65536)
def fold_key(text: str) -> str:
    """A name folded for comparison: no spaces at the ends."""
    return fold(text).text.strip()
