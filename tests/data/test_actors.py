"""Questions about actors: order, narrowing, neighbours, statements; and that nobody private is in any answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import queries
from data.database import Database, open_immutable, rows
from data.rows import Affiliation
from data.view import View
from tests.dashboard import small

FILE = "fr-loi-sren"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("small")
    small.build(folder)
    found = open_immutable(folder / "published.db")
    yield found
    found.close()


def ids(found: list[object]) -> list[str]:
    return [one.actor_id for one in found]  # type: ignore[attr-defined]


def test_actors_are_ranked_by_events_by_last_act_and_by_name(db: Database):
    assert ids(queries.actors(db, View()))[:2] == ["ngo-clear", "fr-minister"]
    assert ids(queries.actors(db, View(), sort="last"))[0] == "ngo-clear"
    names = [one.name for one in queries.actors(db, View(), sort="name")]
    assert names == ["Assemblée nationale", "Camille Siège", "Clear Voices", "Éva Exemple", "Frame", ""]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "platform"}, ["org-frame"]),
        ({"place": "eu"}, ["ngo-clear"]),
        ({"role": "voter_for"}, ["fr-an", "fr-an-pa4243"]),
        ({"party": "Groupe A"}, ["fr-an-pa4243"]),
        ({"name": "eva"}, ["fr-minister"]),
        ({"name": "exem"}, ["fr-minister"]),
        ({"name": "PA4242"}, ["fr-an-pa4242"]),
        ({"name": "xemple"}, []),
        ({"kind": "person", "role": "voter_against"}, ["fr-an-pa4242"]),
    ],
)
def test_actors_are_narrowed(db: Database, asked: dict[str, str], found: list[str]):
    assert sorted(ids(queries.actors(db, View(), **asked))) == sorted(found)
    assert queries.actor_count(db, View(), **asked) == len(found)


def test_the_ranking_of_everything_is_that_of_a_view_that_passes_everything(db: Database):
    every = View(jurisdictions=("fr", "eu", "int", "uk"))
    assert queries.actors(db, View()) == queries.actors(db, every)
    assert queries.actor_count(db, View()) == queries.actor_count(db, every)


def test_pages_of_actors_follow_each_other(db: Database):
    whole = ids(queries.actors(db, View()))
    assert ids(queries.actors(db, View(), limit=2, offset=2)) == whole[2:4]


def test_party_and_body_are_those_of_the_day_of_the_last_act(db: Database):
    by_id = {one.actor_id: one for one in queries.actors(db, View())}
    minister = by_id["fr-minister"]
    assert (minister.last.event_id, minister.last.date) == ("law-vote", "2026-01-20")
    assert minister.affiliations == (Affiliation("Assemblée nationale", True),)
    assert by_id["fr-an-pa4243"].affiliations[0] == Affiliation("Groupe A", True)
    talk = queries.actors(db, View(jurisdictions=("fr",)), name="eva")[0]
    assert talk.last.event_id == "law-vote"


def test_an_office_that_ended_before_the_act_is_not_told(db: Database):
    from data.queries.actors import _may_hold

    office = {"start": "2025-03", "end": "2026-02"}
    assert [day for day in ("2025-02-28", "2025-03-01", "2026-02-28", "2026-03-01") if _may_hold(office, day)] == [
        "2025-03-01",
        "2026-02-28",
    ]
    assert _may_hold({"start": "", "end": ""}, "1999")


def test_an_actor_without_a_name_shows_its_official_number(db: Database):
    nameless = queries.actors(db, View(), name="PA4242")[0]
    assert (nameless.name, nameless.number) == ("", "PA4242")
    actors = [one for event in queries.timeline(db, View()) for one in event.actors if one.actor_id == "fr-an-pa4242"]
    assert {(one.name, one.named) for one in actors} == {("PA4242", False)}


def test_neighbours_are_those_of_the_same_events_with_the_newest_of_them(db: Database):
    found, total = queries.neighbours(db, View(), "ngo-clear")
    assert [(one.actor_id, one.count, one.last_id) for one in found] == [("org-frame", 1, "code-talk")]
    assert total == 1
    assert queries.neighbours(db, View(jurisdictions=("fr",)), "ngo-clear") == ([], 0)
    shared = queries.shared_events(db, View(), "ngo-clear", "org-frame")
    assert [one.event_id for one in shared] == ["code-talk"]
    assert queries.shared_count(db, View(), "ngo-clear", "fr-an") == 0


def test_files_acted_on_come_with_the_roles_held(db: Database):
    (file,) = queries.actor_files(db, "fr-minister")
    assert (file.dossier_id, file.roles, file.last_on) == (FILE, (("author", 1), ("speaker", 1)), "2026-01-20")


def test_documents_that_name_an_actor_are_counted(db: Database):
    assert queries.actor_document_count(db, "ngo-clear") == 1
    assert [one.title for one in queries.actor_documents(db, "ngo-clear")] == ["Article 1"]


def test_opposite_statements_are_both_told_the_newest_first(db: Database):
    found = queries.statements(db, View(), actor_id="ngo-clear")
    assert [(one.code, one.date, one.quote) for one in found] == [
        ("opposes", "2026-03-01", "We oppose it now."),
        ("supports", "2025-05-01", "Clear Voices supports the act."),
    ]
    assert queries.statement_count(db, View(), actor_id="ngo-clear") == 2


def test_a_statement_of_a_text_names_its_document_and_the_one_file_it_is_about(db: Database):
    (stated,) = [one for one in queries.statements(db, View()) if one.item_id]
    assert (stated.title, stated.url, stated.dossier_id) == ("Article 1", "https://example.org/press/1", FILE)


def test_votes_stand_apart_from_statements(db: Database):
    matrix = queries.position_matrix(db, View())
    assert (matrix.statement_count, matrix.vote_count) == (2, 3)
    assert {(one.actor_id, one.code) for one in matrix.positions if one.is_vote} == {
        ("fr-an", "voter_for"),
        ("fr-an-pa4242", "voter_against"),
        ("fr-an-pa4243", "voter_for"),
    }


def test_the_matrix_is_ranked_paged_and_puts_what_names_no_file_last(db: Database):
    matrix = queries.position_matrix(db, View())
    assert matrix.actors[0][0] == "ngo-clear"
    assert [one.code for one in matrix.measures] == [FILE, ""]
    second = queries.position_matrix(db, View(), actor_limit=1, actor_offset=1, measure_limit=1)
    assert (second.actors, second.actor_count) == (matrix.actors[1:2], 4)
    assert {one.measure for one in second.positions} == {FILE}


@pytest.mark.parametrize(
    ("view", "count"),
    [
        (View(jurisdictions=("eu",)), 0),
        (View(approaches=("labelling",)), 2),
        (View(harms=("ncii",)), 3),
        (View(dossiers=(FILE,)), 4),
        (View(types=("statement",)), 1),
        (View(tracks=("soft",)), 0),
    ],
)
def test_the_matrix_keeps_to_the_filters(db: Database, view: View, count: int):
    matrix = queries.position_matrix(db, view)
    assert matrix.statement_count + matrix.vote_count == count == queries.statement_count(db, view)


def test_the_matrix_by_approach(db: Database):
    matrix = queries.position_matrix(db, View(), by="approach", kind="ngo")
    assert [one.code for one in matrix.measures] == ["labelling"]
    found = queries.statements(db, View(), actor_id="ngo-clear", by="approach", measure="labelling")
    assert [one.code for one in found] == ["opposes", "supports"]
    assert queries.statements(db, View(), by="dossier", measure="")[0].code == "opposes"


def test_who_is_only_a_target_is_in_no_list_no_network_and_no_position(db: Database):
    private = [row["actor_id"] for row in rows(db, "SELECT actor_id FROM actor WHERE name = ?", (small.VICTIM,))]
    for name in ("shown_actor", "shown_act", "shown_actor_total", "shown_statement"):
        held = {row["actor_id"] for row in rows(db, f"SELECT actor_id FROM {name}")}
        assert held and not held & set(private), name
    assert all(queries.actor(db, one) is None for one in private)
    told = repr(
        [
            queries.actors(db, View(), limit=1000),
            queries.position_matrix(db, View()),
            queries.statements(db, View()),
            queries.neighbours(db, View(), "ngo-clear"),
            queries.actor_choices(db),
        ]
    )
    assert "Victime" not in told and "She criticises" not in told


def test_a_profile_tells_seats_of_registers(db: Database):
    profile = queries.actor(db, "fr-an-pa4243")
    assert [(one.chamber, one.start, one.end) for one in profile.seats] == [("Assemblée nationale", "2024-07-18", "")]
    assert queries.actor(db, "nobody") is None


def test_the_snapshot_has_what_quick_answers_need(db: Database, tmp_path: Path):
    plan = " ".join(
        row["detail"]
        for row in rows(db, "EXPLAIN QUERY PLAN SELECT actor_id, dossier_id, code, is_vote, day FROM shown_statement"
                            " GROUP BY 1, 2, 3, 4")
    )  # fmt: skip
    assert "COVERING INDEX shown_statement_actor" in plan
