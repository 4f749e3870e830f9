from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.analysis.components import KEY, PIPELINE, State, state_of
from collectors.analysis.lexicon import LANGUAGES
from collectors.analysis.predictions import read_documents, read_predictions, write_predictions
from collectors.analysis.reader import Reader, detect_language
from collectors.analysis.reading import Document, Reading
from collectors.analysis.scoring import METRICS, lines, score
from data.errors import MonitorError
from data.reference import load_reference
from tests.collectors.analysis.conftest import ACTORS, document
from tests.shared import SHARED, needs_shared

SMALL = Reader(ACTORS)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le Sénat a adopté hier la proposition de loi contre les hypertrucages."),
        ("en", "The committee has approved a bill against digital forgeries."),
        ("de", "Der Bundestag hat gestern das Gesetz gegen gefälschte Bilder beschlossen."),
        ("it", "La Camera ha approvato ieri la legge contro i video contraffatti."),
        ("es", "El Congreso aprobó ayer la ley contra las imágenes manipuladas."),
        ("da", "Folketinget vedtog i går loven om digitalt genererede efterligninger."),
    ],
)
def test_missing_language_is_detected(lang: str, text: str) -> None:
    assert detect_language(text) == lang
    assert SMALL.read(document(text, lang="")).language == lang


def test_component_stands_alone() -> None:
    import spacy

    nlp = spacy.blank("xx")
    for name in ("monitor_normalise", "monitor_dates", "monitor_spans"):
        nlp.add_pipe(name)
    text = "Adopté le 3 juin 2025."
    doc = nlp.make_doc(text)
    doc.user_data[KEY] = State(document(text), "fr")
    for _, stage in nlp.pipeline:
        doc = stage(doc)
    assert [(span.text, span.kb_id_) for span in doc.spans["dates"]] == [("3 juin 2025", "2025-06-03")]


def test_component_says_when_it_has_no_document() -> None:
    import spacy

    with pytest.raises(ValueError, match="no document"):
        state_of(spacy.blank("xx").make_doc("x"))


def test_pipeline_has_the_stages_in_order() -> None:
    assert list(PIPELINE) == [
        "monitor_normalise", "monitor_relevance", "monitor_legal", "monitor_dates", "monitor_actors",
        "monitor_events", "monitor_stance", "monitor_figures",
    ]  # fmt: skip


def test_importing_the_reader_loads_no_spacy() -> None:
    code = "import sys; import collectors.analysis.reader; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def inside(reading: Reading, doc: Document) -> None:
    size = len(doc.text)
    for item in (*reading.mentions, *reading.events, *reading.legal_references, *reading.dates, *reading.stances):
        assert 0 <= item.start < item.end <= size
    assert all(0 <= start < end <= size for start, end in reading.withheld)


WORDS = [
    "deepfake", "X", "Grok", "IA", "loi", "le parquet de Paris", "la députée", "Anne", "Delorme", "(PS)", "le 3 mai",
    "mardi", "a saisi", "M.", "Mme", "de", "l’", "article 5", "du code pénal", "DSA", ",", ";", ".", "\n\n", "«", "»",
    "victime", "sénateurs", "et", "Sen. Roe, Poe and", "Bundesrat", "Ş̇", "ﬁ", "\u200d", "🙂", "ß", "İ",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(LANGUAGES))
def test_heaps_of_telling_words_are_read_with_offsets_inside(words: list[str], lang: str) -> None:
    doc = Document("h", "Deepfake law", " ".join(words), lang, date(2026, 1, 15), source_kind="parliament_record")
    inside(SMALL.read(doc), doc)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=50), st.sampled_from([*LANGUAGES, "", "zz"]))
def test_any_unicode_is_read_with_offsets_inside(text: str, title: str, lang: str) -> None:
    doc = Document("u", f"deepfake {title}", text, lang, date(2026, 1, 15))
    inside(SMALL.read(doc), doc)


def test_a_very_long_line_is_read_in_time() -> None:
    doc = document("le deepfake de la loi du code et de la " * 4000)
    started = time.perf_counter()
    inside(SMALL.read(doc), doc)
    assert time.perf_counter() - started < 30


