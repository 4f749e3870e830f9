"""The team's word on what rules read: it takes effect with the next build, outranks the rules and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectors.__main__ import main
from data import desk, queries, search
from data.database import collected_path, open_immutable, published_path
from data.rows import TimelineEvent
from data.view import View

ARTICLE = (
    "Ofcom fines a platform over deepfakes. On 3 February 2026 Ofcom fined X £2 million for failing to protect users "
    "from deepfake intimate images. On 9 February 2026 the European Commission opened an investigation into X over "
    "sexual deepfakes."
)
FINE, OPENED = ("2026-02-03", "fine_sanction"), ("2026-02-09", "investigation_opened")
NOW = "2026-02-12T06:00:00Z"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    add(tmp_path)
    return tmp_path


def add(home: Path) -> None:
    given = ["--published", "2026-02-10", "--publisher", "The Daily", "--lang", "en", "--now", NOW]
    assert main(["add", str(home / "article.txt"), *given]) == 0


def decide(*words: str) -> None:
    assert main(["decide", *words, "--by", "AB", "--now", NOW]) == 0


def read() -> dict[tuple[str, str], TimelineEvent]:
    """(date, type) -> event, of what the article alone tells."""
    found = queries.timeline(open_immutable(published_path()), View(origins=("text",)))
    return {(one.date, one.type): one for one in found}


def changes(event_id: str) -> list[tuple[str, str, str, str, str]]:
    found = queries.revisions(open_immutable(published_path()), entity_id=event_id)
    return sorted((one.field, one.old, one.new, one.by, one.why) for one in found)


def score(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """The table of ``score``: row -> its counts of right and wrong."""
    capsys.readouterr()
    assert main(["score"]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    return {" ".join(line.split()[:-2]): line.split()[-2:] for line in lines}


def test_a_rejected_event_goes_survives_a_rebuild_and_comes_back(home: Path):
    event_id = read()[FINE].event_id
    decide("reject", "event", event_id, "--why", "a threat, no fine")
    assert set(read()) == {OPENED}
    assert not search.search(open_immutable(published_path()), "2 million", kind="event").total
    collected_path().unlink()
    add(home)
    assert set(read()) == {OPENED}, "decisions survive a rebuild from nothing"
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert set(read()) == {FINE, OPENED}
    assert changes(event_id)[-2:] == [
        ("review", "", "rejected", "team", "a threat, no fine"),
        ("review", "rejected", "", "team", "taken back"),
    ]


def test_a_confirmed_event_is_marked_and_sure(home: Path):
    event = read()[OPENED]
    assert (event.review_state, event.confidence) == ("collected", 0.6)
    decide("confirm", "event", event.event_id)
    assert (read()[OPENED].review_state, read()[OPENED].confidence) == ("confirmed", 1.0)
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert (read()[OPENED].review_state, read()[OPENED].confidence) == ("collected", 0.6)


def test_a_corrected_event_shows_the_right_type_and_date_and_the_log_says_so(home: Path):
    event_id = read()[FINE].event_id
    decide("correct", "event", event_id, "--type", "regulator_contact", "--date", "2026-02", "--why", "a letter")
    event = read()["2026-02", "regulator_contact"]
    assert (event.event_id, event.family, event.review_state) == (event_id, "enforcement", "corrected")
    assert ("type", "fine_sanction", "regulator_contact", "team", "a letter") in changes(event_id)
    assert ("date_start", "2026-02-03", "2026-02-01", "team", "a letter") in changes(event_id)
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert set(read()) == {FINE, OPENED}
    assert ("type", "regulator_contact", "fine_sanction", "team", "taken back") in changes(event_id)


def test_a_correction_that_rules_have_learnt_confirms_what_they_read_now(home: Path):
    right, event_id = read()[FINE], "clippings-text-read-by-older-rules"
    (told,) = queries.tellings(open_immutable(published_path()), right.event_id)
    old = {"event_id": event_id, "item": told.item, "type": "statement", "date": "2026-02-10", "origin": "text"}
    with desk.open_desk() as team:
        value = {"claims": [old], "type": FINE[1], "date": FINE[0]}
        desk.decide(team, "correct", "event", event_id, value=value, at=NOW)
    assert main(["build", "--now", NOW]) == 0
    assert read()[FINE].review_state == "confirmed"


def test_the_last_word_replaces_the_one_before(home: Path):
    event_id = read()[FINE].event_id
    decide("reject", "event", event_id, "--why", "no fine")
    decide("confirm", "event", event_id)
    assert read()[FINE].review_state == "confirmed"
    assert [one.decision_id for one in desk.standing()] == [2]


def test_a_build_with_the_same_decisions_writes_nothing(home: Path):
    decide("confirm", "event", read()[FINE].event_id)
    before = open_immutable(published_path()).execute("SELECT count(*), max(revision_id) FROM revision").fetchone()
    assert main(["build", "--now", "2026-02-13T06:00:00Z"]) == 0
    after = open_immutable(published_path()).execute("SELECT count(*), max(revision_id) FROM revision").fetchone()
    assert after == before


def test_a_disputed_record_stays_and_proves_no_stage(home: Path):
    def dossier() -> tuple[str, str]:
        found = queries.dossier(open_immutable(published_path()), "us-take-it-down-act")
        assert found
        return found.stage, found.stage_event_id

    stage, proof = dossier()
    decide("reject", "event", proof, "--why", "to be checked")
    event = queries.event(open_immutable(published_path()), proof)
    assert event and (event.status, event.review_state) == ("disputed", "rejected")
    assert dossier()[1] != proof
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert dossier() == (stage, proof)


def test_a_piece_that_is_not_about_the_subject_leaves_with_its_events_and_comes_back(home: Path):
    decide("reject", "item", "1", "--why", "about something else")
    assert read() == {}
    found = search.search(open_immutable(published_path()), "deepfake intimate images platform")
    assert [one.kind for one in found.hits if one.kind == "item"] == []
    page = queries.item(open_immutable(published_path()), 1)
    assert page and (page.relevant, page.state) == (True, "rejected")
    collected_path().unlink()
    add(home)
    assert read() == {}
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert set(read()) == {FINE, OPENED}


def test_a_piece_rules_hold_off_the_subject_can_be_put_on_it(home: Path):
    (home / "other.txt").write_text(
        "A singer's agent complained about the portrait on her new album.", encoding="utf-8"
    )
    given = ["--published", "2026-02-10", "--lang", "en", "--title", "Agent complains", "--now", NOW]
    assert main(["add", str(home / "other.txt"), *given]) == 0

    def is_found() -> bool:
        hits = search.search(open_immutable(published_path()), "agent complains").hits
        return any(one.kind == "item" for one in hits)

    assert not is_found()
    decide("confirm", "item", "2")
    assert is_found()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reject", "event", "{id}"], "say it with --why"),
        (["confirm", "event", "{id}", "--private"], "--private says why something is rejected"),
        (["confirm", "dossier", "us-take-it-down-act"], "confirm is about: event, item"),
        (["confirm", "event", "{id}", "another"], "name two ids"),
        (["split", "event", "{id}"], "name two ids"),
        (["confirm", "event", "no-such-event"], "no event 'no-such-event'"),
        (["reject", "item", "999", "--why", "x"], "no item '999'"),
        (["correct", "event", "{id}", "--type", "nothing", "--date", "2026"], "no type of event"),
        (["correct", "event", "{id}", "--type", "statement", "--date", "soon"], "correct: "),
    ],
)
def test_what_cannot_be_decided_is_told_and_nothing_is_written(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
):
    event_id = read()[FINE].event_id
    assert main(["decide", *(one.format(id=event_id) for one in words)]) == 1
    assert said in capsys.readouterr().err
    assert desk.standing() == ()


def test_without_decisions_there_are_no_labels_and_score_says_so(home: Path, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert main(["labels"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["score"]) == 0
    assert capsys.readouterr().out == "decided by the team: no text yet\n"


def test_labels_hold_the_text_as_stored_and_only_what_was_decided(home: Path, capsys: pytest.CaptureFixture[str]):
    decide("confirm", "event", read()[OPENED].event_id)
    decide("correct", "event", read()[FINE].event_id, "--type", "regulator_contact", "--date", "2026-02-04")
    assert main(["labels", "--out", str(home / "labels.jsonl")]) == 0
    (label,) = [json.loads(line) for line in (home / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    assert label["text"] == ARTICLE and label["published"] == "2026-02-10" and label["partial"] is True
    assert "relevant" not in label and "actors" not in label
    assert label["events"] == [
        {"date": "2026-02-09", "type": "investigation_opened"},
        {"date": "2026-02-04", "type": "regulator_contact"},
    ]
    assert label["rejected_events"] == [{"date": "2026-02-03", "type": "fine_sanction"}]
    assert main(["score", str(home / "labels.jsonl")]) == 0
    told = capsys.readouterr().out
    assert "event_date+type      all  P 0.500 R 0.500 F1 0.500 (n=2)" in told
    assert "facets" not in told and "actor_identity" not in told


def test_score_counts_what_was_decided_and_nothing_else(home: Path, capsys: pytest.CaptureFixture[str]):
    decide("confirm", "event", read()[OPENED].event_id)
    decide("reject", "event", read()[FINE].event_id, "--why", "no fine")
    decide("confirm", "item", "1")
    assert score(capsys) == {
        "relevance confirmed": ["1", "0"],
        "relevance rejected": ["0", "0"],
        "event wanted": ["1", "0"],
        "event rejected": ["0", "1"],
    }
    assert main(["withdraw", "2", "--now", NOW]) == 0
    assert score(capsys)["event rejected"] == ["0", "0"]


def test_a_decided_text_that_is_no_longer_stored_is_counted_apart(home: Path, capsys: pytest.CaptureFixture[str]):
    decide("confirm", "item", "1")
    collected_path().unlink()
    assert main(["build", "--now", NOW]) == 0
    capsys.readouterr()
    assert main(["labels"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "1 decided texts are not stored here\n")


@pytest.mark.parametrize("entity", ["event", "item"])
def test_what_names_a_private_person_is_in_no_publication_label_or_log_and_comes_back(
    home: Path, capsys: pytest.CaptureFixture[str], entity: str
):
    event_id = read()[FINE].event_id
    decide("reject", entity, event_id if entity == "event" else "1", "--private")
    assert read() == {}
    assert b"failing to protect" not in published_path().read_bytes()
    assert changes(event_id) == []
    capsys.readouterr()
    assert main(["labels"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["explain", "1"]) == 1
    collected_path().unlink()
    add(home)
    assert read() == {}, "it survives a rebuild from nothing"
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert set(read()) == {FINE, OPENED}
    assert changes(event_id) == [], "nor does the log tell of it afterwards"


def test_a_rejected_actor_is_in_no_event_survives_every_rebuild_and_comes_back(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    told = "On 4 February 2026 the Labour MP Tarn Ellory introduced a bill on deepfakes in the House of Commons."
    (home / "article.txt").write_text(told, encoding="utf-8")
    add(home)
    actor_id, event = "new-clippings-tarn-ellory", ("2026-02-04", "bill_tabled")

    def acting() -> bool:
        db = open_immutable(published_path())
        listed = queries.actor(db, actor_id) is not None
        assert listed == (actor_id in {one.actor_id for one in read()[event].actors})
        assert listed == (search.search(db, "ellory", kind="actor").total > 0)
        return listed

    assert acting()
    decide("reject", "actor", actor_id, "--why", "a misread name")
    assert not acting()
    assert main(["build", "--now", NOW]) == 0
    assert not acting()
    assert main(["rebuild", "--now", NOW]) == 0
    assert not acting()
    collected_path().unlink()
    add(home)
    assert not acting(), "decisions survive a rebuild from nothing"
    capsys.readouterr()
    for words, said in (
        (["uk-labour", "--why", "no"], "data/reference"),
        (["nobody", "--why", "no"], "no actor 'nobody' is listed"),
        ([actor_id], "say it with --why"),
    ):
        assert main(["decide", "reject", "actor", *words, "--now", NOW]) == 1
        assert said in capsys.readouterr().err
    assert main(["withdraw", "1", "--now", NOW]) == 0
    assert acting()
