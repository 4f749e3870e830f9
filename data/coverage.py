"""What is read and what is not, by place and body: one statement for the pages, the command line and every export.

What is covered follows from the catalogue; the bodies that no source reads are reviewed data
(``data/reference/gaps.toml``), and a place without any official source is named as such.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.errors import ReferenceDataError
from data.members import ChamberList
from data.models import Source
from data.reference_sources import load_sources
from data.vocabulary import load_vocabulary

GAPS = Path(__file__).parent / "reference" / "gaps.toml"

#: kinds of sources that tell of others; the rest are public bodies telling of themselves
_TELLING = ("news", "ngo")


@dataclass(frozen=True, slots=True)
class Body:
    """A public body whose records are read. ``keys`` are the variables without which it is not read at all."""

    name: str
    kind: str
    source_count: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: bodies read, bodies not read (``gaps``: language -> words each), newsrooms and groups read."""

    code: str
    bodies: tuple[Body, ...]
    gaps: tuple[dict[str, str], ...]
    news_count: int


def load_gaps(path: Path = GAPS) -> dict[str, tuple[dict[str, str], ...]]:
    """Jurisdiction -> bodies that no source reads. Raises ReferenceDataError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ReferenceDataError(path.name, 1, str(error)) from error
    places = load_vocabulary().codes("jurisdictions")
    for code, gaps in tables.items():
        if code not in places:
            raise ReferenceDataError(path.name, 1, f"jurisdiction {code!r} is not in jurisdictions.toml")
        if not isinstance(gaps, list) or not all(gap.get("fr") and gap.get("en") for gap in gaps):
            raise ReferenceDataError(path.name, 1, f"{code}: needs fr and en")
    return {code: tuple(gaps) for code, gaps in tables.items()}


def coverage(sources: Iterable[Source], gaps: dict[str, tuple[dict[str, str], ...]]) -> list[Place]:
    """Every jurisdiction in the order of the reference data, with what is read of it and what is not."""
    by_place: dict[str, list[Source]] = {code: [] for code in load_vocabulary().codes("jurisdictions")}
    for source in sources:
        by_place.setdefault(source.jurisdiction, []).append(source)
    return [
        Place(
            code=code,
            bodies=_bodies([one for one in own if one.kind not in _TELLING]),
            gaps=gaps.get(code, ()),
            news_count=sum(one.kind in _TELLING for one in own),
        )
        for code, own in by_place.items()
    ]


def _bodies(sources: Sequence[Source]) -> tuple[Body, ...]:
    found: dict[str, list[Source]] = {}
    for source in sources:
        found.setdefault(source.publisher, []).append(source)
    return tuple(
        Body(
            name=publisher,
            kind=own[0].kind,
            source_count=len(own),
            keys=tuple(sorted({one.key_env for one in own})) if all(one.key_env for one in own) else (),
        )
        for publisher, own in sorted(found.items())
    )


@functools.cache
def of_catalogue() -> tuple[Place, ...]:
    """The coverage of the catalogue as it is shipped."""
    return tuple(coverage(load_sources(), load_gaps()))


def without_official_source(places: Iterable[Place]) -> list[str]:
    """Codes of the countries of which no public body is read; a part of a country is read through its country."""
    return [one.code for one in places if not one.bodies and "-" not in one.code]


_WORDS = {
    "en": (
        "Not covered: sources outside the catalogue or unavailable at that time, and what they have not yet published.",
        "Bodies whose own records are not read: {gaps}.",
        "Read only where a key is set: {keys}.",
        "Places without any official source: {places}.",
        "What is absent here may still have happened.",
        ": ",
        "; ",
    ),
    "fr": (
        "Non couvert : les sources absentes du catalogue ou indisponibles à cette date, et ce qu’elles n’ont pas "
        "encore publié.",
        "Institutions dont les documents ne sont pas lus : {gaps}.",
        "Lu seulement si une clé est fournie : {keys}.",
        "Pays et organisations sans aucune source officielle : {places}.",
        "L’absence d’un fait ici ne prouve rien.",
        " : ",
        " ; ",
    ),
}


@functools.cache
def not_covered(lang: str, jurisdictions: tuple[str, ...] = ()) -> str:
    """What is not covered, in sentences, of every place or of those of a view."""
    chosen = {code.partition("-")[0] for code in jurisdictions}
    places = [one for one in of_catalogue() if not chosen or one.code in chosen]
    always, gaps, keys, bare, last, colon, between = _WORDS[lang]

    def name(code: str) -> str:
        return load_vocabulary().label("jurisdictions", code, lang)

    parts = {
        gaps: between.join(
            f"{name(one.code)}{colon}{', '.join(gap[lang] for gap in one.gaps)}" for one in places if one.gaps
        ),
        keys: ", ".join(dict.fromkeys(body.name for one in places for body in one.bodies if body.keys)),
        bare: ", ".join(name(code) for code in without_official_source(places)),
    }  # fmt: skip
    told = [template.format(gaps=words, keys=words, places=words) for template, words in parts.items() if words]
    return " ".join([always, *told, last])


def lists(chambers: Iterable[ChamberList], person_count: int, dated_count: int, lang: str) -> str:
    """Whose members a text can name, a line each: persons, of them in office, the days covered, the sources."""
    labels = load_vocabulary()
    title, reviewed, persons, sitting, none = _LISTS[lang]
    lines = [title, f"  {reviewed.format(n=person_count, dated=dated_count)}"]
    for one in chambers:
        place = labels.label("jurisdictions", one.jurisdiction, lang)
        days = f"{one.start} – {one.end or '…'}"
        lines.append(
            f"  {place}, {one.chamber}: {persons.format(n=one.person_count)}, {sitting.format(n=one.sitting_count)},"
            f" {days} ({', '.join(one.sources)})"
        )
    return "\n".join(lines if len(lines) > 2 else [*lines, f"  {none}"])


_LISTS = {
    "en": (
        "Lists of persons",
        "reviewed: {n} persons, {dated} with the date of an office",
        "persons {n}",
        "sitting {n}",
        "no register of members collected yet",
    ),
    "fr": (
        "Listes de personnes",
        "relues : {n} personnes, {dated} avec la date d’une fonction",
        "personnes {n}",
        "en fonction {n}",
        "aucun registre de membres collecté",
    ),
}


def statement(lang: str) -> str:
    """The whole coverage as plain text: a block for each place with sources or gaps, then what is not covered."""
    labels = load_vocabulary()
    read, only, unread, news = {
        "en": ("read", "with a key", "not read", "newsrooms and groups"),
        "fr": ("lu", "avec une clé", "non lu", "rédactions et associations"),
    }[lang]
    lines: list[str] = []
    for place in of_catalogue():
        if not (place.bodies or place.gaps or place.news_count):
            continue
        lines.append(f"{labels.label('jurisdictions', place.code, lang)} ({place.code})")
        for body in place.bodies:
            how = f"{only} {', '.join(body.keys)}" if body.keys else read
            lines.append(
                f"  {how:<10} {body.name} [{labels.label('source_kinds', body.kind, lang)}, {body.source_count}]"
            )
        lines += [f"  {unread:<10} {gap[lang]}" for gap in place.gaps]
        if place.news_count:
            lines.append(f"  {read:<10} {news}: {place.news_count}")
    return "\n".join([*lines, "", not_covered(lang)])
