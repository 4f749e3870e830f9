"""Many expressions over one text: one pass says which of them can be there, and only those are looked for.

A :class:`Sieve` holds every expression that is asked of the same piece of text. RE2 knows neither looking around nor
``\\b``, so each expression is widened to one that matches wherever it does, and perhaps elsewhere; ``re`` has the last
word on those that pass. An expression that cannot be widened always passes, and so do all when the engine gives up.
:class:`Words` are alternatives bounded by other characters; they find what one ``re`` expression of all of them would.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import re2

from data.errors import ReferenceDataError

_END = sys.maxsize
#: so many expressions share an automaton: more are slower to begin with, fewer for ever
_TOGETHER = 64
#: an automaton may take this many bytes before it starts anew
_MEMORY = 16 << 20
#: texts whose answers are kept: title, body and both together are asked in turn, each piece of many tables in a row
_KEPT = 3

# Automata over bytes are small: a text is looked at in small letters and Latin-1; a character not in it may be any.
_ANY = "\x1a"
codecs.register_error("any", lambda error: (_ANY * (error.end - error.start), error.end))  # type: ignore[attr-defined]


def _members(fits: Callable[[str], object]) -> str:
    return "".join(f"\\x{code:02x}" for code in range(256) if fits(chr(code)))


_WORD, _DIGIT, _SPACE = (
    _members(lambda char: char == "_" or char.isalnum()), "0-9", _members(str.isspace)
)  # fmt: skip
_CLASSES = {r"\w": _WORD, r"\d": _DIGIT, r"\s": _SPACE}
_COMPLEMENTS = {r"\W": _WORD, r"\D": _DIGIT, r"\S": _SPACE}
#: the way to say "a letter" in ``re``
_LETTER = r"[^\W\d_]"
_LOOKING = ("(?=", "(?!", "(?<=", "(?<!")
_BEHIND = re.compile(r"\(\?<!(\\w|\[[^\]]+\])\)")
_REPEATED = re.compile(r"\{(\d*)(?:,\d*)?\}")


class Sieve:
    """Expressions of one kind of question. Filled by :class:`Words`; the automaton is built at the first text."""

    def __init__(self) -> None:
        self._expressions: list[str] = []
        self._owners: list[Words] = []
        self._nets: list[_Net] | None = None
        self._kept: dict[str, dict[tuple[int, int], _Alive]] = {}

    def add(self, owner: Words, expression: str) -> None:
        """One more alternative of ``owner``."""
        self._expressions.append(expression)
        self._owners.append(owner)
        self._nets = None

    def alive(self, text: str, start: int = 0, end: int = _END) -> _Alive:
        """What may occur in ``text[start:end]``: words, and of each its alternatives, in the order they were added."""
        answers = self._kept.get(text)
        if answers is None:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            answers = self._kept[text] = {}
        found = answers.get((start, end))
        if found is None:
            found = answers[start, end] = {}
            for number in self._passing(text[start:end]):
                owner = self._owners[number]
                found.setdefault(owner, []).append(owner.compiled(self._expressions[number]))
        return found

    def _passing(self, piece: str) -> list[int]:
        if self._nets is None:
            self._nets = [
                _Net(self._expressions[first : first + _TOGETHER], first)
                for first in range(0, len(self._expressions), _TOGETHER)
            ]
        data = piece.lower().encode("latin-1", "any")
        return [number for net in self._nets for number in net.passing(data)]


class _Net:
    """One automaton of a few expressions, the first of which has the number ``first``."""

    def __init__(self, expressions: Sequence[str], first: int) -> None:
        self._all = range(first, first + len(expressions))
        options = re2.Options()
        options.max_mem, options.log_errors = _MEMORY, False
        options.encoding = re2.Options.Encoding.LATIN1
        self._set = re2.Set.SearchSet(options)
        self._numbers: dict[int, int] = {}
        self._always: list[int] = []
        for number, expression in zip(self._all, expressions, strict=True):
            try:
                bounded = f"(?:^|[^{_WORD}])(?:{widened(expression)})(?:$|[^{_WORD}])"
                self._numbers[self._set.Add(bounded.encode("latin-1", "any"))] = number
            except (re2.error, ValueError):
                self._always.append(number)
        self._proof = self._set.Add(b"")  # matches in every text
        self._set.Compile()

    def passing(self, data: bytes) -> Sequence[int]:
        hits = self._set.Match(data) or []
        if self._proof not in hits:  # the engine gave up: nothing is ruled out
            return self._all
        if len(hits) == 1 and not self._always:
            return ()
        return sorted([*(self._numbers[hit] for hit in hits if hit != self._proof), *self._always])


class Words:
    """``<before>(?:a|b|c)<after>`` as one expression, each alternative looked for only where it can be.

    ``before`` and ``after`` must at least forbid a word character. A broken alternative raises ReferenceDataError
    when the rule is first used.
    """

    def __init__(
        self,
        sieve: Sieve,
        alternatives: Sequence[str],
        source: str,
        flags: int = re.IGNORECASE,
        bounds: tuple[str, str] = (r"(?<!\w)", r"(?!\w)"),
    ) -> None:
        self.flags, self._source, self._bounds, self._sieve = flags, source, bounds, sieve
        self._alternatives = tuple(alternatives)
        self._compiled: dict[str, re.Pattern[str]] = {}
        for one in alternatives:
            sieve.add(self, one)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """All alternatives in one expression, for a look at one place."""
        return self.compiled("|".join(f"(?:{one})" for one in self._alternatives) if self._alternatives else "(?!)")

    @property
    def pattern(self) -> str:
        """Source of :attr:`whole`."""
        return self.whole.pattern

    def may_be_in(self, text: str, start: int = 0, end: int = _END) -> bool:
        """Whether any alternative may occur there."""
        return self in self._sieve.alive(text, start, end)

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """The alternative that begins at ``position``."""
        return self.whole.match(text, position)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The alternative that is the whole text."""
        return self.whole.fullmatch(text)

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The leftmost occurrence; of two that begin together the one told first."""
        best: re.Match[str] | None = None
        for pattern in self._sieve.alive(text, start, end).get(self, ()):
            hit = pattern.search(text, start, end)
            if hit is not None and (best is None or hit.start() < best.start()):
                best = hit
        return best

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        """Every occurrence from left to right, none overlapping the one before it."""
        patterns = self._sieve.alive(text, start, end).get(self, [])
        if len(patterns) < 2:
            return patterns[0].finditer(text, start, end) if patterns else iter(())
        return _merged(patterns, text, start, end)

    def compiled(self, expression: str) -> re.Pattern[str]:
        """``expression`` between the bounds."""
        pattern = self._compiled.get(expression)
        if pattern is None:
            try:
                pattern = re.compile(*_bounded(expression, self._bounds, self.flags))
            except re.error as error:
                raise ReferenceDataError(f"{self._source}.toml", 0, f"{expression!r}: {error}") from error
            self._compiled[expression] = pattern
        return pattern


#: words that may be there, each with its alternatives that may be
_Alive = dict[Words, list[re.Pattern[str]]]


def _bounded(expression: str, bounds: tuple[str, str], flags: int) -> tuple[str, int]:
    """The expression between its bounds, with its flags.

    ``re`` skips quickly to a letter it knows an expression to begin with, if nothing stands before that letter and
    its case is spelt out: the look behind goes after it.
    """
    before, after = bounds
    letter, behind = expression[:1], _BEHIND.fullmatch(before)
    plain = letter.isalpha() and expression[1:2] not in ("*", "+", "?", "{") and not _forked(expression)
    if behind and plain and flags in (0, re.IGNORECASE):
        first, rest = (f"[{letter.lower()}{letter.upper()}]", "(?i:") if flags else (letter, "(?:")
        return f"{first}(?<!{behind[1]}{first}){rest}{expression[1:]}){after}", 0
    return f"{before}(?:{expression}){after}", flags


def _forked(expression: str) -> bool:
    """Whether the expression has alternatives that are not inside a group."""
    depth, position = 0, 0
    while position < len(expression):
        char = expression[position]
        if char == "\\":
            position += 1
        elif char == "[":
            position = expression.find("]", position + 2)
            if position < 0:
                return True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and depth == 0:
            return True
        position += 1
    return False


def _merged(patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of several expressions as one alternation finds them: the leftmost first, of two the one told first."""
    heads = [pattern.search(text, start, end) for pattern in patterns]
    while True:
        best: re.Match[str] | None = None
        for index, hit in enumerate(heads):
            if hit is not None and hit.start() < start:
                hit = heads[index] = patterns[index].search(text, start, end)
            if hit is not None and (best is None or hit.start() < best.start()):
                best = hit
        if best is None:
            return
        yield best
        start = max(best.end(), best.start() + 1)


