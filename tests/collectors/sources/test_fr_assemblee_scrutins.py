"""Public votes of the Assembly."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from collectors.sources import fr_assemblee_scrutins
from collectors.sources._fr_votes import vote_type
from data.errors import SourceError
from data.models import Identifier, ItemRecord, Rejected, Unknown
from tests.collectors.sources.helpers import of, response, source
from tests.fixtures.replay_assemblee import archive
from tests.shared import SHARED, needs_shared

URL = "https://data.assemblee-nationale.fr/static/openData/repository/16/loi/scrutins/Scrutins.json.zip"


def scrutin(**changes: Any) -> dict[str, Any]:
    """The vote of 17 October 2023 on the law that made sexual deepfakes an offence, with four deputies."""
    value: dict[str, Any] = {
        "uid": "VTANR5L16V2796",
        "numero": "2796",
        "dateScrutin": "2023-10-17",
        "typeVote": {"codeTypeVote": "SPS", "libelleTypeVote": "scrutin public solennel"},
        "sort": {"code": "adopté", "libelle": "l'Assemblée nationale a adopté"},
        "titre": "l'ensemble du projet de loi visant à sécuriser et réguler l'espace numérique (première lecture).",
        "objet": {"libelle": "l'ensemble", "dossierLegislatif": None},
        "syntheseVote": {"nombreVotants": "4", "decompte": {"pour": "2", "contre": "1", "abstentions": "1"}},
        "ventilationVotes": {
            "organe": {
                "groupes": {
                    "groupe": [
                        {
                            "organeRef": "PO800538",
                            "vote": {
                                "decompteNominatif": {
                                    "nonVotants": {"votant": {"acteurRef": "PA9"}},
                                    "pours": {"votant": [{"acteurRef": "PA1"}, {"acteurRef": "PA2"}]},
                                    "contres": None,
                                    "abstentions": {"votant": {"acteurRef": "PA3"}},
                                }
                            },
                        },
                        {"vote": {"decompteNominatif": {"contres": {"votant": {"acteurRef": "PA4"}}}}},
                    ]
                }
            }
        },
        "miseAuPoint": {"pours": {"votant": {"acteurRef": "PA4"}}},
    }
    value.update(changes)
    return value


def parsed(value: dict[str, Any]) -> list[Any]:
    body = archive([("json/VTANR5L16V2796.json", json.dumps({"scrutin": value}).encode())])
    return list(fr_assemblee_scrutins.parse(response(URL, body), source("fr", "fr-assemblee-scrutins")))


def one(**changes: Any) -> ItemRecord:
    (found,) = of(ItemRecord, parsed(scrutin(**changes)))
    return found


def test_vote_on_the_whole_text_is_its_adoption_on_that_day():
    (event,) = one().events
    assert (event.type, event.when.iso(), event.outcome) == ("bill_adopted", "2023-10-17", "adopted")
    assert event.quote == "l'Assemblée nationale a adopté ; pour : 2, contre : 1, abstentions : 1"


def test_deputies_stand_by_position_and_a_correction_changes_no_vote():
    roles = Counter(actor.role for actor in one().events[0].actors)
    assert roles == {"voter_for": 2, "voter_against": 1, "voter_abstain": 1}
    assert "PA9" not in str(one().events[0].actors), "who did not vote takes no position"


def test_vote_hangs_on_its_own_number_and_on_the_file_when_it_is_named():
    number = Identifier("fr.an.scrutin", "VTANR5L16V2796")
    assert one().dossier == (number,)
    named = one(objet={"libelle": "x", "dossierLegislatif": "DLR5L16N47884"})
    assert named.dossier == (Identifier("fr.an.dossier", "DLR5L16N47884"), number)


@pytest.mark.parametrize(
    ("title", "outcome", "kind"),
    [
        ("l'ensemble du projet de loi relatif à l'espace numérique", "rejected", "bill_rejected"),
        ("l'amendement n° 127 du Gouvernement après l'article 4", "adopted", "amendment_decided"),
        ("le sous-amendement n° 16 à l'amendement n° 3", "rejected", "amendment_decided"),
        ("l'article 5 du projet de loi", "adopted", "bill_reading"),
        ("la motion de rejet préalable déposée par Mme X", "rejected", "bill_reading"),
        ("les félicitations du bureau", "adopted", "other"),
    ],
)
def test_type_is_told_by_the_title(title, outcome, kind):
    assert vote_type(title, outcome) == kind


def test_unknown_result_is_named():
    assert of(Unknown, parsed(scrutin(sort={"code": "annulé"}))) == [Unknown("sort", "annulé", "VTANR5L16V2796")]


def test_vote_without_day_is_rejected():
    assert of(Rejected, parsed(scrutin(dateScrutin=None)))


@pytest.mark.parametrize("changes", [{"sort": ["adopté"]}, {"syntheseVote": None}])
def test_changed_format_ends_loudly(changes):
    with pytest.raises(SourceError, match="format has changed"):
        parsed(scrutin(**changes))


@needs_shared
@pytest.mark.shared
def test_real_vote_has_every_voter():
    body = (SHARED / "samples" / "fr-assemblee" / "scrutin_VTANR5L17V844.json").read_bytes()
    (found,) = fr_assemblee_scrutins.parse(response("https://e.org/", body), source("fr", "fr-assemblee-scrutins"))
    assert isinstance(found, ItemRecord)
    roles = Counter(actor.role for actor in found.events[0].actors)
    assert roles == {"voter_for": 369, "voter_against": 160, "voter_abstain": 2}
    assert found.published_on is not None and found.published_on.isoformat() == "2025-02-19"
