"""A piece told again under another name is no second piece; what really differs is never taken for the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from collectors.__main__ import main
from collectors.clock import fixed_clock
from collectors.interpret import Interpreter
from collectors.outcomes import Fetched, Outcome, Validators
from collectors.run import Plan, collect
from data import migrations, store_sources
from data.database import Database, collected_path, open_writer, rows
from data.models import Response
from data.readings import MASK
from data.reference import load_sources

FEED = replace(
    next(one for one in load_sources() if one.collector == "feed" and one.articles and one.lang == "fr"),
    urls=("https://feed.example.org/rss",),
    min_records=0,
)
#: names a private person, whom the stored words hide
PRIVATE = "Deepfakes : Jeanne Martin porte plainte contre l'auteur d'un hypertrucage à caractère sexuel"
PAGE = (
    f"<html lang='fr'><body><article><p>{'Une enquête est ouverte sur les hypertrucages. ' * 20}</p></article></body>"
)


STORED = """
    SELECT i.*, t.*, EXISTS (SELECT 1 FROM on_subject_item o WHERE o.item_id = i.item_id) AS on_subject
    FROM item i JOIN item_text t USING (item_id)
"""


@dataclass(frozen=True)
class Piece:
    """An entry of the feed."""

    guid: str
    url: str = "https://feed.example.org/1"
    title: str = "Deepfakes : une enquête"
    words: str = "L'Arcom enquête sur les hypertrucages."
    day: int = 12

    def entry(self) -> str:
        date = f"<pubDate>Mon, {self.day} Jan 2026 10:00:00 +0100</pubDate>" if self.day else ""
        return (
            f"<item><title>{self.title}</title><link>{self.url}</link><guid isPermaLink='false'>{self.guid}</guid>"
            f"<description>{self.words}</description>{date}</item>"
        )


@dataclass
class Publisher:
    """A feed that is told anew at every visit, and a page for each article."""

    db: Database
    reader: Interpreter = field(default_factory=Interpreter)
    n: int = 0
    body: str = ""
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, **_: object) -> Outcome:
        self.asked.append(url)
        body, kind = (self.body, "application/rss+xml") if url in FEED.urls else (PAGE, "text/html")
        at = f"2026-11-25T06:{self.n:02}:00Z"
        return Fetched(Response(url, 200, {"content-type": kind}, body.encode(), at, url), Validators())

    def tells(self, *pieces: Piece) -> list[str]:
        """A visit; returns the names of the items that are stored then."""
        self.n += 1
        self.body = (
            f"<rss version='2.0'><channel><title>{self.n}</title>{''.join(p.entry() for p in pieces)}</channel></rss>"
        )
        clock = fixed_clock(f"2026-11-25T06:{self.n:02}:00Z")
        outcomes = collect(self.db, Plan([FEED], jobs=1), self, self.reader, clock, lambda _: None, lambda: None)
        assert outcomes == {FEED.id: "ok"}
        return [row["external_id"] for row in rows(self.db, "SELECT external_id FROM item ORDER BY item_id")]


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = open_writer(collected_path())
    migrations.migrate(found)
    store_sources.source_rows(found, [FEED])
    return Publisher(found)


@pytest.mark.parametrize(
    "piece",
    [
        Piece("a"),
        Piece("a", title=PRIVATE),
        Piece("a", words=""),
        Piece("a", day=0),
        Piece("a", title="Nouvelle du jour", words="Sans rapport."),
    ],
    ids=["plain", "names under the mask", "the text is that of its page", "no day", "not on the subject"],
)
def test_a_piece_under_another_name_is_the_same_piece(publisher: Publisher, piece: Piece):
    publisher.tells(piece)
    before = rows(publisher.db, STORED)
    again = Piece("b", piece.url, piece.title, piece.words, piece.day)
    assert publisher.tells(again) == ["a"]
    after = rows(publisher.db, STORED)
    assert [row | {"last_seen_at": ""} for row in after] == [row | {"last_seen_at": ""} for row in before]
    assert (MASK in after[0]["title"]) == (piece.title == PRIVATE)
    assert after[0]["last_seen_at"] > before[0]["last_seen_at"]
    assert publisher.asked.count(piece.url) == after[0]["on_subject"], "its page is not asked for again"
    assert bool(after[0]["text"]) == after[0]["on_subject"]


@pytest.mark.parametrize(
    "other",
    [
        Piece("b", url="https://feed.example.org/2"),
        Piece("b", title="Deepfakes : une autre enquête"),
        Piece("b", words="L'Arcom clôt son enquête sur les hypertrucages."),
        Piece("b", day=13),
    ],
    ids=["address", "title", "words", "day"],
)
def test_what_differs_in_one_thing_is_another_piece(publisher: Publisher, other: Piece):
    publisher.tells(Piece("a"))
    assert publisher.tells(other) == ["a", "b"]


def test_a_piece_that_says_next_to_nothing_is_told_by_its_name_alone(publisher: Publisher):
    publisher.tells(Piece("a", words="", day=0, title="Nouvelle"))
    assert publisher.tells(Piece("b", words="", day=0, title="Nouvelle")) == ["a", "b"]


def test_who_still_tells_the_old_name_tells_two_pieces(publisher: Publisher):
    publisher.tells(Piece("a"))
    assert publisher.tells(Piece("b"), Piece("a", words="L'Arcom a enquêté.")) == ["a", "b"]


def test_names_made_anew_at_every_visit_make_no_second_piece(publisher: Publisher):
    for n in range(4):
        told = publisher.tells(Piece(f"x{n}"), Piece(f"y{n}", url="https://feed.example.org/2"))
    assert told == ["x0", "y0"]


def test_made_again_of_the_answers_it_is_the_same_piece(publisher: Publisher):
    for name in "abc":
        told = publisher.tells(Piece(name), Piece(f"{name}2", url="https://feed.example.org/2", title=PRIVATE))
    publisher.db.close()
    assert told == ["a", "a2"]
    assert main(["rebuild", "--check", "--now", "2026-11-25T07:00:00Z"]) == 0
