"""A snapshot of a few actors for the tests of actors and positions: invented bodies, and one private person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from data import baseline, migrations, store, store_citations, store_runs, store_sources
from data.database import open_writer
from data.models import ActorRecord, EventRecord, Identifier, ItemRecord, Response, Seat, When
from data.publish import publish
from data.readings import LegalReference, Mention, Position, Reading, Relevance
from data.reference_models import RefActor, Reference, RefRole
from data.store import Entry
from data.vocabulary import load_vocabulary
from tests.dashboard.snapshot import PRESS, dossier, milestone, source

VICTIM = "Jeanne Victime"
TODAY = date(2026, 6, 1)
REGISTER = source("fr-register", "Register", "fr", "parliament", official=True)
CITED = "fr:code-penal:226-8-1"


def reference() -> Reference:
    """Two files, a parliament that voted on one, a person whose office has a start."""
    return Reference(
        actors=(
            RefActor("fr-an", "Assemblée nationale", "parliament", "fr", verified="official_page"),
            RefActor("ngo-clear", "Clear Voices", "ngo", "eu", verified="official_page"),
            RefActor("org-frame", "Frame", "platform", "int", verified="official_page"),
            RefActor("fr-minister", "Éva Exemple", "person", "fr", verified="official_page"),
        ),
        roles=(
            RefRole(
                "fr-minister", {"en": "Minister", "fr": "Ministre"}, "fr-an", "2025-03", "2026-02", "official_page",
                "https://example.org/office",
            ),
        ),
        dossiers=(
            dossier("fr-loi-sren", "fr", "law", "Loi sur les images", ("Act on images", "Loi sur les images"), ("ncii",)),
            dossier("eu-code", "eu", "soft", "Code on marks", ("Code on marks", "Code des marques"), ("ncii",)),
        ),
        milestones=(
            milestone("law-tabled", "2025-04-02", "fr", "bill_tabled", ("The bill is tabled", "Le texte est déposé"),
                      dossier="fr-loi-sren", stage="introduced", actors=(("fr-minister", "author"),)),
            milestone("law-vote", "2026-01-20", "fr", "bill_adopted", ("It is adopted", "Le texte est adopté"),
                      dossier="fr-loi-sren", actors=(("fr-an", "voter_for"), ("fr-minister", "speaker"))),
            milestone("code-talk", "2026-02-10", "eu", "hearing", ("Talks on the code", "Échanges sur le code"),
                      dossier="eu-code", actors=(("ngo-clear", "expert"), ("org-frame", "consulted"))),
        ),
        version="small",
    )  # fmt: skip


def said(number: int, on: date, who: str, stance: str, quote: str) -> EventRecord:
    return EventRecord(
        external_id=f"{number}-0", type="statement", when=When.on(on), title=f"Statement {number}", lang="en",
        jurisdiction="fr", url=f"https://example.org/press/{number}", quote=quote, rule="en.statement",
        actors=(ActorRecord("", "ngo", "eu", (Identifier("monitor", who),), role="speaker", stance=stance, quote=quote),
                ActorRecord(VICTIM, "person", "fr", role="target")),
    )  # fmt: skip


def article(number: int, on: date, *, events: tuple[EventRecord, ...] = (), cites: bool = False,
            positions: tuple[Position, ...] = (), mentions: tuple[Mention, ...] = ()) -> Entry:  # fmt: skip
    item = ItemRecord(
        external_id=str(number), kind="article", title=f"Article {number}", url=f"https://example.org/press/{number}",
        jurisdiction="fr", lang="en", text="Images made by machines, and the law " * 4, published_on=on,
        published_quality="date", publisher="The Daily",
    )  # fmt: skip
    law = (LegalReference(0, 6, "Images", CITED),) if cites else ()
    judged = Relevance(True, 1.0, ("labelling",), (), "1")
    return Entry(item, Reading(judged, legal_references=law, events=events, positions=positions, mentions=mentions))


def build(folder: Path) -> None:
    """Write ``published.db``: the baseline, a register with one number without a name, three articles."""
    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [baseline.SOURCE, PRESS, REGISTER])
    at = datetime(2026, 6, 1, 6, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    baseline.load(db, reference(), at=at)
    votes = EventRecord(
        external_id="v1", type="bill_adopted", when=When.on(date(2026, 1, 20)), title="Vote 12", lang="fr", jurisdiction="fr",
        dossier=(Identifier("fr.an.dossier", "DLR5L16N47884"),), url="https://example.org/vote",
        actors=(
            ActorRecord("", "person", "fr", (Identifier("fr.an", "PA4242"),), role="voter_against"),
            ActorRecord("Camille Siège", "person", "fr", (Identifier("fr.an", "PA4243"),), role="voter_for",
                        party="Groupe A", seats=(Seat("Assemblée nationale", "2024-07-18", ""),)),
        ),
    )  # fmt: skip
    ballot = ItemRecord(
        external_id="v1", kind="vote", title="Vote 12", url="https://example.org/vote", jurisdiction="fr", lang="fr",
        published_on=date(2026, 1, 20), published_quality="date", publisher="Register", events=(votes,),
    )  # fmt: skip
    _tell(db, REGISTER, [Entry(ballot, Reading(Relevance(True, 1.0, (), (), "1")))], at)
    stated = Position(0, 20, "ngo-clear", "Clear Voices", "supports", "Clear Voices supports the act.", "verb:x")
    _tell(
        db,
        PRESS,
        [
            article(1, date(2025, 5, 1), cites=True, positions=(stated,), mentions=(Mention(0, 6, "Clear Voices", "ngo-clear", "Clear Voices", "name"),)),
            article(2, date(2026, 3, 1), events=(said(2, date(2026, 3, 1), "ngo-clear", "opposes", "We oppose it now."),)),
            article(3, date(2026, 4, 1), positions=(Position(0, 9, "", VICTIM, "criticises", "She criticises.", "verb:y"),)),
        ],
        at,
    )  # fmt: skip
    cited = store_citations.cited(db)
    store_citations.write_citations(db, ((item_id, "fr-loi-sren", name, "article") for item_id, name in cited))
    publish(db, folder / "published.db", at=at, today=TODAY, vocabulary_version=load_vocabulary().version, rules="1")
    db.close()


def _tell(db: object, teller: object, entries: list[Entry], at: str) -> None:
    run = store_runs.start_run(db, teller.id, at)  # type: ignore[arg-type, attr-defined]
    counts = store.Counts()
    response = Response("https://example.org/feed", 200, {}, b"body", at, "https://example.org/feed")
    for unit in store.units(teller, response, entries, etag="", last_modified="", read_with="1"):  # type: ignore[arg-type]
        counts.add(store.record_unit(db, unit, "ab" * 32))  # type: ignore[arg-type]
    store_runs.end_run(db, run, outcome="ok", counts=counts, request_count=1, at=at)  # type: ignore[arg-type]
