from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analysis import instruments
from collectors.analysis.instruments import slug
from collectors.analysis.legal import find_legal
from collectors.analysis.lexicon import LANGUAGES
from collectors.analysis.normalise import normalise


def cited(text: str, lang: str, *countries: str) -> list[str]:
    return [ref.normalised for ref in find_legal(normalise(text), lang, countries)]


def test_each_article_of_a_list_is_one_reference() -> None:
    text = "les articles 226-8, 226-8-1 et 227-23 du code pénal"
    found = find_legal(text, "fr")
    assert [ref.normalised for ref in found] == ["fr:code-penal:226-8", "fr:code-penal:226-8-1", "fr:code-penal:227-23"]
    assert found[-1].text == "227-23 du code pénal"


def test_same_code_is_the_code_before() -> None:
    text = "L’article 226-8 du code pénal et l’article 227-23 du même code."
    assert cited(text, "fr") == ["fr:code-penal:226-8", "fr:code-penal:227-23"]


def test_bare_article_takes_the_act_of_the_sentence_before() -> None:
    text = "Le règlement (UE) 2022/2065 s'applique. Les plateformes doivent répondre (articles 16 et 17)."
    assert cited(text, "fr") == ["eu:reg:2022/2065", "eu:reg:2022/2065:16", "eu:reg:2022/2065:17"]


def test_bare_article_far_from_any_act_is_none() -> None:
    text = "Le DSA s'applique. Une phrase passe. Une autre aussi. L'article 5 dit le reste."
    assert cited(text, "fr") == ["eu:reg:2022/2065"]


def test_article_of_something_unknown_is_none() -> None:
    assert cited("L'article 5 de la charte du club et l'article du Monde", "fr") == []


def test_a_bill_s_own_sections_are_not_cited() -> None:
    text = "S. 900 bans such tools. Section 2 amends the code."
    assert cited(text, "en", "us") == ["us:bill:s900"]


def test_section_inserted_into_another_act_belongs_there() -> None:
    text = (
        "Section 138 of the Data (Use and Access) Act 2025 inserts sections 66E and 66F "
        "into the Sexual Offences Act 2003."
    )
    assert cited(text, "en", "uk") == [
        "uk:act:data-use-and-access-act-2025:138",
        "uk:act:sexual-offences-act-2003:66E",
        "uk:act:sexual-offences-act-2003:66F",
        "uk:act:sexual-offences-act-2003",
    ]


def test_code_in_brackets_names_the_section_it_follows() -> None:
    assert set(cited("section 223 of the Communications Act of 1934 (47 U.S.C. 223)", "en", "us")) == {"us:usc:47:223"}


@pytest.mark.parametrize(
    ("text", "lang", "country", "expected"),
    [
        ("art. 179decies CP", "fr", "ch", "ch:cp:179decies"),
        ("l'article 28 du code civil", "fr", "ch", "ch:cc:28"),
        ("l'article 9 du code civil", "fr", "fr", "fr:code-civil:9"),
        ("Art. 179decies StGB", "de", "ch", "ch:cp:179decies"),
        ("§ 107c StGB", "de", "de", "de:stgb:107c"),
        ("Criminal Code Amendment (Deepfake Sexual Material) Act 2024 (Cth)", "en", "au",
         "au:act:criminal-code-amendment-deepfake-sexual-material-act-2024"),
    ],
)  # fmt: skip
def test_the_country_decides_what_an_abbreviation_means(text: str, lang: str, country: str, expected: str) -> None:
    assert cited(text, lang, country) == [expected]


def test_state_bill_takes_the_state_of_the_text() -> None:
    assert cited("In Texas, SB 751 passed.", "en", "us") == ["us-tx:bill:sb751"]
    assert cited("The Freedonia Legislature passed HB 12.", "en", "us") == ["us-xx:bill:hb12"]


@pytest.mark.parametrize(
    "text",
    ["U.S. 101 and S. Korea", "amendement n° 128", "question n° 11873", "Roll no. 104", "section 1 of this note"],
)
def test_other_numbers_are_no_citations(text: str) -> None:
    assert cited(text, "en", "us") == []
    assert cited(text, "fr", "fr") == []


def test_title_drops_the_words_before_it() -> None:
    found = find_legal("Under the Online Safety Act 2023 it must act.", "en", ("uk",))
    assert [(ref.text, ref.normalised) for ref in found] == [
        ("Online Safety Act 2023", "uk:act:online-safety-act-2023")
    ]


def test_slug_keeps_words_and_year() -> None:
    assert slug("Data (Use and Access) Act 2025") == "data-use-and-access-act-2025"


PIECES = [
    "article",
    "articles 5",
    "§ 12",
    "du code pénal",
    "et 7",
    "Act 2003",
    "the",
    "DSA",
    "(",
    "L. 3",
    "section 4",
    "StGB",
    "\n",
    "n° 12-3",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(LANGUAGES))
