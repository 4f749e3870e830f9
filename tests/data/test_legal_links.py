"""Official addresses of cited law: formed from what the reference says, or none."""

from __future__ import annotations

import tomllib

import pytest

from data.legal_links import LEGAL, Cited, address, identifiers
from data.models import Identifier
from data.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("eu:reg:2022/2065:34", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32022R2065"),
        ("eu:reg:2001/45", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32001R0045"),
        ("eu:dir:2024/1385:5", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32024L1385"),
        ("uk:act:online-safety-act-2023:188", "https://www.legislation.gov.uk/ukpga/2023/50/section/188"),
        ("uk:act:sexual-offences-act-2003:66E(2)", "https://www.legislation.gov.uk/ukpga/2003/42/section/66E"),
        ("uk:act:fraud-act-2006", "https://www.legislation.gov.uk/ukpga/2006/35"),
        ("us:pl:119-12", "https://www.govinfo.gov/link/plaw/119/public/12"),
        (
            "us:usc:47:223(h)",
            "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title47-section223&num=0&edition=prelim",
        ),
        (
            "us-ca:pen:311",
            "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=PEN&sectionNum=311.",
        ),
        ("de:stgb:201a", "https://www.gesetze-im-internet.de/stgb/__201a.html"),
        ("de:stgb:201(2)", "https://www.gesetze-im-internet.de/stgb/__201.html"),
        ("de:gg:5", "https://www.gesetze-im-internet.de/gg/art_5.html"),
        ("fr:code-penal:226-8-1", "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070719"),
        ("fr:loi:2024-449:3", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368"),
        ("ch:cp:179decies", "https://www.fedlex.admin.ch/eli/cc/54/757_781_799/fr#art_179_decies"),
        ("it:legge:132/2025:26", "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2025-09-23;132"),
        ("es:cp:197.7", "https://www.boe.es/eli/es/lo/1995/11/23/10/con"),
    ],
)
def test_an_address_is_that_of_the_act_or_of_its_article(reference: str, expected: str):
    assert address(reference) == expected


@pytest.mark.parametrize(
    "reference",
    [
        "fr:bill:675",  # of which term
        "us:bill:s146",  # of which Congress
        "us-ca:bill:ab2655",
        "us:pl:93-1",  # before the link service begins
        "uk:act:a-title-nobody-listed-act-1999:3",  # its chapter is not told
        "uk:bill:crime-and-policing-bill",
        "it:legge:1/2020",  # its day is not told
        "es:lo:9/1999",
        "dk:ophavsretsloven:65a",  # consolidated anew every year
        "de:mstv:19",  # no federal law
        "de:drs:20/12605",  # of the Bundestag or of a Landtag
        "at:stgb:107c",
        "eu:com:2022/209",
        "",
        "javascript:alert(1)",
    ],
)
def test_what_is_not_certain_has_no_address(reference: str):
    assert address(reference) == ""


def test_a_proposed_paragraph_leads_to_its_code():
    assert address("de:stgb:201b") == "https://www.gesetze-im-internet.de/stgb/"


def test_the_parts_of_a_reference():
    assert Cited.of("fr:code-penal:226-8") == Cited("fr:code-penal", "fr", "code-penal", "", "226-8")
    assert Cited.of("eu:reg:2022/2065:34") == Cited("eu:reg:2022/2065", "eu", "reg", "2022/2065", "34")
    assert Cited.of("fr:loi:2024-449").article == ""


def test_an_act_has_the_identifiers_of_the_vocabulary():
    assert identifiers("eu:reg:2024/1689:50(2)") == (Identifier("eu.celex", "32024R1689"),)
    assert Identifier("us.bill", "119-s-146") in identifiers("us:pl:119-12")
    assert Identifier("fr.loi", "2024-449") in identifiers("fr:loi:2024-449:3")
    assert identifiers("fr:code-penal:226-8") == ()


def test_every_row_of_the_file_is_one_a_reference_can_reach():
    table = tomllib.loads(LEGAL.read_text(encoding="utf-8"))
    words = load_vocabulary()
    for act, said in table["identifiers"].items():
        scheme, value = said.split(" ", 1)
        assert words.is_identifier(scheme, value), act
        assert Cited.of(act).act == act
    for act, page in table["addresses"].items():
        assert page.startswith("https://"), act
        assert address(act) == page
