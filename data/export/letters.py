"""How wide text is, roughly: a figure without a browser has to break its lines itself.

Widths are those of Helvetica and its kin, rounded up, so that a line of any of the usual fonts stays in its room.
"""

from __future__ import annotations

import unicodedata

from data.export.plain import one_line

_NARROW, _WIDE = frozenset("iljftr.,:;'’|!()[]· "), frozenset("mwMW@%…—")


def width(text: str, size: float) -> float:
    """Width of one line in the unit of ``size``, the height of the font."""
    return size * sum(map(_of, text))


def _of(letter: str) -> float:
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.92
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.72 if letter.isupper() else 0.57


def lines(text: str, size: float, room: float, most: int) -> list[str]:
    """``text`` on at most ``most`` lines no wider than ``room``; what does not fit ends with an ellipsis.

    A word wider than a line is broken anywhere. An empty text has no line.
    """
    found: list[str] = []
    line = ""
    for word in one_line(text).split():
        while word:
            joined = f"{line} {word}" if line else word
            if width(joined, size) <= room:
                line, word = joined, ""
            elif line:
                found.append(line)
                line = ""
            else:
                cut = _fitting(word, size, room)
                found.append(word[:cut])
                word = word[cut:]
            if len(found) > most:
                break
        if len(found) > most:
            break
    if line:
        found.append(line)
    if len(found) <= most:
        return found
    last = found[most - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return [*found[: most - 1], f"{last.rstrip()}…"]


def _fitting(word: str, size: float, room: float) -> int:
    """How many first letters of a word fit, one at least."""
    used, count = 0.0, 0
    for letter in word:
        used += width(letter, size)
        if used > room:
            break
        count += 1
    return max(count, 1)
