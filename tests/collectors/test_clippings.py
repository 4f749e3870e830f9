"""A clipping takes the path of everything fetched; its victims appear nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from collectors.__main__ import main
from collectors.clippings import Clipping, clipping_record
from data import queries, search
from data.database import open_immutable, published_path
from data.errors import SourceError
from data.models import Response
from data.view import View

ARTICLE = """date 2026-03-12 Hypertrucages : deux députés saisissent le parquet. Le ton monte.

Mercredi 11 mars 2026, le parquet de Paris a été saisi par les députés Éric Bothorel et Arthur Delaporte \
de deepfakes à caractère sexuel diffusés sans consentement sur X. L'influenceuse Lila Merval, victime de ces \
images générées par l'IA, dit son impuissance.
"""


def response(body: bytes, kind: str = "") -> Response:
    return Response("article.txt", 200, {"content-type": kind}, body, "2026-03-12T08:00:00Z")


def clipping() -> Clipping:
    return Clipping("article.txt", date(2026, 3, 12))


def test_the_title_is_the_first_sentence_and_the_date_header_goes():
    record = clipping_record(response(ARTICLE.encode()), clipping())
    assert record.title == "Hypertrucages : deux députés saisissent le parquet"
    assert record.text.startswith("Hypertrucages")
    assert record.published_on == date(2026, 3, 12)


def test_a_text_in_cp1252_is_read():
    record = clipping_record(response("Été à l’Assemblée.".encode("cp1252")), clipping())
    assert record.text == "Été à l’Assemblée."


def test_a_page_gives_its_article_and_no_markup():
    page = (
        "<!doctype html><html><head><title>Une loi contre les deepfakes</title></head><body><nav>Menu</nav><article>"
        + "".join(f"<p>Le Sénat a adopté le texte numéro {n} contre les hypertrucages en séance.</p>" for n in range(8))
        + "<script>alert(1)</script></article></body></html>"
    )
    record = clipping_record(response(page.encode(), "text/html"), clipping())
    assert "Le Sénat a adopté le texte numéro 3" in record.text
    assert "<" not in record.text
    assert "alert" not in record.text


def test_a_damaged_pdf_says_so():
    with pytest.raises(SourceError, match=r"cannot be read|no text"):
        clipping_record(response(b"%PDF-1.4 broken"), clipping())


def test_an_added_article_is_on_the_timeline_and_its_victim_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    assert main(["add", str(file), "--published", "2026-03-12", "--publisher", "Le Journal"]) == 0
    assert "on the subject: yes" in capsys.readouterr().out
    db = open_immutable(published_path())
    told = [
        one
        for one in queries.timeline(db, View(actors=("fr-eric-bothorel",)))
        if any(source.publisher == "Le Journal" for source in one.sources)
    ]
    assert [(one.date, one.type) for one in told] == [("2026-03-11", "referral")]
    assert {actor.actor_id for actor in told[0].actors} >= {
        "fr-eric-bothorel",
        "fr-arthur-delaporte",
        "fr-parquet-paris",
    }
    assert search.search(db, "Merval").total == 0
    content = "\n".join(str(row) for table in db.table_names() for row in db[table].rows if "search" not in table)
    assert "Merval" not in content
    assert main(["add", str(file), "--published", "2026-03-12", "--publisher", "Le Journal"]) == 0
    assert "as before" in capsys.readouterr().out
