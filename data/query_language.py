"""What a reader types into the search box, as a tree: words, "phrases", beginnings*, fields, AND, OR, NOT, brackets.

Pure: text in, :class:`Query` out, and any text is a query: what is malformed is repaired, and the repair is said by
its code. Operators are written in capitals, in English or French, so that a plain "or" stays a word. NOT binds
closest, then AND (which needs no word), then OR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.fold import fold

MAX_LETTERS = 1_000
MAX_TERMS = 32
MAX_DEPTH = 12

AND, OR, NOT = "AND", "OR", "NOT"
_OPERATORS = {"AND": AND, "ET": AND, "OR": OR, "OU": OR, "NOT": NOT, "SAUF": NOT}

#: name of a field as typed, folded -> the field
FIELDS = {
    **dict.fromkeys(("title", "titre"), "title"),
    **dict.fromkeys(("publisher", "source", "editeur"), "publisher"),
    **dict.fromkeys(("actor", "acteur"), "actor"),
    **dict.fromkeys(("place", "jurisdiction", "pays", "lieu", "juridiction"), "place"),
    **dict.fromkeys(("type",), "type"),
    **dict.fromkeys(("kind", "genre"), "kind"),
}

#: words that say nothing alone; they are looked for inside quotes, or when nothing else was typed
EMPTY_WORDS = frozenset({
    *("a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to", "with"),
    *("au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "en", "est", "et", "l", "la", "le", "les"),
    *("ou", "par", "pour", "que", "qui", "sur", "un", "une"),
})  # fmt: skip

_TOKEN = re.compile(r'"[^"]*"?|[()]|[^\s"()]+')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_FIELD = re.compile(r"(?P<name>[^\W\d_]{3,14}):(?P<rest>.*)", re.DOTALL)
_ELISION = re.compile(r"\A(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase or the beginning of a word, in the letters of the reader.

    ``forms`` are other forms of the same word; they come from :mod:`data.search_terms`, never from the parser.
    """

    text: str
    how: str = "word"  # word, phrase, prefix
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one field of :data:`FIELDS`."""

    name: str
    term: Term


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but ``node``."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Wide:
    """``node`` as typed, or one of its ``equivalents`` in other words and languages (words or phrases)."""

    node: Node
    equivalents: tuple[Term, ...]


Node = Term | Field | Not | And | Or | Wide


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood. ``tree`` is None when there is nothing to look for.

    ``repairs`` are codes of what was malformed: quote, bracket, operator, field, long. ``left_out`` are the words
    that say nothing alone.
    """

    tree: Node | None
    repairs: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Read a query. Never raises."""
    repairs: list[str] = []
    # quotes and unprintable letters first: an address may hold anything, half a letter included
    clean = "".join(ch if ch.isprintable() else " " for ch in text).encode("utf-8", "ignore").decode()
    clean = clean.translate(_QUOTES)
    if len(clean) > MAX_LETTERS:
        clean = clean[:MAX_LETTERS]
        repairs.append("long")
    tokens = list(_tokens(clean, repairs))
    tree = _Parser(tokens, repairs).whole()
    left_out: list[str] = []
    if tree is not None:
        tree = _without_empty_words(tree, left_out)
    return Query(tree, tuple(dict.fromkeys(repairs)), tuple(dict.fromkeys(left_out)))


def terms(node: Node | None) -> Iterator[Term]:
    """Every word and phrase of a tree in the order typed, also those that must be absent."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Field):
        yield node.term
    elif isinstance(node, Not | Wide):
        yield from terms(node.node)
    elif isinstance(node, And | Or):
        for one in node.nodes:
            yield from terms(one)


def typed(node: Node, *, inside: bool = False) -> str:
    """A tree in the query language again; :func:`parse` of it gives the tree."""
    if isinstance(node, Term):
        text = node.text + ("*" if node.how == "prefix" else "")
        return text if node.how != "phrase" and parse(text).tree == Term(node.text, node.how) else f'"{node.text}"'
    if isinstance(node, Field):
        return f"{node.name}:{typed(node.term)}"
    if isinstance(node, Wide):
        return typed(node.node, inside=inside)
    if isinstance(node, Not):
        return f"NOT {typed(node.node, inside=True)}"
    words = [typed(one, inside=True) for one in node.nodes]
    text = (" " if isinstance(node, And) else " OR ").join(words)
    return f"({text})" if inside else text


