"""Pairs of words that tell of a made depiction, and what parts them. Invented sentences."""

from __future__ import annotations

import pytest

from collectors.analysis.lexicon import LANGUAGES, load
from collectors.analysis.near import nearest, pairs
from collectors.analysis.relevance import judge
from collectors.analysis.sieve import Sieve


def found(lang: str, text: str) -> tuple[str, str] | None:
    hit = nearest(pairs(lang, Sieve()), text, 0, len(text), lambda _: False)
    return (hit[1].group(), hit[2].group()) if hit else None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_kind(lang: str) -> None:
    kinds = {kind for entry in load("depictions")["near"] for kind in (*entry["words"], *entry.get("unless", []))}
    assert kinds <= set(load("depictions")[lang])


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("fr", "Le parquet a reçu des clips trafiqués du préfet.", ("trafiqués", "clips")),
        ("fr", "La loi vise les sons de synthèse diffusés au public.", ("de synthèse", "sons")),
        ("en", "Doctored footage of the governor went round.", ("Doctored", "footage")),
        ("en", "She found her head in a sex scene on the site.", ("head", "sex scene")),
        ("de", "Ein fingiertes Interview der Ministerin kursiert.", ("fingiertes", "Interview")),
        ("it", "Circola un filmato artefatto del prefetto.", ("artefatto", "filmato")),
        ("es", "Difunden un audio apócrifo del rector.", ("apócrifo", "audio")),
        ("da", "En manipuleret tale af ministeren er delt.", ("manipuleret", "tale")),
    ],
)
def test_words_side_by_side_are_a_pair(lang: str, text: str, words: tuple[str, str]) -> None:
    assert found(lang, text) == words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Il présentait des papiers falsifiés et des photos."),
        ("en", "He had forged a certificate; pictures hung on the wall."),
        ("en", "The tool detects indecent images with AI."),
        ("en", "Fake passports lay beside photographs of the owners."),
        ("de", "KI findet Nacktfotos auf dem Datenträger."),
        ("es", "Mostraba títulos falsificados y fotos ajenas."),
    ],
)
def test_what_parts_them_or_takes_the_sense_away(lang: str, text: str) -> None:
    assert found(lang, text) is None


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("fr", "Un préfet porte plainte", "Des images truquées le montrent ivre ; une enquête est ouverte."),
        ("en", "Mayor goes to police", "A doctored recording had her insult nurses."),
        ("de", "Landrat erstattet Anzeige", "In Umlauf ist eine gefälschte Sprachnachricht."),
        ("it", "Esposto del prefetto", "Nel filmato, ricostruito al computer, insulta i vigili."),
        ("es", "El rector acude al juzgado", "Difunden un audio fabricado en el que insulta a los alumnos."),
        ("da", "Politiet undersøger klip", "Et forfalsket interview med ministeren er delt på nettet."),
    ],
)
def test_a_made_depiction_and_a_law_are_enough(lang: str, title: str, text: str) -> None:
    assert judge(title, text, lang).relevant


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        (
            "fr",
            "Détection : un accord au Parlement",
            "Les messageries pourront détecter les contenus d'abus avec l'IA.",
        ),
        ("en", "Police test new tool", "It scans drives for abuse images with AI, the minister said."),
        ("en", "Watchdog bans mascara advert", "The photographs had been retouched and exaggerated the effect."),
        ("de", "Zeitung bedauert Verwechslung", "Sie druckte ein falsches Foto; der Presserat prüft eine Beschwerde."),
        ("da", "Valg skal gå om", "Der var falske stemmesedler i kassen, siger politiet."),
    ],
)
def test_finding_retouching_and_mistaking_are_other_subjects(lang: str, title: str, text: str) -> None:
    assert not judge(title, text, lang).relevant