def widened(expression: str) -> str:
    """An RE2 expression that matches wherever ``expression`` (of ``re``) does, in a text whose letters are small and
    whose characters outside Latin-1 are :data:`_ANY`: without looking around, bounds and counts. Raises ValueError
    for an unclosed bracket."""
    found: list[str] = []
    position, opened = 0, ""
    while position < len(expression):
        char = expression[position]
        pair = expression[position : position + 2]
        if char == "\\":
            found.append(_escaped(pair, opened))
            position += 2
        elif opened:
            if char == "]":
                opened = ""
            elif char > "\xff" and opened == "[^":
                char = ""
            found.append(rf"\{char}" if char == "[" else char.lower())
            position += 1
        elif expression.startswith(_LETTER, position):
            found.append(f"[{_WORD}{_ANY}]")
            position += len(_LETTER)
        elif char == "[":
            opened = pair if pair == "[^" else "["
            position += len(opened)
            found.append(opened)
            if expression[position : position + 1] == "]":
                found.append(r"\]")
                position += 1
        elif expression.startswith("(?P<", position):
            found.append("(?:")
            position = expression.index(">", position) + 1
        elif expression.startswith(_LOOKING, position):
            position = _closing(expression, position)
            found.append("(?:)")
        elif char in "^$":
            found.append("(?:)")
            position += 1
        elif repeated := _REPEATED.match(expression, position):
            found.append("*" if repeated[1] in ("", "0") else "+")
            position = repeated.end()
        else:
            found.append(char.lower())
            position += 1
    return "".join(found)


def _escaped(pair: str, opened: str) -> str:
    """``\\w`` and its kin as ``re`` means them; ``opened`` is the bracket of the class they stand in, if any."""
    if pair in _CLASSES:
        members = _CLASSES[pair] + (_ANY if opened != "[^" else "")
        return members if opened else f"[{members}]"
    if pair in _COMPLEMENTS:
        if opened:
            raise ValueError(f"{pair} in a class")
        return f"[^{_COMPLEMENTS[pair]}]"
    return "(?:)" if not opened and pair in (r"\b", r"\B", r"\A", r"\Z") else pair


def _closing(expression: str, position: int) -> int:
    """Just behind the bracket that closes the one at ``position``."""
    depth, in_class = 0, False
    while position < len(expression):
        char = expression[position]
        if char == "\\":
            position += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            if expression[position + 1 : position + 2] == "^":
                position += 1
            if expression[position + 1 : position + 2] == "]":
                position += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    raise ValueError(f"unclosed bracket in {expression!r}")
