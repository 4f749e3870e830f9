"""What is looked for beside the words as typed: their other forms, and the same thing in other languages.

The table of equivalents is reviewed data (``data/reference/search_terms.toml``): one table a concept, its words
per language. Labels of the vocabulary that translate each other are equivalents too. A query is widened where a
run of plain words is a concept; quotes, beginnings and fields stay as typed.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

from data.errors import ReferenceDataError
from data.fold import fold
from data.query_language import EMPTY_WORDS, And, Field, Node, Not, Or, Term, Wide
from data.vocabulary import LANGUAGES, load_vocabulary
from data.word_forms import forms, phrase_forms

PATH = Path(__file__).parent / "reference" / "search_terms.toml"
TERM_LANGUAGES = ("en", "fr", "de", "it", "es", "da")
#: lists whose labels are words of the subject
LABELLED = ("harms", "approaches", "event_types", "jurisdictions")
LONGEST = 5  # words of a concept


@functools.cache
def load_search_terms(path: Path = PATH) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Concept -> language -> words. Raises ReferenceDataError for a broken rule."""
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReferenceDataError(path.name, 1, str(error)) from error
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    owners: dict[tuple[str, str], str] = {}
    for concept, words in tables.items():
        line = next(
            (number for number, one in enumerate(text.splitlines(), start=1) if one.strip() == f"[{concept}]"), 1
        )

        def broken(problem: str, line: int = line, concept: str = concept) -> ReferenceDataError:
            return ReferenceDataError(path.name, line, f"{concept}: {problem}")

        if not isinstance(words, dict) or not all(words.get(lang) for lang in LANGUAGES):
            raise broken("needs words in en and fr")
        for lang, own in words.items():
            if lang not in TERM_LANGUAGES:
                raise broken(f"language {lang!r} is none of {', '.join(TERM_LANGUAGES)}")
            if not isinstance(own, list) or not all(isinstance(word, str) and fold(word) for word in own):
                raise broken(f"{lang} is no list of words")
            for word in own:
                if len(fold(word).split()) > LONGEST:
                    raise broken(f"{word!r} has more than {LONGEST} words")
                if owners.setdefault((lang, fold(word)), concept) != concept:
                    raise broken(f"{word!r} also belongs to {owners[lang, fold(word)]!r}")
        found[concept] = {lang: tuple(own) for lang, own in words.items()}
    return found


@functools.cache
def _equivalents() -> dict[str, tuple[str, ...]]:
    """Key of a word, in each of its forms -> the words of its concepts."""
    groups = [[word for own in words.values() for word in own] for words in load_search_terms().values()]
    vocabulary = load_vocabulary()
    for name in LABELLED:
        groups += [[vocabulary.label(name, code, lang) for lang in LANGUAGES] for code in vocabulary.codes(name)]
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for word in group:
            for one in (word, *_forms(word)):
                found.setdefault(_key(one), {}).update(dict.fromkeys(group))
    return {word: tuple(others) for word, others in found.items()}


def _key(words: str) -> str:
    """Folded, without the words that say nothing: "projet de loi" and "projet loi" are one."""
    parts = fold(words).split()
    return " ".join([one for one in parts if one not in EMPTY_WORDS] or parts)


def equivalents(words: str) -> tuple[Term, ...]:
    """The same thing in other words and languages, each once; empty when the table has no such concept."""
    own = {fold(words), *(fold(one) for one in _forms(words))}
    others = {fold(one): one for one in reversed(_equivalents().get(_key(words), ()))}
    return tuple(
        Term(one, "phrase" if " " in key else "word", _forms(one, verbs=False))
        for key, one in reversed(others.items())
        if key not in own
    )


def widen(node: Node, *, languages: bool = True) -> Node:
    """The tree with other forms of each plain word and, if ``languages``, with equivalents."""
    if isinstance(node, Term):
        return _wide(_with_forms(node), equivalents(node.text) if languages and node.how == "word" else ())
    if isinstance(node, Field):
        return node if node.name != "title" else Field(node.name, _with_forms(node.term))
    if isinstance(node, Not):  # what must be absent is taken at its word, in its forms alone
        return Not(widen(node.node, languages=False))
    if isinstance(node, Or):
        return Or(tuple(widen(one, languages=languages) for one in node.nodes))
    if isinstance(node, And):
        return _wide_run(node, languages)
    return node


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Folded word of the table, in each of its forms -> the languages it belongs to."""
    found: dict[str, dict[str, None]] = {}
    derived: dict[str, dict[str, None]] = {}
    for table in load_search_terms().values():
        for lang, own in table.items():
            for word in own:
                found.setdefault(fold(word), {})[lang] = None
                for one in forms(word, (lang,)):
                    derived.setdefault(fold(one), {})[lang] = None
    return {word: tuple(langs) for word, langs in {**derived, **found}.items()}


def _with_forms(term: Term) -> Term:
    return Term(term.text, term.how, _forms(term.text)) if term.how == "word" else term


def _forms(words: str, *, verbs: bool = True) -> tuple[str, ...]:
    """Other forms; without ``verbs`` no English verb endings: whoever asks for a loi does not mean *acting*."""
    langs = _languages().get(fold(words), LANGUAGES)
    if not verbs and "en" in langs:
        langs = ("fr",)  # the same plurals
    if len(words.split()) > 1:
        return phrase_forms(words, EMPTY_WORDS) if {"en", "fr"}.intersection(langs) else ()
    return forms(words, langs)


def _wide(node: Node, words: tuple[Term, ...]) -> Node:
    return Wide(node, words) if words else node


def _wide_run(node: And, languages: bool) -> Node:
    """Neighbouring words that are one concept together, the longest run first."""
    nodes = list(node.nodes)
    found: list[Node] = []
    at = 0
    while at < len(nodes):
        length = 1
        same: tuple[Term, ...] = ()
        for size in range(min(LONGEST, len(nodes) - at), 1, -1):
            run = nodes[at : at + size]
            if languages and all(isinstance(one, Term) and one.how == "word" for one in run):
                same = equivalents(" ".join(one.text for one in run if isinstance(one, Term)))
                if same:
                    length = size
                    break
        if length > 1:
            words = tuple(_with_forms(one) for one in nodes[at : at + length] if isinstance(one, Term))
            found.append(Wide(And(words), same))
        else:
            found.append(widen(nodes[at], languages=languages))
        at += length
    return And(tuple(found)) if len(found) > 1 else found[0]
