"""The bundle: every other format, as it leaves alone, with hashes; what cannot be made is named."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from data import export
from data.export import FORMATS, Export, Extract, Format, build
from tests.data.export.sample import EVENTS, Codes, context


def made(**more: str) -> Export:
    return build("bundle", Extract(EVENTS), context(**more), labels=Codes())


def opened(one: Export) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(one.data))


def test_it_holds_every_other_format_as_it_leaves_alone():
    with opened(made()) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert [one["format"] for one in manifest["files"]] == [fmt for fmt in FORMATS if fmt != "bundle"]
        assert manifest["left_out"] == []
        for one in manifest["files"]:
            alone = build(one["format"], Extract(EVENTS), context(), labels=Codes())
            assert (one["name"], one["mime"]) == (alone.filename, alone.mime)
            assert archive.read(one["name"]) == alone.data


def test_the_manifest_holds_size_and_hash_of_every_file():
    with opened(made()) as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
        for one in files:
            data = archive.read(one["name"])
            assert (one["size"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert {one["name"] for one in files} | {"manifest.json", "README.txt"} == set(archive.namelist())
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_no_name_is_a_path_and_every_member_has_the_time_of_the_record():
    with opened(made(view_title="../../etc")) as archive:
        for one in archive.infolist():
            assert "/" not in one.filename and ".." not in one.filename
            assert one.date_time == (2026, 11, 25, 6, 0, 0)


def test_the_page_names_the_files():
    with opened(made(lang="fr")) as archive:
        text = archive.read("README.txt").decode()
        assert "Affaire d'exemple" in text
        assert all(name in text for name in archive.namelist() if name not in ("README.txt",))


@pytest.mark.parametrize(
    ("module", "why"), [("no_such_module", "library data.export.no_such_module"), ("plain", "AttributeError")]
)
def test_what_cannot_be_made_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch, module: str, why: str):
    monkeypatch.setitem(export.FORMATS, "gexf", Format("gexf", "application/gexf+xml", module))
    one = made()
    assert "gexf" in one.notes[0]
    with opened(one) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert [left["format"] for left in manifest["left_out"]] == ["gexf"]
        assert manifest["left_out"][0]["why"].startswith(why)
        assert len(manifest["files"]) == len(FORMATS) - 2
        assert "gexf" in archive.read("README.txt").decode()


def test_a_format_registered_later_is_in_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(export.FORMATS, "csv")
    monkeypatch.setitem(export.FORMATS, "again", Format("again.csv", "text/csv", "csv_table"))
    with opened(made()) as archive:
        assert "again" in [one["format"] for one in json.loads(archive.read("manifest.json"))["files"]]
