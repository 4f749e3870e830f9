"""A first-time visitor of a laptop without network: six questions, each answered within three clicks of "/".

What stands there is what ``make run`` leaves when no source can be reached: the reviewed baseline alone. Each journey
begins in a new browser at the landing page; reading and scrolling are free, every press of a control is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from collectors.__main__ import main
from dashboard.dates import show_date
from dashboard.i18n import label, t
from data.reference import load_reference
from data.vocabulary import load_vocabulary
from tests.dashboard.program import serve, stop
from tests.replay import write_replay
from tests.shared import ROOT

pytestmark = pytest.mark.browser

Visitor = Callable[..., Any]
WAIT = 60_000
MOST = 3
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
SENTENCE = (
    "Le vendredi 2 janvier, le parquet de Paris a été saisi par deux députés, Eric Bothorel (Ensemble pour la "
    "République) et Arthur Delaporte (porte-parole du Parti socialiste)."
)

#: who looks: the width of the window and the language of the browser
READERS = [(1400, "en"), (390, "fr")]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard as after ``make run`` where no source answers."""
    folder: Path = tmp_path_factory.mktemp("laptop")
    write_replay(folder / "no-network", [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(folder))
        patch.setenv("MONITOR_DESK", "single")
        assert main(["build"]) == 0
        main(["collect", "--due", "--replay", str(folder / "no-network")])
        process, address = serve(ROOT / "dashboard" / "app.py", folder, folder / "app.log")
        yield address
        stop(process)


@dataclass
class Visit:
    """A new browser at the landing page that counts its clicks."""

    page: Page
    lang: str
    clicks: int = 0

    def click(self, what: Locator) -> None:
        """Press a control once it stands still. Fails at the fourth."""
        self.clicks += 1
        assert self.clicks <= MOST, f"click {self.clicks} on the way"
        what.first.scroll_into_view_if_needed(timeout=WAIT)
        at_rest(self.page)
        what.first.click(timeout=WAIT)

    def sees(self, what: Locator) -> None:
        expect(what.first).to_be_visible(timeout=WAIT)

    def words(self, key: str, **values: object) -> str:
        return t(key, self.lang, **values)


def at_rest(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)


@pytest.fixture(params=READERS, ids=[f"{width}-{lang}" for width, lang in READERS])
def visit(request: pytest.FixtureRequest, laptop: str, visitor: Visitor) -> Iterator[Visit]:
    """A reader at the landing page, who has read no document and knows no address."""
    width, lang = request.param
    page = visitor(width=width, height=900, locale=LOCALES[lang])
    page.goto(f"{laptop}/")
    told = Visit(page, lang)
    told.sees(page.get_by_role("heading", name=t("overview.coming", lang)))
    at_rest(page)
    yield told
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out"
    assert page.get_by_test_id("stException").count() == 0
    assert page.foreign == []


def stage_of(dossier_id: str, lang: str) -> str:
    """The stage the reviewed milestones prove today, in words."""
    found = next(one for one in load_reference(today=date.today()).dossiers if one.dossier_id == dossier_id)
    return load_vocabulary().stage_label(found.track, found.stage, lang)


@pytest.mark.parametrize("law", ["fr-loi-sren", "us-take-it-down-act"])
def test_the_stage_of_a_well_known_law_and_what_proves_it(visit: Visit, law: str):
    stage = stage_of(law, visit.lang)
    name = visit.words("known.sren" if law == "fr-loi-sren" else "known.take_it_down")
    link = visit.page.get_by_role("link").filter(has_text=name).filter(has_text=stage)
    visit.sees(link)  # the answer already; a click says since when and what proves it
    visit.click(link)
    expect(visit.page).to_have_url(re.compile(f"file={law}"), timeout=WAIT)
    visit.sees(visit.page.get_by_role("heading", name=visit.words("dossiers.ladder")))
    visit.sees(visit.page.get_by_text(stage))
    visit.sees(visit.page.get_by_text(visit.words("dossiers.proved_by")))
    assert visit.clicks == 1


def test_who_took_grok_to_the_paris_prosecutor_in_the_words_of_a_source(visit: Visit):
    visit.click(visit.page.get_by_role("link", name=visit.words("example.grok_referral")))
    card = visit.page.get_by_role("dialog")
    visit.sees(card.get_by_text(show_date("2026-01-02", visit.lang)))
    quote = card.locator("blockquote", has_text=SENTENCE)
    visit.sees(quote)
    expect(quote.first).to_have_text(visit.words("writing.quote", words=SENTENCE))
    visit.sees(card.get_by_text("Les Nouvelles News", exact=True))
    visit.sees(card.get_by_role("link", name=re.compile("Arthur Delaporte")))
    visit.sees(card.get_by_role("link", name=re.compile("Bothorel")))
    source = card.get_by_role("link", name=visit.words("card.open"))
    expect(source.first).to_have_attribute("href", re.compile(r"^https://www\.lesnouvellesnews\.fr/"))
    assert visit.clicks == 1
    other = card.get_by_role("button", name=re.compile("ministres|ministers"))
    visit.click(other)  # the ministers' report of the same day is the next step away
    visit.sees(card.locator("blockquote", has_text="Aurore Bergé, ont émis un signalement au procureur"))


def planned_in_the_union(lang: str, *, labelling: bool = False) -> list[tuple[date, str]]:
    """(first day, title) of what the baseline plans within a year from today, the next first."""
    reference = load_reference(today=date.today())
    duties = {one.dossier_id for one in reference.dossiers if "labelling" in one.approaches}
    return sorted(
        (one.when.start, one.titles[lang])
        for one in reference.milestones
        if one.jurisdiction == "eu" and one.status == "scheduled" and (not labelling or one.dossier_id in duties)
        and one.when.end >= date.today() >= one.when.start - timedelta(days=365)
    )  # fmt: skip


def test_the_next_date_in_the_european_union_with_a_filter(visit: Visit):
    visit.click(visit.page.get_by_role("combobox", name=re.compile(visit.words("filter.jurisdiction"))))
    union = load_vocabulary().label("jurisdictions", "eu", visit.lang)
    visit.page.keyboard.type(union[:5])
    visit.click(visit.page.get_by_role("option", name=union, exact=True))
    expect(visit.page).to_have_url(re.compile("jurisdiction=eu"), timeout=WAIT)
    at_rest(visit.page)
    assert visit.clicks == 2
    planned = planned_in_the_union(visit.lang)
    if not planned:
        visit.sees(visit.page.get_by_text(visit.words("coming.nothing")))
        return
    line = visit.page.locator("[class*='st-key-next-']").first
    visit.sees(line)
    text = line.inner_text()
    assert any(title in text for day, title in planned if day == planned[0][0]), text
    assert show_date(planned[0][0].isoformat(), visit.lang) in text and union in text


def test_the_next_duty_to_label_in_the_european_union_is_read_without_a_click(visit: Visit):
    words = visit.words("example.labelling_next", date="|", left="|").split("|")[0]
    link = visit.page.get_by_role("link").filter(has_text=words)
    planned = planned_in_the_union(visit.lang, labelling=True)
    if not planned:
        visit.sees(visit.page.get_by_role("link", name=visit.words("example.labelling_dates")))
        assert link.count() == 0
        return
    visit.sees(link.filter(has_text=show_date(planned[0][0].isoformat(), visit.lang)))
    visit.click(link)
    card = visit.page.get_by_role("dialog")
    visit.sees(card.get_by_text(label("statuses", "scheduled", visit.lang)))
    heading = card.get_by_role("heading", level=3).inner_text()
    assert heading in {title for day, title in planned if day == planned[0][0]}
    assert visit.clicks == 1


def test_what_the_united_kingdom_did_within_thirty_days(visit: Visit):
    visit.click(visit.page.get_by_role("link", name=visit.words("example.grok_others")))
    kingdom = load_vocabulary().label("jurisdictions", "uk", visit.lang)
    visit.sees(visit.page.get_by_role("heading", name=visit.words("compare.by_country", n=30)))
    visit.click(visit.page.locator("summary", has_text=re.compile(rf"^.*{re.escape(kingdom)} · ")))
    done = visit.page.locator("[class*='st-key-country-uk'] li")
    opened = next(one for one in load_reference(today=date.today()).milestones if one.dossier_id == "uk-ofcom-x-grok"
                  and one.type == "investigation_opened")  # fmt: skip
    visit.sees(done.filter(has_text=opened.titles[visit.lang]).filter(has_text=show_date("2026-01-12", visit.lang)))
    assert done.count() >= 4
    assert visit.clicks == 2


def test_the_address_to_send_opens_the_same_page_elsewhere(visit: Visit, visitor: Visitor):
    visit.click(visit.page.get_by_role("button", name=visit.words("start.send")))
    sent = visit.page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    visit.sees(sent)
    assert visit.clicks == 1
    colleague = visitor(width=1400, locale="de-DE")
    colleague.goto(sent.inner_text().strip())
    expect(colleague.get_by_role("heading", name=visit.words("overview.title"))).to_be_visible(timeout=WAIT)
    for key in ("example.grok_referral", "example.grok_others"):
        expect(colleague.get_by_role("link", name=visit.words(key))).to_be_visible(timeout=WAIT)


def test_trouble_is_said_in_one_place(visit: Visit):
    """No source answered: one line says so, leads to the details, and no box of alarm stands beside it."""
    line = visit.page.get_by_role("link", name=re.compile(r"\d+ sources"))
    visit.sees(line)
    assert line.count() == 1
    assert visit.page.get_by_test_id("stAlertContentWarning").count() == 0
    assert visit.page.get_by_test_id("stAlertContentError").count() == 0
    visit.click(line)
    visit.sees(visit.page.get_by_role("heading", name=visit.words("sources.all")))


@pytest.mark.parametrize("visit", READERS[:1], indirect=True)
def test_the_counter_stops_at_the_fourth_click(visit: Visit):
    for _ in range(MOST):
        visit.click(visit.page.get_by_role("heading", name=visit.words("overview.title")))
    with pytest.raises(AssertionError, match="click 4"):
        visit.click(visit.page.get_by_role("heading", name=visit.words("overview.title")))
