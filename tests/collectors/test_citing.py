"""Cited law leads to the file it belongs to, and to no file where several share it."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.__main__ import main
from collectors.citing import Files, citations
from collectors.watching import articles
from data import queries
from data.database import collected_path, open_immutable, open_writer, published_path
from data.models import Identifier
from data.reference import load_reference
from data.rows import CitedFile

NOW = "2026-02-12T06:00:00Z"
URL = "https://example.org/deepfakes"
BILLS = {"old": Identifier("us.bill", "118-s-3696"), "new": Identifier("us.bill", "119-s-3696")}
FIRST, AGAIN = Identifier("de.drs", "20/12605"), Identifier("de.drs", "21/1383")
DOSSIERS = {
    "eu-dsa": Identifier("eu.celex", "32022R2065"),
    "us-take-it-down-act": Identifier("us.bill", "119-s-146"),
    "de-bundesrat-201b-2024": FIRST,
    "de-bundesrat-201b-2025": AGAIN,
    "fr-loi-sren": Identifier("fr.jorftext", "JORFTEXT000049563368"),
    "uk-free": Identifier("case", "12/2025"),
    **BILLS,
}


def links(*cited: str, belongs: tuple[Identifier, ...] = ()) -> dict[str, tuple[str, str]]:
    """Reference -> (file, rule), of one document."""
    files = Files(DOSSIERS.items(), articles(), {name: name for name in DOSSIERS})
    found = citations([(1, one) for one in cited], [(1, one) for one in belongs], files)
    return {one.normalised: (one.dossier_id, one.rule) for one in found}


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("eu:reg:2022/2065:34", ("eu-dsa", "same eu.celex")),
        ("us:pl:119-12", ("us-take-it-down-act", "same us.bill")),
        ("us:usc:47:223(h)", ("us-take-it-down-act", "article")),
        ("fr:loi:2024-449", ("fr-loi-sren", "same fr.jorftext")),
        ("fr:code-penal:226-8-1", ("fr-loi-sren", "article")),
        ("de:drs:21/1383", ("de-bundesrat-201b-2025", "same de.drs")),
    ],
)
def test_an_act_belongs_to_the_file_of_its_identifier_and_an_article_to_the_file_it_was_made_in(reference, expected):
    assert links(reference) == {reference: expected}


@pytest.mark.parametrize(
    "reference", ["eu:reg:2016/679:17", "fr:code-penal:222-17", "uk:act:fraud-act-2006:2", "us:usc:47:230", "us:act:x"]
)
def test_other_law_belongs_to_no_file(reference: str):
    assert links(reference) == {}


def test_a_reference_several_files_share_links_to_none():
    assert links("de:stgb:201b") == {}
    assert links("us:bill:s3696") == {}


def test_a_bill_without_its_term_is_not_guessed_even_when_one_file_alone_has_the_number():
    assert links("us:bill:s146") == {}


def test_an_official_identifier_decides_between_the_files_that_share_a_reference():
    cited = links("de:stgb:201b", "de:drs:21/1383")
    assert cited["de:stgb:201b"] == ("de-bundesrat-201b-2025", "article, named officially")
    assert links("us:bill:s3696", belongs=(BILLS["new"],)) == {"us:bill:s3696": ("new", "bill, named officially")}
    assert "de:stgb:201b" not in links("de:stgb:201b", "de:drs:21/1383", "de:drs:20/12605")


def test_an_identifier_of_another_document_decides_nothing():
    files = Files(DOSSIERS.items(), articles(), {name: name for name in DOSSIERS})
    found = citations([(1, "de:stgb:201b"), (2, "de:drs:21/1383")], [], files)
    assert [one.item_id for one in found] == [2]


def test_files_of_watched_articles_are_reviewed_files():
    known = {one.dossier_id for one in load_reference().dossiers}
    for article in articles():
        assert set(article.dossiers) <= known, article.reference


def told(home: Path, text: str) -> tuple[list[str], tuple[CitedFile, ...]]:
    """(titles of the pieces that cite the Digital Services Act, files the piece speaks of), once the text is read."""
    (home / "a.txt").write_text(text, encoding="utf-8")
    given = ["--published", "2026-02-10", "--publisher", "The Daily", "--lang", "en", "--url", URL, "--now", NOW]
    assert main(["add", str(home / "a.txt"), *given]) == 0
    db = open_immutable(published_path())
    pieces = queries.coverage(db, "eu-dsa", press=True)
    assert queries.coverage_count(db, "eu-dsa", press=True) == len(pieces)
    found = db.execute("SELECT max(item_id) FROM item").fetchone()[0]
    page = queries.item(db, found)
    assert page is not None
    return [one.title for one in pieces], page.files


def test_the_link_is_shown_on_both_sides_rebuilt_the_same_and_gone_with_the_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    cites = "Deepfakes of women: a law. The Commission says X breached article 34 of Regulation (EU) 2022/2065 with deepfakes."
    pieces, files = told(tmp_path, cites)
    assert len(pieces) == 1
    assert [(one.dossier_id, one.references) for one in files] == [("eu-dsa", ("eu:reg:2022/2065:34",))]

    def stored() -> list[tuple[object, ...]]:
        db = open_writer(collected_path())
        found = db.execute("SELECT * FROM citation").fetchall()
        db.close()
        return found

    before = stored()
    assert main(["build", "--now", NOW]) == 0
    assert stored() == before
    assert told(tmp_path, "Deepfakes of women: a law. The Commission says X breached the law with deepfakes.") == (
        [],
        (),
    )
    assert stored() == []


def test_the_team_can_take_a_piece_off_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    cites = "Deepfakes of women: a law. X breached article 34 of Regulation (EU) 2022/2065 with deepfakes."
    assert told(tmp_path, cites)[0]
    assert main(["decide", "reject", "item", URL, "--why", "another subject", "--by", "AB", "--now", NOW]) == 0
    assert queries.coverage(open_immutable(published_path()), "eu-dsa", press=True) == []