def test_heaps_of_citation_words_give_spans_inside(pieces: list[str], lang: str) -> None:
    text = " ".join(pieces)
    for ref in find_legal(text, lang, ("uk",)):
        assert text[ref.start : ref.end] == ref.text
        assert ref.normalised.count(":") >= 2


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_searched(text: str, lang: str) -> None:
    plain = normalise(text)
    assert all(plain[ref.start : ref.end] == ref.text for ref in find_legal(plain, lang))


def test_party_before_a_bill_is_not_of_its_title() -> None:
    text = "It revives the Conservatives' Tenants (Reform) Bill and a Tenants' Rights Bill."
    found = [ref.normalised for ref in find_legal(text, "en", ("uk",))]
    assert found == ["uk:bill:tenants-reform-bill", "uk:bill:tenants-rights-bill"]


@pytest.mark.parametrize(
    ("lang", "country", "text", "wanted"),
    [
        ("it", "it", "La legge ha introdotto l'art. 612-quater nel Codice Penale.", ["it:cp:612-quater"]),
        ("it", "it", "L'articolo 26 della legge 132/2025 aggiunge l'art. 612-quater al codice penale.",
         ["it:legge:132/2025:26", "it:cp:612-quater"]),
        ("it", "it", "L'articolo 612-quater, inserito nel codice penale dalla legge n. 132/2025, punisce chi diffonde.",
         ["it:cp:612-quater", "it:legge:132/2025"]),
        ("es", "es", "La reforma introduce el artículo 173 bis en el Código Penal.", ["es:cp:173bis"]),
        ("es", "es", "Se añade un artículo 173 bis al Código Penal.", ["es:cp:173bis"]),
        ("fr", "fr", "La peine prévue à l'article 226-8-1 du code pénal.", ["fr:code-penal:226-8-1"]),
        ("fr", "fr", "L'article 226-8-1, inséré dans le code pénal par la loi n° 2024-449, punit le partage.",
         ["fr:code-penal:226-8-1", "fr:loi:2024-449"]),
        ("fr", "fr", "Il propose un article 226-8-3 nouveau dans le code pénal.", ["fr:code-penal:226-8-3"]),
        ("de", "de", "Ein in das Strafgesetzbuch eingefügter § 201b soll die Lücke schließen.", ["de:stgb:201b"]),
        ("de", "de", "§ 201b soll ins Strafgesetzbuch eingefügt werden.", ["de:stgb:201b"]),
        ("de", "de", "Der Entwurf fügt § 201b in das Strafgesetzbuch ein.", ["de:stgb:201b"]),
        ("de", "de", "Ein neuer § 201b im Strafgesetzbuch soll helfen.", ["de:stgb:201b"]),
        ("de", "de", "Paragraf 201a des Strafgesetzbuches reicht nicht aus.", ["de:stgb:201a"]),
        ("en", "uk", "Section 66F was inserted into the Sexual Offences Act 2003.",
         ["uk:act:sexual-offences-act-2003:66F", "uk:act:sexual-offences-act-2003"]),
        ("da", "dk", "Lovforslaget indsætter § 73 a i ophavsretsloven.", ["dk:ophavsretsloven:73a"]),
    ],
)  # fmt: skip
def test_an_article_put_into_a_code_is_one_of_the_code(lang: str, country: str, text: str, wanted: list[str]) -> None:
    assert cited(text, lang, country) == wanted


def test_the_article_that_puts_another_into_a_code_is_of_its_own_law() -> None:
    text = "Sarà in vigore la legge n. 132/2025: l'articolo 26 introduce nel codice penale l'art. 612-quater."
    assert cited(text, "it", "it") == ["it:legge:132/2025", "it:legge:132/2025:26", "it:cp:612-quater"]


def test_no_two_rules_leave_the_choice_to_their_order_in_the_file():
    orders = [instruments._order(rule, swiss=False) for rule in instruments._rules().values()]
    assert len(orders) > 40
    twice = {one for one in orders if orders.count(one) > 1}
    assert twice == set()


@pytest.mark.parametrize(
    ("lang", "country", "text", "wanted"),
    [
        ("fr", "fr", "Le DSA s'applique. Le Sénat adopte l'article 3 et rejette l'article 4.", ["eu:reg:2022/2065"]),
        ("fr", "fr", "Le DSA s'applique. L'article 2, ainsi modifié, est adopté.", ["eu:reg:2022/2065"]),
        ("en", "uk", "The DSA applies. Peers rejected section 12.", ["eu:reg:2022/2065"]),
    ],
)  # fmt: skip
def test_an_article_that_is_voted_on_is_of_the_bill(lang: str, country: str, text: str, wanted: list[str]) -> None:
    assert cited(text, lang, country) == wanted


