"""Archives of JSON records, JSON made out of XML, and the days of Paris."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest

from collectors.local_dates import paris_day, paris_today, paris_when
from collectors.sources import _archive
from collectors.sources._archive import Archive, Member
from collectors.sources._json import as_list, dig, nil, refs, said
from data.errors import BlockedError, SourceError
from data.models import Rejected
from tests.collectors.sources.helpers import response, source
from tests.fixtures.replay_assemblee import archive

NIL = {"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:nil": "true"}


def members(body: bytes, **options: object) -> list[Member | Rejected]:
    reader = source("fr", "fr-assemblee-dossiers", **options)
    return list(Archive(response("https://example.org/a.zip", body), reader).read())


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-21T00:00:00.000+02:00", date(2024, 5, 21)),
        ("2024-01-10T00:00:00.000+01:00", date(2024, 1, 10)),
        ("2023-09-19T21:30:00.000+02:00", date(2023, 9, 19)),
        ("2024-01-10T00:00:00.000+02:00", date(2024, 1, 10)),
        ("2024-05-22+02:00", date(2024, 5, 22)),
        ("2024-01-10+01:00", date(2024, 1, 10)),
        ("2024-10-03", date(2024, 10, 3)),
        (" 2024-10-03 ", date(2024, 10, 3)),
    ],
)
def test_day_is_the_one_written(written: str, day: date) -> None:
    assert paris_day(written) == day


def test_instant_in_utc_is_carried_to_paris() -> None:
    assert paris_day("2024-05-20T22:00:00Z") == date(2024, 5, 21)
    assert paris_day("2024-01-09T22:59:59+00:00") == date(2024, 1, 9)
    assert paris_today("2026-08-20T22:30:00Z") == date(2026, 8, 21)


@pytest.mark.parametrize(
    "written", ["", "2024", "2024-02-30", "21/05/2024", "2024-05-21T", "x2024-05-21", "2024-05-21T99:00:00Z"]
)
def test_anything_else_is_no_day(written: str) -> None:
    assert paris_day(written) is None


def test_when_keeps_the_words_of_the_source() -> None:
    when = paris_when("2024-05-22+02:00")
    assert when is not None
    assert (when.iso(), when.said) == ("2024-05-22", "2024-05-22+02:00")


def test_nil_object_null_and_empty_are_absent() -> None:
    assert all(nil(value) for value in (None, "", [], {}, NIL, {"@xmlns:xsi": "x"}))
    assert not any(nil(value) for value in ("0", 0, {"#text": "x"}, ["x"]))


def test_one_or_many_is_a_list() -> None:
    assert as_list({"a": 1}) == [{"a": 1}]
    assert as_list(["a", None, NIL, "b"]) == ["a", "b"]
    assert as_list(NIL) == []


def test_text_is_read_from_a_string_a_number_or_an_element() -> None:
    assert said({"uid": {"@xsi:type": "T", "#text": " PA1 "}}, "uid") == "PA1"
    assert (said({"n": 7}, "n"), said({"n": NIL}, "n"), said({"n": ["a"]}, "n"), said(True)) == ("7", "", "", "")
    assert dig([{"a": {"b": 1}}], "a", "b") == 1


def test_reference_is_a_text_or_an_object() -> None:
    assert refs({"uid": "PO1"}) == ["PO1"]
    assert refs(["PO1", {"uid": {"#text": "PO2"}}, NIL, "PO1"]) == ["PO1", "PO2"]


def test_only_json_files_are_members() -> None:
    body = archive([("json/a.json", b'{"a": 1}'), ("readme.txt", b"x"), ("__MACOSX/json/._a.json", b"x")])
    assert members(body) == [Member("json/a.json", {"a": 1})]


def test_member_without_a_name_and_a_folder_are_no_records() -> None:
    assert members(archive([("", b"{}"), ("json/", b""), ("a.json", b"{}")])) == [Member("a.json", {})]


def test_bad_member_is_rejected_by_its_name_and_the_rest_lands() -> None:
    body = archive([("a.json", b"{"), ("b.json", b"[1]"), ("c.json", b"\xff\xfe"), ("d.json", b"\xef\xbb\xbf{}")])
    found = members(body)
    assert [one.locator for one in found if isinstance(one, Rejected)] == ["a.json", "b.json", "c.json"]
    assert found[-1] == Member("d.json", {})


def test_json_nested_without_end_is_rejected() -> None:
    deep = b'{"a":' * 200_000 + b"1" + b"}" * 200_000
    (found,) = members(archive([("a.json", deep)]))
    assert isinstance(found, Rejected)


def test_damaged_member_is_rejected_and_the_rest_lands() -> None:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as out:
        out.writestr("a.json", b'{"mark": "here"}')
        out.writestr("b.json", b"{}")
    found = members(stored.getvalue().replace(b'"here"', b'"HERE"', 1))
    assert isinstance(found[0], Rejected) and found[0].locator == "a.json"
    assert found[1] == Member("b.json", {})


def test_bomb_is_stopped_at_the_bytes_it_really_unpacks_to() -> None:
    bomb = bytearray(archive([("a.json", b" " * 5_000_000)]))
    at = bomb.rfind(b"PK\x01\x02") + 24  # the size its central directory declares
    bomb[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(SourceError, match="unpacks to more than 1 MB"):
        members(archive([(f"{n}.json", b" " * 300_000) for n in range(5)]), max_unpacked_mb=1)
    assert all(isinstance(one, Rejected) for one in members(bytes(bomb), max_unpacked_mb=10))


def test_huge_member_costs_that_member_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MAX_MEMBER_BYTES", 1000)
    found = members(archive([("a.json", b" " * 2000), ("b.json", b"{}")]))
    assert isinstance(found[0], Rejected) and found[1] == Member("b.json", {})


def test_too_many_members_are_refused() -> None:
    with pytest.raises(SourceError, match="3 members, more than 2"):
        members(archive([(f"{n}.json", b"{}") for n in range(3)]), max_members=2)


@pytest.mark.parametrize("body", [b"", b"PK", b"{}", archive([("a.txt", b"x")])])
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        members(body)


def test_page_for_humans_is_blocked() -> None:
    with pytest.raises(BlockedError):
        members(b"<!doctype html><title>403</title>")
