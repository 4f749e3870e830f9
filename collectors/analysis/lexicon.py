"""The reading rules kept as data: ``data/reference/lexicon/*.toml``, loaded once.

A pattern is a regular expression over normalised text (:func:`normalise`), matched without regard
to case unless its table says otherwise (:mod:`collectors.analysis.sieve`).
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import ReferenceDataError

_ROOT = Path(__file__).resolve().parents[2]
FOLDER = _ROOT / "data" / "reference" / "lexicon"
LANGUAGES = ("fr", "en", "de", "it", "es", "da")

# what a reading depends on and stands elsewhere
_BESIDE = (
    "collectors/interpret.py",
    "collectors/language.py",
    "collectors/watching.py",
    "data/reference/actors.csv",
    "data/reference/watch.toml",
)
#: the setting that names installed models, see :mod:`collectors.analysis.proposals`
MODELS = "MONITOR_MODELS"
_MEASURING = {"offices.py", "predictions.py", "scoring.py"}


@cache
def load(name: str) -> dict[str, Any]:
    """The table of ``<name>.toml``. Raises ReferenceDataError when it is not TOML or not there."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ReferenceDataError(path.name, 0, str(error)) from error


def patterns(entries: Iterable[str | list[str]]) -> list[str]:
    """The patterns of a list: one too long for a line is written as a list of its pieces."""
    return [entry if isinstance(entry, str) else "".join(entry) for entry in entries]


def language(lang: str) -> str:
    """The two-letter code when we have rules for it, else an empty string."""
    short = lang.strip().lower().replace("_", "-").partition("-")[0]
    short = {"nb": "da", "dk": "da"}.get(short, short)
    return short if short in LANGUAGES else ""


@cache
def rule_version() -> str:
    """A short hash of everything that decides how a text is read: a reading says which rules made it.

    Rule files, the code that applies them, the lists of names and of watched articles, the models that may propose
    names (their setting); not what only measures.
    """
    digest = hashlib.sha256()
    code = [path for path in Path(__file__).parent.glob("*.py") if path.name not in _MEASURING]
    read = [*FOLDER.glob("*.toml"), *code, *(_ROOT / name for name in _BESIDE)]
    for path in sorted(read, key=lambda one: one.name):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    digest.update(os.environ.get(MODELS, "").encode())
    return digest.hexdigest()[:12]
