"""The words of the interface in each language. No Streamlit here: the language comes in as an argument.

A language is one file of ``locales``: ``de.toml`` adds German. Words of the domain (stages, types, roles) live with
the vocabulary in ``data/reference/vocabulary``, in French and English; a further language brings its own under
``[vocabulary]``. What a language lacks falls back to English; ``python -m dashboard`` names it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from data.vocabulary import LANGUAGES as WRITTEN
from data.vocabulary import UNKNOWN, load_vocabulary

DEFAULT = "en"
_FOLDER = Path(__file__).parent / "locales"


def languages(folder: Path = _FOLDER) -> tuple[str, ...]:
    """Codes of the languages that have a file: French first, then English, then the others by their code."""
    found = (path.stem for path in folder.glob("*.toml"))
    return tuple(sorted(found, key=lambda code: (code != "fr", code != DEFAULT, code)))


LANGUAGES = languages()

#: a space before or after a sign that French sets apart from its word; a backslash is markdown's
_APART = re.compile(r" (?=\\?[:;?!»])|(?<=«) ")


def bound(text: str) -> str:
    """``text`` with the signs that French sets apart kept on the line of their word. Other languages have no such."""
    return _APART.sub("\u00a0", text)


@cache
def words(lang: str, folder: Path = _FOLDER) -> dict[str, str]:
    """key -> text of one language; nested tables become dotted keys."""
    found: dict[str, str] = {}

    def walk(prefix: str, part: dict[str, object]) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                found[prefix + key] = bound(str(value))

    walk("", tomllib.loads((folder / f"{lang}.toml").read_text(encoding="utf-8")))
    return found


def missing(lang: str, folder: Path = _FOLDER) -> list[str]:
    """Keys the language lacks and shows in English: of the pages, and ``vocabulary.LIST.CODE`` of the domain."""
    known = words(lang, folder)
    domain = [
        f"vocabulary.{name}.{code}"
        for name, terms in load_vocabulary().lists.items()
        for code, term in terms.items()
        if term.labels.get(DEFAULT) and not term.labels.get(lang)
    ]
    return [key for key in (*words(DEFAULT), *domain) if not known.get(key, "").strip(" \n")]


def t(key: str, lang: str, **values: object) -> str:
    """The interface's text for ``key``. Raises KeyError for a key that no language has."""
    text = words(lang).get(key) or words(DEFAULT)[key]
    return text.format(**values) if values else text


def plural(key: str, n: int, lang: str, **values: object) -> str:
    """The text for ``n`` things: of ``key.one`` or ``key.other``, with ``{n}`` written as a number of the language.

    Which numbers are singular the language says: 1 in English, 0 and 1 in French.
    """
    is_one = str(n) in t("writing.singular", lang).split()
    return t(f"{key}.{'one' if is_one else 'other'}", lang, n=number(n, lang), **values)


def label(list_name: str, code: str, lang: str) -> str:
    """The vocabulary's label of a code; the code itself when the list lacks it, so that it can be seen and reported."""
    if own := words(lang).get(f"vocabulary.{list_name}.{code}"):
        return own
    terms = load_vocabulary().lists.get(list_name, {})
    return load_vocabulary().label(list_name, code, lang) if code in terms else code


def labels(list_name: str, lang: str) -> dict[str, str]:
    """Every code of a list with its label."""
    return {code: label(list_name, code, lang) for code in load_vocabulary().codes(list_name)}


def stage_label(track: str, code: str, lang: str) -> str:
    """The label of a stage of a track, or of a stage code whatever its track."""
    vocabulary = load_vocabulary()
    if own := words(lang).get(f"vocabulary.stages.{code}"):
        return own
    if track in vocabulary.ladders and (code == UNKNOWN or vocabulary.has_stage(track, code)):
        return vocabulary.stage_label(track, code, lang)
    return label("stages", code, lang)


def written(lang: str) -> str:
    """The language of exports and of what is said of coverage for a reader of ``lang``: those of the vocabulary."""
    return lang if lang in WRITTEN else DEFAULT


def number(value: int, lang: str) -> str:
    """A whole number with the language's thousands separator."""
    return f"{value:,}".replace(",", t("writing.thousands", lang))


def quoted(text: str, lang: str) -> str:
    """Words of others in the quotation marks of the language."""
    return t("writing.quote", lang, words=text)
