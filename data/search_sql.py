"""A query as a condition of SQL: the words for the full-text index, quoted, and the fields for the tables.

Nothing a reader types reaches the MATCH language unquoted: operators are ours. A tree of words alone becomes one
MATCH; where fields or a lone NOT stand among words, the parts are joined in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from data.fold import fold
from data.query_language import And, Field, Node, Not, Or, Term, Wide
from data.vocabulary import LANGUAGES, load_vocabulary

#: what can be found; ``item`` is a document
KINDS = ("dossier", "actor", "event", "item")
_KIND_WORDS = {
    "dossier": ("file", "files", "dossier", "dossiers"),
    "actor": ("actor", "actors", "acteur", "acteurs"),
    "event": ("event", "events", "evenement", "evenements"),
    "item": ("document", "documents", "item", "items", "piece", "pieces"),
}
#: lists whose codes a record may have as its type
_TYPES = ("event_types", "tracks", "actor_kinds", "item_kinds")
_NOTHING = "0"


@dataclass(frozen=True, slots=True)
class Condition:
    """``match`` for the index, or empty; ``where`` for the rest, over the alias ``r`` of the table, with ``params``."""

    match: str
    where: str
    params: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A table that is searched: its index, its key and what each field means there."""

    index: str
    key: str
    publisher: str
    actor: str
    kind: str


_ACTORS = """SELECT a.ref FROM shown_record a WHERE a.kind = 'actor' AND a.id IN
             (SELECT rowid FROM record_search WHERE record_search MATCH ?)"""

RECORDS = Target(
    index="record_search",
    key="r.id",
    publisher="""r.kind = 'event' AND r.ref IN (SELECT x.event_id FROM shown_source x WHERE x.publisher IN
                 (SELECT name FROM shown_publisher WHERE folded LIKE ?))""",
    actor=f"""(r.kind = 'actor' AND r.ref IN ({_ACTORS})
              OR r.kind = 'event' AND r.ref IN (
                  SELECT x.event_id FROM shown_actor x WHERE x.actor_id IN ({_ACTORS}))
              OR r.kind = 'dossier' AND r.ref IN (
                  SELECT e.dossier_id FROM shown_event e JOIN shown_actor x USING (event_id)
                  WHERE x.actor_id IN ({_ACTORS})))""",
    kind="r.kind",
)
ITEMS = Target(
    index="item_search",
    key="r.item_id",
    publisher="r.publisher IN (SELECT code FROM shown_publisher WHERE folded LIKE ?)",
    actor=f"r.item_id IN (SELECT m.item_id FROM mention m WHERE m.actor_id IN ({_ACTORS}))",
    kind="'item'",
)


def condition(tree: Node | None, target: Target) -> Condition:
    """The condition of a tree; nothing passes when there is no tree."""
    if tree is None:
        return Condition("", _NOTHING, ())
    if whole := _match(tree):
        return Condition(whole, "1", ())
    if isinstance(tree, And):
        words = [one for one in tree.nodes if _match(one)]
        rest = [one for one in tree.nodes if one not in words]
        if words:
            # what must be absent is cheapest inside the index
            absent = [one for one in rest if isinstance(one, Not) and _match(one.node)]
            match = _match(And((*words, *absent))) if len(words) + len(absent) > 1 else _match(words[0])
            where, params = _where(And(tuple(one for one in rest if one not in absent)), target)
            return Condition(match, where, params)
    where, params = _where(tree, target)
    return Condition("", where, params)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'


def _alternatives(term: Term) -> str:
    first = _quoted(term.text) + (" *" if term.how == "prefix" else "")
    return " OR ".join([first, *(_quoted(one) for one in term.forms)])


