"""When the rules change, what is kept is read again: shown first, written on demand, never twice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collectors.__main__ import main
from collectors.analysis.lexicon import rule_version
from collectors.interpret import Interpreter
from collectors.originals import Originals
from collectors.rereading import Report, reread
from collectors.watching import NOTHING, Watched
from data import derived, queries, store_kept, store_runs, store_sources
from data.database import Database, collected_path, open_immutable, open_writer, payload_folder, published_path, rows
from data.models import ActorRecord, ItemRecord, Record, Source
from data.readings import MASK, Reading, Relevance
from data.reference import load_sources
from data.store import Entry
from data.store_kept import Wanted
from tests.dump import check_integrity, dump
from tests.replay import feed_entries, official_entries, write_replay
from tests.trust.dying import KILLED, die, in_child

NOW = "2026-11-25T06:00:00Z"
FEEDS = [one for one in load_sources() if one.collector == "feed" and one.lang == "fr" and one.jurisdiction == "fr"][:2]
NAME = "Lila Merval"
STORY = (
    "<item><title>Hypertrucages : une enquête ouverte</title><link>https://example.org/merval</link>"
    "<guid>merval</guid><description>Mercredi 11 mars 2026, le parquet de Paris a ouvert une enquête sur des deepfakes "
    "à caractère sexuel. La chanteuse Lila Merval, victime de ces images générées par l'IA, a porté plainte le 9 mars "
    "2026.</description><pubDate>Thu, 12 Mar 2026 10:00:00 +0100</pubDate></item>"
).encode()
INTERPRET = Interpreter()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after one collection: official records, two feeds, one article that names a victim."""
    home = tmp_path_factory.mktemp("home")
    feeds = [(url, body.replace(b"<item>", STORY + b"<item>", 1), headers) for url, body, headers in
             feed_entries(FEEDS, items=10)]  # fmt: skip
    entries = [*official_entries(None), *feeds]
    write_replay(home / "answers", entries)
    answered = {url for url, _, _ in entries}
    chosen = [option for one in load_sources() if answered.intersection(one.urls) for option in ("--source", one.id)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        main(["collect", "--replay", str(home / "answers"), "--now", NOW, *chosen])
    return home


@pytest.fixture
def home(collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to change."""
    target = tmp_path / "home"
    shutil.copytree(collected, target)
    monkeypatch.setenv("MONITOR_HOME", str(target))
    return target


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    found = open_writer(collected_path())
    yield found
    found.close()


def content() -> list[str]:
    """Everything stored but the change log and how often an event was told."""
    db = open_writer(collected_path())
    check_integrity(db)
    found = [re.sub(r"\('revision', \d+\)", "", line) for line in dump(db) if not line.startswith("revision:")]
    db.close()
    return found


def older(record: Record, source: Source, watched: Watched = NOTHING) -> Entry:
    """Rules that hid nobody, knew no regulator, took every date for an election, and one title for another subject."""
    entry = INTERPRET(record, source, watched)
    if entry.relevance is not None:
        return replace(entry, relevance=replace(entry.relevance, rules="older"))
    if entry.reading is None or not isinstance(record, ItemRecord):
        return entry
    relevance = replace(entry.reading.relevance, rules="older")
    if record.external_id.endswith("/5"):
        return Entry(record, replace(entry.reading, relevance=replace(relevance, relevant=False), events=()))
    events = tuple(replace(one, external_id=f"{one.external_id}o", type="election") for one in entry.reading.events)
    if entry.hidden:
        named = ActorRecord(NAME, "person", "fr", role="speaker")
        events = tuple(
            replace(one, title=f"{NAME}: {one.title}", quote=f"{NAME} {one.quote}", actors=(named,)) for one in events
        )
    mentions = tuple(one for one in entry.reading.mentions if one.actor_id != "fr-arcom")
    reading = replace(entry.reading, relevance=relevance, events=events, mentions=mentions, figures=())
    return Entry(replace(record, lang=entry.record.lang), reading)  # type: ignore[union-attr]


def again(db: Database, interpret: Callable[..., Entry], wanted: Wanted) -> Report:
    sources = {one.id: one for one in (*store_sources.kept_sources(db), *load_sources())}
    originals = Originals(
        lambda digest: store_runs.kept_response(db, payload_folder(), digest, ""),
        lambda source_id: store_kept.masked_ids(db, source_id),
        sources,
    )
    return reread(db, wanted, interpret, originals, sources, at=NOW)


def by_older_rules() -> None:
    db = open_writer(collected_path())
    again(db, older, Wanted("older", everything=True))
    derived.sync_search(db)
    db.close()


def now_with(*options: str) -> int:
    return main(["reread", *options, "--now", NOW])


def test_reading_again_by_the_same_rules_changes_no_row(home: Path, capsys: pytest.CaptureFixture[str]):
    before = content()
    assert any(MASK in line for line in before)
    assert now_with("--all", "--apply") == 0
    read, unchanged = map(int, re.findall(r"\d+", capsys.readouterr().out.splitlines()[0]))
    assert read == unchanged > 30
    assert content() == before


def test_without_all_nothing_is_read_twice(home: Path, capsys: pytest.CaptureFixture[str]):
    now_with("--apply")
    assert capsys.readouterr().out == "0 kept records read again, 0 of them unchanged\n"


def test_a_preview_tells_what_would_change_and_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]):
    by_older_rules()
    before, files = content(), sorted(path.name for path in home.iterdir())
    assert now_with() == 0
    told = capsys.readouterr().out
    assert re.search(r"^relevance: \d+ enter", told, re.M)
    assert re.search(r"^masked names: \d+ hidden$", told, re.M)
    assert re.search(r"^events: \d+ added, \d+ removed", told, re.M)
    assert re.search(r"^mentions: \d+ added", told, re.M)
    assert re.search(r"^event removed: 2026-\d\d-\d\d election, .+ \(item \d+\)$", told, re.M)
    assert re.search(r"^enters: item \d+, \S+, Deepfakes : l'Arcom met en demeure", told, re.M)
    assert told.endswith("nothing was written: 'reread --apply' writes it\n")
    assert "Merval" not in told
    assert content() == before
    assert sorted(path.name for path in home.iterdir()) == files


def test_what_a_preview_tells_is_what_is_written_and_then_there_is_nothing_left(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    fresh = content()
    by_older_rules()
    assert content() != fresh
    now_with()
    told = capsys.readouterr().out.splitlines()[:-1]
    now_with("--apply")
    assert capsys.readouterr().out.splitlines() == told
    assert content() == fresh, "read again by today's rules, it is what a fresh collection gives"
    now_with("--apply")
    assert capsys.readouterr().out == "0 kept records read again, 0 of them unchanged\n"


def test_a_newly_hidden_name_stands_nowhere_any_more(home: Path):
    by_older_rules()
    db = open_writer(collected_path())
    item = rows(db, "SELECT item_id FROM item WHERE url = 'https://example.org/merval' LIMIT 1")[0]["item_id"]
    db.execute(
        "INSERT INTO item_revision SELECT item_id, 0, ?, title, summary, text, '' FROM item_text WHERE item_id = ?",
        (NOW, item),
    )
    db.execute("UPDATE item_revision SET text = 'La chanteuse Lila Merval parle.'")
    assert sum("Merval" in line for line in dump(db)) > 5
    assert rows(db, f"SELECT * FROM actor WHERE name = '{NAME}'")
    db.close()
    now_with("--apply")
    db = open_writer(collected_path())
    assert [line for line in dump(db) if "Merval" in line or "merval-" in line] == []
    assert db.execute("SELECT count(*) FROM item_search WHERE item_search MATCH 'Merval'").fetchone()[0] == 0
    db.close()


def test_a_mask_goes_when_the_payload_shows_the_word_and_stays_without_it(home: Path):
    fresh = content()

    def hide(db: Database) -> None:
        db.execute("UPDATE item_text SET summary = replace(summary, 'Sénat', ?)", (MASK * 5,))
        db.execute("INSERT INTO item_search(item_search) VALUES ('rebuild')")
        db.execute("UPDATE relevance SET rules = 'older'")

    db = open_writer(collected_path())
    hide(db)
    db.close()
    now_with("--apply")
    assert content() == fresh
    db = open_writer(collected_path())
    hide(db)
    db.close()
    shutil.rmtree(payload_folder())
    now_with("--apply")
    db = open_writer(collected_path())
    told = rows(db, "SELECT summary FROM item_text WHERE summary LIKE '%a indiqué le%'")
    assert told and all(row["summary"].endswith(f"a indiqué le {MASK * 5}.") for row in told)
    quotes = [row["quote"] for row in rows(db, "SELECT quote FROM event_source s JOIN event e USING (event_id)"
                                               " WHERE e.origin = 'text' AND quote LIKE '%a indiqué le%'")]  # fmt: skip
    assert quotes and all(quote.endswith("a indiqué le […].") for quote in quotes)
    db.close()


def test_what_leaves_the_record_keeps_its_masks(db: Database):
    def off_the_subject(record: Record, source: Source, watched: Watched = NOTHING) -> Entry:
        entry = INTERPRET(record, source, watched)
        return Entry(record, Reading(Relevance(False, 0.0, rules="other"))) if entry.reading else entry

    report = again(db, off_the_subject, Wanted("other", everything=True))
    assert any("Hypertrucages : une enquête ouverte" in line for line in report.singles["leaves"])
    assert rows(db, "SELECT * FROM event WHERE origin = 'text'") == []
    told = rows(db, "SELECT summary FROM item_text WHERE title LIKE 'Hypertrucages%'")
    assert told and all("Merval" not in row["summary"] and MASK in row["summary"] for row in told)


def test_what_official_records_state_is_not_touched(home: Path, db: Database):
    def official() -> list[str]:
        tables = ("dossier:", "dossier_identifier:", "item_dossier:", "actor_identifier:", "payload:", "request:")
        stated = [line for line in dump(db) if line.startswith(tables)]
        return stated + [line for line in dump(db) if line.startswith("event:") and "'official'" in line]

    before = official()
    assert any(line.startswith("event:") for line in before)
    by_older_rules()
    assert official() == before
    now_with("--apply")
    assert official() == before


def test_a_decision_of_the_team_keeps_standing(home: Path, db: Database, capsys: pytest.CaptureFixture[str]):
    item = db.execute("SELECT min(item_id) FROM item WHERE external_id LIKE '%/5'").fetchone()[0]
    assert main(["decide", "reject", "item", str(item), "--why", "no", "--now", NOW]) == 0
    by_older_rules()
    capsys.readouterr()
    now_with("--apply")
    told = capsys.readouterr().out
    entering = [line for line in told.splitlines() if line.startswith("enters: item")]
    assert entering and not any(line.startswith(f"enters: item {item},") for line in entering)
    assert rows(db, "SELECT entity_id, state FROM review") == [{"entity_id": str(item), "state": "rejected"}]
    assert not rows(db, "SELECT * FROM on_subject_item WHERE item_id = ?", (item,))


def test_one_source_alone_can_be_read_again(home: Path, db: Database, capsys: pytest.CaptureFixture[str]):
    by_older_rules()
    everything = store_kept.outdated_count(db, rule_version())
    now_with("--apply", "--source", FEEDS[0].id)
    left = rows(db, "SELECT DISTINCT i.source_id FROM item i JOIN relevance r ON r.entity_id = CAST(i.item_id AS TEXT)"
                    " WHERE r.entity = 'item' AND r.rules = 'older'")  # fmt: skip
    assert FEEDS[0].id not in {row["source_id"] for row in left} and FEEDS[1].id in {row["source_id"] for row in left}
    assert 0 < store_kept.outdated_count(db, rule_version()) < everything
    assert now_with("--source", "no-such-source") == 2
    assert "no such source" in capsys.readouterr().err


def test_killed_and_started_again_it_goes_on_where_it_stopped(home: Path, monkeypatch: pytest.MonkeyPatch):
    fresh = content()
    by_older_rules()
    monkeypatch.setattr("collectors.rereading.BATCH", 3)
    for count in (7, 20):
        left = killed_after(count)
        assert left > 0
    db = open_writer(collected_path())
    outdated = store_kept.outdated_count(db, rule_version())
    assert 0 < outdated < len(rows(db, "SELECT item_id FROM item"))
    report = again(db, INTERPRET, Wanted(rule_version()))
    assert report.read_count >= outdated
    db.close()
    main(["build", "--now", NOW])
    assert content() == fresh


def killed_after(count: int) -> int:
    """Read again in a process that is killed at its ``count``-th record; how many are left."""

    def deadly(record: Record, source: Source, watched: Watched = NOTHING) -> Entry:
        nonlocal count
        count -= 1
        if count < 0:
            die()
        return INTERPRET(record, source, watched)

    def work() -> None:
        again(open_writer(collected_path()), deadly, Wanted(rule_version()))

    assert in_child(work) == KILLED
    db = open_writer(collected_path())
    derived.sync_search(db)
    check_integrity(db)
    left = store_kept.outdated_count(db, rule_version())
    db.close()
    return left


def test_a_record_that_cannot_be_read_stays_as_it_was_and_is_named(home: Path):
    by_older_rules()

    def stumbling(record: Record, source: Source, watched: Watched = NOTHING) -> Entry:
        if getattr(record, "url", "") == "https://example.org/merval":
            raise RuntimeError("no")
        return INTERPRET(record, source, watched)

    db = open_writer(collected_path())
    report = again(db, stumbling, Wanted(rule_version()))
    assert [re.sub(r"item \d+", "item n", one) for one in report.failed] == [
        f"item n, {one.id} (RuntimeError)" for one in FEEDS
    ]
    assert store_kept.outdated_count(db, rule_version()) == 2
    db.close()


def test_a_collection_says_at_its_end_what_was_read_with_other_rules(home: Path, capsys: pytest.CaptureFixture[str]):
    collect = ["collect", "--source", FEEDS[0].id, "--replay", str(home / "answers"), "--now", NOW]
    main(collect)
    assert "other rules" not in capsys.readouterr().out
    by_older_rules()
    main(collect)
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"\d+ kept items were read with other rules: 'reread' shows what today's would change", last)
    snapshot = open_immutable(published_path())
    assert queries.snapshot(snapshot).outdated_count == int(last.split()[0]) > 20


def test_every_row_that_was_read_names_its_rule_its_rule_set_and_its_span(home: Path, db: Database):
    version = rule_version()
    for table in ("mention", "legal_reference", "figure", "position"):
        found = rows(db, f"SELECT rule, rules, start, end FROM {table}")
        assert found or table in ("figure", "position"), table
        assert all(row["rule"] and row["rules"] == version and row["start"] < row["end"] for row in found), table
    events = rows(
        db,
        "SELECT s.*, t.text, t.summary FROM event_source s JOIN event e USING (event_id)"
        " JOIN item_text t USING (item_id) WHERE e.origin = 'text'",
    )
    assert events
    for row in events:
        assert row["rule"] and "@" not in row["rule"] and row["rules"] == version
        assert (row["text"] or row["summary"])[row["start"] : row["end"]].split()[0] == row["quote"].split()[0]
    judged = rows(db, "SELECT evidence, rules FROM relevance WHERE relevant")
    assert all(row["rules"] == version and '"rule"' in row["evidence"] and '"start"' in row["evidence"]
               for row in judged)  # fmt: skip
