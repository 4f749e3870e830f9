"""A small published snapshot for the pages: public facts in our own words, and headlines as strangers write them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data import baseline, migrations, store, store_citations, store_joins, store_runs, store_sources
from data.database import open_writer
from data.models import ActorRecord, EventRecord, Identifier, ItemRecord, Rejected, Response, Source, Unknown, When
from data.publish import publish
from data.readings import LegalReference, Reading, Relevance
from data.reference_models import RefActor, RefDossier, Reference, RefMilestone, RefRole
from data.stages import stage_of
from data.store import Entry
from data.vocabulary import load_vocabulary

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.astimezone().date()
HOSTILE = (
    "[Click](https://evil.example/a) $x^2$ :red[alert] ![x](https://canary.example/x.png)"
    ' <img src=x onerror="alert(1)">'
)
NEWS_COUNT = 130
RULES = "1"
CITING_COUNT = 12
CITED = "fr:code-penal:226-8-1"


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def milestone(
    event_id: str,
    when: str,
    place: str,
    kind: str,
    title: tuple[str, str],
    *,
    dossier: str = "",
    status: str = "occurred",
    stage: str = "",
    actors: tuple[tuple[str, str], ...] = (),
    verified: str = "official_page",
    publisher: str = "Official journal",
) -> RefMilestone:
    return RefMilestone(
        event_id=event_id,
        when=When.parse(when),
        jurisdiction=place,
        dossier_id=dossier,
        type=kind,
        status=status,
        outcome="",
        stage=stage,
        titles={"en": title[0], "fr": title[1]},
        summaries={"en": f"{title[0]}, in one sentence.", "fr": f"{title[1]}, en une phrase."},
        actors=actors,
        legal_references=(),
        source_url=f"https://example.org/{event_id}",
        source_publisher=publisher,
        source_kind="official",
        verified=verified,
    )


def dossier(
    dossier_id: str, place: str, track: str, title: str, titles: tuple[str, str], harms: tuple[str, ...]
) -> RefDossier:
    return RefDossier(
        dossier_id, place, track, title, "fr" if place == "fr" else "en", {"en": titles[0], "fr": titles[1]},
        (Identifier("fr.an.dossier", "DLR5L16N47884"),) if dossier_id == "fr-loi-sren" else (),
        "", harms, ("criminal_offence",), f"https://example.org/{dossier_id}", "official_page",
    )  # fmt: skip


def reference(signed_on: str) -> Reference:
    """The baseline; the day the French act was signed is told wrong first, then corrected."""
    return Reference(
        actors=(
            RefActor("fr-an", "Assemblée nationale", "parliament", "fr", verified="official_page"),
            RefActor("fr-senat", "Sénat", "parliament", "fr", verified="official_page"),
            RefActor(
                "uk-ofcom", "Ofcom", "regulator", "uk", names={"en": "Office of Communications"},
                url="https://www.ofcom.org.uk/", verified="official_page",
            ),
            RefActor("org-x", "X", "platform", "int", verified="two_sources"),
            RefActor("uk-person", "Melanie Dawes", "person", "uk", verified="official_page"),
        ),
        roles=(
            RefRole(
                "uk-person", {"en": "Chief Executive", "fr": "Directrice générale"}, "uk-ofcom", "2020-03", "",
                "official_page", "https://www.ofcom.org.uk/about",
            ),
        ),
        dossiers=(
            dossier(
                "fr-loi-sren", "fr", "law", "Loi visant à sécuriser et à réguler l'espace numérique",
                ("Act to secure and regulate the digital space", "Loi SREN"), ("ncii",),
            ),
            dossier("uk-x-case", "uk", "case", "Ofcom investigation of X", ("Ofcom and X", "Ofcom et X"), ("ncii",)),
            dossier(
                "us-take-it-down", "us", "law", "TAKE IT DOWN Act", ("TAKE IT DOWN Act", "Loi TAKE IT DOWN"),
                ("ncii", "minors_csam"),
            ),
            dossier(
                "eu-code-marking", "eu", "soft", "Code of practice on marking", ("Code on marking", "Code de marquage"),
                ("disinformation_other",),
            ),
        ),
        milestones=(
            milestone("fr-sren-tabled", "2023-05-10", "fr", "bill_tabled",
                      ("The bill is tabled", "Le texte est déposé"), dossier="fr-loi-sren",
                      stage="introduced", actors=(("fr-senat", "author"),)),
            milestone("fr-sren-vote", "2023-10-17", "fr", "bill_adopted",
                      ("The Assembly adopts the bill", "L'Assemblée adopte le texte"),
                      dossier="fr-loi-sren", stage="passed_one", actors=(("fr-an", "voter_for"),)),
            milestone("fr-sren-signed", signed_on, "fr", "law_signed",
                      ("Act 2024-449 is signed", "La loi 2024-449 est promulguée"),
                      dossier="fr-loi-sren", stage="enacted", actors=(("fr-an", "author"),)),
            milestone("uk-x-opened", "2026-01-12", "uk", "investigation_opened",
                      ("Ofcom opens an investigation", "Ofcom ouvre une enquête"),
                      dossier="uk-x-case", stage="formal", actors=(("uk-ofcom", "regulator"), ("org-x", "target"))),
            milestone("us-take-signed", "2025-05-19", "us", "law_signed", ("The act is signed", "La loi est signée"),
                      dossier="us-take-it-down", stage="enacted"),
            milestone("us-take-senate", "2025-02", "us", "bill_adopted", ("The Senate passes it", "Le Sénat l'adopte"),
                      dossier="us-take-it-down", stage="passed_one", verified="memory"),
            milestone("eu-code-final", "2026-03-05/2026-06-30", "eu", "guidance_issued",
                      ("The code is final", "Le code est final"), dossier="eu-code-marking", stage="final"),
            milestone("eu-soon", day(30), "eu", "deadline",
                      ("Duties to mark begin", "Début des obligations de marquage"),
                      dossier="eu-code-marking", status="scheduled"),
            milestone("uk-late", day(-20), "uk", "hearing", ("A hearing was planned", "Une audition était prévue"),
                      dossier="uk-x-case", status="scheduled"),
            milestone("int-2019-10-count", "2019-10", "int", "study_published",
                      ("A first count of videos", "Un premier décompte de vidéos")),
        ),
        version="test",
    )  # fmt: skip


def source(source_id: str, name: str, place: str, kind: str, *, official: bool = False) -> Source:
    return Source(
        id=source_id, names={"en": name, "fr": name}, publisher=name, jurisdiction=place, kind=kind, lang="en",
        collector="feed", urls=(f"https://example.org/{source_id}",), licence="", every_hours=24, min_records=1,
        official=official,
    )  # fmt: skip


PRESS = source("uk-press", "The Daily", "uk", "news")
DOWN = source("fr-down", "Silent source", "fr", "parliament", official=True)
NEVER = source("de-never", "Waiting source", "de", "parliament", official=True)


def news(count: int) -> list[Entry]:
    """Clippings of the last months; the first carries a hostile headline and a quote."""
    entries = []
    for number in range(count):
        when = TODAY - timedelta(days=number * 3)
        title = HOSTILE if number == 0 else f"Ministers speak about fabricated videos, part {number}"
        said = EventRecord(
            external_id=f"{number}-0", type="statement", when=When.on(when), title=title, lang="en", jurisdiction="uk",
            url=f"https://example.org/daily/{number}", quote=f"“{title}”, the regulator said.", rule="en.statement",
            actors=(
                ActorRecord(
                    "", "regulator", "uk", (Identifier("monitor", "uk-ofcom"),), role="speaker", stance="calls_for",
                    quote="We call for *clear* rules",
                ),
            ),
        )  # fmt: skip
        item = ItemRecord(
            external_id=str(number), kind="article", title=title, url=f"https://example.org/daily/{number}",
            jurisdiction="uk", lang="en", text="Fabricated videos and the law", published_on=when,
            published_quality="date", publisher="The Daily",
        )  # fmt: skip
        law = (LegalReference(22, 29, "the law", CITED),) if number < CITING_COUNT else ()
        reading = Reading(Relevance(True, 1.0, ("elections",), (), RULES), legal_references=law, events=(said,))
        entries.append(Entry(item, reading))
    return entries


def build(folder: Path, *, news_count: int = NEWS_COUNT, rules: str = RULES) -> None:
    """Write ``collected.db``, ``published.db`` and the progress of a finished collection into ``folder``.

    ``rules`` is the rule set in force at the publication; the articles were read with :data:`RULES`.
    """
    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [baseline.SOURCE, PRESS, DOWN, NEVER])
    baseline.load(db, reference("2024-05-20"), at=stamp(NOW - timedelta(days=40)))
    _stages(reference("2024-05-20"), db, NOW - timedelta(days=40))
    baseline.load(db, reference("2024-05-21"), at=stamp(NOW - timedelta(days=2)))
    _stages(reference("2024-05-21"), db, NOW - timedelta(days=2))
    fetched = stamp(NOW - timedelta(hours=3))
    run = store_runs.start_run(db, PRESS.id, fetched)
    counts = store.Counts()
    extra = [Entry(Rejected("row 12", "no date <b>here</b>", "{}"), None), Entry(Unknown("codeActe", "AN9-XX"), None)]
    response = Response(PRESS.urls[0], 200, {}, b"body", fetched, PRESS.urls[0])
    for unit in store.units(PRESS, response, [*news(news_count), *extra], etag="", last_modified="", read_with="1"):
        counts.add(store.record_unit(db, unit, "ab" * 32))
    store_runs.end_run(db, run, outcome="ok", counts=counts, request_count=1, at=fetched)
    cited = store_citations.cited(db)
    store_citations.write_citations(db, ((item_id, "fr-loi-sren", name, "article") for item_id, name in cited))
    run = store_runs.start_run(db, DOWN.id, fetched)
    store_runs.end_run(
        db, run, outcome="unavailable", counts=store.Counts(), request_count=1, at=fetched, error="no answer in 30 s"
    )
    publish(
        db,
        folder / "published.db",
        at=stamp(NOW),
        today=TODAY,
        vocabulary_version=load_vocabulary().version,
        rules=rules,
    )
    db.close()
    progress = {
        "started_at": fetched, "finished_at": stamp(NOW), "total": 3, "done": 3, "running": [],
        "outcomes": {PRESS.id: "ok", DOWN.id: "unavailable"}, "unreachable": ["Silent source"],
    }  # fmt: skip
    (folder / "progress.json").write_text(json.dumps(progress), encoding="utf-8")


def _stages(told: Reference, db: object, at: datetime) -> None:
    found = []
    for one in told.dossiers:
        events = [event for event in told.milestones if event.dossier_id == one.dossier_id]
        result = stage_of(events, date(TODAY.year, TODAY.month, TODAY.day), one.track)
        found.append(store_joins.StageRow(one.dossier_id, result.stage, result.since, result.event_id))
    store_joins.write_stages(db, found, at=stamp(at))  # type: ignore[arg-type]
