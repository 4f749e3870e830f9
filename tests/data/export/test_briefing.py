"""The briefing as PDF and DOCX: the same facts in both, every event with its id, fit for paper, harmless."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from lxml import etree

from data.export import Extract, build
from data.export.briefing import ROWS, SHORT, briefing, shortened
from data.export.phrases import quoted
from data.rows import DossierRow, Statement
from data.vocabulary import load_vocabulary
from tests.data.export import hostile, office, printed
from tests.data.export.sample import EVENTS, JORF, SREN, context, dated

FORMATS = ("pdf", "docx")
FILE = DossierRow(
    dossier_id="fr-loi-sren", jurisdiction="fr", track="law", title=SREN.dossier_title, lang="fr", titles={},
    stage="enacted", stage_since="2024-05-21", stage_event_id=SREN.event_id, url="https://example.org/sren",
    identifiers=SREN.dossier_identifiers, harms=(), approaches=(), event_count=1, first_on="2024-05-21",
    last_on="2024-05-21", next_on="", next_event_id="", stalled=False, verified="payload", origin="official",
)  # fmt: skip
PLANNED = dated(
    "2027-03-01", *["2027-03-01"] * 2, "day", event_id="fr-planned", status="scheduled", title="Audition publique"
)
LATE = dated("2026-03-01", *["2026-03-01"] * 2, "day", event_id="fr-late", status="scheduled", title="Débat annoncé")
WHOLE = Extract((*EVENTS, LATE, PLANNED), {}, {FILE.dossier_id: FILE}, ())


def made(fmt: str, extract: Extract = WHOLE, **more: Any) -> bytes:
    return build(fmt, extract, context(len(extract.events), **more)).data


def words(fmt: str, extract: Extract = WHOLE, **more: Any) -> str:
    """The words of a file, each space a single one."""
    return " ".join(printed.WORDS[fmt](made(fmt, extract, **more)).split())


def many(count: int) -> Extract:
    return Extract([replace(SREN, event_id=f"event-{n:05d}", sources=(JORF,)) for n in range(count)])


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_event_is_there_with_its_id_and_its_date(fmt: str):
    assert printed.IDS[fmt](made(fmt)) == [one.event_id for one in sorted(WHOLE.events, key=lambda one: one.date_start)]
    shown = words(fmt)
    for told in ("octobre 2019 (connue au mois)", "21 mai 2024", "12 janvier 2027", "1er mars 2027"):
        assert told in shown


@pytest.mark.parametrize("fmt", FORMATS)
def test_it_tells_counts_state_actors_positions_and_what_comes(fmt: str):
    shown = words(fmt)
    for told in (
        "5 faits, du 1er octobre 2019 au 1er mars 2027.",
        "3 pays ou organisations, 1 dossier, 2 acteurs, 2 sources.",
        "1 fait prévu.",
        "Promulgué / publié, depuis le 21 mai 2024",
        "fait 2",
        "Une association",
        "Un progrès",
        load_vocabulary().label("stances", "supports_with_changes", "fr"),
        "Audition publique",
        "date passée, aucune suite enregistrée",
        "procédure habituelle à cette étape",
    ):
        assert told in shown


@pytest.mark.parametrize("fmt", FORMATS)
def test_sources_are_numbered_and_carry_their_dates_and_words(fmt: str):
    shown = words(fmt)
    assert (
        "[1] Légifrance, publié le 22 mai 2024, consulté le 25 novembre 2026. https://www.legifrance.gouv.fr/jorf/id/"
        in shown
    )
    assert "«\u00a0LOI n° 2024-449 du 21 mai 2024\u00a0»".replace("\u00a0", " ") in shown.replace("\u00a0", " ")
    assert "[2] Le Journal" in shown


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("lang", "heading"), [("fr", "Où en sont les dossiers"), ("en", "Where it stands")])
def test_it_speaks_both_languages(fmt: str, lang: str, heading: str):
    assert heading in words(fmt, lang=lang)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_view_gives_the_same_bytes(fmt: str):
    assert made(fmt) == made(fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_view_says_so(fmt: str):
    shown = words(fmt, Extract(()))
    assert "Aucun fait dans cette vue." in shown
    assert "Non couvert" in shown


def test_a_statement_counts_only_with_an_event_or_a_file_of_the_view():
    said = Statement(
        "fr-x", "Une association", "", "ngo", "fr-loi-sren", SREN.dossier_title, {}, "opposes", False, "2024-05-01",
        "fr", "", 7, "Ce texte ne suffit pas", "rule", "Tribune", {}, "https://example.org/tribune", "Le Journal",
    )  # fmt: skip
    elsewhere = replace(said, dossier_id="fr-other", quote="Autre chose")
    past = replace(said, event_id="not-of-the-view", quote="D'un autre événement")
    shown = words("pdf", replace(WHOLE, statements=(said, elsewhere, past)))
    assert "Ce texte ne suffit pas" in shown
    assert "https://example.org/tribune" in shown
    assert "Autre chose" not in shown
    assert "D'un autre événement" not in shown


def test_the_pdf_is_two_tagged_pages_in_its_language():
    reader = pypdf.PdfReader(io.BytesIO(made("pdf")))
    assert len(reader.pages) == 2
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    assert reader.metadata.title == "Affaire d'exemple"
    assert str(reader.metadata.creation_date) == "2026-11-25 06:00:00+00:00"


def test_the_pdf_describes_its_figure_and_is_drawn():
    data = made("pdf")
    alts: list[str] = []
    reader = pypdf.PdfReader(io.BytesIO(data))
    for number in range(1, len(reader.xref[0]) if 0 in reader.xref else 400):
        try:
            one = reader.get_object(number)
        except Exception:
            break
        if isinstance(one, pypdf.generic.DictionaryObject) and "/Alt" in one:
            alts.append(str(one["/Alt"]))
    assert any("5 faits entre le 1er octobre 2019" in alt for alt in alts)
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    colours = {page.getpixel((x, y)) for x in range(0, page.width, 2) for y in range(0, page.height, 2)}
    assert any(blue > red + 60 for red, _, blue in colours) or any(green > red + 60 for red, green, _ in colours)


def test_no_event_is_split_between_pages_and_a_very_long_one_is_whole():
    said = [replace(SREN, event_id=f"e-{n:02d}", summaries={"fr": f"Début{n:02d} " + "mot " * 60}) for n in range(40)]
    said.append(replace(SREN, event_id="e-99", summaries={"fr": "Début99 " + "mot " * 2500 + "Bout99"}))
    sheets = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made("pdf", Extract(said)))).pages]
    assert len(sheets) > 4
    for n in range(40):
        first = next(number for number, text in enumerate(sheets) if f"Début{n:02d}" in text)
        assert f"‹e-{n:02d}›" in sheets[first]
    assert any("Bout99" in text for text in sheets)


@pytest.mark.parametrize("count", [SHORT + 1, 300])
def test_the_body_of_a_large_view_stays_on_two_pages_and_the_annex_has_every_event(count: int):
    reader = pypdf.PdfReader(io.BytesIO(made("pdf", many(count))))
    first = next(
        number
        for number, one in enumerate(reader.pages, 1)
        if "Annexe : tous les faits" in " ".join(one.extract_text().split())
    )
    assert first <= 3
    assert len(printed.IDS["pdf"](made("pdf", many(count)))) == count


@pytest.mark.parametrize("fmt", FORMATS)
def test_beyond_the_limit_the_annex_still_names_every_event(fmt: str):
    extract = many(ROWS + 5)
    export = build(fmt, extract, context(len(extract.events)))
    assert printed.IDS[fmt](export.data) == [one.event_id for one in extract.events]
    assert export.notes == ("Au-delà de 1500 faits, l’annexe ne donne plus que le jour et l’identifiant.",)


def test_word_finds_headings_header_rows_a_described_picture_and_the_language():
    document = docx.Document(io.BytesIO(made("docx")))
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "Affaire d'exemple")
    assert {name for name, _ in headings[1:]} == {"Heading 2"}
    for table in document.tables:
        marks = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)
    (shape,) = document.inline_shapes
    assert "5 faits entre le 1er octobre 2019" in shape._inline.docPr.get("descr")
    language = next(document.styles.element.iter(qn("w:lang")))
    assert language.get(qn("w:val")) == "fr-FR"
    assert str(document.core_properties.modified) == "2026-11-25 06:00:00+00:00"
    assert document.core_properties.author == "Deepfake Policy Monitor"


def test_every_reference_of_the_word_file_leads_to_its_source():
    document = docx.Document(io.BytesIO(made("docx")))
    places = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    leads = {one.get(qn("w:anchor")) for one in document.element.body.iter(qn("w:hyperlink"))} - {None}
    assert leads
    assert leads <= places


def test_table_rows_of_the_word_file_keep_the_order_its_schema_asks_for():
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(made("docx"))).read("word/document.xml"))
    for one in body.iter(qn("w:tblPr")):
        names = [etree.QName(child).localname for child in one]
        order = ["tblStyle", "tblW", "tblBorders", "tblLayout", "tblLook"]
        assert names == order


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "$x^2$ *b* _i_ @ref <label>",
        "\\u{41} `raw` // c",
        '#import "x"',
        "= Titre",
        "x" * 5000,
        "‮abc",
        "ש\u05d0\u05d1",
        "a\x00b",
    ],
)
@pytest.mark.parametrize("fmt", FORMATS)
def test_code_of_others_is_text(fmt: str, text: str):
    event = replace(SREN, title=text, titles={}, summaries={"fr": text}, dossier_title=text, dossier_titles={})
    shown = words(fmt, Extract((event,)), view_title=text)
    plain = " ".join(text.replace("\x00", " ").replace("‮", "").split())
    if plain.isascii():
        assert plain.replace(" ", "") in "".join(shown.split()).replace("\u200b", "")
    assert printed.IDS[fmt](made(fmt, Extract((event,)))) == [SREN.event_id]


def test_a_letter_without_a_font_costs_the_standard_and_not_the_file():
    event = replace(SREN, title="Loi \U00013000 hiéroglyphe", titles={})
    export = build("pdf", Extract((event,)), context(1))
    assert printed.IDS["pdf"](export.data) == [SREN.event_id]
    assert export.notes == () or "police" in export.notes[0]


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_soft_hyphen_spoils_no_hyphen_that_is_copied(fmt: str):
    title = '=HYPERLINK("https://a.example")0<000000000\u00ad@'
    event = replace(
        SREN, title=title, titles={}, summaries={}, dossier_title=title, dossier_titles={}, sources=(), actors=()
    )
    assert printed.IDS[fmt](made(fmt, Extract((event,)), view_title=title)) == [SREN.event_id]


@settings(max_examples=25, deadline=None)
@given(hostile.events)
@pytest.mark.parametrize("fmt", FORMATS)
def test_whatever_strangers_write_is_text(fmt: str, event: Any):
    data = made(fmt, Extract((event,)), view_title=event.title)
    assert printed.IDS[fmt](data)[-1] == event.event_id


def test_links_of_both_lead_to_the_web_and_nowhere_else():
    bad = replace(
        SREN, sources=(replace(JORF, url="javascript:alert(1)"), replace(JORF, url="file:///etc/passwd"), JORF)
    )
    reader = pypdf.PdfReader(io.BytesIO(made("pdf", Extract((bad,)))))
    targets = [
        one.get_object()["/A"]["/URI"]
        for page in reader.pages
        for one in page.get("/Annots", ())
        if "/URI" in one.get_object().get("/A", {})
    ]
    assert JORF.url in targets
    assert all(str(one).startswith("https://") for one in targets)
    document = docx.Document(io.BytesIO(made("docx", Extract((bad,)))))
    outside = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert JORF.url in outside
    assert all(one.startswith("https://") for one in outside)


def test_what_is_too_long_for_the_body_is_cut_with_a_sign():
    assert shortened("a" * 10, 10) == "a" * 10
    assert shortened("a" * 11, 10) == "a" * 9 + "…"
    assert quoted("", "fr") == ""
    assert quoted("oui", "en") == "“oui”"
    content, _ = briefing(
        Extract((replace(SREN, sources=(replace(JORF, quote="q" * 900),)),)), context(1), load_vocabulary()
    )
    assert len(content["sources"][0]["quote"]) < 310


@pytest.mark.slow
@office.installed
def test_libreoffice_opens_the_word_file_and_finds_every_event(tmp_path: Path):
    word = made("docx")
    data = office.converted(word, "a.docx", tmp_path, "pdf")["a.pdf"]
    assert printed.IDS["pdf"](data) == printed.IDS["docx"](word)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) <= 2
