"""Search: nothing typed is an error, the best comes first, the language of the words does not matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.i18n import LANGUAGES, words
from data import baseline, migrations, queries, search, search_found, search_help, store_sources
from data.database import Database, open_immutable, open_writer, published_path
from data.official_numbers import key, number_keys
from data.publish import publish
from data.reference import load_reference
from data.rows import SearchHit
from data.view import View


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    home = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        writer = open_writer(home / "collected.db")
        migrations.migrate(writer)
        store_sources.source_rows(writer, [baseline.SOURCE])
        baseline.load(writer, load_reference(), at="2026-11-25T06:00:00Z")
        publish(
            writer,
            published_path(),
            at="2026-11-25T06:00:00Z",
            today=date(2026, 11, 25),
            vocabulary_version="1",
            rules="1",
        )
        return open_immutable(published_path())


def found(db: Database, text: str, **limits: object) -> set[tuple[str, str]]:
    """Everything found, as (kind, ref), page by page."""
    return {
        (one.kind, one.ref)
        for kind in search.KINDS
        for one in search.search(db, text, kind=kind, limit=5_000, **limits).hits  # type: ignore[arg-type]
    }


def total(db: Database, text: str, **limits: object) -> int:
    return search.search(db, text, **limits).total  # type: ignore[arg-type]


def best(db: Database, text: str) -> SearchHit:
    return search.search(db, text).hits[0]


def test_accents_and_case_do_not_matter(db: Database):
    assert found(db, "HYPERTRUCAGES electoraux") == found(db, "hypertrucages électoraux") != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("lois", "loi"), ("hypertrucage", "hypertrucages"), ("deepfake", "deepfakes"), ("labelling", "labelled")],
)
def test_the_form_of_a_word_does_not_matter(db: Database, one: str, other: str):
    assert found(db, one) == found(db, other) != set()
    assert found(db, one, exact=True) != found(db, other, exact=True)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("hypertrucage", "deepfake"),
        ("étiquetage", "labelling"),
        ("parquet", "prosecutor"),
        ("élection", "election"),
        ("filigrane", "watermark"),
        ("consentement", "consent"),
        ("amende", "fine"),
        ("images intimes", '"intimate images"'),
        ("projet de loi", "bill"),
    ],
)
def test_what_is_said_in_one_language_is_found_in_another(db: Database, french: str, english: str):
    assert found(db, english, exact=True) <= found(db, french) != set()
    assert found(db, french, exact=True) < found(db, french)


def test_all_any_and_none(db: Database):
    one, other = found(db, "deepfake", exact=True), found(db, "election", exact=True)
    assert one and other
    assert found(db, "deepfake election", exact=True) == one & other
    assert found(db, "deepfake OR election", exact=True) == one | other
    assert found(db, "deepfake -election", exact=True) == one - other
    assert found(db, "(deepfake OU election) SAUF place:us", exact=True) == {
        *found(db, "(deepfake OU election)", exact=True) - found(db, "place:us", exact=True)
    }
    assert found(db, "deepfake OR place:kr", exact=True) == one | found(db, "place:kr", exact=True)


def test_a_beginning_and_a_phrase(db: Database):
    assert found(db, "label", exact=True) < found(db, "label*", exact=True)
    assert found(db, '"intimate images"') < found(db, "intimate images", exact=True)


def test_fields_take_codes_and_names(db: Database):
    assert found(db, "pays:france") == found(db, "place:fr") == found(db, "jurisdiction:FR") != set()
    assert {kind for kind, _ in found(db, "genre:dossier take")} == {"dossier"}
    assert found(db, "type:amende") == found(db, "type:fine") == found(db, "type:fine_sanction") != set()
    assert ("actor", "uk-ofcom") in found(db, "acteur:Ofcom")
    assert ("event", "uk-ofcom-x-update") in found(db, "actor:Ofcom")
    assert {kind for kind, _ in found(db, "publisher:ofcom")} == {"event"}
    assert found(db, "place:nowhere") == found(db, "type:nothing") == set()


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("S. 146", "us-take-it-down-act"),
        ("s 146", "us-take-it-down-act"),
        ("take it down act", "us-take-it-down-act"),
        ("loi SREN", "fr-loi-sren"),
        ("2021/0106", "eu-ai-act"),
        ("2021/0106(COD)", "eu-ai-act"),
        ("C-63", "ca-c-63"),
        ("DLR5L16N47884", "fr-loi-sren"),
    ],
)
def test_a_number_or_a_whole_name_comes_first(db: Database, text: str, ref: str):
    assert (best(db, text).ref, best(db, text).is_exact) == (ref, True)


def test_short_ways_to_write_a_number():
    assert {"2024449", "loi2024449", key("loi n° 2024-449")} <= number_keys("fr.loi", "2024-449")
    assert {"119s146", "s146", key("Bill S. 146")} <= number_keys("us.bill", "119-s-146")
    assert {"ab621"} <= number_keys("us.state.bill", "ca:20252026:AB621")
    assert number_keys("case", "[2025] FCA 1191") == {"2025fca1191"}


def test_files_come_before_actors_and_events(db: Database):
    kinds = [one.kind for one in search.search(db, "deepfake").hits]
    assert kinds == sorted(kinds, key=search.KINDS.index)
    assert len(kinds) < total(db, "deepfake")


def test_hits_of_a_kind_come_best_first_or_newest_first(db: Database):
    newest = [one.date for one in search.search(db, "deepfake", kind="event", order="newest").hits]
    assert newest == sorted(newest, reverse=True)
    assert [one.ref for one in search.search(db, "deepfake", kind="event").hits] != newest
    titles = [one.heading("en").lower() for one in search.search(db, "Ofcom", kind="dossier").hits]
    assert "ofcom" in titles[0]


def test_pages_do_not_overlap(db: Database):
    pages = [search.search(db, "deepfake", kind="event", limit=20, offset=20 * page).hits for page in range(4)]
    refs = [one.ref for page in pages for one in page]
    assert len(refs) == len(set(refs)) == 80


def test_counts_tell_what_a_choice_would_leave(db: Database):
    page = search.search(db, "deepfake")
    for facet, limit in (("jurisdiction", "jurisdictions"), ("year", "years"), ("type", "types")):
        code, count = next(iter(page.counts[facet].items()))
        assert total(db, "deepfake", **{limit: (code,)}) == count
    assert sum(page.counts["kind"].values()) == page.total
    both = search.search(db, "deepfake", jurisdictions=("fr",))
    assert both.counts["jurisdiction"] == page.counts["jurisdiction"]
    assert both.counts["year"] != page.counts["year"]


def test_counting_stops_at_a_bound_and_says_so(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_found, "CAP", 10)
    page = search.search(db, "deepfake", kind="event")
    assert (page.is_capped, page.total) == (True, 10)
    older = search.search(db, "deepfake", kind="event", years=("2019",))
    assert older.total > 0 and {one.date[:4] for one in older.hits} == {"2019"}


def test_ranking_is_bounded(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_found, "RANKED", 5)
    days = [one.date for one in search.search(db, "deepfake", kind="event", limit=500).hits]
    assert days[5:] == sorted(days[5:], reverse=True)
    assert max(days[5:]) <= min(days[:5])


def test_a_hit_has_its_title_and_summary_in_the_language_of_the_reader(db: Database):
    hit = search.search(db, "SREN", kind="dossier").hits[0]
    assert hit.heading("fr").startswith("Loi SREN")
    assert hit.heading("en").startswith("Act to secure")
    event = search.search(db, "filigrane", kind="event", lang="fr").hits[0]
    assert any(matched and text.lower().startswith("filigran") for text, matched in event.snippet)


def test_the_snippet_marks_every_form_and_language(db: Database):
    hits = search.search(db, "hypertrucage", kind="event", lang="en").hits
    marked = {text.lower() for hit in hits for text, matched in hit.snippet if matched}
    assert {"deepfake", "deepfakes"} <= marked
    assert all(text.strip() for hit in hits for text, _ in hit.snippet if len(hit.snippet) == 1)


def test_what_else_was_searched_is_said_as_far_as_texts_hold_it(db: Database):
    (one,) = search_help.also_searched(db, "deepfake")
    assert "deepfakes" in one.forms and "hypertrucage" in one.equivalents
    assert "deepfaking" not in one.forms and "ultrafalso" not in one.equivalents
    assert search_help.also_searched(db, '"deepfake" label*') == []
    (left_out,) = search_help.also_searched(db, "Ofcom -deepfake")
    assert (left_out.must_be_absent, left_out.equivalents) == (True, ())


def test_an_empty_result_says_which_word_is_at_fault(db: Database):
    (one,) = search_help.why_nothing(db, "watermrak election")
    assert (one.text, one.absent, one.query) == ("watermrak", True, "election")
    assert ("watermarks", "watermarks election") in one.nearest or one.nearest
    together = search_help.why_nothing(db, "title:nudify title:election")
    assert together and all(not one.absent for one in together)
    assert search_help.why_nothing(db, "zzzzzz")[0].absent


def test_a_suggestion_finds_something(db: Database):
    for text in ("watermrak", "electon deepfake", "Ofcm", "hypertrucge"):
        for one in search_help.why_nothing(db, text):
            assert one.nearest, text
            assert all(total(db, spelling) for spelling, _ in one.nearest)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_of_the_help_finds_something(db: Database, lang: str):
    examples = {key: text for key, text in words(lang).items() if key.startswith("search.try.")}
    assert len(examples) == 8
    assert [text for text in examples.values() if not total(db, text)] == []


PIECES = st.sampled_from(
    ["AND", "OU", "NOT", "(", ")", '"', "-", "*", ":", "title:", "pays:", "kind:", "actor:", "publisher:", "type:",
     "loi", "226-8", " ", "'", "NEAR(", "^a", "{a}", "\x00", "«", "%", "_", ";", "--", "deepfake"]
)  # fmt: skip


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=15).map("".join)))
def test_no_input_is_an_error(db: Database, text: str):
    search_found.finds_something(db, tree) if (tree := search.understood(text)[1]) else None
    queries.timeline_count(db, View(query=text))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=15).map("".join)))
def test_no_input_is_an_error_on_the_way_to_the_page(db: Database, text: str):
    for exact in (False, True):
        if not search.search(db, text, exact=exact, limit=3).total:
            search_help.why_nothing(db, text, exact=exact)
    search_help.also_searched(db, text)
    queries.dossiers(db, View(query=text))


@pytest.mark.parametrize("text", ['"', "a AND", "NEAR(", "title:x", "*", "-", "^a", "a\x00b", "\ud800", "{a b}: c"])
def test_signs_of_the_index_are_no_language(db: Database, text: str):
    search.search(db, text)


def test_the_words_of_a_view_are_the_same_language_without_other_tongues(db: Database):
    def count(text: str) -> int:
        return queries.timeline_count(db, View(query=text))

    assert count("deepfake") == count("deepfakes") > count("deepfake -election") > 0
    assert count("place:fr deepfake") == queries.timeline_count(db, View(query="deepfake", jurisdictions=("fr",)))
    assert count("hypertrucage") != count("deepfake")
    assert count('"') == 0
    assert [one.dossier_id for one in queries.dossiers(db, View(query="title:SREN"))] == ["fr-loi-sren"]


def test_a_snapshot_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    writer = open_writer(tmp_path / "collected.db")
    migrations.migrate(writer)
    store_sources.source_rows(writer, [baseline.SOURCE])
    facts = {"at": "2026-11-25T06:00:00Z", "today": date(2026, 11, 25), "vocabulary_version": "1", "rules": "1"}
    first = publish(writer, published_path(), **facts)  # type: ignore[arg-type]
    reader = open_immutable(published_path())
    baseline.load(writer, load_reference(), at="2026-11-25T06:00:00Z")
    second = publish(writer, published_path(), **facts)  # type: ignore[arg-type]
    assert queries.snapshot(reader).id == first != second
    assert queries.snapshot(reader).event_count == 0
    assert queries.snapshot(open_immutable(published_path())).event_count > 300
    assert [one.name for one in tmp_path.glob("*.tmp")] == []


def test_no_hit_and_no_file_of_an_actor_has_a_date_finer_than_known(db: Database):
    hits = {one.ref: one.date for one in search.search(db, "deepfake India viral", kind="event", limit=50).hits}
    assert hits["in-actor-deepfake"] == "2023-11"
    known = {one.event_id: one.date for one in queries.timeline(db, View())}
    assert {ref: day for ref, day in hits.items() if day != known[ref]} == {}
    files = {one.dossier_id: one.last_on for one in queries.actor_files(db, "uk-ofcom")}
    assert files["uk-ofcom-hash-matching-codes"] == "2026-02"


def test_reviewed_names_of_a_language_are_there_by_actor(db: Database):
    assert queries.names_in(db, "fr")["eu-parliament"] == "Parlement européen"
    assert "us-house" not in queries.names_in(db, "fr"), "a name that holds under a condition only"
    assert queries.names_in(db, "xx") == {}
