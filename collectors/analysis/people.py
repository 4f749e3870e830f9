"""Persons no list contains: role word and name, honorific and name; surnames back to full names.

A person is proposed only beside a public office or a profession; names beside words for victims,
artists or private persons are collected to be withheld, never mentioned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from collectors.analysis import bodies, firms
from collectors.analysis.gazetteer import Gazetteer, surname
from collectors.analysis.name_rules import CAP, first_names, name_rules
from collectors.analysis.normalise import fold_key, places
from collectors.analysis.organisation_rules import ORG_CAP
from collectors.analysis.placed import Placed
from collectors.analysis.private import withheld
from collectors.analysis.reading import Mention
from collectors.analysis.sieve import Words

_TOKEN = re.compile(r"[^\W\d_][\w.'-]*|\d+(?:er|e)?")
_AND = ("et", "and", "und", "e", "y", "og", "&")
_BRACKET = re.compile(r"\s\((?P<in>[^()\n]{1,45})\)")
_PEER = re.compile(r"(?:Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess|Duke|Sir|Dame) $")
_TITLED = re.compile(
    rf"(?<!\w)(?P<title>Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess)(?: of)? "
    rf"(?!(?:Chancellor|Advocate|Justice|Mayor|President|Speaker|Chief|Commissioner|Privy|Provost|Lieutenant|Lord|Great|Marshal|High|Warden|of)(?!\w))"
    rf"(?!(?:Chairman|Chair|Minister|Whip|Leader)(?!\w)){CAP}(?: of {CAP}(?: {CAP})?)?"
)
_NAMES_BEFORE = re.compile(rf"(?<!\w)((?:{CAP} ){{1,3}})$")
_AGE = re.compile(r",? \(?(?:aged |âgée?s? de |de |di )?[1-9]\d(?: (?:ans|anni|años|år|Jahre|years old))?(?=[,.)])")
_SPEAKER = re.compile(
    rf"(?m)^(?:M\.|Mme|Mr\.?|Ms\.?|Mrs\.?) (?P<name>{CAP}(?: (?:(?:de|du|d'|von|van) ?)?{CAP}){{1,3}})(?=[.,(])"
)


@dataclass(slots=True)
class Names:
    """What the rules add to the listed mentions; ``withheld`` are spans of private persons' names."""

    mentions: list[Mention] = field(default_factory=list)
    withheld: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _People(Placed):
    parliament: bool = False
    roles: dict[tuple[int, int], str] = field(default_factory=dict)

    def full_name(self, position: int) -> tuple[int, int] | None:
        """A full person name that begins here."""
        match = self.rules.name.match(self.text, position)
        if not match:
            return None
        start, end = match.span()
        if self.text.startswith("d'", start):
            start += 2  # "la loi d'Anne Roe": a name does not begin with its particle
        title = re.match(r"\S+\s", self.text[start:end])
        if title and any(
            words.fullmatch(title[0].strip()) for words in (self.rules.honorific, self.rules.lawyer, self.rules.public)
        ):
            start += title.end()  # "Chair Omar Petrov" is not called Chair
        seat = self.text.find(" of ", start, end)
        if seat > 0 and not _PEER.search(self.text, max(0, start - 12), start):
            end = seat  # "Jane Roe of Ohio"; "Baroness Roe of Ayton" is a name
        while not self.free(start, end):  # give back words that belong to a listed name
            cut = self.text.rfind(" ", start, end)
            if cut <= start:
                return None
            end = cut
        words = self.text[start:end].split()
        if len(words) < 2 or words[0] in self.rules.not_first or words[-1] in self.rules.not_first:
            return None
        if words[-1].endswith(".") and len(words[-1]) == 2:
            end -= len(words[-1]) + 1
        return (start, end) if " " in self.text[start:end].strip() else None

    def known_first(self, position: int) -> bool:
        """The name that begins here has a common first name."""
        word = re.match(CAP, self.text[position : position + 30])
        return bool(word and fold_key(re.split("-", word.group())[0]) in first_names())

    def after(self, position: int, budget: int) -> int:
        """Where a name may begin after a role and its complement, or -1."""
        text, link, joined, place = self.text, False, False, False
        party = _BRACKET.match(text, position)
        if party and self.full_name(party.end() + 1):
            return party.end() + 1  # "la députée (Exemple) Anne Roe"
        for _ in range(budget):
            while position < len(text) and text[position] in " ,:":
                if text[position] == ",":
                    follows = self.rules.name.match(text, position + 2)
                    if follows is None or follows.group().split()[0] not in self.rules.not_first:
                        return position + 2 if follows else -1
                    link = True  # "minister of the Presidency, Justice and Relations with Parliament, Félix …"
                position += 1
            if position >= len(text) or text[position] in '\n.;()"':
                return -1
            known = self.at(position)
            if known and known.kind == "person":
                return position
            if known:
                position, link = known.end, False
                continue
            if self.rules.private.match(text, position):
                return -1
            title = self.rules.honorific.match(text, position)
            if title and not link:
                position = title.end() + 1
                continue
            if not link and self.full_name(position):
                # "à bord de l'USS Iwo Jima": what follows a name of a place or body without a comma may belong to it
                return -1 if joined or (place and not self.known_first(position)) else position
            token = _TOKEN.match(text, position)
            if not token:
                return -1
            word = token.group()
            link = link or (joined and word in self.rules.not_first)  # "Justice and Relations with Parliament"
            if (
                word.lower() in self.rules.breaks
                or word.lower() in self.rules.organs
                or (word[0].isupper() and not link and not self.single(position))
            ):
                return -1
            if word[0].isupper() and not link:
                return position
            head = re.match(r"(?:d|l|dell|all|dall|qu)'", word, re.IGNORECASE)
            if head and len(word) > head.end():
                position, link = position + head.end(), True
                continue
            joined = word.lower() in _AND
            link = (not joined and word.lower() in self.rules.links) or (
                link and word.lower() in ("la", "le", "les", "the", "der", "l'")
            )
            place = word[0].isupper()
            position = token.end()
        return -1

    def apposed(self, position: int) -> bool:
        """``the head of the group, Josephine Roe``: set off by a comma, and of no body."""
        match = self.rules.name.match(self.text, position)
        words = match.group().split() if match else []
        return len(words) == 2 and self.text[:position].endswith(", ") and words[1] not in self.rules.bodies

    def single(self, position: int) -> bool:
        match = self.rules.cap.match(self.text, position)
        return bool(match and fold_key(match.group()) in self.gazetteer.surnames)

    def roles_before(self, pattern: Words, rule: str, public: bool) -> None:
        for role in pattern.finditer(self.text):
            if not self.free(role.end() - 1, role.end()):
                continue
            position = self.after(role.end(), 14 if self.rules.links and public else 6)
            if position < 0:
                continue
            direct = not self.text[role.end() : position].strip(" ,:")
            if (
                not direct
                and self.lang in ("en", "de")
                and self.at(position) is None
                and not self.known_first(position)
                and not self.apposed(position)
            ):
                continue  # "the manager of Nana Backpacker Hostel"
            said = " ".join(self.text[role.start() : position].split()).strip(" ,:")
            self.named(position, said if public else "", rule, plural=bool(re.search(r"[sxi]\.?$", role.group())))

    def roles_right_before(self) -> None:
        """``led by Jane Roe``, ``the Socialist Jane Roe``: with a word between it may be anybody."""
        for role in self.rules.direct.finditer(self.text):
            if self.free(role.end() - 1, role.end()) and self.text.startswith(" ", role.end()):
                self.named(role.end() + 1, role.group(), "role-name", plural=False)

    def named(self, position: int, role: str, rule: str, plural: bool) -> None:
        """Take the name (or names) that begin here."""
        for _ in range(8):
            known = self.at(position)
            if known and known.kind == "person":
                end = known.end
                self.roles.setdefault((known.start, known.end), role)
            else:
                span = self.full_name(position)
                if span and not role and self.harmed(*span):
                    return
                if span:
                    self.add(*span, "person", rule, role)
                    end = span[1]
                    self.party_after(end, role)
                else:
                    match = self.rules.cap.match(self.text, position)
                    actor_id = self.office_holder(match.group()) if match else ""
                    if not match or not actor_id:
                        return
                    self.add_listed(position, match.end(), actor_id, "role-surname")
                    end = match.end()
            joined = self.rules.and_.match(self.text, end)
            if not plural or not joined:
                return
            position = joined.end()

    def office_holder(self, said: str) -> str:
        """The only listed person of that surname in the countries of the text."""
        holders = [
            actor
            for actor in self.gazetteer.surnames.get(fold_key(said), ())
            if actor.jurisdiction.partition("-")[0] in {c.partition("-")[0] for c in self.countries[:2]}
        ]
        return holders[0].actor_id if len(holders) == 1 else ""

    def party_after(self, end: int, role: str) -> None:
        """``(Bündnis Freie Mitte)`` after a legislator is a party."""
        bracket = _BRACKET.match(self.text, end)
        if not bracket or not role or not self.rules.party_role.search(role):
            return
        inside = bracket["in"].strip()
        spelt = rf"{ORG_CAP}(?: {ORG_CAP}| (?:de|des|du|et|la|für|und|per|di|y)){{1,4}}"
        if re.fullmatch(rf"[A-ZÀ-Þ][A-ZÀ-Þ&/]{{1,6}}|{spelt}", inside):
            self.add(bracket.start("in"), bracket.end("in"), "party", "party-bracket")

    def name_then_role(self) -> None:
        for match in self.rules.name.finditer(self.text):
            span = self.full_name(match.start())
            if not span or _in_private(self, match.start()):
                continue
            if self.rules.nouns_capital and not self.known_first(span[0]) and re.search(r" [a-z]", match.group()):
                continue  # "Verkauf von Arznei, ..." is no name
            role = self.rules.apposition.match(self.text, span[1])
            if role and self.plain(self.text[span[1] : role.start("role")]):
                self.add(*span, "person", "name-role", role["role"])
                continue
            work = self.rules.expert_behind.match(self.text, span[1])
            quiet = work and not self.harmed(*span)
            if work and quiet and self.plain(self.text[span[1] : work.start("role")]):
                self.add(*span, "person", "name-expert")
                continue
            bracket = _BRACKET.match(self.text, span[1])
            if bracket:
                inside = bracket["in"].strip()
                party = any(
                    m.kind in ("party", "group") and bracket.start() < m.start < bracket.end() for m in self.mentions
                )
                acronym = re.fullmatch(r"[A-Z][A-Z&/]{0,7}(?:[-–, ]+[A-Z][\w.]{1,12})?", inside)
                if party or (acronym and self.known_first(span[0])):
                    self.add(*span, "person", "name-party", inside)

    def harmed(self, start: int, end: int) -> bool:
        """Words for victims or private persons nearby: a profession alone makes nobody public."""
        return self.aged(end) or self.rules.private.search(self.text, max(0, start - 80), end + 80) is not None

    def aged(self, end: int) -> bool:
        """``Jane Roe, 23,``: an age behind the name."""
        return _AGE.match(self.text, end) is not None

    def plain(self, between: str) -> bool:
        """Only an article and adjectives between a name and its role: no "mother of", no "victim of"."""
        between = re.sub(rf"^\s?,?\s?(?:{self.rules.articles})(?:\s|(?<='))", "", between, flags=re.IGNORECASE)
        words = [word.lower() for word in re.findall(r"[^\W\d_]+'?", between)]
        return not self.rules.private.search(between) and not any(
            word in self.rules.links or word in self.rules.breaks for word in words
        )

    def peers(self) -> None:
        """``Lord Roe of Ayton``: the title is of the name where it is first said; later the name alone is linked."""
        if self.lang != "en":
            return
        known: dict[str, str] = {m.name: surname(m.name) for m in self.mentions if _TITLED.match(m.name)}
        found = list(_TITLED.finditer(self.text))
        for peer in sorted(found, key=lambda match: (" of " not in match.group(), match.start())):
            if not self.free(*peer.span()) or surname(peer.group()) in known.values():
                continue
            known[peer.group()] = surname(peer.group())
            self.add(*peer.span(), "person", "peer", peer["title"])

    def honorifics(self) -> None:
        for title in self.rules.lawyer.finditer(self.text):
            span = self.full_name(title.end() + 1)
            if span:
                self.add(*span, "person", "lawyer")
        if self.parliament:
            for line in _SPEAKER.finditer(self.text):
                self.add(*line.span("name"), "person", "speaker", "speaker")
            for title in self.rules.honorific.finditer(self.text):
                span = self.full_name(title.end() + 1)
                if span:
                    self.add(*span, "person", "honorific-parliament", "member")
        for title in self.rules.honorific.finditer(self.text):
            match = self.rules.cap.match(self.text, title.end() + 1)
            if match and self.free(*match.span()) and not self.full_name(match.start()):
                actor_id = self.office_holder(match.group())
                if actor_id:
                    self.add_listed(*match.span(), actor_id, "honorific-surname")

    def surnames(self) -> None:
        """A family name alone refers to the only person of that name in the document."""
        people: dict[str, dict[str, Mention]] = {}
        for mention in self.mentions:
            if mention.kind == "person":
                last = surname(mention.name if mention.actor_id else mention.text)
                people.setdefault(last, {})[mention.actor_id or mention.name] = mention
        for last, named in people.items():
            if len(named) != 1 or len(last) < 3:
                continue
            mention = next(iter(named.values()))
            stands = {span for said in (last, last.upper()) for span in places(self.text, said, "-")}
            for start, end in sorted(stands):
                if not self.free(start, end) or self.other_first_name(start, mention):
                    continue
                self.put(
                    Mention(
                        start,
                        end,
                        self.text[start:end],
                        mention.actor_id,
                        mention.name,
                        "person",
                        "surname",
                        mention.public_role,
                    )
                )

    def other_first_name(self, start: int, mention: Mention) -> bool:
        """A different first name stands before: another person."""
        before = _NAMES_BEFORE.search(self.text[max(0, start - 40) : start])
        if not before or self.at(start - 2) is not None:
            return False
        own = fold_key(mention.name).split()
        words = [word for word in before[1].split() if word not in self.rules.not_first and not word.endswith(".")]
        return any(fold_key(word) in first_names() and fold_key(word) not in own for word in words)


