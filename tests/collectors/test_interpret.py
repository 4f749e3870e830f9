"""What is read before a record is stored: language, relevance, and names that must not be shown."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.interpret import Interpreter
from data.errors import MonitorError
from data.models import DossierRecord, Identifier, ItemRecord, Source
from data.readings import MASK

SOURCE = Source(
    "news", {"en": "News"}, "Le Journal", "fr", "news", "fr", "feed", ("https://example.org/",), "none", 6, 1
)
TEXT = (
    "Mercredi 11 mars 2026, le parquet de Paris a ouvert une enquête sur des deepfakes à caractère sexuel diffusés "
    "sans consentement. La chanteuse Lila Merval, victime de ces images générées par l'IA, a porté plainte."
)


@pytest.fixture(scope="module")
def interpret() -> Interpreter:
    return Interpreter()


def item(**facts: object) -> ItemRecord:
    values = {"title": "Hypertrucages : enquête ouverte", "text": TEXT, "published_on": date(2026, 3, 12), **facts}
    return ItemRecord("a1", "article", url="https://example.org/a1", jurisdiction="fr", **values)  # type: ignore[arg-type]


def test_an_article_off_the_subject_is_kept_and_not_read(interpret: Interpreter):
    entry = interpret(item(title="Le prix du blé", text="Le cours du blé a monté mardi à Paris."), SOURCE)
    assert entry.reading and not entry.reading.relevance.relevant
    assert entry.reading.mentions == ()


def test_language_is_found_when_the_feed_declares_none(interpret: Interpreter):
    record = interpret(item(), SOURCE).record
    assert isinstance(record, ItemRecord)
    assert record.lang == "fr"


def test_a_victims_name_is_masked_in_text_title_and_summary_at_the_same_length(interpret: Interpreter):
    title = "La chanteuse Lila Merval victime de deepfakes sexuels"
    entry = interpret(item(title=title, summary="Lila Merval porte plainte pour deepfakes."), SOURCE)
    record = entry.record
    assert isinstance(record, ItemRecord)
    for before, after in ((title, record.title), (TEXT, record.text)):
        assert "Merval" not in after
        assert MASK in after
        assert len(after) == len(before)
    assert "Merval" not in record.summary
    assert entry.reading
    assert not any("Merval" in one.title + one.quote for one in entry.reading.events)
    assert not any("Merval" in one.text for one in entry.reading.mentions)


def test_a_headline_hides_nobody_whom_the_text_gives_an_office(interpret: Interpreter):
    title = "Sophie Corvalan met en garde contre les deepfakes"
    text = "Sophie Corvalan, la ministre de la Justice, a annoncé le 10 mars un projet de loi contre les hypertrucages."
    record = interpret(item(title=title, text=text), SOURCE).record
    assert isinstance(record, ItemRecord)
    assert (record.title, record.text) == (title, text)
    alone = interpret(item(title=title, text=TEXT), SOURCE).record
    assert isinstance(alone, ItemRecord)
    assert "Corvalan" not in alone.title


def test_an_undated_text_gives_no_event_but_is_masked_all_the_same(interpret: Interpreter):
    entry = interpret(item(published_on=None), SOURCE)
    assert entry.reading and entry.reading.relevance.relevant
    assert entry.reading.events == ()
    assert isinstance(entry.record, ItemRecord)
    assert "Merval" not in entry.record.text


def test_a_dossier_is_judged_on_all_its_titles_and_its_text(interpret: Interpreter):
    bill = DossierRecord(
        "d1", "us", "law", "S. 1", "en", (Identifier("us.bill", "119-s-1"),), text="A bill to ban intimate deepfakes."
    )
    entry = interpret(bill, SOURCE)
    assert entry.relevance and entry.relevance.relevant
    assert entry.relevance.evidence


def test_a_model_that_is_not_installed_stops_before_anything_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_MODELS", "fr=no_such_model")
    with pytest.raises(MonitorError, match="no_such_model"):
        Interpreter()
