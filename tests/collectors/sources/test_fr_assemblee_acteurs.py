"""Deputies in office and bodies of the Assemblée nationale."""

from __future__ import annotations

import json

import pytest

from collectors.sources import fr_assemblee_acteurs
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Rejected, Seat, Unknown
from tests.collectors.sources.helpers import of, response, source
from tests.fixtures.replay_assemblee import ACTORS, BASE, archive, entries, folder
from tests.shared import SHARED, needs_shared

URL = f"{BASE}/{ACTORS}"


def parsed(body: bytes, fetched_at: str = "2026-08-20T06:00:00Z") -> list[Record]:
    return list(fr_assemblee_acteurs.parse(response(URL, body, fetched_at), source("fr", "fr-assemblee-acteurs")))


def fixtures(fetched_at: str = "2026-08-20T06:00:00Z") -> dict[str, ActorRecord]:
    records = of(ActorRecord, parsed(archive(folder("acteurs")), fetched_at))
    return {one.identifiers[0].value: one for one in records}


def test_deputy_has_a_name_an_identifier_and_the_group_of_today() -> None:
    deputy = fixtures()["PA999001"]
    assert (deputy.name, deputy.kind, deputy.jurisdiction) == ("Camille d'Exemple", "person", "fr")
    assert deputy.identifiers == (Identifier("fr.an", "PA999001"),)
    assert deputy.party == "Libertés, Indépendants, Outre-mer et Territoires"


def test_deputy_has_a_seat_for_each_term_with_its_days() -> None:
    assert fixtures()["PA999001"].seats == (Seat("Assemblée nationale", "2024-07-07"),)
    assert fixtures()["PO845485"].seats == ()


def test_group_that_the_deputy_had_not_joined_yet_is_not_named() -> None:
    assert fixtures("2024-07-10T06:00:00Z")["PA999001"].party == ""


def test_nothing_private_is_taken() -> None:
    shown = repr(parsed(archive(folder("acteurs"))))
    for private in ("1900", "Villeneuve", "Métier", "example.org", "Rue", "Assistant"):
        assert private not in shown


def test_body_has_the_kind_of_its_type() -> None:
    found = fixtures()
    assert [found[uid].kind for uid in ("PO845485", "PO59051", "PO838901")] == ["group", "committee", "parliament"]
    assert found["PO838901"].name == "Assemblée nationale de la 17ème législature"


def test_constituency_is_no_actor() -> None:
    assert "PO839953" not in fixtures()


def test_unknown_type_of_body_is_named_and_the_body_kept() -> None:
    body = json.dumps({"organe": {"uid": "PO1", "codeType": "NOUVEAU", "libelle": "Un organe"}}).encode()
    records = parsed(archive([*folder("acteurs"), ("json/organe/PO1.json", body)]))
    assert of(Unknown, records) == [Unknown("codeType", "NOUVEAU", "PO1")]
    assert [one.kind for one in of(ActorRecord, records) if one.name == "Un organe"] == ["other"]


def test_bad_members_are_rejected_and_the_rest_lands() -> None:
    bad = [
        ("a.json", b'{"acteur": {"uid": "PA7"}}'),
        ("b.json", b'{"organe": {"uid": "PO7"}}'),
        ("c.json", b'{"autre": {}}'),
        ("d.json", b"not json"),
    ]
    records = parsed(archive([*folder("acteurs"), *bad]))
    assert sorted(one.locator for one in of(Rejected, records)) == ["a.json", "b.json", "c.json", "d.json"]
    assert len(of(ActorRecord, records)) == 4


def test_declared_abstention_from_a_debate_is_neither_an_actor_nor_a_bad_member() -> None:
    declared = json.dumps({"deport": {"uid": "DPTR5L17PA999001D1", "refActeur": "PA999001"}}).encode()
    records = parsed(archive([*folder("acteurs"), ("json/deport/DPTR5L17PA999001D1.json", declared)]))
    assert records == parsed(archive(folder("acteurs")))


def test_archive_without_people_is_refused() -> None:
    with pytest.raises(SourceError):
        parsed(archive([("a.json", b'{"organe": {"uid": "PO1", "libelle": "x", "codeType": "GP"}}')]))


@needs_shared
@pytest.mark.shared
def test_real_records_give_names_and_nothing_private() -> None:
    (body,) = [content for url, content, _ in entries(SHARED) if url == URL]
    records = parsed(body)
    assert [one for one in records if not isinstance(one, ActorRecord)] == []
    names = {one.identifiers[0].value: one.name for one in of(ActorRecord, records)}
    assert names["PA721474"] == "Stéphane Viry"
    assert names["PO845413"] == "La France insoumise - Nouveau Front Populaire"
    assert "@" not in repr(records) and "Epinal" not in repr(records)
    (deputy,) = [one for one in of(ActorRecord, records) if one.name == "Stéphane Viry"]
    assert deputy.party == "Libertés, Indépendants, Outre-mer et Territoires"