def _tokens(text: str, repairs: list[str]) -> Iterator[tuple[str, str]]:
    """(kind, text): word, prefix, phrase, field, operator, bracket. A field stands right before its value."""
    count = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece in "()":
            yield "bracket", piece
            continue
        if piece.startswith('"'):
            if len(piece) == 1 or not piece.endswith('"'):
                repairs.append("quote")
            kind, word = "phrase", _bare(piece.strip('"'))
        else:
            if piece in _OPERATORS:
                yield "operator", _OPERATORS[piece]
                continue
            if len(piece) > 1 and piece[0] in "-−" and piece[1] != piece[0]:
                yield "operator", NOT
                piece = piece[1:]
            elif piece == "-" and text[match.end() : match.end() + 1] in ('"', "("):
                yield "operator", NOT
                continue
            field = _FIELD.fullmatch(piece)
            if field and fold(field["name"]) in FIELDS:
                # the value follows at once, or is a phrase or bracket that touches the colon
                if field["rest"] or text[match.end() : match.end() + 1] in ('"', "("):
                    yield "field", FIELDS[fold(field["name"])]
                    piece = field["rest"]
            elif field and field["rest"] and not field["rest"].startswith("//"):
                repairs.append("field")
            if not piece:
                continue
            kind = "prefix" if piece.endswith("*") else "word"
            word = _bare(_POSSESSIVE.sub("", _ELISION.sub("", piece.strip("*.,;!?"), count=1)))
        if not word:
            continue
        count += 1
        if count > MAX_TERMS:
            repairs.append("long")
            return
        yield kind, word


def _bare(word: str) -> str:
    """Without the signs around it; empty when no letter or digit is left."""
    inner = re.search(r"[^\W_](?:.*[^\W_])?", word, re.DOTALL)
    return " ".join(inner[0].split()) if inner else ""


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], repairs: list[str]) -> None:
        self.tokens = tokens
        self.repairs = repairs
        self.at = 0

    def whole(self) -> Node | None:
        found: list[Node] = []
        while self.at < len(self.tokens):
            if self._peek() == ("bracket", ")"):  # closes nothing
                self.repairs.append("bracket")
                self.at += 1
            elif node := self._any_of(0):
                found.append(node)
        return _joined(And, found)

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _any_of(self, depth: int) -> Node | None:
        parts: list[Node] = []
        waiting = False  # for the right side of an OR
        while True:
            part = self._all_of(depth)
            if part is not None:
                parts.append(part)
            elif waiting or self._peek() == ("operator", OR):
                self.repairs.append("operator")
            waiting = self._peek() == ("operator", OR)
            if not waiting:
                return _joined(Or, parts)
            self.at += 1

    def _all_of(self, depth: int) -> Node | None:
        parts: list[Node] = []
        waiting = False
        while True:
            kind, text = self._peek()
            if kind == "operator" and text == AND:
                if waiting or not parts:
                    self.repairs.append("operator")
                waiting = True
                self.at += 1
            elif kind == "end" or (kind, text) in (("bracket", ")"), ("operator", OR)):
                if waiting:
                    self.repairs.append("operator")
                return _joined(And, parts)
            elif node := self._not(depth):
                parts.append(node)
                waiting = False

    def _not(self, depth: int) -> Node | None:
        negated = asked = False
        while self._peek() == ("operator", NOT):
            negated, asked = not negated, True
            self.at += 1
        node = self._atom(depth)
        if node is None and asked:
            self.repairs.append("operator")
        return Not(node) if negated and node is not None else node

    def _atom(self, depth: int) -> Node | None:
        kind, text = self._peek()
        if kind == "end" or kind == "operator" or (kind, text) == ("bracket", ")"):
            return None
        self.at += 1
        if kind == "field":
            node = self._atom(depth) if self._peek()[0] in ("word", "prefix", "phrase", "bracket") else None
            return _in_field(text, node) if node is not None else None
        if kind == "bracket":
            if depth >= MAX_DEPTH:
                self.repairs.append("bracket")
                return None
            node = self._any_of(depth + 1)
            if self._peek() == ("bracket", ")"):
                self.at += 1
            else:
                self.repairs.append("bracket")
            return node
        return Term(text, kind)


def _joined(how: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    """One node of several, without a level that says nothing."""
    flat: list[Node] = []
    for one in nodes:
        flat.extend(one.nodes if isinstance(one, And | Or) and type(one) is how else (one,))
    if len(flat) < 2:
        return flat[0] if flat else None
    return how(tuple(dict.fromkeys(flat))) if len(dict.fromkeys(flat)) > 1 else flat[0]


def _in_field(name: str, node: Node) -> Node:
    """The field holds for every word of a bracket."""
    if isinstance(node, Term):
        return Field(name, node)
    if isinstance(node, Not):
        return Not(_in_field(name, node.node))
    if isinstance(node, And | Or):
        return type(node)(tuple(_in_field(name, one) for one in node.nodes))
    return node


def _without_empty_words(node: Node, left_out: list[str]) -> Node:
    """Drop "the" and "de" where another word stands beside them."""
    if not isinstance(node, And | Or):  # what must be absent is taken at its word
        return node
    kept = [_without_empty_words(one, left_out) for one in node.nodes]
    if isinstance(node, And):
        full = [one for one in kept if not (isinstance(one, Term) and one.how == "word" and _is_empty(one.text))]
        if any(not isinstance(one, Not) for one in full):
            left_out += [one.text for one in kept if isinstance(one, Term) and one not in full]
            kept = full
    joined = _joined(type(node), kept)
    return joined if joined is not None else node


def _is_empty(word: str) -> bool:
    return word.casefold() in EMPTY_WORDS
