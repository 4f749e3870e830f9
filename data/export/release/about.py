"""What a release says of itself: a data dictionary for people and one for programs, licence, citation, Datasette.

Formats: Data Package (https://datapackage.org/standard/data-package/), Citation File Format 1.2.0
(https://citation-file-format.github.io), metadata of Datasette (https://docs.datasette.io/en/stable/metadata.html).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from data import coverage
from data.export.context import LICENCES
from data.export.release.tables import LINKS, TABLES, Table
from data.rows import Snapshot

NAME, TITLE = "deepfake-policy-monitor", "Deepfake Policy Monitor"
LICENCE = LICENCES["en"]
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
WHAT = "Who did what about deepfakes, when, and how far it got: laws, cases and soft law, each with its sources."
_TYPES = {"day": ("date", "default"), "instant": ("datetime", "default"), "integer": ("integer", "default"),
          "number": ("number", "default")}  # fmt: skip


def files(snapshot: Snapshot, counts: Mapping[str, int], address: str) -> dict[str, str]:
    """Name -> text of every file that explains the release."""
    return {
        "README.md": readme(snapshot, counts, address),
        "LICENSE.txt": f"{LICENCE}\n{LICENCE_URL}\n",
        "CITATION.cff": citation(snapshot, address),
        "datapackage.json": _json(package(snapshot, address)),
        "datasette.json": _json(datasette(snapshot, address)),
    }


def readme(snapshot: Snapshot, counts: Mapping[str, int], address: str) -> str:
    """The data dictionary as people read it."""
    told = [
        f"# {TITLE}: open data of {snapshot.instant()[:10]}",
        "",
        WHAT,
        "",
        f"- As of {snapshot.instant()} (UTC); vocabulary {snapshot.vocabulary_version}; monitor: {address}",
        f"- Licence: {LICENCE} ({LICENCE_URL}); how to cite: `CITATION.cff`",
        f"- {coverage.not_covered('en')}",
        "",
        "`csv/` (UTF-8; lists as `a|b`; a text that a spreadsheet would run as a formula starts with an apostrophe)",
        "and `parquet/` hold the same rows; `monitor.sqlite` holds them for SQL and Datasette:",
        "`datasette monitor.sqlite --metadata datasette.json`. `datapackage.json` describes all of it to programs.",
        "Days are ISO days without a zone; instants are UTC. Empty means not known.",
    ]
    for table in TABLES:
        told += ["", f"## {table.name} ({counts[table.name]} rows)", "", f"{table.holds} Key: {_key(table)}.", ""]
        told += ["| column | kind | holds |", "|---|---|---|"]
        told += [f"| `{one.name}` | {one.kind} | {one.holds} |" for one in table.columns]
    return "\n".join(told) + "\n"


def _key(table: Table) -> str:
    return ", ".join(f"`{one}`" for one in table.key)


def citation(snapshot: Snapshot, address: str) -> str:
    """A citation file."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use this data, please cite it as below.",
        "type": "dataset",
        "title": f"{TITLE}: open data",
        "abstract": WHAT,
        "authors": [{"name": f"{TITLE} contributors"}],
        "version": snapshot.instant()[:10],
        "date-released": snapshot.instant()[:10],
        "url": address,
        "license": "CC-BY-4.0",
        "keywords": ["deepfake", "legislation", "synthetic media", "non-consensual intimate imagery"],
    }
    return str(yaml.safe_dump(told, sort_keys=False, allow_unicode=True))


def package(snapshot: Snapshot, address: str) -> dict[str, Any]:
    """The description of the CSV files as a Data Package."""
    return {
        "name": NAME,
        "title": f"{TITLE}: open data",
        "description": WHAT,
        "homepage": address,
        "version": snapshot.instant()[:10],
        "created": snapshot.instant(),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_URL, "title": LICENCE}],
        "resources": [
            {
                "name": table.name.replace("_", "-"),
                "path": f"csv/{table.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": table.holds,
                "schema": {
                    "fields": [
                        {
                            "name": one.name,
                            **dict(zip(("type", "format"), _TYPES.get(one.kind, ("string", "default")), strict=True)),
                            "description": one.holds + (" Several values: a|b." if one.kind == "list" else ""),
                        }
                        for one in table.columns
                    ],
                    "primaryKey": list(table.key),
                    "missingValues": [""],
                },
            }
            for table in TABLES
        ],
    }


def datasette(snapshot: Snapshot, address: str) -> dict[str, Any]:
    """Metadata for Datasette: what a row is, what every column holds, licence and source."""
    return {
        "title": f"{TITLE}: open data of {snapshot.instant()[:10]}",
        "description": WHAT,
        "license": "CC BY 4.0",
        "license_url": LICENCE_URL,
        "source": TITLE,
        "source_url": address,
        "databases": {
            "monitor": {
                "tables": {
                    table.name: {
                        "description": table.holds,
                        "columns": {one.name: f"{one.holds} {_unit(one.kind)}".strip() for one in table.columns},
                        **_sorted(table),
                        "facets": list(_facets(table)),
                    }
                    for table in TABLES
                }
            }
        },
    }


def _unit(kind: str) -> str:
    return {"day": "ISO day, no zone.", "instant": "UTC.", "list": "JSON list."}.get(kind, "")


def _sorted(table: Table) -> dict[str, str]:
    return {"sort_desc": "date_start"} if table.name == "events" else {}


def _facets(table: Table) -> Iterator[str]:
    for name in ("jurisdiction", "track", "stage", "type", "kind", "role"):
        if any(one.name == name for one in table.columns) and (table.name, name) not in LINKS:
            yield name


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
