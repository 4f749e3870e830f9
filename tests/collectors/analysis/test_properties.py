"""What must hold of reading whatever the text, and in whatever order its rules stand."""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.analysis import lexicon
from collectors.analysis.lexicon import LANGUAGES, load, rule_version
from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document
from collectors.analysis.relevance import judge
from collectors.interpret import Interpreter
from data import migrations, store, store_sources
from data.database import open_writer, rows
from data.models import ItemRecord, Response, Source
from data.reference import load_reference
from tests.collectors.analysis.conftest import ACTORS, document
from tests.shared import ROOT

TITLE = "Deepfakes : loi, police et plateformes"
TEXTS = (
    "Anne Delorme a saisi l'Arcom le 2 janvier. X a annoncé le 5 janvier 2026 le retrait de Grok.",
    "Mercredi 7 janvier 2026, le parquet de Paris a ouvert une enquête visant X (ex-Twitter). L'amende est de 3 000 "
    "euros, selon l'article 226-8 du code pénal.",
    "Il Garante ha aperto un'istruttoria il 9 gennaio 2026 sui deepfake diffusi su X.",
    "Der Bundesrat in Bern hat am 12. Januar 2026 einen Entwurf zu Deepfakes vorgelegt.",
    "On 13 January 2026, Ofcom opened an investigation into X over sexual deepfakes under the Online Safety Act 2023.",
    "El Gobierno aprobó el 13 de enero de 2026 un anteproyecto contra los deepfakes. Jane Roe y Amos Poe lo critican.",
    "Le Sénat adopte la loi. La CNIL et le PS (Parti socialiste) s'opposent à la proposition de loi sur les deepfakes.",
    "Nothing of interest happened in the wheat market.",
)
DOCUMENTS = [
    Document(str(n), TITLE if n % 2 else "", text, "", date(2026, 1, 15), ("", "fr", "ch")[n % 3])
    for n, text in enumerate(TEXTS)
]
slowly = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slowly
@given(st.permutations(DOCUMENTS))
def test_the_order_of_documents_does_not_matter(small_reader: Reader, shuffled: list[Document]) -> None:
    alone = {one.id: small_reader.read(one) for one in DOCUMENTS}
    found = {one.document_id: one for one in small_reader.read_many(shuffled)}
    assert found == alone
    assert any(one.events and one.mentions for one in found.values())


@slowly
@given(st.permutations(ACTORS))
def test_the_order_of_actors_does_not_matter(small_reader: Reader, shuffled: list[object]) -> None:
    other = Reader(shuffled)  # type: ignore[arg-type]
    for one in DOCUMENTS:
        assert other.read(one) == small_reader.read(one)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_reviewed_rows_does_not_matter(curated_reader: Reader, seed: int) -> None:
    reference = load_reference()
    actors, roles = list(reference.actors), list(reference.roles)
    random.Random(seed).shuffle(actors)
    random.Random(seed).shuffle(roles)
    other = Reader(actors, roles)
    texts = [*TEXTS, *(str(one["text"]) for lang in LANGUAGES for one in load(f"events_{lang}")["example"])]
    names = " ".join(name for actor in reference.actors for name in (actor.name, *actor.aliases))
    for text in (*texts, names[:30_000]):
        one = document(text, lang="", title=TITLE)
        assert other.read(one) == curated_reader.read(one)


ORDERED = """
import sys, tomllib
straight = tomllib.loads
def turned(thing):
    if isinstance(thing, dict):
        return {key: turned(thing[key]) for key in reversed(list(thing))}
    return [turned(one) for one in thing] if isinstance(thing, list) else thing
if sys.argv[1] == "turned":
    tomllib.loads = lambda text: turned(straight(text))
from collectors.analysis.lexicon import LANGUAGES, load
from collectors.analysis.reader import Reader
from data.reference import load_reference
from tests.collectors.analysis.conftest import document
from tests.collectors.analysis.test_properties import TEXTS, TITLE
reader = Reader(load_reference().actors)
examples = [(text, "", "2026-01-15") for text in TEXTS]
examples += [(one["text"], one["lang"], one["published"]) for one in load("dates")["example"]]
for lang in LANGUAGES:
    examples += [(one["text"], lang, one["published"]) for one in load(f"events_{lang}")["example"]]
for text, lang, published in examples:
    print(repr(reader.read(document(text, lang, str(published), TITLE))))
"""


