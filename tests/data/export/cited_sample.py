"""Documents to cite, one of each kind, and how a citation of them is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.export import Context, Extract, cited
from data.export.cited import Citation
from data.rows import EventActor, EventSource, TimelineEvent
from data.view import View
from data.vocabulary import load_vocabulary
from tests.data.export.sample import SREN, context

READ = "2026-11-25T06:00:00Z"


def source(url: str, publisher: str, kind: str = "official", on: str = "") -> EventSource:
    return EventSource(url, publisher, kind, on, READ, "", "", "feed", "payload", "")


def event(event_id: str, on: str, kind: str, place: str, title: str, where: EventSource, **more: Any) -> TimelineEvent:
    """A lone event of a day, told by one source."""
    values = {
        "dossier_id": "", "dossier_title": "", "dossier_titles": {}, "dossier_identifiers": (), "track": "", "stage": "",
        "legal_references": (), "actors": (), "titles": {}, "summaries": {}, "harms": (), "lang": "en",
        "origin": "curated", "status": "occurred", **more,
    }  # fmt: skip
    return replace(
        SREN, event_id=event_id, date=on, date_start=on, date_end=on, type=kind, jurisdiction=place, title=title,
        sources=(where,), **values,
    )  # fmt: skip


def law(event_id: str, on: str, place: str, title: str, where: EventSource, **more: Any) -> TimelineEvent:
    """A law that is signed; ``title`` is that of the act."""
    more = {"dossier_id": f"{event_id}-file", "dossier_title": title, "track": "law", **more}
    return event(event_id, on, "law_signed", place, f"{event_id} signed", where, **more)


FRENCH_LAW = law(
    "fr-law", "2024-05-21", "fr",
    "Loi n° 2024-449 du 21 mai 2024 visant à sécuriser et à réguler l'espace numérique",
    source("https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368", "Légifrance", on="2024-05-22"),
    dossier_identifiers=(("fr.jorftext", "JORFTEXT000049563368"),), legal_references=("fr:loi:2024-449",),
)  # fmt: skip
EU_REGULATION = law(
    "eu-law", "2024-07-12", "eu",
    "Regulation (EU) 2024/1689 laying down harmonised rules on artificial intelligence",
    source("https://eur-lex.europa.eu/eli/reg/2024/1689/oj", "EUR-Lex", on="2024-07-12"),
    dossier_identifiers=(("eu.celex", "32024R1689"), ("eu.procedure", "2021/0106(COD)")),
)  # fmt: skip
UK_ACT = law(
    "uk-law", "2025-06-19", "uk", "Data (Use and Access) Act 2025, section 138",
    source("https://www.legislation.gov.uk/ukpga/2025/18/section/138", "legislation.gov.uk"),
    dossier_identifiers=(("uk.act", "ukpga/2025/18"),),
)  # fmt: skip
US_LAW = law(
    "us-law", "2025-05-19", "us", "TAKE IT DOWN Act",
    source("https://www.congress.gov/bill/119th-congress/senate-bill/146", "Congress.gov"),
    dossier_identifiers=(("us.bill", "119-s-146"),), legal_references=("us:pl:119-12",),
)  # fmt: skip
RULING = event(
    "nl-ruling", "2026-03-26", "court_ruling", "nl", "Court bans undressing",
    source("https://uitspraken.rechtspraak.nl/details?id=ECLI:NL:RBAMS:2026:3106", "Rechtspraak"),
    dossier_id="nl-case", dossier_title="Stichting Offlimits v. X Corp.", track="case",
    dossier_identifiers=(("ecli", "ECLI:NL:RBAMS:2026:3106"),),
    actors=(EventActor("nl-court", "Rechtbank Amsterdam", "court", "court", "", "", "", ""),),
)  # fmt: skip
NOTICE = event(
    "uk-notice", "2026-01-12", "investigation_opened", "uk", "Ofcom opens an inquiry",
    source("https://www.ofcom.org.uk/x-grok", "Ofcom", on="2026-01-12"), track="case",
)  # fmt: skip
ARTICLE = event(
    "fr-article", "2026-01-05", "referral", "fr", "Saisine du parquet",
    source("https://www.example.org/saisine?a=1&b=2", "Le Journal", "news", "2026-01-06"), lang="fr",
)  # fmt: skip
TITLES = {
    ("feed", "https://www.ofcom.org.uk/x-grok"): ("Ofcom launches investigation into X over Grok", "en"),
    ("feed", "https://www.example.org/saisine?a=1&b=2"): ("Deepfakes : le parquet saisi", "fr"),
}
EVERY = (FRENCH_LAW, EU_REGULATION, UK_ACT, US_LAW, RULING, NOTICE, ARTICLE)


def reader(lang: str = "en", **more: Any) -> Context:
    values: dict[str, Any] = {
        "view_title": "Sexual deepfakes in France",
        "view": View(jurisdictions=("fr",)),
        "permalink_base": "https://monitor.example/timeline",
        "as_of": READ,
        **more,
    }
    return context(1, lang, **values)


def cite(
    one: TimelineEvent, lang: str = "en", titles: dict[tuple[str, str], tuple[str, str]] | None = None
) -> Citation:
    extract = Extract((one,), source_titles=TITLES if titles is None else titles)
    return cited.of_event(one, extract, reader(lang), load_vocabulary())