def _match(node: Node) -> str:
    """The tree in the MATCH language, or empty when it cannot be said there."""
    if isinstance(node, Term):
        return f"({_alternatives(node)})"
    if isinstance(node, Field):
        return f"({{title}} : ({_alternatives(node.term)}))" if node.name == "title" else ""
    if isinstance(node, Wide):
        own = _match(node.node)
        return f"({own} OR {' OR '.join(_alternatives(one) for one in node.equivalents)})" if own else ""
    if isinstance(node, Or):
        parts = [_match(one) for one in node.nodes]
        return f"({' OR '.join(parts)})" if all(parts) else ""
    if isinstance(node, And):
        present = [_match(one) for one in node.nodes if not isinstance(one, Not)]
        absent = [_match(one.node) for one in node.nodes if isinstance(one, Not)]
        if present and all(present) and all(absent):
            return f"({' AND '.join(present)}{''.join(f' NOT {one}' for one in absent)})"
    return ""


def _where(node: Node, target: Target) -> tuple[str, tuple[object, ...]]:
    if words := _match(node):
        index = target.index
        return f"{target.key} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", (words,)
    if isinstance(node, Not):
        where, params = _where(node.node, target)
        return f"NOT ({where})", params
    if isinstance(node, And | Or):
        parts = [_where(one, target) for one in node.nodes]
        joined = (" AND " if isinstance(node, And) else " OR ").join(f"({where})" for where, _ in parts)
        return joined or "1", tuple(param for _, params in parts for param in params)
    if isinstance(node, Field):
        return _field(node, target)
    return _NOTHING, ()


def _field(node: Field, target: Target) -> tuple[str, tuple[object, ...]]:
    text = node.term.text
    if node.name == "place":
        return _in("r.jurisdiction", places(text))
    if node.name == "type":
        return _in("r.type", types(text))
    if node.name == "kind":
        return _in(target.kind, kinds(text))
    if node.name == "publisher":
        words = fold(text)
        pattern = f"% {words}%" if node.term.how == "prefix" else f"% {words} %"
        return (target.publisher, (pattern,)) if words else (_NOTHING, ())
    if node.name == "actor":
        asked = _match(Term(text, "prefix" if node.term.how == "prefix" else "word"))
        return target.actor, (asked,) * target.actor.count("?")
    return _NOTHING, ()


def _in(column: str, codes: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
    return (f"{column} IN ({', '.join('?' * len(codes))})", codes) if codes else (_NOTHING, ())


def codes_of(node: Field) -> tuple[str, ...]:
    """What a field of codes was understood as; empty for other fields and for a value that is no code."""
    how = {"place": places, "type": types, "kind": kinds}.get(node.name)
    return how(node.term.text) if how else ()


def places(text: str) -> tuple[str, ...]:
    """Jurisdictions by code or by name in English or French: ``fr``, ``France``, ``royaume-uni``."""
    return _labelled(("jurisdictions",)).get(fold({"gb": "uk", "usa": "us", "ue": "eu"}.get(fold(text), text)), ())


def kinds(text: str) -> tuple[str, ...]:
    """Kinds of results by their names."""
    return tuple(code for code, words in _KIND_WORDS.items() if fold(text) in words)


def types(text: str) -> tuple[str, ...]:
    """Types of events, tracks of files, kinds of actors and documents: by code, by label, or by a word of the label."""
    known = _labelled(_TYPES)
    if found := known.get(fold(text)) or known.get(fold(text.replace("_", " "))):
        return found
    wanted = set(fold(text).split()) or {""}
    return tuple(dict.fromkeys(code for name, codes in known.items() if wanted <= set(name.split()) for code in codes))


@cache
def _labelled(lists: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Folded code or label -> codes."""
    vocabulary = load_vocabulary()
    found: dict[str, dict[str, None]] = {}
    for name in lists:
        for code in vocabulary.codes(name):
            for word in (code, *(vocabulary.label(name, code, lang) for lang in LANGUAGES)):
                found.setdefault(fold(word), {})[code] = None
    return {word: tuple(codes) for word, codes in found.items()}