def test_the_order_of_tables_in_a_rule_file_does_not_matter() -> None:
    """Lists are in order on purpose (the first pattern that fits has the word); tables and their keys are not."""
    straight, turned = (
        subprocess.run(
            [sys.executable, "-c", ORDERED, how], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout.splitlines()
        for how in ("straight", "turned")
    )
    assert sum("EventSpan" in line for line in straight) > 20
    for one, other in zip(straight, turned, strict=True):
        assert one == other


def test_the_order_of_files_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    before, listed = rule_version(), Path.glob

    def turned(folder: Path, pattern: str) -> list[Path]:
        return sorted(listed(folder, pattern), reverse=True)

    monkeypatch.setattr(Path, "glob", turned)
    assert rule_version.__wrapped__() == before


def test_the_version_of_the_rules_is_that_of_what_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rule_version()
    for name in lexicon._BESIDE:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(lexicon, "_ROOT", tmp_path)
    assert rule_version.__wrapped__() == before
    (tmp_path / "data" / "reference" / "actors.csv").write_text("another list of names", encoding="utf-8")
    assert rule_version.__wrapped__() != before


def test_a_model_that_may_propose_names_is_among_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(lexicon.MODELS, raising=False)
    before = rule_version.__wrapped__()
    monkeypatch.setenv(lexicon.MODELS, "fr=some_model")
    assert rule_version.__wrapped__() != before


SOURCE = Source(
    "news", {"en": "News"}, "Le Journal", "fr", "news", "fr", "feed", ("https://example.org/",), "none", 6, 1
)
INTERPRET = Interpreter()
STORY = "Le 12 janvier 2026, le parquet de Paris a ouvert une enquête sur des deepfakes à caractère sexuel. "
ODD = {
    "control characters": "".join(map(chr, (*range(32), *range(127, 160)))) * 20,
    "lone surrogates": "\ud83d \udc4d \udfff\ud800 " * 50,
    "marks from right to left": "\u202e\u200f\u2067\u061c\u202b " * 100,
    "a million letters": "deepfake " * 111_112,
    "a million signs": "(" * 1_000_000,
    "no letter at all": "123 456,78 % !? … " * 200,
    "combining marks alone": "".join(c for c in map(chr, range(0x300, 0x370)) if unicodedata.combining(c)) * 30,
    "nothing": "",
}


def passes_through(record: ItemRecord) -> str:
    """Judge, read, interpret and store one record; where it landed: the table."""
    judged = judge(record.title, record.text, record.lang)
    whole = f"{record.title}\n{record.text}"
    assert all(whole[one.start : one.end] == one.text for one in judged.evidence)
    reading = INTERPRET.load().read(Document("1", record.title, record.text, "", date(2026, 1, 15)))
    assert all(one.start < one.end <= len(record.text) for one in (*reading.mentions, *reading.events))
    entry = INTERPRET(record, SOURCE)
    assert isinstance(entry.record, ItemRecord)
    assert len(entry.record.text) == len(record.text)
    db = open_writer(Path(":memory:"))
    migrations.migrate(db)
    store_sources.source_rows(db, [SOURCE])
    response = Response("https://example.org/", 200, {}, b"body", "2026-11-25T06:00:00Z")
    beside = INTERPRET(ItemRecord("beside", "article", "Deepfakes", "https://example.org/2", "fr", text=STORY), SOURCE)
    store.record_unit(db, store.Unit(SOURCE, response, (entry, beside)), "sha")
    landed = [row["external_id"] for row in rows(db, "SELECT external_id FROM item")]
    set_aside = rows(db, "SELECT locator FROM quarantine")
    assert "beside" in landed and len(landed) + len(set_aside) == 2
    if "odd" in landed:
        stored = rows(db, "SELECT t.text FROM item_text t JOIN item USING (item_id) WHERE external_id = 'odd'")
        assert stored == [{"text": entry.record.text}]
    db.close()
    return "item" if "odd" in landed else "quarantine"


def odd_item(text: str, title: str = TITLE) -> ItemRecord:
    return ItemRecord(
        "odd", "article", title, "https://example.org/1", "fr", lang_declared="fr", text=text,
        published_on=date(2026, 1, 15),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_text_passes_through_the_whole_way(kind: str) -> None:
    expected = "quarantine" if kind == "lone surrogates" else "item"  # no file can hold half a letter
    for text in (STORY + ODD[kind] + STORY, ODD[kind][:1_000]):
        assert passes_through(odd_item(text)) == expected


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [STORY, "La chanteuse Lila Merval, victime, a porté plainte. ", *(odd[:40] for odd in ODD.values())]
        )
        | st.text(st.characters(codec=None), max_size=30),
        max_size=8,
    )
)
def test_any_mixture_passes_through_the_whole_way(parts: list[str]) -> None:
    text = "".join(parts)
    holds_half_a_letter = any(unicodedata.category(c) == "Cs" for c in text)
    assert passes_through(odd_item(text)) == ("quarantine" if holds_half_a_letter else "item")
