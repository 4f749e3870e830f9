"""The pages of actors and of positions, driven without a browser, and the figure of who acts with whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import network, stated
from dashboard.safe import JOINER
from data.rows import Measure, Neighbour, Position, PositionMatrix
from data.vocabulary import load_vocabulary
from tests.dashboard import small
from tests.shared import ROOT

Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("small")
    small.build(made)
    return made


@pytest.fixture
def visit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open a page with the keys of an address, as a new browser does."""
    monkeypatch.setenv("MONITOR_HOME", str(folder))

    def go(page: str, /, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        app.query_params["lang"] = "en"
        app.run()
        app.switch_page(f"views/{page}.py")
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def words(app: AppTest) -> str:
    blocks = [*app.markdown, *app.caption, *app.title, *app.header, *app.info, *app.warning]
    labels = [one.label for one in app.button]
    return "\n".join([*(str(one.value) for one in blocks), *labels]).replace("\\", "").replace(JOINER, "")


def test_the_list_tells_what_the_last_act_was_and_who_has_no_name(visit: Visit):
    table = visit("actors").dataframe[0].value.set_index("name")
    line = table.loc["Éva Exemple"]
    assert (line["last_on"], line["belongs"]) == ("20 January 2026", "Assemblée nationale")
    assert line["last_act"].endswith("It is adopted")
    assert line["roles"] == "Author (1), Speaker (1)"
    assert "name not given in the source (official number PA4242)" in table.index


def test_order_and_narrowing_stand_in_the_address(visit: Visit):
    assert visit("actors", sort="name").dataframe[0].value["name"].iloc[0] == "Assemblée nationale"
    app = visit("actors", kind="person", role="author")
    assert list(app.dataframe[0].value["name"]) == ["Éva Exemple"]
    assert app.selectbox(key="w-kind").value == "person"
    app.selectbox(key="w-role").set_value(None).run()
    assert "role" not in app.query_params and len(app.dataframe[0].value) == 3
    app.text_input(key="w-name").set_value("camille").run()
    assert list(app.dataframe[0].value["name"]) == ["Camille Siège"]


@pytest.mark.parametrize(
    "query", [{"kind": "*x*"}, {"sort": "size"}, {"place": "zz"}, {"role": "boss"}, {"page": "99"}]
)
def test_a_wrong_value_in_the_address_counts_as_none(visit: Visit, query: dict[str, str]):
    assert len(visit("actors", **query).dataframe[0].value) == 6


def test_a_name_nobody_has_is_told_with_a_way_out(visit: Visit):
    app = visit("actors", name="zzz", sort="last")
    assert not app.dataframe
    app.button(key="drop-narrowing").click().run()
    assert len(app.dataframe[0].value) == 6 and "name" not in app.query_params


def test_a_profile_shows_offices_positions_files_network_and_documents(visit: Visit):
    app = visit("actors", who="ngo-clear")
    told = words(app)
    assert told.index("▼\u00a0Opposes") < told.index("▲\u00a0Supports")
    for part in ("We oppose it now.", "1 March 2026", "Document that names it (1)", "Acts with"):
        assert part in told
    tables = {tuple(one.value.columns): one.value for one in app.dataframe}
    (together,) = [one for columns, one in tables.items() if "together" in columns]
    assert list(together["with"]) == ["Frame"] and list(together["evidence"]) == ["Talks on the code"]
    person = visit("actors", who="fr-minister")
    assert list(person.table[0].value["From"]) == ["March 2025 (month)"]
    seat = visit("actors", who="fr-an-pa4243")
    assert list(seat.table[0].value["Body"]) == ["Assemblée nationale"]


def test_the_events_two_share_open_below_by_address(visit: Visit):
    app = visit("actors", who="ngo-clear", **{"with": "org-frame"})
    assert "Event of Clear Voices and Frame (1)" in words(app)
    assert "Talks on the code" in list(app.dataframe[-1].value["title"])
    app.button(key="profile-of-other").click().run()
    assert app.title[0].value == "Frame" and "with" not in app.query_params
    assert "no event in common" in words(visit("actors", who="ngo-clear", **{"with": "*nobody*"}))


def test_the_profile_of_a_number_says_that_it_has_no_name(visit: Visit):
    title = visit("actors", who="fr-an-pa4242").title[0].value.replace("\\", "")
    assert title == "name not given in the source (official number PA4242)"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_matrix_tells_both_statements_and_that_nothing_was_found(visit: Visit, lang: str):
    app = visit("positions", lang=lang)
    line = app.dataframe[0].value.set_index("name").loc["Clear Voices"]
    said, unnamed, none = {
        "en": ("▲\u00a0Supports (May 2025)", "▼\u00a0Opposes (March 2026)", "no statement found"),
        "fr": ("▲\u00a0Soutient (mai 2025)", "▼\u00a0S’oppose (mars 2026)", "aucune déclaration trouvée"),
    }[lang]
    assert list(line) == [said, unnamed]
    assert app.dataframe[0].value.set_index("name").loc["Assemblée nationale"]["m1"] == none


def test_a_cell_opens_its_words_by_address(visit: Visit):
    app = visit("positions", who="ngo-clear", on="fr-loi-sren")
    told = words(app)
    assert "Clear Voices on: Act on images" in told and "Clear Voices supports the act." in told
    assert "We oppose it now." not in told
    assert "We oppose it now." in words(visit("positions", who="ngo-clear", on="none"))
    assert "No statement found" in words(visit("positions", who="ngo-clear", on="eu-code"))
    assert len(visit("positions", who="*nobody*").warning) == 1


def test_votes_are_told_apart_from_statements(visit: Visit):
    told = words(visit("positions", who="fr-an-pa4242"))
    assert "### Votes" in told and "✗\u00a0Voted against" in told and "### Statements" not in told


def test_filters_and_kind_narrow_the_matrix(visit: Visit):
    app = visit("positions", kind="ngo", by="approach")
    assert list(app.dataframe[0].value["name"]) == ["Clear Voices"]
    app = visit("positions", kind="platform")
    assert not app.dataframe and "No statement and no vote" in words(app)
    app.button(key="drop-narrowing").click().run()
    assert len(app.dataframe[0].value) == 4
    assert len(visit("positions", page="40", cols="9").dataframe[0].value) == 4


def test_a_private_person_is_on_no_page(visit: Visit):
    for page, query in (
        ("actors", {}),
        ("positions", {}),
        ("actors", {"who": "ngo-clear"}),
        ("positions", {"on": "none"}),
    ):
        app = visit(page, **query)
        assert "Victime" not in words(app) + "".join(one.value.to_string() for one in app.dataframe)


def test_a_cell_names_every_stance_newest_first_then_votes():
    held = (
        Position("a", "m", "opposes", False, 2, "2026-02"),
        Position("a", "m", "supports", False, 1, ""),
        Position("a", "m", "voter_for", True, 1, "2026-01-20"),
    )
    assert (
        stated.cell(held, "en")
        == "▼\u00a0Opposes ×2 (February 2026)\n▲\u00a0Supports (not known)\n✓\u00a0Voted for (January 2026)"
    )
    assert stated.cell((), "en") == "no statement found"


def test_a_chosen_cell_is_an_address():
    matrix = PositionMatrix((("a", "A", "", "ngo"),), (Measure("f", "F", {}), Measure("", "", {})), (), 1, 2, 0, 0)
    assert stated.chosen_cell([(0, "m0")], matrix) == {"who": "a", "on": "f"}
    assert stated.chosen_cell([(0, "m1")], matrix) == {"who": "a", "on": "none"}
    assert stated.chosen_cell([(0, "name")], matrix) == {"who": "a", "on": ""}
    assert stated.chosen_cell([], matrix) == {}


def test_every_stance_and_vote_has_a_sign_of_its_own():
    words = load_vocabulary()
    signs = [words.sign_of("stances", code) for code in words.codes("stances")]
    signs += [words.sign_of("event_roles", code) for code in words.votes()]
    assert all(signs) and len(set(signs)) == len(signs)
    assert words.votes() == ("voter_for", "voter_against", "voter_abstain")


def others(count: int) -> list[Neighbour]:
    kinds = ("person", "government", "regulator", "platform", "ngo", "other")
    return [
        Neighbour(f"a{n}", f"<b>Name {n}</b>", "", kinds[n % 6], n + 1, f"e{n}", "2026-01-01", "T", {})
        for n in range(count)
    ]


def drawn(count: int, **more: bool) -> network.go.Figure:
    found = others(count)
    return network.figure(
        "Centre", found, names={one.actor_id: one.name for one in found}, kind_labels={}, dark=False,
        evidence=lambda one: f"{one.count} shared", selected="a3", **more,
    )  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_the_network_has_a_node_and_a_dot_on_its_line_for_everybody(narrow: bool):
    figure = drawn(39, narrow=narrow)
    held = [code for trace in figure.data if trace.customdata is not None for code in trace.customdata]
    assert sorted(held) == sorted([f"a{n}" for n in range(39)] * 2)
    assert figure.to_json() == drawn(39, narrow=narrow).to_json()


@pytest.mark.parametrize("narrow", [False, True])
def test_labels_of_the_network_never_meet(narrow: bool):
    figure = drawn(39, narrow=narrow)
    rows: dict[bool, list[float]] = {True: [], False: []}
    for trace in figure.data:
        if trace.mode == "markers+text" and trace.customdata is not None:
            for x, y in zip(trace.x, trace.y, strict=True):
                rows[x > 0].append(y)
    inner = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    for side in rows.values():
        gaps = [below - above for above, below in zip(sorted(side), sorted(side)[1:], strict=False)]
        assert all(gap / 2.24 * inner > 18 for gap in gaps)


def test_names_in_the_network_are_text():
    texts = [text for trace in drawn(6).data if trace.text is not None for text in trace.text if "Name" in text]
    assert len(texts) == 6 and all("&lt;b&gt;" in text for text in texts)


def test_every_kind_of_actor_has_a_sign_the_network_knows():
    words = load_vocabulary()
    assert {words.glyph_of(code, "actor_kinds") for code in words.codes("actor_kinds")} == set(network.SIGNS)
