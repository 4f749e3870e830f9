"""The columns of each CSV file of ``data/reference`` and the record that one row becomes.

Every ``make_*`` raises ValueError when a cell does not have the form its column promises.
"""

from __future__ import annotations

from data.models import Quotation, When
from data.reference_csv import split_conditions, split_identifiers, split_list, split_pairs
from data.reference_models import AliasCondition, RefActor, RefDossier, RefMilestone, RefRole


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


ACTOR_COLUMNS = _columns(
    "actor_id name kind jurisdiction names aliases ambiguous_aliases parent_id ids url feed_url verified"
)
ROLE_COLUMNS = _columns("actor_id role_en role_fr organisation_id start end verified source_url")
DOSSIER_COLUMNS = _columns(
    "dossier_id jurisdiction track title_original lang title_en title_fr ids stage_stated harms approaches url verified"
)
MILESTONE_COLUMNS = _columns(
    "event_id date jurisdiction dossier_id type status outcome stage title_en title_fr summary_en summary_fr"
    " actors legal_refs source_url source_publisher source_kind verified"
)

QUOTE_COLUMNS = _columns("event_id quote lang source_url source_publisher source_kind published_on")
PUBLICATION_COLUMNS = _columns("event_id source_url source_publisher source_kind published_on")


def make_actor(row: dict[str, str]) -> RefActor:
    """One row of ``actors.csv``."""
    return RefActor(
        actor_id=row["actor_id"],
        name=row["name"],
        kind=row["kind"],
        jurisdiction=row["jurisdiction"],
        names=dict(split_pairs(row["names"])),
        aliases=split_list(row["aliases"]),
        ambiguous_aliases=tuple(
            AliasCondition(alias, conditions) for alias, conditions in split_conditions(row["ambiguous_aliases"])
        ),
        parent_id=row["parent_id"],
        identifiers=split_identifiers(row["ids"]),
        url=row["url"],
        feed_url=row["feed_url"],
        verified=row["verified"],
    )


def make_role(row: dict[str, str]) -> RefRole:
    """One row of ``roles.csv``."""
    return RefRole(
        actor_id=row["actor_id"],
        titles={"en": row["role_en"], "fr": row["role_fr"]},
        organisation_id=row["organisation_id"],
        start=row["start"],
        end=row["end"],
        verified=row["verified"],
        source_url=row["source_url"],
    )


def make_dossier(row: dict[str, str]) -> RefDossier:
    """One row of ``dossiers.csv``, without its computed stage."""
    return RefDossier(
        dossier_id=row["dossier_id"],
        jurisdiction=row["jurisdiction"],
        track=row["track"],
        title=row["title_original"],
        lang=row["lang"],
        titles={"en": row["title_en"], "fr": row["title_fr"]},
        identifiers=split_identifiers(row["ids"]),
        stage_stated=row["stage_stated"],
        harms=split_list(row["harms"]),
        approaches=split_list(row["approaches"]),
        url=row["url"],
        verified=row["verified"],
    )


def make_milestone(row: dict[str, str]) -> RefMilestone:
    """One row of ``milestones.csv``."""
    return RefMilestone(
        event_id=row["event_id"],
        when=When.parse(row["date"]),
        jurisdiction=row["jurisdiction"],
        dossier_id=row["dossier_id"],
        type=row["type"],
        status=row["status"],
        outcome=row["outcome"],
        stage=row["stage"],
        titles={"en": row["title_en"], "fr": row["title_fr"]},
        summaries={lang: row[f"summary_{lang}"] for lang in ("en", "fr") if row[f"summary_{lang}"]},
        actors=split_pairs(row["actors"]),
        legal_references=split_list(row["legal_refs"]),
        source_url=row["source_url"],
        source_publisher=row["source_publisher"],
        source_kind=row["source_kind"],
        verified=row["verified"],
    )


def make_quotation(row: dict[str, str]) -> Quotation:
    """One row of ``quotes.csv``, without the event it belongs to."""
    return Quotation(
        text=row["quote"],
        lang=row["lang"],
        url=row["source_url"],
        publisher=row["source_publisher"],
        kind=row["source_kind"],
        published_on=row["published_on"],
    )


def make_publication(row: dict[str, str]) -> Quotation:
    """One row of ``publications.csv``: a quotation without words, without the event it belongs to."""
    return Quotation("", "", row["source_url"], row["source_publisher"], row["source_kind"], row["published_on"])
