"""One whole annotated article, from the file to the exports: everything in it is found, and no victim of it anywhere.

The article and its annotation stand beside the project, where they are at all; their names are read from there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from collectors.__main__ import main
from data import search
from data.database import Database, collected_path, open_immutable, published_path, rows
from data.export.__main__ import main as export
from data.models import When
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

FORMATS = ("csv", "timelinejs", "ics")


@dataclass(frozen=True)
class Article:
    """The annotated article, and the databases before and after it was added."""

    gold: dict[str, Any]
    before: dict[str, str]
    after: dict[str, str]
    db: Database
    item_id: int

    @property
    def victims(self) -> set[str]:
        """Whole names of the victims and every word of them."""
        named = {actor["name"] for actor in self.gold["actors"] if "victim" in actor["role"]}
        return named | {word for name in named for word in name.split()}

    @property
    def actors(self) -> list[dict[str, Any]]:
        return [actor for actor in self.gold["actors"] if "victim" not in actor["role"]]

    def told(self, table: str) -> list[dict[str, Any]]:
        return rows(self.db, f"SELECT * FROM {table} WHERE item_id = ? ORDER BY start", (self.item_id,))


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Article]:
    gold = next(
        one
        for one in map(json.loads, (SHARED / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines())
        if one["id"] == "seed-001"
    )
    (file,) = (SHARED / "seed").glob("*.txt")
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        assert main(["build"]) == 0
        before = everything(home)
        assert main(["add", str(file), "--published", gold["published"]]) == 0
        after = everything(home)
        db = open_immutable(published_path())
    (item,) = rows(db, "SELECT item_id FROM item WHERE source_id = 'clippings'")
    yield Article(gold, before, after, db, item["item_id"])
    db.conn.close()


def everything(home: Path) -> dict[str, str]:
    """What is kept, published and given away, as text: each table of both databases, each export."""
    found = {}
    for path in (collected_path(), published_path()):
        db = open_immutable(path)
        for table in db.table_names():
            if not table.startswith("item_search_"):  # the index is asked, not read
                found[f"{path.stem}.{table}"] = "\n".join(str(row) for row in db[table].rows)
        db.conn.close()
    for name in FORMATS:
        target = home / name
        assert export([name, "--out", str(target)]) == 0
        found[name] = target.read_text(encoding="utf-8")
    return found


def counts(text: str, word: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))


def test_every_actor_is_found_wherever_it_stands_and_taken_for_one(article: Article) -> None:
    mentions = article.told("mention")
    for actor in article.actors:
        here = [
            [m for m in mentions if m["start"] < end and start < m["end"] and m["actor_id"]]
            for start, end in actor["mentions"]
        ]
        assert all(here), f"{actor['name']}: a mention is missed"
        assert len({m["actor_id"] for found in here for m in found}) == 1, actor["name"]
    names = {m["actor_id"] for m in mentions}
    assert len(names) == len(article.actors)


def test_every_event_is_found_with_its_day_and_kind_and_no_other(article: Article) -> None:
    found = rows(article.db, "SELECT * FROM event WHERE item_id = ?", (article.item_id,))
    said = sorted((When.parse(one["date"]).iso(), one["type"]) for one in article.gold["events"])
    assert sorted((when(one).iso(), one["type"]) for one in found) == said


def when(event: dict[str, Any]) -> When:
    between = f"{event['date_start']}/{event['date_end']}"
    whole = {"year": event["date_start"][:4], "month": event["date_start"][:7], "day": event["date_start"]}
    return When.parse(whole.get(event["date_precision"], between))


def test_an_event_has_an_actor_of_its_own(article: Article) -> None:
    mentions = article.told("mention")
    ids = {
        actor["name"]: next(m["actor_id"] for m in mentions if m["start"] < actor["mentions"][0][1] <= m["end"])
        for actor in article.actors
    }
    for one in article.gold["events"]:
        found = rows(
            article.db,
            "SELECT a.actor_id FROM event e JOIN event_actor a USING (event_id) "
            "WHERE e.item_id = ? AND e.type = ? AND e.date_start = ?",
            (article.item_id, one["type"], When.parse(one["date"]).start.isoformat()),
        )
        wanted = {ids[name] for name in one["actors"] if name in ids}
        assert not wanted or wanted & {row["actor_id"] for row in found}, one["summary"]


def test_the_article_of_law_is_found(article: Article) -> None:
    assert [(one["start"], one["end"], one["normalised"]) for one in article.told("legal_reference")] == [
        (one["start"], one["end"], one["normalised"]) for one in article.gold["legal_refs"]
    ]


def test_every_figure_is_found_with_its_value(article: Article) -> None:
    found = article.told("figure")
    for one in article.gold["figures"]:
        here = [figure for figure in found if figure["start"] < one["end"] and one["start"] < figure["end"]]
        assert [figure["value"] for figure in here] == [one["value"]], one["text"]


def test_its_victims_are_in_no_table_and_no_export(article: Article) -> None:
    assert len(article.victims) >= 4
    told = [one["name"] for one in article.actors]
    for place in ("collected.mention", *FORMATS):
        new = [name for name in told if counts(article.after[place], name) > counts(article.before[place], name)]
        assert new, f"names that may be told are told in {place}: the check can fail"
    for name in article.victims:
        assert counts(article.gold["text"], name), "the article names its victims: the check can fail"
        leaks = [
            place for place, text in article.after.items() if counts(text, name) > counts(article.before[place], name)
        ]
        assert leaks == [], f"a victim is named in {leaks}"


def test_its_victims_are_not_found_by_searching(article: Article) -> None:
    known = search.search(article.db, "Crans-Montana", kind="item").total
    assert known == 1, "the article is in the index"
    for name in article.victims:
        hits = search.search(article.db, name, kind="item").hits
        assert [hit for hit in hits if "attaque sexiste" in hit.title] == []
