"""What the search says about itself: what else it looked for, and why it found nothing. Reads only."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from data.database import Database
from data.query_language import And, Field, Node, Not, Term, Wide, parse, typed
from data.rows import AlsoSearched, FoundNothing
from data.search import understood
from data.search_found import finds_something
from data.search_held import held
from data.word_forms import bare

NEAREST = 3
#: how alike two spellings must be, from 0 to 1
ALIKE = 0.75


def also_searched(db: Database, text: str) -> list[AlsoSearched]:
    """For each word of a query, the other words that texts hold; words without any are left out."""
    _, tree = understood(text)
    return list(_additions(held(db, tree))) if tree is not None else []


def _additions(node: Node) -> Iterator[AlsoSearched]:
    if isinstance(node, Term):
        if node.forms:
            yield AlsoSearched(node.text, node.forms, ())
    elif isinstance(node, Wide):
        inside = node.node.nodes if isinstance(node.node, And) else (node.node,)
        words = [one for one in inside if isinstance(one, Term)]
        forms = words[0].forms if len(words) == 1 else ()
        yield AlsoSearched(" ".join(one.text for one in words), forms, tuple(one.text for one in node.equivalents))
    elif isinstance(node, Field):
        yield from _additions(node.term)
    elif isinstance(node, Not):
        yield from (replace(one, must_be_absent=not one.must_be_absent) for one in _additions(node.node))
    else:
        for one in node.nodes:
            yield from _additions(one)


def why_nothing(db: Database, text: str, *, exact: bool = False) -> list[FoundNothing]:
    """The parts of a query without a hit that are at fault: those that find nothing alone, else every part whose
    removal brings hits. Empty when no part can be blamed.
    """
    tree = parse(text).tree
    if tree is None:
        return []
    parts: list[Node] = list(tree.nodes) if isinstance(tree, And) else [tree]
    alone = {part: isinstance(part, Not) or _finds(db, typed(part), exact) for part in parts}
    found = []
    for part in parts:
        rest: list[Node] = [one for one in parts if one != part]
        query = _text(rest)
        helps = bool(query) and any(not isinstance(one, Not) for one in rest) and _finds(db, query, exact)
        nearest = () if alone[part] else _nearest(db, part, parts, exact)
        if not alone[part] or (helps and all(alone.values())):
            found.append(FoundNothing(typed(part), not alone[part], query if helps else "", nearest))
    return found


def _text(parts: list[Node]) -> str:
    return typed(And(tuple(parts))) if len(parts) > 1 else typed(parts[0]) if parts else ""


def _finds(db: Database, text: str, exact: bool) -> bool:
    _, tree = understood(text, exact=exact)
    return tree is not None and finds_something(db, tree)


def _nearest(db: Database, part: Node, parts: list[Node], exact: bool) -> tuple[tuple[str, str], ...]:
    """Spellings near a word that nothing holds, among the words of titles and summaries."""
    if not isinstance(part, Term) or part.how == "phrase" or len(part.text) < 4:
        return ()
    word = bare(part.text)
    near = [
        str(one)
        for (one,) in db.execute(
            "SELECT word FROM shown_word WHERE length(word) BETWEEN ? AND ?", (len(word) - 2, len(word) + 2)
        ).fetchall()
    ]
    found = []
    for spelling in difflib.get_close_matches(word, near, n=NEAREST, cutoff=ALIKE):
        query = _text([Term(spelling) if one == part else one for one in parts])
        if _finds(db, query, exact) or _finds(db, spelling, exact):
            found.append((spelling, query))
    return tuple(found)
