"""Legislative files of the Assemblée nationale as tests make them: acts, a record of acts, what is read of it."""

from __future__ import annotations

import json
from typing import Any

from collectors.sources import fr_assemblee
from data.models import DossierRecord, Record
from tests.collectors.sources.helpers import dossier, of, response, source
from tests.fixtures.replay_assemblee import BASE, DOSSIERS, archive, folder

URL = f"{BASE}/17/{DOSSIERS}"


LATER = "2026-08-20T06:00:00Z"


def parsed(body: bytes, fetched_at: str = LATER) -> list[Record]:
    return list(fr_assemblee.parse(response(URL, body, fetched_at), source("fr", "fr-assemblee-dossiers")))


def fixtures(legislature: str) -> list[Record]:
    return parsed(archive(folder(legislature)))


def sren() -> DossierRecord:
    return named(fixtures("16"), "DLR5L16N47884")


def named(records: list[Record], uid: str) -> DossierRecord:
    (found,) = [one for one in of(DossierRecord, records) if one.external_id == uid]
    return found


def act(code: str, day: str, conclusion: str = "", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"@xsi:type": "X_Type", "uid": f"{code}-{day}", "codeActe": code, "actesLegislatifs": None}
    made["libelleActe"] = {"nomCanonique": f"Libellé de {code}"}
    made["dateActe"] = f"{day}T00:00:00.000+02:00"
    if conclusion:
        made["statutConclusion"] = {"fam_code": "", "libelle": conclusion}
    return {**made, **more}


def record(*found: dict[str, Any], procedure: str = "Proposition de loi ordinaire", **more: Any) -> dict[str, Any]:
    return {
        "dossierParlementaire": {
            "uid": "DLR5L17N90000",
            "legislature": "17",
            "titreDossier": {"titre": "Un texte", "titreChemin": None, "senatChemin": None},
            "procedureParlementaire": {"code": "2", "libelle": procedure},
            "initiateur": None,
            "actesLegislatifs": {"acteLegislatif": list(found)},
            **more,
        }
    }


def told(value: dict[str, Any], fetched_at: str = LATER) -> list[Record]:
    return parsed(archive([("DLR5L17N90000.json", json.dumps(value).encode())]), fetched_at)


def law(*found: dict[str, Any], **more: Any) -> DossierRecord:
    return dossier(told(record(*found, **more)))


AN_FIRST = (act("AN1-DEPOT", "2025-01-10"), act("AN1-DEBATS-DEC", "2025-02-10", "adoptée"))


SENATE_AMENDS = (act("SN1-DEPOT", "2025-02-11"), act("SN1-DEBATS-DEC", "2025-03-10", "modifiée"))
