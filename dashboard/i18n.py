"""The words of the interface in each language. No Streamlit here: the language comes in as an argument.

Words of the domain (stages, types, roles) live with the vocabulary in ``data/reference/vocabulary``; here
are only those of the pages. A key that a language lacks falls back to English; a test finds it first.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from data.vocabulary import UNKNOWN, load_vocabulary

LANGUAGES = ("fr", "en")
DEFAULT = "en"
_FOLDER = Path(__file__).parent / "locales"


@cache
def words(lang: str) -> dict[str, str]:
    """key -> text of one language; nested tables become dotted keys."""
    found: dict[str, str] = {}

    def walk(prefix: str, part: dict[str, object]) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                found[prefix + key] = str(value)

    walk("", tomllib.loads((_FOLDER / f"{lang}.toml").read_text(encoding="utf-8")))
    return found


def t(key: str, lang: str, **values: object) -> str:
    """The interface's text for ``key``. Raises KeyError for a key that no language has."""
    text = words(lang).get(key) or words(DEFAULT)[key]
    return text.format(**values) if values else text


def plural(key: str, n: int, lang: str, **values: object) -> str:
    """The text for ``n`` things: of ``key.one`` or ``key.other``, with ``{n}`` written as a number of the language.

    French takes the singular for 0 and 1, English for 1 alone.
    """
    is_one = n < 2 if lang == "fr" else n == 1
    return t(f"{key}.{'one' if is_one else 'other'}", lang, n=number(n, lang), **values)


def label(list_name: str, code: str, lang: str) -> str:
    """The vocabulary's label of a code; the code itself when the list lacks it, so that it can be seen and reported."""
    terms = load_vocabulary().lists.get(list_name, {})
    return load_vocabulary().label(list_name, code, lang) if code in terms else code


def labels(list_name: str, lang: str) -> dict[str, str]:
    """Every code of a list with its label."""
    return {code: label(list_name, code, lang) for code in load_vocabulary().codes(list_name)}


def stage_label(track: str, code: str, lang: str) -> str:
    """The label of a stage of a track, or of a stage code whatever its track."""
    vocabulary = load_vocabulary()
    if track in vocabulary.ladders and (code == UNKNOWN or vocabulary.has_stage(track, code)):
        return vocabulary.stage_label(track, code, lang)
    return label("stages", code, lang)


def number(value: int, lang: str) -> str:
    """A whole number with the language's thousands separator."""
    return f"{value:,}".replace(",", "\u202f" if lang == "fr" else ",")
