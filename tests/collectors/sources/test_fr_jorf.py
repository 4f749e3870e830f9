"""The French official journal from its archives and from Légifrance."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from typing import Any

import pytest

from collectors.sources import fr_jorf, fr_legifrance
from data.errors import SourceError
from data.models import Follow, Identifier, ItemRecord, Rejected, Unknown
from tests.collectors.sources.helpers import of, response
from tests.collectors.sources.helpers import source as described

INDEX = "https://echanges.dila.gouv.fr/OPENDATA/JORF/"


def source(name: str, **options: object):
    return described("fr-jorf", name, **options)


def text(**changes: str) -> bytes:
    """The law of 21 May 2024 as the archive holds it: no body, the articles have it."""
    facts = {"id": "JORFTEXT000049563368", "nature": "LOI", "signed": "2024-05-21", "published": "2024-05-22", "nor": "ECOI2309270L",
             "title": "LOI n° 2024-449 du 21 mai 2024 visant à sécuriser et à réguler l'espace numérique (1)", **changes}  # fmt: skip
    return (
        (
            "<?xml version='1.0' encoding='UTF-8'?><TEXTE_VERSION><META><META_COMMUN><ID>{id}</ID><NATURE>{nature}</NATURE></META_COMMUN>"
            "<META_SPEC><META_TEXTE_CHRONICLE><NOR>{nor}</NOR><DATE_PUBLI>{published}</DATE_PUBLI><DATE_TEXTE>{signed}</DATE_TEXTE></META_TEXTE_CHRONICLE>"
            "<META_TEXTE_VERSION><TITRE>LOI</TITRE><TITREFULL>{title}</TITREFULL></META_TEXTE_VERSION></META_SPEC></META><VISAS/><NOTICE><CONTENU/></NOTICE></TEXTE_VERSION>"
        )
        .format(**facts)
        .encode()
    )


ARTICLE = b"<?xml version='1.0' encoding='UTF-8'?><ARTICLE><CONTEXTE><TEXTE cid='JORFTEXT000049563368'/></CONTEXTE><BLOC_TEXTUEL><CONTENU><p>L'article 226-8-1 est ins\xc3\xa9r\xc3\xa9.</p></CONTENU></BLOC_TEXTUEL></ARTICLE>"


def archive(*members: tuple[str, bytes]) -> bytes:
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w:gz") as out:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("evil.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        out.addfile(link)
    return body.getvalue()


def acts(*members: tuple[str, bytes]) -> list[Any]:
    return list(fr_jorf.parse(response(f"{INDEX}JORF_20240522-010000.tar.gz", archive(*members)), source("fr-jorf")))


def test_law_is_signed_one_day_and_published_the_next_with_its_numbers():
    (found,) = acts(("a/ARTI.xml", ARTICLE), ("a/JORFTEXT.xml", text()))
    assert [(e.type, e.when.iso(), e.stage) for e in found.events] == [
        ("law_signed", "2024-05-21", "enacted"),
        ("law_signed", "2024-05-22", "enacted"),
    ]
    assert found.dossier == (
        Identifier("fr.jorftext", "JORFTEXT000049563368"),
        Identifier("fr.nor", "ECOI2309270L"),
        Identifier("fr.loi", "2024-449"),
    )
    assert found.text == "L'article 226-8-1 est inséré."
    assert found.url == "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368"


def test_decree_is_a_regulation_and_the_far_day_means_none():
    (found,) = acts(("t.xml", text(nature="DECRET", title="Décret n° 2026-1", signed="2999-01-01")))
    assert [(e.type, e.when.iso()) for e in found.events] == [("regulation_made", "2024-05-22")]


def test_unknown_nature_is_named_and_a_broken_member_costs_itself():
    records = acts(("t.xml", text(nature="ODE")), ("b.xml", b"<oops"), ("n.xml", text(id="X")))
    assert of(Unknown, records) == [Unknown("NATURE", "ODE", "JORFTEXT000049563368")]
    assert len(of(Rejected, records)) == 2 and len(of(ItemRecord, records)) == 1


def test_index_leads_to_the_newest_archives_since_the_declared_day():
    page = (
        b"".join(b'<a href="JORF_2026%02d01-010000.tar.gz">x</a>' % month for month in range(1, 10))
        + b'<a href="JORF_20251231-010000.tar.gz">'
    )
    found = list(fr_jorf.parse(response(INDEX, page), source("fr-jorf", max_follow=20)))
    assert len(found) == 9 and found[0] == Follow(f"{INDEX}JORF_20260901-010000.tar.gz")


@pytest.mark.parametrize(
    "body", [b"<html>maintenance</html>", gzip.compress(b"not a tar", mtime=0), b"\x1f\x8b broken"]
)
def test_anything_else_ends_loudly(body):
    with pytest.raises(SourceError):
        list(fr_jorf.parse(response(INDEX, body), source("fr-jorf")))


def test_an_archive_without_texts_ends_loudly():
    with pytest.raises(SourceError, match="without any text"):
        acts(("a.xml", ARTICLE))


RESULT = {
    "titles": [{"id": "JORFTEXT000049563368_21-05-2024", "title": "LOI n° 2024-449 du <mark>21 mai</mark> 2024"}], "nature": "LOI",
    "nor": "ECOI2309270L", "datePublication": "2024-05-22", "sections": [{"extracts": [{"values": ["l'article <mark>226-8-1</mark>"]}]}],
}  # fmt: skip
ASKED = 'https://api.piste.gouv.fr/dila/legifrance/lf-engine-app/search#{"fond":"JORF","recherche":{"pageNumber":1,"pageSize":1}}'


def found(payload: Any) -> list[Any]:
    answer = response(ASKED.partition("#")[0], json.dumps(payload).encode())
    from dataclasses import replace

    return list(fr_legifrance.parse(replace(answer, requested_url=ASKED), source("fr-legifrance")))


def test_result_of_legifrance_joins_the_archive_by_number_and_pages_follow():
    act, follow = found({"results": [RESULT], "totalResultNumber": 2})
    assert (act.title, act.text, act.published_on.isoformat()) == (
        "LOI n° 2024-449 du 21 mai 2024",
        "l'article 226-8-1",
        "2024-05-22",
    )
    assert act.dossier[0] == Identifier("fr.jorftext", "JORFTEXT000049563368")
    assert follow.url.endswith('{"pageNumber":2,"pageSize":1}}')


def test_day_in_milliseconds_is_that_of_paris():
    (act,) = found({"results": [{**RESULT, "datePublication": 1716328800000}], "totalResultNumber": 1})
    assert act.published_on.isoformat() == "2024-05-22"


@pytest.mark.parametrize("day", [10**18, -(10**18), True, "2999-01-01", 32472144000000])
def test_number_that_is_no_day_costs_the_result_alone(day):
    records = found({"results": [{**RESULT, "datePublication": day}, RESULT], "totalResultNumber": 2})
    assert len(of(Rejected, records)) == 1
    assert [act.published_on.isoformat() for act in of(ItemRecord, records)] == ["2024-05-22"]


@pytest.mark.parametrize("payload", [{"error": "invalid_token"}, {"results": {}}])
def test_refusal_of_piste_ends_loudly(payload):
    with pytest.raises(SourceError):
        found(payload)


def test_result_without_number_is_rejected():
    assert len(of(Rejected, found({"results": [{**RESULT, "titles": []}], "totalResultNumber": 1}))) == 1
