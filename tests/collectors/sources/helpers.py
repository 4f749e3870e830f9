"""Shared by the tests of source modules: fixtures as responses, sources as configured, records by kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from data.models import DossierRecord, EventRecord, Response, Source

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "sources"
LATER = "2026-08-20T06:00:00Z"
T = TypeVar("T")


def source(jurisdiction: str, source_id: str, **options: object) -> Source:
    """The source as the reference data describes it, some of its options changed."""
    path = ROOT / "data" / "reference" / "sources" / f"{jurisdiction}.toml"
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))[source_id]
    table["urls"] = tuple(table["urls"])
    table["options"] = {**table.get("options", {}), **options}
    return Source(id=source_id, **table)


def response(url: str, body: bytes, fetched_at: str = LATER) -> Response:
    return Response(url=url, status=200, headers={}, body=body, fetched_at=fetched_at)


def fixture(source_id: str, name: str) -> bytes:
    return (FIXTURES / source_id / name).read_bytes()


def of(kind: type[T], records: Iterable[object]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def dossier(records: Iterable[object]) -> DossierRecord:
    (found,) = of(DossierRecord, records)
    return found


def days(record: DossierRecord, kind: str) -> list[str]:
    return [event.when.iso() for event in record.events if event.type == kind]


def last_stage(record: DossierRecord) -> str:
    """The stage of the last event that implies one: events come by day, then by stage."""
    return [event.stage for event in record.events if event.stage][-1]


def event(record: DossierRecord, **wanted: object) -> EventRecord:
    (found,) = [e for e in record.events if all(getattr(e, name) == value for name, value in wanted.items())]
    return found
