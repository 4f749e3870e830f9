"""Loads the curated baseline of ``data/reference`` and checks every rule it must keep."""

from __future__ import annotations

from pathlib import Path

from data.errors import ReferenceDataError
from data.reference_csv import (
    Problems,
    read_rows,
    split_conditions,
    split_identifiers,
    split_list,
    split_pairs,
)
from data.reference_models import (
    AliasCondition,
    Jurisdiction,
    RefActor,
    RefDossier,
    Reference,
    RefMilestone,
    RefRole,
)

__all__ = [
    "AliasCondition",
    "Jurisdiction",
    "RefActor",
    "RefDossier",
    "RefMilestone",
    "RefRole",
    "Reference",
    "check",
    "load_reference",
]

FOLDER = Path(__file__).parent / "reference"

ACTOR_COLUMNS = (
    "actor_id", "name", "kind", "jurisdiction", "names", "aliases", "ambiguous_aliases",
    "parent_id", "ids", "url", "feed_url", "verified",
)  # fmt: skip
ROLE_COLUMNS = (
    "actor_id", "role_en", "role_fr", "organisation_id", "start", "end", "verified", "source_url",
)  # fmt: skip


def load_reference(folder: Path | None = None) -> Reference:
    """The whole baseline. Raises ReferenceDataError with the first rule that is broken."""
    problems = Problems()
    reference = _read(folder or FOLDER, problems)
    if problems.found:
        raise problems.found[0]
    return reference


def check(folder: Path | None = None) -> list[ReferenceDataError]:
    """Every rule that is broken, in the order of the files; empty when the baseline is sound."""
    problems = Problems()
    _read(folder or FOLDER, problems)
    return problems.found


def _read(folder: Path, problems: Problems) -> Reference:
    actors = []
    report = problems.reporter("actors.csv")
    for line, row in read_rows(folder / "actors.csv", ACTOR_COLUMNS, report):
        try:
            actors.append(_actor(row))
        except ValueError as error:
            report(line, str(error))
    report = problems.reporter("roles.csv")
    roles = [_role(row) for _, row in read_rows(folder / "roles.csv", ROLE_COLUMNS, report)]
    return Reference(actors=tuple(actors), roles=tuple(roles))


def _actor(row: dict[str, str]) -> RefActor:
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


def _role(row: dict[str, str]) -> RefRole:
    return RefRole(
        actor_id=row["actor_id"],
        titles={"en": row["role_en"], "fr": row["role_fr"]},
        organisation_id=row["organisation_id"],
        start=row["start"],
        end=row["end"],
        verified=row["verified"],
        source_url=row["source_url"],
    )
