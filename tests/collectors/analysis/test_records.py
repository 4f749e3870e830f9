from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from collectors.analysis.lexicon import rule_version
from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document
from collectors.analysis.records import facts, private_names
from data.models import Identifier
from tests.collectors.analysis.conftest import document
from tests.shared import SHARED, needs_shared

TITLE = "Deepfakes : la justice saisie"


def test_listed_actor_carries_its_monitor_id(small_reader: Reader) -> None:
    doc = document("Anne Delorme a saisi l'Arcom le 2 janvier.", title=TITLE)
    (event,) = facts(small_reader.read(doc), doc)
    assert [(a.name, a.role, a.identifiers) for a in event.actors] == [
        ("Anne Delorme", "complainant", (Identifier("monitor", "fr-anne-delorme"),)),
        ("Arcom", "regulator", (Identifier("monitor", "fr-arcom"),)),
    ]
    assert (event.type, event.when.iso(), event.status, event.jurisdiction) == (
        "referral",
        "2026-01-02",
        "occurred",
        "fr",
    )


def test_provisional_actor_needs_a_public_role(small_reader: Reader) -> None:
    doc = document(
        "La procureure Aliénor Vasseur a ouvert une enquête le 2 janvier. "
        "Me Gaspard Lormier a déposé plainte le 3 janvier.",
        title=TITLE,
    )
    first, second = facts(small_reader.read(doc), doc)
    assert [(a.name, a.role_title, a.identifiers) for a in first.actors] == [("Aliénor Vasseur", "procureure", ())]
    assert second.actors == ()
    assert "Lormier" not in second.quote + second.title


def test_withheld_name_leaves_quote_and_title(small_reader: Reader) -> None:
    doc = document("La chanteuse Oriane Valcourt a porté plainte le 2 janvier auprès de l'Arcom.", title=TITLE)
    (event,) = facts(small_reader.read(doc), doc)
    assert event.quote == "La chanteuse […] a porté plainte le 2 janvier auprès de l'Arcom."
    assert event.title == "Plainte ou saisine\u00a0: Arcom"


def test_names_in_a_row_become_one_gap(small_reader: Reader) -> None:
    doc = document("Doriane et Cyrielle, victimes, ont porté plainte le 2 janvier.", title=TITLE)
    reading = small_reader.read(doc)
    (event,) = facts(reading, doc)
    assert event.quote == "[…], victimes, ont porté plainte le 2 janvier."
    assert private_names(reading, doc) == ("Cyrielle", "Doriane")


def test_same_text_gives_the_same_ids(small_reader: Reader) -> None:
    doc = document("Anne Delorme a saisi l'Arcom le 2 janvier. Le texte entre en vigueur le 3 mars 2026.", title=TITLE)
    once, again = facts(small_reader.read(doc), doc), facts(small_reader.read(doc), doc)
    assert once == again
    assert len({event.external_id for event in once}) == 2


def test_cited_law_goes_with_its_event(small_reader: Reader) -> None:
    doc = document("L'Arcom a ouvert une enquête le 2 janvier au titre du règlement (UE) 2022/2065.", title=TITLE)
    (event,) = facts(small_reader.read(doc), doc)
    assert event.legal_references == ("eu:reg:2022/2065",)
    assert event.rule == "clause:ouvert une enquête"
    assert event.rules == rule_version()
    assert event.span and doc.text[slice(*event.span)] == event.quote


def test_text_off_the_subject_gives_no_records(small_reader: Reader) -> None:
    doc = document("Anne Delorme a saisi l'Arcom le 2 janvier.", title="Budget")
    assert facts(small_reader.read(doc), doc) == ()


@pytest.fixture(scope="module")
def seed() -> Document:
    text = (Path(SHARED) / "seed" / "article-2026-01-07.fr.txt").read_text(encoding="utf-8")
    return Document("seed", "Nouvelle attaque sexiste sur X", text, "fr", date(2026, 1, 7), "fr", "news")


