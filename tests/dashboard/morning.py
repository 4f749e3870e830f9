"""A snapshot with a night between two publications: what was known before, and what a reader finds in the morning."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from data import baseline, migrations, store, store_joins, store_sources
from data.database import open_writer
from data.models import ItemRecord, Response
from data.publish import publish
from data.readings import Reading, Relevance
from data.reference_models import RefDossier, Reference, RefMilestone
from data.stages import stage_of
from data.store import Entry
from data.vocabulary import load_vocabulary
from tests.dashboard.snapshot import NOW, PRESS, TODAY, day, dossier, milestone, source, stamp

#: the publication the reader saw, and when the night's collection noticed what it noticed
SEEN = stamp(NOW - timedelta(hours=20))
NIGHT = stamp(NOW - timedelta(hours=5))
LONG_AGO = stamp(NOW - timedelta(days=60))
FRENCH = source("fr-press", "Le Quotidien", "fr", "news")
HOSTILE = "[Act](https://evil.example) *of* :red[1] <b>x</b>"


def _before() -> tuple[tuple[RefDossier, ...], tuple[RefMilestone, ...]]:
    dossiers = (
        dossier("fr-loi-sren", "fr", "law", "Loi SREN", ("SREN Act", "Loi SREN"), ("ncii",)),
        dossier("us-take-it-down-act", "us", "law", "TAKE IT DOWN Act", (HOSTILE, HOSTILE), ("ncii",)),
        dossier("eu-code", "eu", "soft", "Code", ("Code on marking", "Code de marquage"), ("elections",)),
    )
    events = (
        milestone("fr-tabled", "2025-05-10", "fr", "bill_tabled", ("Grok bill tabled", "Dépôt du texte Grok"),
                  dossier="fr-loi-sren", stage="introduced"),
        milestone("us-signed", "2025-05-19", "us", "law_signed", ("The act is signed", "La loi est signée"),
                  dossier="us-take-it-down-act", stage="enacted"),
        milestone("eu-near", day(6), "eu", "deadline", ("Marking begins", "Le marquage commence"),
                  dossier="eu-code", status="scheduled"),
        milestone("eu-begun", f"{day(-10)}/{day(4)}", "eu", "consultation_closed",
                  ("Consultation closes", "La consultation se termine"), dossier="eu-code", status="scheduled"),
        milestone("uk-month", day(20), "uk", "hearing", ("A hearing", "Une audition"), status="scheduled"),
        milestone("uk-off", day(21), "uk", "hearing", ("A hearing called off", "Annulée"), status="cancelled"),
        milestone("fr-year", day(200), "fr", "law_in_force", ("Duties apply", "Les obligations s'appliquent"),
                  dossier="fr-loi-sren", status="scheduled"),
        milestone("kr-far", day(800), "kr", "deadline", ("Far away", "Très loin"), status="scheduled"),
        milestone("uk-silent", day(-3), "uk", "hearing", ("Was planned", "Était prévue"), status="scheduled"),
    )  # fmt: skip
    return dossiers, events


def _after() -> tuple[tuple[RefDossier, ...], tuple[RefMilestone, ...]]:
    dossiers, events = _before()
    events = tuple(one for one in events if one.event_id != "us-signed")
    return (
        (*dossiers, dossier("uk-bill", "uk", "law", "A new bill", ("A new bill", "Un nouveau texte"), ("elections",))),
        (
            *events,
            milestone("us-signed", "2025-05-20", "us", "law_signed", ("The act is signed", "La loi est signée"),
                      dossier="us-take-it-down-act", stage="enacted"),
            milestone("us-force", "2026-05-19", "us", "law_in_force", ("Removal duty applies", "Retrait obligatoire"),
                      dossier="us-take-it-down-act", stage="in_force"),
            milestone("fr-vote", "2026-06-02", "fr", "bill_adopted", ("The Assembly adopts it", "Adoption"),
                      dossier="fr-loi-sren", stage="passed_one"),
            milestone("uk-tabled", "2026-06-03", "uk", "bill_tabled", ("A bill is tabled", "Un texte est déposé"),
                      dossier="uk-bill", stage="introduced"),
            milestone("fr-says", "2026-06-09", "fr", "statement", ("A minister speaks", "Une ministre parle")),
            milestone("fr-fine", "2026-06-01", "fr", "fine_sanction", ("A fine", "Une amende")),
            milestone("fr-next", day(12), "fr", "hearing", ("Newly planned", "Nouvelle date"), status="scheduled"),
        ),
    )  # fmt: skip


def _items(place: str, count: int, relevant: int) -> list[Entry]:
    return [
        Entry(
            ItemRecord(
                external_id=f"{place}-{n}", kind="article", title=f"Piece {n}", url=f"https://example.org/{place}/{n}",
                jurisdiction=place, lang="en", text="Fabricated videos", published_on=TODAY, published_quality="date",
                publisher="The Daily",
            ),
            Reading(Relevance(n < relevant, 1.0, (), (), "1")),
        )
        for n in range(count)
    ]  # fmt: skip


def build(folder: Path) -> None:
    """Write ``collected.db`` and ``published.db`` into ``folder``."""
    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [baseline.SOURCE, PRESS, FRENCH])
    for (dossiers, events), at in ((_before(), LONG_AGO), (_after(), NIGHT)):
        baseline.load(db, Reference(actors=(), roles=(), dossiers=dossiers, milestones=events, version=at), at=at)
        found = []
        for one in dossiers:
            held = stage_of([event for event in events if event.dossier_id == one.dossier_id], TODAY, one.track)
            found.append(store_joins.StageRow(one.dossier_id, held.stage, held.since, held.event_id))
        store_joins.write_stages(db, found, at=at)
    for told, place, count, relevant in ((PRESS, "uk", 4, 1), (FRENCH, "fr", 3, 2)):
        response = Response(told.urls[0], 200, {}, b"body", NIGHT, told.urls[0])
        for unit in store.units(
            told, response, _items(place, count, relevant), etag="", last_modified="", read_with="1"
        ):
            store.record_unit(db, unit, "ab" * 32)
    publish(
        db, folder / "published.db", at=stamp(NOW), today=TODAY,
        vocabulary_version=load_vocabulary().version, rules="1",
    )  # fmt: skip
    db.close()
