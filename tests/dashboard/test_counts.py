"""A number beside a word agrees with it in every language: each count has a singular, or a reason to need none."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from dashboard.i18n import LANGUAGES, plural, words
from tests.dashboard.test_words import fields, modules

#: values of a text that count things, whatever their name
COUNTS = frozenset(
    ["n", "of", "total", "done", "records", "shown", "lanes", "glyphs", "statements", "votes", "actors", "measures"]
)
#: keys with a count that need no singular, each with its reason
NO_SINGULAR = {
    "export.choose_help": "there are always many formats",
    "cite.source": "the words stand before the number",
    "writing.percent": "a rate",
    "progress.left": "minutes, abbreviated",
    "date.quarter": "the number of a quarter",
    "chart.chosen": "the words stand before the number",
    "chart.alt": "its counts come with their words",
    "positions.count": "its counts come with their words",
    "positions.alt": "its counts come with their words",
    "sources.outdated": "the words stand before the number",
    "desk.count": "the words stand before the number",
    "desk.file.csv": "a name with the number in brackets",
    "desk.file.json": "a name with the number in brackets",
    "desk.file.notes": "a name with the number in brackets",
    "file.col_months": "always the same number of months",
    "file.bars_alt": "always the same number of months",
    "search.capped": "always the same number, a large one",
    "search.every.dossier": "more than are listed, so several",
    "search.every.actor": "more than are listed, so several",
    "search.every.event": "more than are listed, so several",
    "search.every.item": "more than are listed, so several",
    "piece.cut": "thousands of letters",
    "compare.most_places": "the most columns and more than these, so several",
    "compare.stages": "a run of stages, so several",
    "compare.incident_title": "30 days or more",
    "compare.kinds_missing": "30 days or more",
    "compare.by_country": "30 days or more",
    "compare.nothing": "30 days or more",
    "compare.listed": "always the same number, a large one",
    "network.shown": "always the same number, several",
    "network.shared_shown": "always the same number, several",
    "positions.shown": "always the same number, several",
    "positions.more_actors": "more than are shown, so several",
    "positions.more_measures": "more than are shown, so several",
}
FORMS = (".one", ".other")


def without_singular(texts: Mapping[str, str]) -> set[str]:
    """Keys with a count in their text that are no form of a whole plural: both forms, or none counts as one."""
    named = {key.rpartition(".")[0] for key in texts if key.endswith(FORMS)}
    whole = {key for key in named if all(key + form in texts for form in FORMS)}
    counted = {key for key, text in texts.items() if fields(text) & COUNTS}
    return {key for key in counted if not (key.endswith(FORMS) and key.rpartition(".")[0] in whole)}


def test_a_count_without_a_singular_is_found():
    told = {"a": "{n} files", "b.one": "{n} file", "b.other": "{n} files", "c.other": "{n} votes", "d": "{name}"}
    assert without_singular(told) == {"a", "c.other"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_count_has_a_singular_or_says_why_it_needs_none(lang: str):
    assert without_singular(words(lang)) == NO_SINGULAR.keys()


def test_no_page_chooses_a_form_by_itself():
    """A plural read with ``t`` would show one form for every number."""
    plurals = {key.rpartition(".")[0] for key in words("en") if key.endswith(FORMS)}
    wrong = [
        (path.name, node.lineno)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t"
        for key in ast.walk(node.args[0])
        if isinstance(key, ast.Constant) and (key.value in plurals
                                              or any(str(key.value) == one + form for one in plurals for form in FORMS))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "1 statement, 1 vote, 1 actor, 1 measure, 1 lane, 1 event, 1 day, 1 event with a mark, Source (1)"),
        ("fr", "1 déclaration, 1 vote, 1 acteur, 1 mesure, 1 couloir, 1 fait, 1 jour, 1 fait marqué, Source (1)"),
    ],
)
def test_one_of_each_kind_reads_rightly(lang: str, told: str):
    keys = ("count.statements", "count.votes", "count.actors", "count.measures", "count.lanes", "compare.events",
            "compare.days", "count.marks", "card.sources")  # fmt: skip
    assert ", ".join(plural(key, 1, lang) for key in keys) == told


def test_several_read_rightly():
    assert [plural("card.sources", 2, lang) for lang in ("en", "fr")] == ["Sources (2)", "Sources (2)"]
    assert plural("count.statements", 0, "fr") == "0 déclaration" and plural("count.votes", 0, "en") == "0 votes"
