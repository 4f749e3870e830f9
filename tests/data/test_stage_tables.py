"""What the sources' own codes mean is said in our vocabulary, in every table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from data.vocabulary import load_vocabulary
from tests.shared import ROOT

TABLES = sorted((ROOT / "data" / "reference" / "stages").glob("*.toml"))
WORDS = load_vocabulary()


def meanings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for inner in value.values():
            yield from meanings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from meanings(inner)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_type_stage_and_outcome_is_one_of_ours(path):
    for meaning in meanings(tomllib.loads(path.read_text(encoding="utf-8"))):
        if not isinstance(meaning["type"], str):
            continue
        assert WORDS.has("event_types", meaning["type"]), meaning
        assert not meaning.get("stage") or WORDS.has("stages", meaning["stage"]), meaning
        assert meaning.get("outcome", "") in ("", "none") or WORDS.has("outcomes", meaning["outcome"]), meaning