def find_names(
    text: str,
    lang: str,
    listed: list[Mention],
    gazetteer: Gazetteer,
    countries: tuple[str, ...],
    source_kind: str,
    blocked: list[tuple[int, int]],
) -> Names:
    """All mentions, listed and proposed, and the names to withhold. ``blocked`` spans hold no name (case names)."""
    rules = name_rules(lang)
    parliament = source_kind in ("parliament_question", "parliament_record")
    found = _People(text, rules, gazetteer, countries, lang, list(listed), blocked, parliament=parliament)
    bodies.several_ministries(found)
    bodies.organisations(found)
    bodies.defined(found)
    firms.firms(found)
    found.peers()
    found.roles_before(rules.public, "role-name", public=True)
    found.roles_right_before()
    found.name_then_role()
    found.roles_before(rules.expert, "expert-name", public=False)
    found.honorifics()
    bodies.acronyms(found)
    firms.short_names(found)
    bodies.prosecutors(found)
    bodies.office_and_name(found)
    found.surnames()
    bodies.governments_of_others(found)
    mentions = [m for m in found.mentions if not any(s < m.end and m.start < e for s, e in blocked)]
    mentions.sort(key=lambda m: m.start)
    return Names(mentions, withheld(text, rules, mentions))


def _in_private(people: Placed, start: int) -> bool:
    """A private word stands right before the name."""
    low = max(0, start - 30)
    return any(hit.end() >= start - 1 for hit in people.rules.private.finditer(people.text, low, start))
