"""Listed actors in a text: one space-delimited automaton over folded characters, then conditions.

Overlapping hits are settled here, longest first; a name two actors share goes to the one whose
conditions hold, then to the one of the text's country, else to nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

import ahocorasick

from collectors.analysis.conditions import Condition, Surroundings, compile_conditions, holds_seat, stands_beside
from collectors.analysis.lexicon import load
from collectors.analysis.normalise import Folded, fold_key
from collectors.analysis.reading import Mention
from data.members import Member
from data.reference_csv import split_conditions
from data.reference_models import AliasCondition, RefActor

_PARTICLES = (
    "de",
    "du",
    "des",
    "von",
    "van",
    "der",
    "den",
    "di",
    "da",
    "del",
    "della",
    "el",
    "le",
    "la",
    "al",
    "ten",
    "ter",
    "o",
)

# what separates the names of a body, but not inside the brackets of a condition
_PARTS = re.compile(r"\|(?![^\[]*\])")

# "the FTC Act", "House Bill 12", "Senate Resolution 5": an act that bears the name
_ACT = re.compile(r" (?:Act|Bill|Resolution|Amendment)(?! Gates)(?![\w-])")

# Bodies every country has: their short names need the right country.
_PUBLIC = ("parliament", "government", "court", "party")
_OWNER = re.compile(r"(?P<two>[\w-]+ )?(?<![\w'-])(?P<near>[\w-]+)(?:'s?)? $")
_WHOSE = re.compile(
    r" (?P<of>(?:de|du|des|d'|of|di|del|della|dell'|von|der) ?(?:the |la |l'|el )?)?(?P<near>[\w-]+(?: [\w-]+)?)"
)
_ADJECTIVE_BEHIND = ("fr", "es", "it")

# Bodies whose short names are safe in a document about synthetic media of their own country.
_HOME = ("parliament", "committee", "group", "regulator")


@dataclass(frozen=True, slots=True)
class _Entry:
    actor: RefActor
    alias: str
    condition: Condition | None
    reversed: bool = False
    beside: tuple[str, ...] | None = None
    """Of a member of a parliament: words of the chamber and the party, which decide between namesakes."""

    @property
    def key(self) -> str:
        return self.actor.actor_id or self.actor.name


class Gazetteer:
    """Built once from the reference and the registers of members; :meth:`find` may be called from one thread at a time.

    Members are found by full name alone, never by surname, and only while they sit (:meth:`on`).
    """

    def __init__(self, actors: Sequence[RefActor], members: Sequence[Member] = ()) -> None:
        self.actors = {actor.actor_id: actor for actor in actors}
        self._day: date | None = None
        self.surnames: dict[str, list[RefActor]] = defaultdict(list)
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for actor in actors:
            for entry in _entries(actor):
                key = fold_key(entry.alias)
                same = (e for e in entries[key] if e.actor is actor and e.condition is None)
                if key and (entry.condition is not None or next(same, None) is None):
                    entries[key].append(entry)
            if actor.kind == "person":
                self.surnames[fold_key(surname(actor.name))].append(actor)
        parties = _parties(actors)
        for member in members:
            if member.actor_id in self.actors:
                continue
            for entry in _seated(member, parties):
                self.actors[member.actor_id] = entry.actor
                entries[fold_key(entry.alias)].append(entry)
        self._automaton = ahocorasick.Automaton()
        for body in _bodies():
            for entry in _entries(body):
                listed = entries[fold_key(entry.alias)]
                if entry.condition is not None or not listed:
                    listed.append(entry)
        for key, listed in entries.items():
            if not key:
                continue
            self._automaton.add_word(f" {key} ", (len(key) + 2, tuple(listed)))
        self._automaton.make_automaton()
        names = load("names")
        self._guards = {key: frozenset(words) for key, words in names["guards"].items()}
        self._topical = frozenset(names["shared"]["topical"])
        self._exceptions = {key: re.compile(said) for key, said in names["guard_exceptions"].items()}

    def on(self, day: date) -> Gazetteer:
        """The same names, with the seats of members as they were on ``day``."""
        dated = copy(self)
        dated._day = day
        return dated

    def find(
        self,
        text: str,
        folded: Folded,
        whole: str,
        lang: str,
        countries: tuple[str, ...],
        year: int,
        topical: bool = False,
    ) -> list[Mention]:
        """Mentions in ``text`` (normalised); ``whole`` is title and text folded, for ``near`` conditions."""
        if not len(self._automaton):
            return []
        hits: list[tuple[int, int, _Entry]] = []
        for last, (length, entries) in self._automaton.iter(folded.text):
            start, end = folded.span(last - length + 1, last + 1)
            around = Surroundings(text, start, end, whole, lang, countries, year, day=self._day)
            holding = [entry for entry in entries if self._holds(entry, around)]
            if not holding and topical:
                on_topic = replace(around, topical=True)
                holding = [e for e in entries if self._at_home(e, countries) and self._holds(e, on_topic)]
            chosen = _choose(holding, around)
            if chosen is not None:
                hits.append((start, end, chosen))
        return _longest(text, hits)

    def _at_home(self, entry: _Entry, countries: tuple[str, ...]) -> bool:
        """On the subject, does this name do without a word nearby?"""
        if fold_key(entry.alias) in self._topical:
            return True
        home = entry.actor.jurisdiction.partition("-")[0] in {c.partition("-")[0] for c in countries[:1]}
        return home and entry.actor.kind in _HOME

    def _excepted(self, entry: _Entry, around: Surroundings) -> bool:
        """``une procédure formelle contre X``: done to the company, whatever the guard says."""
        exception = self._exceptions.get(fold_key(entry.alias))
        before = around.text[max(0, around.start - 60) : around.start].rstrip().lower()
        return exception is not None and exception.search(before) is not None

    def _holds(self, entry: _Entry, around: Surroundings) -> bool:
        mention = around.mention
        if "\n" in mention or not _mark_stands(entry.alias, around) or _ACT.match(around.text, around.end):
            return False
        if entry.condition is not None and entry.actor.kind in _PUBLIC and _elsewhere(entry.actor, around):
            return False
        guard = self._guards.get(fold_key(entry.alias))
        if guard is not None:
            before = around.text[max(0, around.start - 14) : around.start].lower().split()
            if before and before[-1].strip("(\"'") in guard and not self._excepted(entry, around):
                return False
            if (
                around.text[around.end : around.end + 1] in ("-", "/")
                or around.text[around.start - 1 : around.start] == "-"
            ):
                return False
        if entry.reversed and "," not in mention:
            return False
        if entry.reversed and entry.condition is None:
            return True
        if entry.condition is not None:
            return entry.condition(around)
        return _case_fits(entry.alias, mention)


def _mark_stands(alias: str, around: Surroundings) -> bool:
    """A name that ends in a mark (``Which?``) is written with it."""
    mark = alias[-1:]
    return mark not in "?!" or around.text[around.end : around.end + 1] == mark


def _elsewhere(actor: RefActor, around: Surroundings) -> bool:
    """``Gobierno italiano``, ``Ireland's parliament``, ``Minnesota Senate``: another country's body of that name."""
    home = around.countries[0].partition("-")[0] if around.countries else ""
    if around.mention.lower() in _common() and actor.jurisdiction.partition("-")[0] != home:
        return True
    before = _OWNER.search(around.text, max(0, around.start - 40), around.start)
    after = _WHOSE.match(around.text, around.end)
    near = [before["near"], f"{before['two'] or ''}{before['near']}"] if before else []
    if after and (after["of"] or around.lang in _ADJECTIVE_BEHIND):
        near.append(after["near"])
    keys = [key for key in map(fold_key, near) if key]
    named = {code for key in keys for code in _peoples_of(key)}
    if actor.kind == "party":  # the Scottish branch of a party is still that party
        named = {code.partition("-")[0] for code in named}
    return bool(named) and actor.jurisdiction not in named


@cache
def _common() -> frozenset[str]:
    return frozenset(load("countries")["common"]["names"])


@cache
def _peoples() -> dict[str, tuple[str, ...]]:
    """Stem of a name or adjective -> the countries or states it speaks of."""
    table = load("countries")
    stems: dict[str, tuple[str, ...]] = {}
    for code, own in table["peoples"].items():
        for stem in own:
            stems[stem] = (*stems.get(stem, ()), code)
    for code, name in table["states"].items():
        if name != "washington state":
            stems[name] = (*stems.get(name, ()), code)
    return stems


@lru_cache(maxsize=4096)
def _peoples_of(key: str) -> tuple[str, ...]:
    """Countries and states whose stem a folded word begins with."""
    stems = _peoples()
    return tuple(code for end in range(2, len(key) + 1) for code in stems.get(key[:end], ()))


@cache
def _bodies() -> tuple[RefActor, ...]:
    """Well-known bodies that are in no list: named, but without an id of their own."""
    return tuple(
        _body(line, kind, country)
        for kind, places in load("bodies").items()
        for country, listed in places.items()
        for line in listed
    )


def _body(line: str, kind: str, country: str) -> RefActor:
    """``Name|other name|AB [condition]``."""
    parts = _PARTS.split(line)
    plain = [part for part in parts if "[" not in part]
    conditional = split_conditions("|".join(part for part in parts if "[" in part))
    named = tuple(AliasCondition(alias, conditions) for alias, conditions in conditional)
    return RefActor(
        "", (plain or [named[0].alias])[0], kind, country, aliases=tuple(plain[1:]), ambiguous_aliases=named
    )


def _entries(actor: RefActor) -> list[_Entry]:
    conditional = {fold_key(item.alias) for item in actor.ambiguous_aliases}
    plain = [actor.name, *actor.names.values(), *actor.aliases]
    entries = [_Entry(actor, alias, None) for alias in plain if fold_key(alias) not in conditional]
    entries += [_Entry(actor, said, None) for alias in plain for said in _genitives(actor, alias, conditional)]
    for item in actor.ambiguous_aliases:
        for alias in (item.alias, *_genitives(actor, item.alias, set())):
            condition = compile_conditions(alias, _unguarded(item.alias, item.conditions))
            entries.append(_Entry(actor, alias, condition))
    for alias in (actor.name, *actor.names.values()):
        bare = re.sub(r"\s*\([^)]*\)", "", alias)
        if bare != alias and len(bare.split()) > 1 and fold_key(bare) not in conditional:
            entries.append(_Entry(actor, bare, None))
    if actor.kind == "person" and fold_key(actor.name) not in conditional:
        last = surname(actor.name)
        first = actor.name[: len(actor.name) - len(last)].strip()
        if first:
            entries.append(_Entry(actor, f"{last} {first}", None, reversed=True))
        without = re.sub(r"\s[A-Z]\.(?=\s)", "", actor.name)
        if without != actor.name:
            entries.append(_Entry(actor, without, None))
    return entries


def _genitives(actor: RefActor, alias: str, conditional: set[str]) -> tuple[str, ...]:
    """``Bundestags``, ``Bundeskriminalamtes``: how German writes a body's name of one word behind "des"."""
    german = actor.jurisdiction.partition("-")[0] in ("de", "at", "ch") or alias == actor.names.get("de")
    bare = alias.isalpha() and len(alias) > 6 and alias[1:].islower() and alias[-1] not in "sxzaeiouyéè"
    if actor.kind == "person" or not german or not bare or fold_key(alias) in conditional:
        return ()
    return f"{alias}s", f"{alias}es"


