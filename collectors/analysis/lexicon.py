"""The reading rules kept as data: ``data/reference/lexicon/*.toml``, loaded once.

A pattern is a regular expression over normalised text (:func:`normalise`), matched without regard
to case unless its table says otherwise (:mod:`collectors.analysis.sieve`).
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import ReferenceDataError

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference" / "lexicon"
LANGUAGES = ("fr", "en", "de", "it", "es", "da")


@cache
def load(name: str) -> dict[str, Any]:
    """The table of ``<name>.toml``. Raises ReferenceDataError when it is not TOML or not there."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ReferenceDataError(path.name, 0, str(error)) from error


def language(lang: str) -> str:
    """The two-letter code when we have rules for it, else an empty string."""
    short = lang.strip().lower().replace("_", "-").partition("-")[0]
    short = {"nb": "da", "dk": "da"}.get(short, short)
    return short if short in LANGUAGES else ""


@cache
def rule_version() -> str:
    """A short hash of every rule file: a reading says which rules made it."""
    digest = hashlib.sha256()
    for path in sorted([*FOLDER.glob("*.toml"), *Path(__file__).parent.glob("*.py")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
