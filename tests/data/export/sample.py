"""Events to export, and a stand-in for the vocabulary that writes a code as its label."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from data import coverage
from data.export import Context
from data.rows import EventActor, EventSource, TimelineEvent
from data.view import View
from data.vocabulary import Term


class Codes:
    """Labels that show which list, code and language were asked for."""

    lists: ClassVar = {
        "jurisdictions": {
            code: Term(code, {}, {"level": level})
            for code, level in (
                ("fr", "national"),
                ("us", "national"),
                ("us-ca", "subnational"),
                ("eu", "supranational"),
                ("int", "international"),
            )
        }
    }

    def stage_label(self, track: str, code: str, lang: str) -> str:
        return f"{track}/{code}/{lang}"

    def label(self, list_name: str, code: str, lang: str) -> str:
        return f"{list_name}/{code}/{lang}"


JORF = EventSource(
    url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368",
    publisher="Légifrance",
    kind="official",
    published_on="2024-05-22",
    retrieved_at="2026-11-25T06:00:00Z",
    quote="LOI n° 2024-449 du 21 mai 2024",
    payload_sha256="ab" * 32,
    source_id="fr-jorf",
    verified="payload",
    rule="fr.jorf.text",
)
PRESS = replace(
    JORF,
    url="https://example.org/loi-sren?a=1&b=2",
    publisher="Le Journal",
    kind="news",
    payload_sha256="",
    published_on="2024-05-23",
)

SREN = TimelineEvent(
    event_id="fr-sren-2024-05-21-promulgation",
    date="2024-05-21",
    date_start="2024-05-21",
    date_end="2024-05-21",
    precision="day",
    status="occurred",
    outcome="adopted",
    type="law_signed",
    family="law",
    jurisdiction="fr",
    dossier_id="fr-loi-sren",
    dossier_title="Loi visant à sécuriser et à réguler l'espace numérique",
    dossier_titles={"en": "Act to secure and regulate the digital space"},
    dossier_stage="enacted",
    dossier_identifiers=(("fr.an.dossier", "DLR5L16N47884"), ("fr.jorftext", "JORFTEXT000049563368")),
    track="law",
    stage="enacted",
    official_code="PROM-PUB",
    title="Promulgation de la loi n° 2024-449",
    lang="fr",
    titles={"en": "Act no. 2024-449 is promulgated"},
    summaries={
        "en": "Extends article 226-8 of the penal code to generated content.",
        "fr": "Étend l'article 226-8 du code pénal aux contenus générés.",
    },
    origin="official",
    verified="payload",
    review_state="reviewed",
    confidence=1.0,
    harms=("ncii", "harassment_defamation"),
    approaches=("criminal_offence",),
    legal_references=("fr:loi:2024-449",),
    first_seen_at="2026-11-20T06:00:00Z",
    changed_at="2026-11-24T07:30:00Z",
    revision=2,
    sources=(JORF, PRESS),
    actors=(
        EventActor("fr-an", "Assemblée nationale", "parliament", "author", "", "", "", ""),
        EventActor(
            "fr-x", "Une association", "ngo", "campaigner", "supports_with_changes", "Un progrès", "", ""
        ),
    ),
)  # fmt: skip

DEEPTRACE = replace(
    SREN,
    event_id="int-2019-10-deeptrace",
    date="2019-10",
    date_start="2019-10-01",
    date_end="2019-10-31",
    precision="month",
    type="study_published",
    family="society",
    jurisdiction="int",
    dossier_id="",
    dossier_title="",
    dossier_titles={},
    dossier_identifiers=(),
    stage="",
    official_code="",
    title="Deeptrace counts 14,678 deepfake videos",
    lang="en",
    titles={},
    summaries={"en": "The first count of such videos online."},
    actors=(),
    sources=(),
    revision=0,
)

HEARING = replace(
    SREN,
    event_id="us-hearing-2027",
    date="2027-01-12",
    date_start="2027-01-12",
    date_end="2027-01-12",
    status="cancelled",
    type="hearing",
    jurisdiction="us",
    stage="committee",
    title="Subcommittee hearing",
    lang="en",
    titles={},
    summaries={},
)

EVENTS = (DEEPTRACE, SREN, HEARING)


def dated(date: str, start: str, end: str, precision: str, **more: Any) -> TimelineEvent:
    """An event of another date."""
    return replace(SREN, date=date, date_start=start, date_end=end, precision=precision, **more)


def context(count: int = len(EVENTS), lang: str = "fr", **more: Any) -> Context:
    """What a file says of itself, for a view of three countries."""
    values: dict[str, Any] = {
        "view_title": "Affaire d'exemple",
        "view": View(jurisdictions=("fr", "us", "int"), query="deepfake & droit"),
        "lang": lang,
        "as_of": "2026-11-25T06:00:00Z",
        "count": count,
        "permalink_base": "https://monitor.example/",
        "vocabulary_version": "2026-11-01",
        "not_covered": coverage.not_covered(lang) if lang in ("fr", "en") else "",
    }
    return Context(**{**values, **more})