def test_predictions_ignore_annotations(tmp_path: Path, small_reader: Reader) -> None:
    row = {
        "id": "a", "lang": "fr", "source_type": "news", "title": "Deepfake", "published": "2026-01-15",
        "text": "Anne Delorme a saisi l'Arcom le 2 janvier.", "relevant": False, "actors": [{"name": "Nobody"}],
    }  # fmt: skip
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    write_predictions(source, target, small_reader)
    (line,) = target.read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert found["relevant"] is True
    assert [(a["name"], a["type"], a["mentions"]) for a in found["actors"]] == [
        ("Anne Delorme", "person", [[0, 12]]),
        ("Arcom", "regulator", [[23, 28]]),
    ]
    assert [(e["date"], e["type"], e["actors"]) for e in found["events"]] == [
        ("2026-01-02", "referral", ["Anne Delorme", "Arcom"])
    ]


def test_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a", "text": "t", "published": "2026-01-15"}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(MonitorError, match=r"bad\.jsonl:2"):
        read_documents(path)


@needs_shared
def test_measured_figures_stay_above_the_gates(tmp_path: Path, curated_reader: Reader) -> None:
    folder = SHARED / "gold"
    predictions, figures = tmp_path / "predictions.jsonl", tmp_path / "figures.json"
    write_predictions(folder / "dev.jsonl", predictions, curated_reader)
    subprocess.run(
        [sys.executable, folder / "score.py", folder / "dev.jsonl", predictions, "--json", figures],
        check=True,
        capture_output=True,
    )
    measured = json.loads(figures.read_text(encoding="utf-8"))
    gates = {
        "relevance": 0.97, "facets": 0.88, "mention_linked": 0.95, "person_identity": 0.95, "event_date+type": 0.85,
        "legal_normalised": 0.95, "stance": 0.60,
    }  # fmt: skip
    assert {name: measured[name]["all"]["f1"] for name in gates if measured[name]["all"]["f1"] < gates[name]} == {}
    assert measured["stance"]["all"]["p"] >= 0.8
    own = score(
        [json.loads(line) for line in (folder / "dev.jsonl").open(encoding="utf-8")],
        [json.loads(line) for line in predictions.open(encoding="utf-8")],
    )
    assert {name: round(own[name]["all"].f1, 4) for name in METRICS} == {
        name: measured[name]["all"]["f1"] for name in METRICS
    }, "our score is that of the collection's own program"


@needs_shared
def test_without_persons_in_the_reference_names_are_still_read() -> None:
    collection = SHARED / "gold" / "dev.jsonl"
    annotated = [json.loads(line) for line in collection.read_text(encoding="utf-8").splitlines()]
    reader = Reader([actor for actor in load_reference().actors if actor.kind != "person"])
    assert score(annotated, read_predictions(collection, reader))["mention_linked"]["all"].f1 >= 0.88


@needs_shared
def test_documented_figures_are_the_measured_ones(curated_reader: Reader) -> None:
    collection = SHARED / "gold" / "dev.jsonl"
    annotated = [json.loads(line) for line in collection.read_text(encoding="utf-8").splitlines()]
    measured = lines(score(annotated, read_predictions(collection, curated_reader)))
    unlisted = Reader([actor for actor in load_reference().actors if actor.kind != "person"])
    without = lines(score(annotated, read_predictions(collection, unlisted)))
    page = (Path(__file__).resolve().parents[3] / "docs" / "reading.md").read_text(encoding="utf-8")
    whole, _, institutions = page.partition("With all persons taken out of the reference")
    told = [line for line in institutions.partition("These texts were")[0].splitlines() if " F1 " in line]
    assert [line for line in measured if line not in whole] == [], "make score"
    assert told and [line for line in told if line not in without] == [], "make score"


@pytest.mark.parametrize("piece", ["(", "Anna Bella ", "ministre Anna Bella, ", "le 3 mai il a saisi la justice, "])
def test_a_long_run_of_one_thing_is_read_in_time(piece: str) -> None:
    doc = document(piece * (30_000 // len(piece)), title="Loi sur les deepfakes")
    started = time.perf_counter()
    inside(SMALL.read(doc), doc)
    assert time.perf_counter() - started < 30
