"""Articles that are one story, and those that only look alike."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from collectors.stories import Article, stories

WIRE = (
    "Le parquet de Paris a ouvert une enquête sur la diffusion d'images truquées de femmes par un outil "
    "d'intelligence artificielle, a-t-il annoncé mercredi. Les investigations sont confiées à la section de lutte "
    "contre la cybercriminalité. Deux députés avaient saisi la justice au début du mois. Le ministre chargé du "
    "numérique a demandé à la plateforme de retirer ces images sans attendre. La plateforme n'a pas répondu aux "
    "demandes de commentaire. Une réunion est prévue à Bruxelles la semaine prochaine sur le même sujet."
)
OTHER = (
    "La ministre de la culture a présenté un plan pour la protection des voix des comédiens de doublage. Le texte "
    "prévoit une négociation entre les syndicats et les studios avant la fin de l'année. Les comédiens demandent "
    "depuis deux ans un cadre qui interdise l'imitation de leur voix sans accord. Les studios se disent ouverts à "
    "une discussion. Un rapport sera rendu au printemps par une mission du ministère sur ce point précis du droit."
)


def article(item_id: int, **facts: object) -> Article:
    values = {
        "key": f"source {item_id}", "kind": "article", "publisher": f"Journal {item_id}", "lang": "fr",
        "url": f"https://j{item_id}.example/a", "title": f"Titre tout à fait particulier numéro {item_id}", "text": "",
        "published_on": date(2026, 1, 7), **facts,
    }  # fmt: skip
    return Article(item_id, **values)  # type: ignore[arg-type]


def told(*articles: Article) -> dict[int, tuple[int, str]]:
    return {one.item_id: (one.story_id, one.rule) for one in stories(articles)}


def test_the_same_page_under_two_addresses_is_one_story():
    one = article(1, url="https://www.journal.example/a?utm_source=rss")
    two = article(2, url="https://m.journal.example/a/amp", published_on=None)
    assert told(one, two) == {1: (1, "first"), 2: (1, "link")}


def test_wire_copy_with_a_paragraph_less_is_one_story_first_told_first():
    shorter = WIRE.rsplit(". ", 2)[0] + ". Avec AFP."
    found = told(article(1, text=shorter, published_on=date(2026, 1, 8)), article(2, text=WIRE), article(3, text=OTHER))
    assert found == {2: (2, "first"), 1: (2, "text")}


def test_the_same_text_a_week_later_is_another_story():
    assert told(article(1, text=WIRE), article(2, text=WIRE, published_on=date(2026, 1, 20))) == {}


def test_nearly_the_same_title_is_one_story_and_half_of_it_is_not():
    title = "Hypertrucages : le parquet de Paris ouvre une enquête sur Grok"
    near = "Hypertrucages : le parquet de Paris ouvre une enquête"
    half = "Hypertrucages : le Sénat ouvre un débat sur les plateformes"
    assert told(article(1, title=title), article(2, title=near)) == {1: (1, "first"), 2: (1, "title")}
    assert told(article(1, title=title), article(2, title=half)) == {}


def test_titles_of_two_languages_are_not_compared():
    title = "Deepfake Grok parquet Paris enquête Musk"
    assert told(article(1, title=title), article(2, title=title, lang="it")) == {}


def test_a_lead_belongs_to_the_article_of_its_publisher_and_never_shows_the_story():
    lead = article(1, kind="lead", url="", publisher="https://www.lemonde.fr", title="Grok : une enquête est ouverte")
    found = article(2, publisher="Lemonde.fr", title="Grok : une enquête est ouverte", published_on=date(2026, 1, 8))
    assert told(lead, found) == {2: (2, "first"), 1: (2, "lead")}


def test_order_of_arrival_does_not_matter():
    copies = [article(n, text=WIRE, published_on=date(2026, 1, 7 + n % 3)) for n in range(1, 7)]
    expected = told(*copies)
    luck = random.Random(3)
    for _ in range(5):
        luck.shuffle(copies)
        assert told(*copies) == expected
    assert {story for story, _ in expected.values()} == {3}, "the earliest, then the first by key"


def test_a_chain_of_copies_is_one_story():
    a, b = article(1, text=WIRE), article(2, text=WIRE, title="Une enquête ouverte à Paris après des images truquées")
    c = article(3, title="Une enquête ouverte à Paris après des images truquées")
    assert {story for story, _ in told(a, b, c).values()} == {1}


def test_a_formula_in_many_texts_makes_no_story():
    appeal = "Soutenez une presse libre et indépendante par un don à notre journal sans attendre demain. " * 6
    assert told(*(replace(article(n), text=f"{appeal} {n}") for n in range(1, 60))) == {}
