"""The month an advocate takes to a hearing, from the baseline and one article, in every format: who is a victim is not
named, a deed stands once, and the briefing is two pages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape

import openpyxl
import pypdf
import pytest

from collectors.__main__ import main
from data import coverage, queries
from data.database import Database, open_immutable
from data.export import FORMATS, Extract, build, gather
from data.export.wording import view_title
from data.view import View
from data.vocabulary import load_vocabulary
from tests.data.export import printed, sample
from tests.shared import SHARED, needs_shared

MONTH = View.parse("jurisdiction=fr&from=2026-01-01&to=2026-01-31")
ADDRESS = "https://www.lesnouvellesnews.fr/grok-lia-sexiste-delon-musk-deshabille-les-femmes/"
#: how the ministers' referral is told twice: by the baseline with its day, by the article with its month
MINISTERS = {"fr-roland-lescure", "fr-anne-le-henanff", "fr-aurore-berge"}

pytestmark = needs_shared


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("month")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(folder))
        assert main(["build"]) == 0
        (article,) = (SHARED / "seed").glob("*.txt")
        words = [
            "--published",
            "2026-01-07",
            "--publisher",
            "Les Nouvelles News",
            "--jurisdiction",
            "fr",
            "--url",
            ADDRESS,
        ]
        assert main(["add", str(article), *words]) == 0
    found = open_immutable(folder / "published.db")
    yield found
    found.close()


@pytest.fixture(scope="module")
def extract(db: Database) -> Extract:
    return gather(db, MONTH)


def made(fmt: str, extract: Extract, lang: str):
    title = view_title(MONTH, load_vocabulary(), lang, {})
    told = {"view": MONTH, "view_title": title, "not_covered": coverage.not_covered(lang, ("fr",))}
    return build(fmt, extract, sample.context(len(extract.events), lang, **told))


def victims() -> set[str]:
    """The last names of the victims in the annotated article."""
    with (SHARED / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        annotated = next(row for row in map(json.loads, lines) if row["id"] == "seed-001")
    return {actor["name"].split()[-1] for actor in annotated["actors"] if "victim" in actor["role"]}


def everything(fmt: str, data: bytes) -> str:
    """Every word of a file, wherever in it."""
    if fmt in printed.WORDS and fmt != "svg":
        return printed.WORDS[fmt](data)
    if fmt == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if fmt == "bundle":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return unescape(unescape(data.decode()))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_no_file_names_a_victim(fmt: str, lang: str, extract: Extract):
    names = victims()
    assert len(names) == 4
    said = everything(fmt, made(fmt, extract, lang).data)
    assert extract.events[0].event_id in said.replace("\n", "")
    assert [name for name in names if re.search(rf"\b{name}\b", said, re.IGNORECASE)] == []


def test_the_referral_of_the_ministers_stands_once_with_the_article_among_its_sources(extract: Extract):
    (found,) = [one for one in extract.events if len(MINISTERS & {actor.actor_id for actor in one.actors}) >= 2]
    assert found.event_id == "fr-x-2026-01-02-ministres" and found.date == "2026-01-02"
    assert any(source.url == ADDRESS and source.retrieved_at for source in found.sources)
    assert len({actor.actor_id for actor in found.actors}) == len(found.actors)


def test_what_the_baseline_tells_of_the_month_has_the_day_of_its_source_where_a_page_gives_it(extract: Extract):
    undated = {source.publisher for one in extract.events for source in one.sources if not source.published_on}
    assert undated <= {"Next via iactu"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_briefing_is_two_pages(lang: str, extract: Extract):
    assert len(pypdf.PdfReader(io.BytesIO(made("pdf", extract, lang).data)).pages) == 2


def test_the_stage_of_the_case_is_cited_also_where_its_proof_is_of_another_month(db: Database, extract: Extract):
    (dossier,) = extract.dossiers.values()
    assert dossier.stage_event_id in extract.proofs
    assert queries.event(db, dossier.stage_event_id) == extract.proofs[dossier.stage_event_id]
