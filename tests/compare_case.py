"""A small published snapshot of places that answer one affair; the names of the affair are those of incidents.toml."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from data import baseline, migrations, store_joins, store_sources
from data.database import open_writer
from data.publish import publish
from data.reference_models import RefActor, RefDossier, Reference, RefMilestone
from data.stages import stage_of
from data.vocabulary import load_vocabulary
from tests.dashboard.snapshot import HOSTILE, dossier, milestone

TODAY = date(2026, 11, 25)
AFFAIR = "grok-2026"

ACTORS = (
    RefActor("uk-liz-kendall", "Liz Kendall", "person", "uk", verified="official_page"),
    RefActor("ngo-iwf", "Internet Watch Foundation", "ngo", "uk", verified="official_page"),
    RefActor("int-elon-musk", "Elon Musk", "person", "int", verified="official_page"),
    RefActor("org-x", "X", "platform", "int", verified="official_page"),
    RefActor("product-grok", "Grok", "product", "int", verified="official_page"),
)
DOSSIERS = (
    dossier("fr-loi-sren", "fr", "law", "Loi SREN", ("SREN act", "Loi SREN"), ("ncii",)),
    dossier("uk-bill", "uk", "law", HOSTILE, (HOSTILE, HOSTILE), ("ncii", "elections")),
    dossier("us-old-bill", "us", "law", "Old bill", ("Old bill", "Ancien texte"), ("ncii",)),
    dossier("us-bill", "us", "law", "New bill", ("New bill", "Nouveau texte"), ("ncii",)),
    dossier("us-mute-bill", "us", "law", "Bill without a step", ("Mute bill", "Texte muet"), ("elections",)),
    dossier("uk-ofcom-x-grok", "uk", "case", "Ofcom and X", ("Ofcom and X", "Ofcom et X"), ("ncii",)),
)
MILESTONES = (
    milestone("fr-force", "2024-05-21", "fr", "law_in_force", ("In force", "En vigueur"),
              dossier="fr-loi-sren", stage="in_force"),
    milestone("uk-tabled", "2024-09-06", "uk", "bill_tabled", ("Tabled", "Déposé"), dossier="uk-bill",
              stage="introduced"),
    milestone("us-lapsed", "2025-01-03", "us", "withdrawn", ("Lapsed", "Caduc"), dossier="us-old-bill", stage="lapsed"),
    milestone("us-floor", "2025-04", "us", "bill_reading", ("On the floor", "En séance"), dossier="us-bill",
              stage="floor"),
    # before day 0: Grok, but not the affair
    milestone("fr-before", "2025-11-19", "fr", "investigation_opened", ("Grok denies", "Grok nie")),
    milestone("int-2026-01-22-ccdh-grok", "2026-01-22", "int", "study_published", ("A count of Grok", "Un décompte")),
    milestone("fr-referral", "2026-01-02", "fr", "referral", ("MPs report Grok", "Des députés signalent Grok")),
    milestone("fr-referral-month", "2026-01", "fr", "referral", ("A report on Grok", "Un signalement de Grok")),
    # an association and a company speak: no answer of the United Kingdom or of France
    milestone("uk-ngo", "2026-01-03", "uk", "statement", ("An NGO on Grok", "Une ONG sur Grok"),
              actors=(("ngo-iwf", "publisher"),)),
    milestone("fr-musk", "2026-01-04", "fr", "statement", ("X on Grok", "X sur Grok"),
              actors=(("int-elon-musk", "speaker"),)),
    milestone("uk-minister", "2026-01-09", "uk", "statement", ("A minister on images", "Une ministre sur les images"),
              actors=(("uk-liz-kendall", "minister_responsible"), ("product-grok", "target"))),
    milestone("uk-opened", "2026-01-12", "uk", "investigation_opened", ("Ofcom opens", "Ofcom ouvre"),
              dossier="uk-ofcom-x-grok", stage="formal"),
    milestone("uk-planned", "2026-01-20", "uk", "fine_sanction", ("A fine is planned", "Une amende est prévue"),
              dossier="uk-ofcom-x-grok", status="scheduled"),
    milestone("au-letter", "2026-01", "au", "regulator_contact", ("A letter on Grok", "Une lettre sur Grok")),
    milestone("jp-letter", "2025-12", "jp", "regulator_contact", ("Asked on Grok", "Question sur Grok")),
    milestone("id-block", "2026-03-20", "id", "fine_sanction", ("Grok is blocked", "Grok est bloqué")),
    milestone("de-other", "2026-01-05", "de", "statement", ("On another subject", "Sur un autre sujet")),
)  # fmt: skip


def build(folder: Path) -> Path:
    """Write ``collected.db`` and ``published.db`` into ``folder``; the path of the latter."""
    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [baseline.SOURCE])
    at = "2026-11-25T06:00:00Z"
    baseline.load(db, Reference(actors=ACTORS, dossiers=DOSSIERS, milestones=MILESTONES, version="test"), at=at)
    store_joins.write_stages(db, [_stage(one) for one in DOSSIERS], at=at)
    path = folder / "published.db"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    publish(db, path, at=now, today=TODAY, vocabulary_version=load_vocabulary().version, rules="1")
    db.close()
    return path


def _stage(one: RefDossier) -> store_joins.StageRow:
    told: list[RefMilestone] = [event for event in MILESTONES if event.dossier_id == one.dossier_id]
    result = stage_of(told, TODAY, one.track)
    return store_joins.StageRow(one.dossier_id, result.stage, result.since, result.event_id)