def _unguarded(alias: str, conditions: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases that must not stand here are the guard's matter where there is one: it knows exceptions."""
    if fold_key(alias) not in load("names")["guards"]:
        return conditions
    return tuple(said for said in conditions if not (said.startswith("not ") and "'" in said))


def _case_fits(alias: str, mention: str) -> bool:
    """One-word names need their capital, short acronyms all of them; longer names may be in any case."""
    if not alias[:1].isupper():
        return not (alias.isalpha() and alias.islower() and len(alias) < 5 and mention.isupper())
    letters = [c for c in alias if c.isalpha()]
    if len(letters) <= 5 and all(c.isupper() for c in letters) and " " not in alias:
        return mention.isupper() or (len(letters) >= 4 and mention == alias.capitalize())
    if " " not in alias.strip():
        return mention[:1].isupper()
    return mention[:1].isupper() or any(c.isupper() for c in mention[1:]) or len(alias) > 18


def _parties(actors: Sequence[RefActor]) -> dict[str, tuple[str, ...]]:
    """Folded name of a party or group -> all its folded names."""
    found: dict[str, tuple[str, ...]] = {}
    for actor in actors:
        if actor.kind in ("party", "group"):
            said = [actor.name, *actor.names.values(), *actor.aliases, *(one.alias for one in actor.ambiguous_aliases)]
            names = tuple(key for key in map(fold_key, said) if key)
            found |= {name: names for name in names}
    return found


_key = lru_cache(maxsize=4096)(fold_key)


@cache
def _chamber_words(chamber: str) -> tuple[str, ...]:
    """Folded words that stand beside the name of a member of the chamber."""
    return tuple(filter(None, map(fold_key, (chamber, *load("chambers")["words"].get(chamber, ())))))


def _seated(member: Member, parties: dict[str, tuple[str, ...]]) -> list[_Entry]:
    """Full names of a member of a parliament, as they are and with the surname first, each on condition of the seat."""
    party = _key(member.party)
    chambers = dict.fromkeys(seat.chamber for seat in member.seats)
    words = (word for chamber in chambers for word in _chamber_words(chamber))
    beside = (*words, *(parties.get(party, (party,)) if party else ()))
    condition = holds_seat(member.jurisdiction, member.seats, beside)
    actor = RefActor(member.actor_id, member.names[0], "person", member.jurisdiction, aliases=member.names[1:])
    entries: dict[str, _Entry] = {}
    for entry in _entries(actor):
        key = fold_key(entry.alias)
        if " " in key:
            entries.setdefault(key, _Entry(actor, entry.alias, condition, entry.reversed, beside))
    return list(entries.values())


def _choose(holding: list[_Entry], around: Surroundings) -> _Entry | None:
    """A reviewed actor goes before members of a parliament; of members who share a name, the one whose chamber or
    party stands beside it, else nobody."""
    countries = around.countries
    reviewed = [entry for entry in holding if entry.beside is None]
    if holding and not reviewed and len({entry.key for entry in holding}) > 1:
        holding = [entry for entry in holding if entry.beside and stands_beside(around, entry.beside)]
        return holding[0] if len({entry.key for entry in holding}) == 1 else None
    holding = [entry for entry in reviewed if entry.actor.actor_id] or reviewed or holding
    if not holding:
        return None
    if len({entry.key for entry in holding}) == 1:
        return holding[0]
    for country in countries[:2]:
        own = [e for e in holding if e.actor.jurisdiction.partition("-")[0] == country.partition("-")[0]]
        if len({e.key for e in own}) == 1:
            return own[0]
    return None


def _longest(text: str, hits: list[tuple[int, int, _Entry]]) -> list[Mention]:
    taken: list[tuple[int, int]] = []
    mentions: list[Mention] = []
    for start, end, entry in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        rule = (
            "listed-member" if entry.beside is not None
            else "listed-conditional" if entry.condition
            else "listed" if entry.actor.actor_id else "known-body"
        )  # fmt: skip
        mentions.append(
            Mention(start, end, text[start:end], entry.actor.actor_id, entry.actor.name, entry.actor.kind, rule)
        )
    return sorted(mentions, key=lambda mention: mention.start)


def surname(name: str) -> str:
    """The family name with its particles: ``von der Leyen``, ``El Haïry``, ``Keller-Sutter``."""
    words = re.sub(r",? (?:Jr|Sr)\.?$", "", name).split()
    if len(words) < 2:
        return name
    if "of" in words[1:]:  # a peer: the title is the name
        words = words[: words.index("of")]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
