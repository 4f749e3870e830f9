"""The page: whole in one file, harmless, readable by people, browsers, search engines and printers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_playwright_python
import pypdf
import pytest
from hypothesis import given, settings
from jinja2 import UndefinedError

from data import next_steps
from data.export import Extract, Options, build
from data.export.html_page import CARDS
from data.export.page import render, script_json
from data.rows import EventActor
from data.vocabulary import load_vocabulary
from tests.dashboard.program import FLAGS, chromium_program
from tests.data.export import hostile, printed
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, JORF, SREN, context

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def made(events: Any = EVENTS, options: Options | None = None, **more: Any) -> str:
    return build("html", Extract(events), context(len(events), **more), options=options).data.decode()


def tree(events: Any = EVENTS, **more: Any) -> Any:
    return printed.page(made(events, **more).encode())


def with_attribute(root: Any, name: str) -> list[Any]:
    return [one for one in root.iter() if one.get(name)]


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def linked(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    return {one["@id"]: one for one in json.loads(found[1])["@graph"]}


def test_every_event_has_a_row_and_a_whole_text_with_sources_quotes_and_dates():
    root = tree()
    cards = {one.get("data-event"): words(one) for one in root.iter("article")}
    assert list(cards) == [one.get("data-row") for one in root.iter("tr") if one.get("data-row")]
    assert set(cards) == {one.event_id for one in EVENTS}
    for told in (
        "Promulgation de la loi n° 2024-449", "21 mai 2024", "Étend l'article 226-8 du code pénal", "Légifrance",
        "publié le 22 mai 2024, consulté le 25 novembre 2026", "LOI n° 2024-449 du 21 mai 2024", "Assemblée nationale",
        "Un progrès", SREN.event_id,
    ):  # fmt: skip
        assert told in cards[SREN.event_id]
    assert "octobre 2019 (connue au mois)" in cards[DEEPTRACE.event_id]
    assert load_vocabulary().label("statuses", "cancelled", "fr") in cards[HEARING.event_id]


def test_every_link_inside_leads_somewhere_and_every_id_is_given_once():
    root = tree()
    named = [one.get("id") for one in with_attribute(root, "id")]
    assert len(named) == len(set(named))
    inside = {one.get("href")[1:] for one in root.iter("a") if one.get("href", "").startswith("#")}
    assert inside <= set(named)
    assert {f"e-{one.event_id}" for one in EVENTS} <= set(named)


def test_the_page_says_its_language_and_lets_others_choose_their_direction():
    for lang in ("fr", "en"):
        arabic = replace(SREN, title="قانون مكافحة التزييف العميق", titles={}, lang="ar")
        root = tree([arabic], lang=lang)
        assert root.get("lang") == lang
        assert root.get("dir") == "ltr"
        titles = [one for one in root.iter("bdi") if words(one) == arabic.title]
        assert {one.get("dir") for one in titles} == {"auto"}
        headings = [one for one in root.iter("bdi") if one in list(next(root.iter("h3")))]
        assert [one.get("lang") for one in headings] == ["ar"]


def test_the_page_tells_how_to_cite_it_and_what_it_lacks():
    shown = words(tree())
    assert "Comment citer" in shown
    assert "Deepfake Policy Monitor, « Affaire d'exemple », état au 25 novembre 2026, 3 faits, https://" in shown
    assert "Ce qui n’est pas couvert" in shown
    assert "CC BY 4.0" in shown


def test_search_engines_are_kept_out_when_asked():
    robots = '<meta name="robots" content="noindex, nofollow">'
    assert robots not in made()
    assert robots in made(options=Options(noindex=True))


def test_programs_read_events_with_what_they_are_based_on():
    graph = linked(made())
    event = graph[f"https://monitor.example/?event={SREN.event_id}"]
    assert event["@type"] == "Event"
    assert event["startDate"] == "2024-05-21"
    assert [one["url"] for one in event["isBasedOn"]] == [one.url for one in SREN.sources]
    assert event["organizer"]["name"] == "Assemblée nationale"
    assert "eventStatus" not in event
    month = graph[f"https://monitor.example/?event={DEEPTRACE.event_id}"]
    assert month["startDate"] == "2019-10"
    assert "about" not in month
    hearing = graph[f"https://monitor.example/?event={HEARING.event_id}"]
    assert hearing["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize(
    ("stage", "force"),
    [
        ("in_force", "InForce"),
        ("in_force_partial", "PartiallyInForce"),
        ("repealed", "NotInForce"),
        ("enacted", ""),
        ("committee", ""),
    ],
)
def test_a_law_says_whether_it_is_in_force_where_that_is_known(stage: str, force: str):
    law = linked(made([replace(SREN, dossier_stage=stage)]))["https://monitor.example/?dossier=fr-loi-sren"]
    assert law["@type"] == "Legislation"
    assert "fr.jorftext:JORFTEXT000049563368" in law["legislationIdentifier"]
    assert law["legislationJurisdiction"] == "France"
    assert law.get("legislationLegalForce", "").removeprefix("https://schema.org/") == force


def test_what_normally_comes_next_is_told_as_procedure():
    page = made([replace(SREN, dossier_stage="committee")])
    step = next_steps.next_step("fr", "law", "committee", "fr")
    assert step.sentence in words(printed.page(page.encode()))
    assert "procédure habituelle" in page


def test_nothing_in_a_script_can_end_it():
    data = {"a": "</script><script>alert(1)</script>", "b": "<!-- \u2028 &amp; ]]>"}
    text = script_json(data)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        render("base.html.j2", lang="fr")


def test_an_empty_view_is_a_page_that_says_so():
    root = tree(())
    assert "Aucun fait dans cette vue." in words(root)
    assert not list(root.iter("article"))


def test_above_a_limit_the_table_alone_lists_the_events():
    events = [replace(DEEPTRACE, event_id=f"e-{n:05d}", sources=(JORF,)) for n in range(CARDS + 1)]
    export = build("html", Extract(events), context(len(events)))
    assert printed.IDS["html"](export.data) == [one.event_id for one in events]
    assert export.notes
    assert "article" not in {one.tag for one in printed.page(export.data).iter()}
    assert len(list(printed.page(export.data).iter("blockquote"))) == 1


def loads(root: Any) -> list[str]:
    """What a browser would fetch or run."""
    tags = {"img", "iframe", "object", "embed", "link", "video", "audio", "base", "form", "source", "image", "use"}
    found = [one.tag for one in root.iter() if isinstance(one.tag, str) and one.tag.lower() in tags]
    found += [f"script {one.get('type')}" for one in root.iter("script") if one.get("type") != "application/ld+json"]
    found += [
        name for one in root.iter() for name in one.attrib if str(name).startswith("on") or name in ("src", "srcset")
    ]
    return found


@settings(max_examples=50, deadline=None)
@given(hostile.events)
def test_whatever_strangers_write_is_text(event: Any):
    page = made([event], view_title=event.title)
    root = printed.page(page.encode())
    assert loads(root) == []
    assert len(list(root.iter("script"))) == 1
    assert {one.get("href").partition(":")[0] for one in root.iter("a") if not one.get("href").startswith("#")} <= {
        "http",
        "https",
    }
    assert len(linked(page)) == 3


def test_template_code_of_others_is_text():
    event = replace(SREN, title="{{ 7*7 }}{% include 'x' %}", titles={})
    assert "{{ 7*7 }}{% include 'x' %}" in words(tree([event]))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = chromium_program()
    if not program:
        pytest.fail("Chromium is missing: run 'make chromium'")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    actors = tuple(
        EventActor(f"a-{n}", f"Acteur {n}", "ngo", "campaigner", "opposes", "Non", "", "") for n in range(20)
    )
    path.write_text(made([DEEPTRACE, HEARING, replace(SREN, actors=actors)]), encoding="utf-8")
    return path


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_serious_and_nothing_is_asked_of_a_network(
    browser: Any, page_file: Path, width: int, scheme: str
):
    visit = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = visit.new_page()
    asked, said = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 28)"}[scheme]
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
    visit.close()


WIDER = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 60))"


@pytest.mark.browser
@pytest.mark.parametrize("width", [500, 320])
def test_on_a_narrow_screen_no_table_is_moved_sideways_and_each_stays_a_table(
    browser: Any, page_file: Path, width: int
):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(page_file.as_uri())
    assert page.locator("div.scroll").count() >= 2
    assert page.locator("div.scroll").evaluate_all(WIDER) == []
    heads = page.get_by_role("table").last.get_by_role("columnheader")
    assert heads.count() >= 2 and heads.first.inner_text()
    assert page.locator("thead").first.bounding_box()["width"] <= 1
    page.close()


@pytest.mark.browser
def test_the_page_works_without_scripts_and_the_keyboard_skips_to_the_content(browser: Any, page_file: Path):
    visit = browser.new_context(java_script_enabled=False, offline=True)
    page = visit.new_page()
    page.goto(page_file.as_uri())
    assert page.locator("article.event").count() == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    visit.close()


@pytest.mark.browser
def test_printed_no_event_is_split(browser: Any, tmp_path: Path):
    events = [
        replace(SREN, event_id=f"e-{n:02d}", summaries={"fr": f"Début{n:02d} " + "mot " * 200 + f"Fin{n:02d}"})
        for n in range(12)
    ]
    (tmp_path / "a.html").write_text(made(events), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "a.html").as_uri())
    page.pdf(path=str(tmp_path / "a.pdf"), prefer_css_page_size=True)
    page.close()
    sheets = [one.extract_text() for one in pypdf.PdfReader(tmp_path / "a.pdf").pages]
    assert len(sheets) > 3
    for n in range(12):
        starts = [number for number, text in enumerate(sheets) if f"Début{n:02d}" in text]
        ends = [number for number, text in enumerate(sheets) if f"Fin{n:02d}" in text]
        assert starts == ends
        assert len(starts) == 1
