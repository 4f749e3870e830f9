"""A query told in words: how it was understood, what was mended, what else was looked for. Pure, plain text."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.i18n import label, t
from data.query_language import And, Field, Node, Not, Or, Query, Term, Wide
from data.rows import AlsoSearched
from data.search_sql import codes_of

_LISTS = {"place": ("jurisdictions",), "type": ("event_types", "tracks", "actor_kinds", "item_kinds")}
#: labels of a field of codes that are told before "…"
_SOME = 6


def sentence(query: Query, lang: str) -> str:
    """``all of: labelling, Ofcom; not: bank``; empty when there is nothing to look for."""
    return _told(query.tree, lang) if query.tree is not None else ""


def mended(query: Query, lang: str) -> list[str]:
    """What was malformed and how it was read, and the words left out, one sentence each."""
    told = [t(f"query.repair.{code}", lang) for code in query.repairs]
    if query.left_out:
        told.append(t("query.left_out", lang, words=", ".join(quoted(one, lang) for one in query.left_out)))
    return told


def also(found: Sequence[AlsoSearched], lang: str) -> str:
    """``deepfakes, hypertrucage``; of several words ``deepfakes, hypertrucage (for deepfake); laws (for law)``."""
    if len(found) == 1 and not found[0].must_be_absent:
        return ", ".join((*found[0].forms, *found[0].equivalents))
    told = []
    for one in found:
        others = ", ".join((*one.forms, *one.equivalents))
        told.append(
            t("query.also_not" if one.must_be_absent else "query.also_word", lang, word=one.word, others=others)
        )
    return (" ; " if lang == "fr" else "; ").join(told)


def quoted(text: str, lang: str) -> str:
    """In the quotation marks of the language."""
    return f"«\u00a0{text}\u00a0»" if lang == "fr" else f"“{text}”"


def _told(node: Node, lang: str) -> str:
    if isinstance(node, Term):
        if node.how == "prefix":
            return t("query.begins", lang, word=node.text)
        return quoted(node.text, lang) if node.how == "phrase" else node.text
    if isinstance(node, Field):
        return t(f"query.field.{node.name}", lang, words=_value(node, lang))
    if isinstance(node, Wide):
        return _told(node.node, lang)
    if isinstance(node, Not):
        return t("query.not", lang, words=_inside(node.node, lang))
    if isinstance(node, Or):
        return t("query.any", lang, words=", ".join(_inside(one, lang) for one in node.nodes))
    present = [_inside(one, lang) for one in node.nodes if not isinstance(one, Not)]
    absent = [_inside(one.node, lang) for one in node.nodes if isinstance(one, Not)]
    parts = []
    if present:
        words = ", ".join(present)
        parts.append(t("query.all", lang, words=words) if len(present) > 1 else words)
    if absent:
        parts.append(t("query.not", lang, words=", ".join(absent)))
    return (" ; " if lang == "fr" else "; ").join(parts)


def _inside(node: Node, lang: str) -> str:
    """A part of a list, in brackets when it is a list itself."""
    told = _told(node, lang)
    return f"({told})" if isinstance(node, And | Or | Not) else told


def _value(field: Field, lang: str) -> str:
    """The value of a field: the labels of its codes, or the words with the remark that they are no code."""
    if field.name in _LISTS:
        codes = codes_of(field)
        if not codes:
            return t("query.unknown", lang, words=quoted(field.term.text, lang))
        names = list(dict.fromkeys(_label(field.name, code, lang) for code in codes))
        return ", ".join(names[:_SOME]) + (" …" if len(names) > _SOME else "")
    if field.name == "kind":
        names = [t(f"kind.{code}", lang) for code in codes_of(field)]
        return ", ".join(names) or t("query.unknown", lang, words=quoted(field.term.text, lang))
    return _told(field.term, lang)


def _label(field: str, code: str, lang: str) -> str:
    return next((told for name in _LISTS[field] if (told := label(name, code, lang)) != code), code)
