"""A collection keeps what never names the subject when it hangs on a watched file or names a watched article."""

from __future__ import annotations

import json

import pytest

from collectors.__main__ import main
from data import queries
from data.database import collected_path, open_immutable, open_writer, published_path, rows
from data.reference import load_sources
from data.view import View
from tests.fixtures.replay_assemblee import archive
from tests.replay import write_replay

NOW = "2026-11-25T06:00:00Z"
SREN, OTHER = "DLR5L16N47884", "DLR5L17N99999"
CATALOGUE = {one.id: one for one in load_sources()}
AMENDMENTS = CATALOGUE["fr-assemblee-amendements"].urls[0]
QUESTIONS = CATALOGUE["fr-senat-questions"].urls[0]
#: the header and one question of a senator, as the Sénat writes them
TABLE = (
    "Sort;Nature;Numéro ;Référence;Titre;Texte;Rubrique;Civilité;Nom;Prénom;Circonscription;Groupe ;"
    "Date de publication JO;Ministère de dépôt;Ministère de réponse;Date de réponse JO;Thème(s);URL Question\r\n"
    ';QE;07462;;Application du code pénal;"<p>Combien de condamnations au titre de l\'article 226-8-1 ?</p>";;M.;'
    "Basquin;Alexandre;Nord;CRCE-K;29/01/2026;Justice;;;Justice;"
    "https://www.senat.fr/questions/base/2026/qSEQ260107462.html\r\n"
    ';QE;07463;;Éclairage public;"<p>Combien de communes éteignent la nuit ?</p>";;M.;'
    "Basquin;Alexandre;Nord;CRCE-K;29/01/2026;Écologie;;;Écologie;"
    "https://www.senat.fr/questions/base/2026/qSEQ260107463.html\r\n"
).encode("cp1252")


def amendment(file: str, number: int, words: str) -> tuple[str, bytes]:
    uid = f"AMANR5L16PO838901B1674P0D1N{number:06}"
    value = {
        "uid": uid,
        "identification": {"numeroLong": str(number)},
        "texteLegislatifRef": "PRJLANR5L16B1674",
        "signataires": {"auteur": {"typeAuteur": "Député", "acteurRef": "PA721474"}},
        "pointeurFragmentTexte": {"division": {"articleDesignation": "Article 5"}},
        "corps": {"contenuAuteur": {"dispositif": f"<p>{words}</p>", "exposeSommaire": "<p>Rédactionnel.</p>"}},
        "cycleDeVie": {"dateDepot": "2023-10-02", "dateSort": "2023-10-10", "sort": "Adopté"},
    }
    return f"json/{file}/PRJLANR5L16B1674/{uid}.json", json.dumps({"amendement": value}).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("watching")
    members = [
        amendment(SREN, 1, "Supprimer l'alinéa 3."),
        amendment(OTHER, 2, "À la fin de l'article 226-8-1 du code pénal, supprimer les mots : « ou non »."),
        amendment(OTHER, 3, "Supprimer l'alinéa 7."),
    ]
    entries = [
        (AMENDMENTS, archive(members), {"content-type": "application/zip"}),
        (QUESTIONS, TABLE, {"content-type": "text/csv"}),
    ]
    write_replay(folder / "answers", entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(folder))
        command = ["collect", "--replay", str(folder / "answers"), "--now", NOW]
        assert main([*command, "--source", "fr-assemblee-amendements", "--source", "fr-senat-questions"]) == 0
        yield folder


def titles() -> list[str]:
    db = open_writer(collected_path())
    found = [row["title"] for row in rows(db, "SELECT title FROM item_text ORDER BY title")]
    db.close()
    return found


@pytest.mark.usefixtures("home")
def test_only_what_hangs_on_a_watched_file_or_names_a_watched_article_is_kept():
    assert titles() == [
        "Amendement n° 1 (Article 5), texte n° 1674",
        "Amendement n° 2 (Article 5), texte n° 1674",
        "Application du code pénal",
    ]


@pytest.mark.usefixtures("home")
def test_the_amendment_stands_among_the_documents_of_the_law_none_of_whose_titles_names_the_subject():
    db = open_immutable(published_path())
    law = queries.dossier(db, SREN)
    assert law and "deepfake" not in law.title.lower() and "hypertrucage" not in law.title.lower()
    documents = queries.dossier_documents(db, law.dossier_id)
    assert [(one.kind, one.title.split(",")[0]) for one in documents] == [("amendment", "Amendement n° 1 (Article 5)")]


@pytest.mark.usefixtures("home")
def test_the_question_on_a_watched_article_is_on_the_timeline_with_its_day():
    db = open_immutable(published_path())
    asked = [one for one in queries.timeline(db, View(types=("question_asked",))) if one.origin == "official"]
    assert [(one.date, one.title) for one in asked] == [
        ("2026-01-29", "Question écrite n° 07462 : Application du code pénal")
    ]


@pytest.mark.usefixtures("home")
def test_the_run_says_how_many_were_read_and_passed_over():
    db = open_writer(collected_path())
    counts = {row["source_id"]: row["record_count"] for row in rows(db, "SELECT source_id, record_count FROM run")}
    db.close()
    assert counts == {"fr-assemblee-amendements": 3, "fr-senat-questions": 2}