@needs_shared
def test_trigger_article_shows_no_victim(curated_reader: Reader, seed: Document) -> None:
    with (SHARED / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        annotated = next(row for row in map(json.loads, lines) if row["id"] == "seed-001")
    victims = {actor["name"] for actor in annotated["actors"] if "victim" in actor.get("role", "")}
    reading = curated_reader.read(seed)
    records = facts(reading, seed)
    said = " ".join([*(m.text for m in reading.mentions), *(f"{r.title} {r.quote}" for r in records)])
    said += " ".join(actor.name for record in records for actor in record.actors)
    assert len(records) >= 6
    assert len(victims) == 4
    assert [name for name in victims if name.split()[-1] in said] == []
    assert victims <= set(private_names(reading, seed))


@needs_shared
def test_trigger_article_links_its_policy_actors(curated_reader: Reader, seed: Document) -> None:
    linked = {mention.actor_id for mention in curated_reader.read(seed).mentions}
    assert linked >= {
        "org-x", "product-grok", "org-xai", "int-elon-musk", "fr-eric-bothorel", "fr-arthur-delaporte",
        "fr-stephane-vojetta", "fr-sarah-legrain", "fr-sarah-el-hairy", "fr-roland-lescure", "fr-anne-le-henanff",
        "fr-aurore-berge", "fr-parquet-paris", "ngo-aiforensics", "ngo-iwf", "fr-pharos", "media-bloomberg", "fr-ps",
    }  # fmt: skip


def test_paper_that_is_quoted_states_nothing(curated_reader: Reader) -> None:
    doc = document("Rates are high these days, said CBS News in January 2026.", "en", title="Deepfakes and the law")
    assert facts(curated_reader.read(doc), doc) == ()


def test_agency_of_a_dateline_is_no_actor(curated_reader: Reader) -> None:
    doc = document(
        "LONDON, Jan 13 (Reuters) - Ofcom opened an investigation into X on Tuesday.", "en", title="Deepfakes"
    )
    (event,) = facts(curated_reader.read(doc), doc)
    assert "Reuters" not in [actor.name for actor in event.actors]
    assert "X" in [actor.name for actor in event.actors]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ces dernières, avec l'Arcom, ont saisi le parquet", "[…], avec l'Arcom, ont saisi le parquet"),
        ("Il a saisi l'Arcom", "[…] a saisi l'Arcom"),
        ("Il est interdit de saisir l'Arcom", "Il est interdit de saisir l'Arcom"),
        ("Cette autorité, l'Arcom, a été saisie", "Cette autorité, l'Arcom, a été saisie"),
    ],
)
def test_a_title_does_not_begin_with_a_word_that_stands_for_somebody_named_before(
    small_reader: Reader, text: str, title: str
) -> None:
    doc = document(f"Anne Delorme est députée. {text} le 2 janvier.", title=TITLE)
    (event,) = facts(small_reader.read(doc), doc)
    assert event.title == f"{title} le 2 janvier."
    assert event.quote.startswith(text)


@pytest.mark.parametrize(
    ("lang", "text", "title"),
    [
        ("fr", "Le parquet a entendu deux députés, Éric Bothorel et Arthur Delaporte (Parti socialiste). Ce dernier, avec"
               " l'Arcom, a saisi le 2 janvier la justice.",
         "[Arthur Delaporte], avec l'Arcom, a saisi le 2 janvier la justice."),
        ("fr", "Éric Bothorel a écrit à Arthur Delaporte et au Parti socialiste. Ce dernier a saisi le 2 janvier la"
               " justice.", "[…] a saisi le 2 janvier la justice."),
        ("fr", "Les députés ont été reçus.\n\nCe dernier a saisi le 2 janvier la justice.",
         "[…] a saisi le 2 janvier la justice."),
    ],
)  # fmt: skip
def test_the_latter_is_the_person_named_last_outside_brackets_or_nobody(
    curated_reader: Reader, lang: str, text: str, title: str
) -> None:
    doc = document(text, lang, title="Deepfakes : la justice saisie")
    (event,) = facts(curated_reader.read(doc), doc)
    assert event.title == title
    assert ("Arthur Delaporte" in [one.name for one in event.actors]) == title.startswith("[Arthur")


def test_who_looked_at_images_did_not_make_them(curated_reader: Reader) -> None:
    text = "L'ONG AI Forensics a analysé 900 images truquées générées par Grok du 25 décembre au 1er janvier."
    doc = document(text, title="Deepfakes : une étude")
    (event,) = facts(curated_reader.read(doc), doc)
    assert (event.type, [one.name for one in event.actors]) == ("incident", ["Grok"])
    assert event.quote == "900 images truquées générées par Grok du 25 décembre au 1er janvier."


def test_a_title_that_ends_within_a_quotation_closes_it(small_reader: Reader) -> None:
    text = "L'Arcom a saisi le parquet le 2 janvier de « faits graves. Ils appellent une réponse », selon elle."
    doc = document(text, title=TITLE)
    (event,) = facts(small_reader.read(doc), doc)
    assert event.quote == "L'Arcom a saisi le parquet le 2 janvier de « faits graves."
    assert event.title == "L'Arcom a saisi le parquet le 2 janvier de « faits graves.\u00a0»"
