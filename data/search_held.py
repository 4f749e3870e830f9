"""Which words the indexes hold: an expression of five words that stand in texts answers many times faster than one
of fifty that might. Reads only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from data.database import Database
from data.query_language import Field, Node, Not, Term, Wide
from data.word_forms import bare


def held(db: Database, node: Node) -> Node:
    """The tree without the added forms and equivalents that no text holds; what was typed stays."""
    return _held(db, node, {})


def _held(db: Database, node: Node, known: dict[str, bool]) -> Node:
    if isinstance(node, Term):
        return replace(node, forms=tuple(one for one in node.forms if _all_held(db, one, known)))
    if isinstance(node, Field):
        term = _held(db, node.term, known)
        return Field(node.name, term) if isinstance(term, Term) else node
    if isinstance(node, Not):
        return Not(_held(db, node.node, known))
    if isinstance(node, Wide):
        kept = [_held(db, one, known) for one in node.equivalents]
        same = tuple(one for one in kept if isinstance(one, Term) and (one.forms or _all_held(db, one.text, known)))
        inner = _held(db, node.node, known)
        return Wide(inner, same) if same else inner
    return type(node)(tuple(_held(db, one, known) for one in node.nodes))


def _all_held(db: Database, text: str, known: dict[str, bool]) -> bool:
    return all(_is_held(db, one, known) for one in re.findall(r"[^\W_]+", bare(text)))


def _is_held(db: Database, word: str, known: dict[str, bool]) -> bool:
    if word not in known:
        known[word] = any(
            db.execute(f"SELECT 1 FROM {place} WHERE term = ? LIMIT 1", (word,)).fetchone()
            for place in ("record_place", "item_place")
        )
    return known[word]
