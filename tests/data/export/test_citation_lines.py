"""Lines to paste: each compared with one written by hand from the rules of its style."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from data.export import Extract, cited
from data.export.citation_lines import STYLES, in_language, language_of, line
from data.rows import TimelineEvent
from data.vocabulary import load_vocabulary
from tests.data.export import hostile
from tests.data.export.cited_sample import (
    ARTICLE,
    EU_REGULATION,
    FRENCH_LAW,
    NOTICE,
    RULING,
    UK_ACT,
    US_LAW,
    cite,
    reader,
    source,
)
from tests.data.export.sample import DEEPTRACE

LOI = "Loi n°\u00a02024-449 du 21 mai 2024 visant à sécuriser et à réguler l'espace numérique"
JORF = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368"
AI_ACT = "Regulation (EU) 2024/1689 laying down harmonised rules on artificial intelligence"
OJ = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
DUA = "https://www.legislation.gov.uk/ukpga/2025/18/section/138"
S146 = "https://www.congress.gov/bill/119th-congress/senate-bill/146"
ECLI = "ECLI:NL:RBAMS:2026:3106"
NL = f"https://uitspraken.rechtspraak.nl/details?id={ECLI}"
OFCOM = "https://www.ofcom.org.uk/x-grok"
PRESS = "https://www.example.org/saisine?a=1&b=2"

ENGLISH = {
    "FRENCH_LAW": {
        "apa": f"{LOI}, Journal officiel de la République française, May 22, 2024. {JORF}",
        "chicago": f"{LOI}, Journal officiel de la République française, May 22, 2024, {JORF}.",
        "harvard": f"{LOI}, Journal officiel de la République française, 22 May 2024. Available at: {JORF} (Accessed: 25 November 2026).",
        "oscola": f"{LOI}, JORF, 22 May 2024 (France).",
    },
    "EU_REGULATION": {
        "apa": f"{AI_ACT}, 2024 O.J. (L 2024/1689). {OJ}",
        "chicago": f"{AI_ACT}, 2024 O.J. (L 2024/1689), {OJ}.",
        "harvard": f"‘{AI_ACT}’ (2024) OJ L, 2024/1689. Available at: {OJ} (Accessed: 25 November 2026).",
        "oscola": f"{AI_ACT} [2024] OJ L, 2024/1689.",
    },
    "UK_ACT": {
        "apa": f"Data (Use and Access) Act 2025, c. 18, s. 138. {DUA}",
        "chicago": f"Data (Use and Access) Act 2025, c. 18, s. 138 (UK), {DUA}.",
        "harvard": f"Data (Use and Access) Act 2025, c. 18, s. 138. Available at: {DUA} (Accessed: 25 November 2026).",
        "oscola": "Data (Use and Access) Act 2025, s 138.",
    },
    "US_LAW": {
        "apa": f"TAKE IT DOWN Act, Pub. L. No. 119-12 (2025). {S146}",
        "chicago": f"TAKE IT DOWN Act, Pub. L. No. 119-12 (2025), {S146}.",
        "harvard": f"TAKE IT DOWN Act, Pub. L. No. 119-12 (2025). Available at: {S146} (Accessed: 25 November 2026).",
        "oscola": "TAKE IT DOWN Act, Pub L No 119-12 (2025) (US).",
    },
    "RULING": {
        "apa": f"Stichting Offlimits v. X Corp., {ECLI} (Rechtbank Amsterdam, March 26, 2026). {NL}",
        "chicago": f"Stichting Offlimits v. X Corp., {ECLI} (Rechtbank Amsterdam, March 26, 2026), {NL}.",
        "harvard": f"Stichting Offlimits v. X Corp., {ECLI} (Rechtbank Amsterdam, 26 March 2026). Available at: {NL} (Accessed: 25 November 2026).",
        "oscola": f"Stichting Offlimits v X Corp., {ECLI} (Rechtbank Amsterdam, 26 March 2026).",
    },
    "NOTICE": {
        "apa": f"Ofcom. (2026, January 12). Ofcom launches investigation into X over Grok. {OFCOM}",
        "chicago": f"Ofcom, “Ofcom launches investigation into X over Grok,” January 12, 2026, {OFCOM}.",
        "harvard": f"Ofcom (2026) Ofcom launches investigation into X over Grok. Available at: {OFCOM} (Accessed: 25 November 2026).",
        "oscola": f"Ofcom, ‘Ofcom launches investigation into X over Grok’ (12 January 2026) <{OFCOM}> accessed 25 November 2026.",
    },
    "ARTICLE": {
        "apa": f"Deepfakes\u00a0: le parquet saisi. (2026, January 6). Le Journal. {PRESS}",
        "chicago": f"“Deepfakes\u00a0: le parquet saisi,” Le Journal, January 6, 2026, {PRESS}.",
        "harvard": f"Le Journal (2026) ‘Deepfakes\u00a0: le parquet saisi’, 6 January. Available at: {PRESS} (Accessed: 25 November 2026).",
        "oscola": f"‘Deepfakes\u00a0: le parquet saisi’ Le Journal (6 January 2026) <{PRESS}> accessed 25 November 2026.",
    },
}
SEEN = "(consulté le 25 novembre 2026)"
HERE = "Disponible à l’adresse\u00a0:"
FRENCH = {
    "FRENCH_LAW": {
        "apa": f"{LOI}, Journal officiel de la République française, 22 mai 2024. {JORF}",
        "chicago": f"{LOI}, Journal officiel de la République française, 22 mai 2024, {JORF}.",
        "harvard": f"{LOI}, Journal officiel de la République française, 22 mai 2024. {HERE} {JORF} {SEEN}.",
        "oscola": f"{LOI}, JORF, 22 mai 2024 (France).",
        "fr": f"{LOI}, JORF du 22 mai 2024, {JORF} {SEEN}.",
    },
    "EU_REGULATION": {
        "harvard": f"«\u00a0{AI_ACT}\u00a0» (2024) JO L, 2024/1689. {HERE} {OJ} {SEEN}.",
        "fr": f"Règlement (UE) 2024/1689 («\u00a0{AI_ACT}\u00a0»), JOUE L, 2024/1689 du 12 juillet 2024, {OJ} {SEEN}.",
    },
    "UK_ACT": {
        "chicago": f"Data (Use and Access) Act 2025, c. 18, art. 138 (Royaume-Uni), {DUA}.",
        "fr": f"Data (Use and Access) Act 2025, c. 18, art. 138 (Royaume-Uni), 19 juin 2025, {DUA} {SEEN}.",
    },
    "US_LAW": {"fr": f"TAKE IT DOWN Act, Public Law 119-12 (États-Unis), 19 mai 2025, {S146} {SEEN}."},
    "RULING": {
        "apa": f"Stichting Offlimits v. X Corp., {ECLI} (Rechtbank Amsterdam, 26 mars 2026). {NL}",
        "fr": f"Rechtbank Amsterdam, 26 mars 2026, {ECLI}, «\u00a0Stichting Offlimits v. X Corp.\u00a0», {NL} {SEEN}.",
    },
    "NOTICE": {
        "apa": f"Ofcom. (2026, 12 janvier). Ofcom launches investigation into X over Grok. {OFCOM}",
        "chicago": f"Ofcom, «\u00a0Ofcom launches investigation into X over Grok\u00a0», 12 janvier 2026, {OFCOM}.",
        "oscola": f"Ofcom, «\u00a0Ofcom launches investigation into X over Grok\u00a0» (12 janvier 2026) <{OFCOM}> consulté le 25 novembre 2026.",
        "fr": f"Ofcom, «\u00a0Ofcom launches investigation into X over Grok\u00a0», 12 janvier 2026, {OFCOM} {SEEN}.",
    },
    "ARTICLE": {
        "harvard": f"Le Journal (2026) «\u00a0Deepfakes\u00a0: le parquet saisi\u00a0», 6 janvier. {HERE} {PRESS} {SEEN}.",
        "fr": f"«\u00a0Deepfakes\u00a0: le parquet saisi\u00a0», Le Journal, 6 janvier 2026, {PRESS} {SEEN}.",
    },
}
DOCUMENTS = {
    "FRENCH_LAW": FRENCH_LAW,
    "EU_REGULATION": EU_REGULATION,
    "UK_ACT": UK_ACT,
    "US_LAW": US_LAW,
    "RULING": RULING,
    "NOTICE": NOTICE,
    "ARTICLE": ARTICLE,
}
CASES = [
    (one, lang, style, text)
    for lang, table in (("en", ENGLISH), ("fr", FRENCH))
    for one, lines in table.items()
    for style, text in lines.items()
]


@pytest.mark.parametrize(
    ("one", "lang", "style", "expected"), CASES, ids=[f"{one}-{style}-{lang}" for one, lang, style, _ in CASES]
)
def test_a_document_is_cited_by_the_rules_of_the_style(one: str, lang: str, style: str, expected: str):
    assert line(cite(DOCUMENTS[one], lang), style) == expected


VIEW = "https://monitor.example/timeline?jurisdiction=fr"


@pytest.mark.parametrize(
    ("style", "lang", "expected"),
    [
        ("apa", "en", f"Deepfake Policy Monitor contributors. (2026, November 25). Sexual deepfakes in France (Version 2026-11-25T06:00:00Z) [Data set]. Deepfake Policy Monitor. Retrieved November 25, 2026, from {VIEW}"),
        ("chicago", "en", f"Deepfake Policy Monitor contributors, “Sexual deepfakes in France,” Deepfake Policy Monitor, data set, version 2026-11-25T06:00:00Z, November 25, 2026, {VIEW}."),
        ("harvard", "en", f"Deepfake Policy Monitor contributors (2026) Sexual deepfakes in France [Dataset]. Version 2026-11-25T06:00:00Z. Deepfake Policy Monitor. Available at: {VIEW} (Accessed: 25 November 2026)."),
        ("oscola", "en", f"Deepfake Policy Monitor contributors, ‘Sexual deepfakes in France’ (Deepfake Policy Monitor, version 2026-11-25T06:00:00Z, 25 November 2026) <{VIEW}> accessed 25 November 2026."),
        ("fr", "fr", f"Deepfake Policy Monitor, «\u00a0Sexual deepfakes in France\u00a0», jeu de données, version 2026-11-25T06:00:00Z, 25 novembre 2026, {VIEW} {SEEN}."),
        ("apa", "fr", f"Deepfake Policy Monitor contributors. (2026, 25 novembre). Sexual deepfakes in France (Version 2026-11-25T06:00:00Z) [Jeu de données]. Deepfake Policy Monitor. Consulté le 25 novembre 2026, à l’adresse {VIEW}"),
    ],
)  # fmt: skip
def test_a_view_is_a_data_set_of_its_instant(style: str, lang: str, expected: str):
    assert line(cited.of_view(reader(lang)), style) == expected


def test_a_document_without_a_known_title_is_described_in_brackets_with_the_day_of_the_event():
    found = cite(NOTICE, titles={})
    assert line(found, "apa") == f"Ofcom. (2026, January 12). [Ofcom opens an inquiry]. {OFCOM}"
    later = replace(NOTICE, sources=(source(OFCOM, "Ofcom", on="2026-01-13"),))
    assert line(cite(later, titles={}), "chicago") == (
        f"Ofcom, [Ofcom opens an inquiry, January 12, 2026], January 13, 2026, {OFCOM}."
    )


def test_an_undated_document_says_so_and_when_it_was_read():
    undated = replace(NOTICE, sources=(source(OFCOM, "Ofcom"),))
    assert line(cite(undated), "apa") == (
        f"Ofcom. (n.d.). Ofcom launches investigation into X over Grok. Retrieved November 25, 2026, from {OFCOM}"
    )
    assert "(s.\u00a0d.)" in line(cite(undated, "fr"), "apa")
    assert line(cite(undated), "chicago").endswith(f"accessed November 25, 2026, {OFCOM}.")
    assert line(cite(undated), "harvard").startswith("Ofcom (no date) ")


def test_a_law_in_force_keeps_the_year_of_its_number_and_not_that_of_the_event():
    applied = replace(
        EU_REGULATION, type="law_in_force", date="2026-08-02", date_start="2026-08-02", date_end="2026-08-02"
    )
    assert line(cite(applied), "oscola") == f"{AI_ACT} [2024] OJ L, 2024/1689."


def test_an_older_act_of_the_union_has_no_place_in_the_journal_that_nobody_told():
    title = "Regulation (EU) 2022/2065 on a Single Market For Digital Services"
    older = replace(
        EU_REGULATION, dossier_title=title, type="law_in_force", dossier_identifiers=(("eu.celex", "32022R2065"),)
    )
    assert line(cite(older), "oscola") == f"{title} (2022)."
    assert line(cite(older, "fr"), "fr") == f"Règlement (UE) 2022/2065 («\u00a0{title}\u00a0»), {OJ} {SEEN}."


def test_the_journal_of_a_french_act_is_dated_only_where_the_day_is_known():
    undated = replace(FRENCH_LAW, sources=(source(JORF, "Légifrance"),))
    assert line(cite(undated, "fr"), "fr") == f"{LOI}, {JORF} {SEEN}."
    printed = replace(undated, date="2024-05-22", date_start="2024-05-22", date_end="2024-05-22")
    assert line(cite(printed, "fr"), "fr") == f"{LOI}, JORF du 22 mai 2024, {JORF} {SEEN}."


def test_a_french_act_without_its_number_in_the_title_gets_it():
    bare = replace(FRENCH_LAW, dossier_title="Loi visant à sécuriser et à réguler l'espace numérique")
    assert line(cite(bare, "fr"), "fr").startswith("Loi n°\u00a02024-449 visant à sécuriser")


def test_a_translated_title_stands_in_brackets_behind_the_original():
    reviewed = replace(
        NOTICE, origin="official", title="Verfahren eröffnet", lang="de", titles={"en": "Proceedings opened"}
    )
    assert line(cite(reviewed, titles={}), "harvard").startswith(
        "Ofcom (2026) Verfahren eröffnet [Proceedings opened]. "
    )
    assert "[" not in line(cite(reviewed, "fr", titles={}), "harvard")


def test_an_event_without_a_source_is_cited_by_its_card():
    found = line(cite(DEEPTRACE), "harvard")
    assert "[Deeptrace counts 14,678 deepfake videos, October 2019]" in found
    assert "https://monitor.example/timeline?event=int-2019-10-deeptrace" in found


def test_the_french_form_is_french_for_every_reader_and_titles_the_view_anew():
    assert (language_of("fr", "en"), language_of("apa", "en")) == ("fr", "en")
    labels = load_vocabulary()
    assert in_language(reader("en"), "fr", labels, {}, titled=True).view_title == "Sexual deepfakes in France"
    assert in_language(reader("en"), "fr", labels, {}, titled=False).view_title.endswith("· France")
    assert in_language(reader("en"), "fr", labels, {}, titled=False).lang == "fr"


@settings(max_examples=100, deadline=None)
@given(hostile.events)
def test_no_text_of_strangers_breaks_a_line_or_makes_an_address(one: TimelineEvent):
    for lang in ("en", "fr"):
        extract = Extract((one,), source_titles={(s.source_id, s.url): (one.title, "xx") for s in one.sources})
        for n in range(-1, len(one.sources)):
            labels, context = load_vocabulary(), reader(lang)
            found = (
                cited.of_event(one, extract, context, labels)
                if n < 0
                else cited.of_source(one, n, extract, context, labels)
            )
            for style in STYLES:
                text = line(found, style)
                assert text.splitlines() == [text]
                assert "\x00" not in text and "\ud800" not in text and "\u202e" not in text
            assert found.url == "" or found.url.startswith(("https://", "http://"))


def test_every_style_of_the_list_is_tried():
    assert {style for _, _, style, _ in CASES} == set(STYLES)
