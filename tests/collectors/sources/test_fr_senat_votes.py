"""Amendments, senators and votes of the Sénat."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from collectors.sources import fr_senat_amendements, fr_senat_scrutins, fr_senat_senateurs
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, Follow, Identifier, ItemRecord, Rejected, Unknown
from tests.collectors.sources.helpers import of, response
from tests.collectors.sources.helpers import source as described
from tests.shared import SHARED, needs_shared

TABLE = "https://www.senat.fr/amendements/2022-2023/778/jeu_complet_2022-2023_778.csv"
VOTE = "https://www.senat.fr/scrutin-public/2023/scr2023-12"
ROWS = (
    "sep=\t\r\n"
    "Nature \tNuméro \tSubdivision \tAlinéa\tAuteur \tAu nom de \tDate de dépôt \tDispositif \tObjet \tSort "
    "\tUrl amendement \tFiche Sénateur\r\n"
    "Amt\t127 rect.\tArticle additionnel après Article 4\t\tLe Gouvernement\t\t2023-07-03\t"
    "<body><p>L&#8217;article 226-8 du code p&#233;nal est compl&#233;t&#233;.</p></body>\t"
    "<body><p>Hypertrucages.<!--\tcollé\r\n\td'ailleurs\t--></p></body>\tAdopté\t"
    "//www.senat.fr/amendements/2022-2023/778/Amdt_127.html\t\r\n"
    "Amt\t16\tArticle 5\t\tMme ROSSIGNOL\t\t2023-07-02\t<body><p>Supprimer.</p></body>\t<body></body>\tTombé\t"
    "//www.senat.fr/amendements/2022-2023/778/Amdt_16.html\t//www.senat.fr/senfic/rossignol_laurence11041n.html\r\n"
).encode("cp1252")


def source(name: str, **options: object):
    return described("fr-senat", name, **options)


def amendments(body: bytes = ROWS, url: str = TABLE) -> list[ItemRecord]:
    return of(ItemRecord, fr_senat_amendements.parse(response(url, body), source("fr-senat-amendements")))


def test_amendment_127_that_began_the_offence():
    first = amendments()[0]
    assert first.external_id == "2022-2023/778/127"
    assert first.title == "Amendement n° 127 rect. (Article additionnel après Article 4), texte n° 778 (2022-2023)"
    assert "L’article 226-8 du code pénal est complété." in first.text
    assert [(e.type, e.when.iso(), e.outcome) for e in first.events] == [("amendment_tabled", "2023-07-03", "adopted")]
    assert [(a.name, a.kind) for a in first.actors] == [("Gouvernement", "government")]
    assert first.url == "https://www.senat.fr/amendements/2022-2023/778/Amdt_127.html"


def test_tabs_and_line_ends_inside_pasted_markup_end_no_cell():
    assert len(amendments()) == 2


def test_row_that_ends_early_is_kept_aside_and_the_others_stand():
    first, second = ROWS.split(b"\r\nAmt\t16\t")
    cut = first + b"\r\nAmt\t16\tArticle 5\r\n\t\t\r\nAmt\t17\t" + second
    records = list(fr_senat_amendements.parse(response(TABLE, cut), source("fr-senat-amendements")))
    (refused,) = of(Rejected, records)
    assert refused.locator == "row[2]" and refused.reason.startswith("ends before: ")
    assert [one.external_id for one in of(ItemRecord, records)] == ["2022-2023/778/127", "2022-2023/778/17"]


def test_senator_whose_row_ends_early_is_kept_aside():
    table = "Matricule,Nom usuel,Prénom usuel,Groupe politique\r\n11041N,ROSSIGNOL,Laurence,SER\r\n11042N,DOE\r\n"
    url = "https://data.senat.fr/x.csv"
    senator, refused = fr_senat_senateurs.parse(response(url, table.encode()), source("fr-senat-senateurs"))
    assert senator.identifiers == (Identifier("fr.senat", "11041N"),)
    assert isinstance(refused, Rejected) and refused.reason.startswith("ends before: ")


def test_senator_by_register_number_and_without_the_capitals_of_the_table():
    (author,) = amendments()[1].actors
    assert (author.name, author.identifiers) == ("", (Identifier("fr.senat", "11041N"),))


def test_amendment_hangs_on_the_text_of_its_address():
    assert {one.dossier for one in amendments()} == {(Identifier("fr.senat.texte", "2022-2023/778"),)}


def test_committee_amendments_are_others_than_those_of_the_sitting():
    url = TABLE.replace("/amendements/", "/amendements/commissions/")
    assert amendments(url=url)[0].external_id == "2022-2023/778/commission/127"


def test_utf8_table_reads_the_same():
    assert [one.title for one in amendments(ROWS.decode("cp1252").encode())] == [one.title for one in amendments()]


def test_watched_texts_give_both_addresses():
    found = fr_senat_amendements.watch(
        source("fr-senat-amendements"),
        [Identifier("fr.senat.texte", "2022-2023/778"), Identifier("fr.senat.texte", "x")],
    )
    assert found == [
        TABLE,
        TABLE.replace("/amendements/", "/amendements/commissions/").replace("complet_", "complet_commission_"),
    ]


def test_missing_column_ends_loudly():
    with pytest.raises(SourceError, match="columns missing: date de depot"):
        amendments(ROWS.replace("Date de dépôt".encode("cp1252"), b"Date"))


def test_page_instead_of_a_table_is_refused():
    with pytest.raises(BlockedError):
        amendments(b"<html>Request Rejected</html>")


def test_order_of_discussion_names_file_fate_and_senator():
    payload = {
        "info_generales": {"doslegsignet": "pjl22-593"},
        "Subdivisions": [
            {
                "libelle_subdivision": "Article 4", "signet": "../../textes/2022-2023/778.html#A",
                "Amendements": [
                    {"num": "COM-3", "sort": "Adopté", "auteur": "M. CHAIZE, rapporteur", "urlAmdt": "Amdt_COM-3.html",
                     "urlAuteur": "chaize_patrick14145h.html"},
                    {"num": "", "sort": ""},
                ],
            }
        ],
    }  # fmt: skip
    records = list(
        fr_senat_amendements.parse(
            response("https://www.senat.fr/x.json", json.dumps(payload).encode()), source("fr-senat-amendements")
        )
    )
    (item,), (bad,) = of(ItemRecord, records), of(Rejected, records)
    assert item.dossier == (Identifier("fr.senat.texte", "2022-2023/778"), Identifier("fr.senat.dossier", "pjl22-593"))
    assert (item.summary, item.actors[0].role_title) == ("Article 4 · Adopté", "rapporteur")
    assert bad.reason == "no number"


SENATORS = (
    '% select senmat as "Matricule"\n% 2 ligne(s) de résultat\n'
    "Matricule,Qualité,Nom usuel,Prénom usuel,État,Date naissance,Groupe politique,Courrier électronique\n"
    "11041N,Mme,Rossignol,Laurence,ACTIF,1957-12-22 00:00:00.0,SER,l.rossignol@example.org\n"
    "01034P,M.,Ancien,Jean,ANCIEN,1939-03-29 00:00:00.0,UMP,\n"
    "XX,M.,Sans,Numéro,ACTIF,,,\n"
).encode("cp1252")


def test_senators_by_number_and_group_without_private_facts():
    records = list(
        fr_senat_senateurs.parse(response("https://data.senat.fr/x.csv", SENATORS), source("fr-senat-senateurs"))
    )
    first, former = of(ActorRecord, records)
    assert (first.name, first.identifiers) == ("Laurence Rossignol", (Identifier("fr.senat", "11041N"),))
    assert first.party == "Socialiste, Écologiste et Républicain"
    assert former.party == "", "a former senator has no group of today"
    assert len(of(Rejected, records)) == 1
    assert "1957" not in repr(records[:2]) and "@" not in repr(records[:2])


def positions(body: object) -> list[object]:
    return list(
        fr_senat_scrutins.parse(response(f"{VOTE}.json", json.dumps(body).encode()), source("fr-senat-scrutins"))
    )


def test_positions_are_told_without_a_day():
    votes = [{"matricule": "11041N", "vote": "p", "siege": "1"}, {"matricule": "14133K", "vote": "c"}]
    (item,) = of(ItemRecord, positions({"votes": [*votes, {"matricule": "04049K", "vote": "n"}]}))
    assert Counter(actor.role for actor in item.actors) == {"voter_for": 1, "voter_against": 1}
    assert (item.published_on, item.events) == (None, ())
    assert item.summary == "pour : 1, contre : 1, n'ont pas pris part : 1"


def test_unknown_position_is_named():
    assert of(Unknown, positions({"votes": [{"matricule": "11041N", "vote": "z"}]})) == [
        Unknown("vote", "z", "scr2023-12:11041N")
    ]


@pytest.mark.parametrize("body", [{"votes": {}}, {"votes": []}, {"scrutin": []}, []])
def test_list_that_became_something_else_ends_loudly(body):
    with pytest.raises(SourceError):
        positions(body)


PAGE = """<!doctype html><html><head><title>Scrutin n°12 - séance du 4 juillet 2023 - Sénat</title></head><body>
<h1>Scrutin n°12 - séance du 4 juillet 2023</h1><p>sur l'ensemble du projet de loi visant à sécuriser l'espace numérique</p>
<a href="/dossier-legislatif/pjl22-593.html">le dossier</a><p>Le Sénat a adopté.</p></body></html>"""


def test_page_of_a_vote_has_day_result_and_file():
    (item,) = fr_senat_scrutins.parse(response(f"{VOTE}.html", PAGE.encode()), source("fr-senat-scrutins"))
    assert isinstance(item, ItemRecord)
    (event,) = item.events
    assert (event.when.iso(), event.outcome) == ("2023-07-04", "adopted")
    assert Identifier("fr.senat.dossier", "pjl22-593") in item.dossier


def test_page_without_a_day_ends_loudly():
    with pytest.raises(SourceError, match="without title or day"):
        list(fr_senat_scrutins.parse(response(f"{VOTE}.html", b"<h1>Scrutin</h1>"), source("fr-senat-scrutins")))


def test_list_of_a_session_leads_to_its_newest_votes():
    body = b"".join(b'<a href="scr2025-%d.html">x</a>' % n for n in range(1, 60))
    found = of(
        Follow,
        fr_senat_scrutins.parse(
            response("https://www.senat.fr/scrutin-public/scr2025.html", body),
            source("fr-senat-scrutins", max_follow=2),
        ),
    )
    assert [one.url.rsplit("/", 1)[1] for one in found] == [
        "scr2025-59.html", "scr2025-59.json", "scr2025-58.html", "scr2025-58.json",
    ]  # fmt: skip


@needs_shared
@pytest.mark.shared
def test_real_tables_are_read_without_warning():
    folder = SHARED / "samples" / "fr-senat"
    url = "https://www.senat.fr/amendements/2018-2019/106/jeu_complet_2018-2019_106.csv"
    body = (folder / "jeu_complet_2018-2019_106.csv").read_bytes()
    found = list(fr_senat_amendements.parse(response(url, body), source("fr-senat-amendements")))
    assert len(of(ItemRecord, found)) == len(found) == 2
    body = (folder / "liste_discussion_610.json").read_bytes()
    found = list(
        fr_senat_amendements.parse(response("https://www.senat.fr/l.json", body), source("fr-senat-amendements"))
    )
    assert len(of(ItemRecord, found)) == len(found) == 14
    body = (folder / "ODSEN_GENERAL-short.csv").read_bytes()
    people = list(fr_senat_senateurs.parse(response("https://data.senat.fr/x.csv", body), source("fr-senat-senateurs")))
    assert [type(one) for one in people] == [ActorRecord, ActorRecord]
    body = (folder / "scr2022-125.json").read_bytes()
    url = "https://www.senat.fr/scrutin-public/2022/scr2022-125.json"
    (vote,) = fr_senat_scrutins.parse(response(url, body), source("fr-senat-scrutins"))
    assert isinstance(vote, ItemRecord) and len(vote.actors) == 343