def test_an_act_told_once_with_its_year_is_known_by_its_title() -> None:
    text = "The Harbour Records Act 1999 binds ports. Ports say section 5 of the Harbour Records Act is old."
    assert cited(text, "en", "uk") == ["uk:act:harbour-records-act-1999", "uk:act:harbour-records-act-1999:5"]
    assert cited("Ports say the Harbour Records Act is old.", "en", "uk") == []


def test_a_number_without_its_word_is_an_article_of_the_code_behind_it() -> None:
    text = "Se aplica el artículo 248.1, o bien el 401 del Código Penal."
    assert cited(text, "es", "es") == ["es:cp:248.1", "es:cp:401"]
    assert cited("En la página 40 habla del Código Penal.", "es", "es") == []


def test_a_high_number_beside_an_amending_law_is_of_the_code() -> None:
    text = "L'articolo 612-quater del codice penale, introdotto dalla legge n. 132/2025; resta l'articolo 494."
    assert cited(text, "it", "it")[-1] == "it:cp:494"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Texas House heard Iowa's HF 2240 and West Virginia's HB 5516.", ["us-ia:bill:hf2240", "us-wv:bill:hb5516"]),
        ("The 136th General Assembly of Ohio took up H.B. 185.", ["us-oh:bill:hb185"]),
        ("Washington HB 1205", ["us-wa:bill:hb1205"]),
        ("In Washington, HB 1205 is unknown.", ["us-xx:bill:hb1205"]),
    ],
)  # fmt: skip
def test_the_state_beside_a_bill_is_its_state(text: str, wanted: list[str]) -> None:
    assert cited(text, "en", "us") == wanted


def test_a_paragraph_counts_where_the_law_is_cited_so() -> None:
    assert cited("l'article 50, paragraphe 2, de l'AI Act", "fr") == ["eu:reg:2024/1689:50(2)"]
    assert cited("l'article 28, alinéa 1, du code civil", "fr", "ch") == ["ch:cc:28"]
    assert cited("straffelovens § 264 d, stk. 1", "da", "dk") == ["dk:straffeloven:264d"]


def test_the_short_name_in_the_bracket_cites_the_same_act_again() -> None:
    assert cited("the Digital Services Act (DSA) applies", "en", "eu") == ["eu:reg:2022/2065"] * 2
    assert cited("section 223 of the Communications Act of 1934 (47 U.S.C. 223)", "en", "us") == [
        "us:usc:47:223",
        "us:usc:47:223",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("UTAH. SB 12 waits.\nIn Idaho, HB 7 has passed.", ["us-ut:bill:sb12", "us-id:bill:hb7"]),
        ("WASHINGTON. HB 9 is in force.", ["us-wa:bill:hb9"]),
        ("HELENA, Mont. - A firm of Texas fought HB 31.", ["us-mt:bill:hb31"]),
        ("New York's S.8544-A and S. 146 of Congress", ["us-ny:bill:s8544a", "us:bill:s146"]),
        ("Section 2252A of Title 18", ["us:usc:18:2252A"]),
    ],
)
def test_the_head_of_a_paragraph_or_of_a_dispatch_names_the_state(text: str, wanted: list[str]) -> None:
    assert cited(text, "en", "us") == wanted


def test_an_act_said_to_be_of_a_country_is_its_act() -> None:
    assert cited("Malaysia's Harbour Safety Act 2025", "en", "uk") == ["my:act:harbour-safety-act-2025"]
    assert cited("the Kenya Harbours Act 2019", "en", "uk") == ["ke:act:kenya-harbours-act-2019"]
    assert cited("the Harbour Safety Act 2025", "en", "uk") == ["uk:act:harbour-safety-act-2025"]


def test_a_later_section_is_of_the_only_act_of_a_text() -> None:
    told = "The Harbours Act 1964 applies. It rained. Nobody came. Section 44 says so."
    assert cited(told, "en", "uk")[-1] == "uk:act:harbours-act-1964:44"
    assert len(cited(f"{told} The Docks Act 1970 does not.", "en", "uk")) == 2


def test_a_dotted_article_of_the_union_is_a_paragraph() -> None:
    assert cited("el artículo 50.4 del Reglamento (UE) 2024/1689", "es", "es") == ["eu:reg:2024/1689:50(4)"]


def test_an_act_is_of_its_country_wherever_it_is_cited() -> None:
    assert cited("Section 5 of the Harmful Digital Communications Act 2015", "en", "uk") == [
        "nz:act:harmful-digital-communications-act-2015:5"
    ]
    assert cited("Canada's Harbour Records Act", "en", "ca") == ["ca:act:harbour-records-act"]


def test_the_comma_before_the_year_is_american_in_an_american_text() -> None:
    text = "Congress passed the Harbour Lights and Extensions Act, 2026."
    assert cited(text, "en", "us") == ["us:act:harbour-lights-and-extensions-act-2026"]
