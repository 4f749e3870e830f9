"""Is this about synthetic or manipulated depictions of people, and their regulation? With evidence.

Three things must meet: a sign that a depiction is made or altered (a name of the thing, or words of
making, depicting and machine close together), a context of law, policy or harm, and no stronger
context of another kind (film effects, wildlife, counterfeit goods). Pure functions, no spaCy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import ahocorasick

from collectors.analysis.facets import SENTENCE, FacetRules, facet_rules, facets_of
from collectors.analysis.lexicon import LANGUAGES, language, load, patterns
from collectors.analysis.near import Pair, nearest, pairs
from collectors.analysis.normalise import normalise
from collectors.analysis.reading import Evidence, Relevance
from collectors.analysis.sieve import Sieve, Words

_ABUSE_BODIES = re.compile(
    r"(?<!\w)(?:ncmec|iwf|internet watch foundation|csam|p[ée]do(?:porno|crimin)\w+)(?!\w)", re.I
)
_GENERATIVE = re.compile(
    r"(?<!\w)(?:generative ai|ai[- ]generated|g[ée]n[ée]r\w+ par l'ia|ia g[ée]n[ée]rative|ki-generiert\w*)(?!\w)",
    re.I,
)
_INTELLIGENCE = re.compile(
    r"(?<![\w])(?:a\.?i\.?|ia|ki|grok|generative|g[ée]n[ée]rative?s?|k[uü]nstliche\w* intelligenz|"
    r"artificial intelligence|intelligences? artificielles?|intelligenza artificiale|inteligencia artificial|"
    r"kunstig intelligens)(?!\w)",
    re.IGNORECASE,
)
_IMAGE_TOOLS = ("grok", "xai")
_WINDOW = 70
_CLOSE = 40
_THRESHOLD = 3.0
_MANY = 60


@dataclass(frozen=True, slots=True)
class _Rules:
    signs: Sieve
    strong: Words
    undress: Words
    strip: Words
    by_machine: Words
    manipulated: Words
    depiction: Words
    machine: Words
    voice: Words
    imitating: Words
    pretend: Words
    made_by: Words
    near: tuple[Pair, ...]
    finding: Words
    context: Words
    veto: Words
    absence: Words
    facets: FacetRules


@cache
def _rules(lang: str) -> _Rules:
    name = f"relevance_{lang}"
    table = load(name)
    shared = load("relevance")

    signs, contexts = Sieve(), Sieve()

    def sign(key: str, extra: tuple[str, ...] = ()) -> Words:
        return Words(signs, [*extra, *patterns(table.get(key, []))], name)

    def context(entries: list[str | list[str]]) -> Words:
        return Words(contexts, patterns(entries), name)

    return _Rules(
        signs=signs,
        strong=sign("strong", tuple(shared["strong"])),
        undress=sign("undress"),
        strip=sign("strip"),
        by_machine=sign("by_machine"),
        manipulated=sign("manipulated"),
        depiction=sign("depiction"),
        machine=sign("machine"),
        voice=sign("voice"),
        imitating=sign("imitating"),
        pretend=sign("pretend"),
        made_by=sign("made_by"),
        near=pairs(lang, signs),
        finding=Words(signs, patterns(load("depictions")[lang]["finding"]), "depictions"),
        context=context(table.get("context", [])),
        veto=context(table.get("veto", [])),
        absence=Words(Sieve(), patterns(table.get("absence", [])), name),
        facets=facet_rules(lang, contexts),
    )


@cache
def _stems() -> ahocorasick.Automaton:
    found = ahocorasick.Automaton()
    for stem in load("relevance")["stems"]:
        found.add_word(stem, True)
    found.make_automaton()
    return found


def may_be_relevant(title: str, text: str) -> bool:
    """The prefilter: a few microseconds, no false negative by design of its stems."""
    whole = f" {title} \n {text} ".lower()
    return next(_stems().iter(whole), None) is not None


def judge(title: str, text: str, lang: str) -> Relevance:
    """Judge a document, or a title alone (empty ``text``), in one of the supported languages.

    Another language code is read with the English rules, which know the borrowed words.
    """
    if not may_be_relevant(title, text):
        return Relevance(False, 0.0)
    rules = _rules(language(lang) or "en")
    head, body = normalise(title), normalise(text)
    synthetic, evidence = _synthetic(rules, head, body)
    if synthetic < 2.0:
        return Relevance(False, round(min(synthetic, 1.0) / 8, 3), (), tuple(evidence))
    context = _distinct(rules.context, head, body, "context")
    vetoes = _distinct(rules.veto, head, body, "veto")
    named = any(item.rule == "strong" for item in evidence)
    points = synthetic + min(len(context), 4) - 1.5 * max(0, len(vetoes) - len(context) // (2 if named else 3))
    enough = bool(context) or (named and not vetoes)
    relevant = enough and points >= _THRESHOLD
    evidence = [*evidence, *list(context.values())[:6], *list(vetoes.values())[:4]]
    score = round(max(0.0, min(1.0, points / 8)), 3)
    if not relevant:
        return Relevance(False, min(score, 0.37), (), tuple(evidence))
    facets, reasons = facets_of(rules.facets, head, body)
    return Relevance(True, max(score, 0.38), facets, tuple([*evidence, *reasons]))


def _synthetic(rules: _Rules, head: str, body: str) -> tuple[float, list[Evidence]]:
    """Points for signs of a made or altered depiction, with the words; most 6."""
    points = 0.0
    evidence: list[Evidence] = []
    machine_anywhere = bool(rules.machine.search(head) or rules.machine.search(body))
    tool_anywhere = any(tool in f"{head}\n{body}".lower() for tool in _IMAGE_TOOLS)
    for shift, part in ((0, head), (len(head) + 1, body)):
        for sentence in SENTENCE.finditer(part):
            gained, found = _sentence_points(
                rules, part, sentence.start(), sentence.end(), machine_anywhere, tool_anywhere
            )
            points += gained
            evidence.extend(Evidence(e.start + shift, e.end + shift, e.text, e.rule) for e in found)
            if points >= 6:
                return 6.0, evidence
    abuse, generative = _ABUSE_BODIES.search(body), _GENERATIVE.search(body)
    if abuse and generative:
        points += 2.5
        start, end = generative.span()
        shift = len(head) + 1
        evidence.append(Evidence(start + shift, end + shift, generative.group(), "abuse-material"))
    return min(points, 6.0), evidence


def _sentence_points(
    rules: _Rules, part: str, start: int, end: int, machine_anywhere: bool, tool_anywhere: bool
) -> tuple[float, list[Evidence]]:
    if not rules.signs.alive(part, start, end):
        return 0.0, []
    hit = rules.strong.search(part, start, end)
    if hit:
        if not _absent(rules, part, start, hit.start()):
            return 3.0, [Evidence(*hit.span(), hit.group(), "strong")]
        return 0.0, []
    near = nearest(rules.near, part, start, end, lambda at: _absent(rules, part, start, at))
    points, found = _combined(rules, part, start, end, machine_anywhere, tool_anywhere)
    if near and near[0] > points:
        points, first, second = near
        return points, [
            Evidence(*first.span(), first.group(), "made"),
            Evidence(*second.span(), second.group(), "depiction"),
        ]
    return points, found


def _combined(
    rules: _Rules, part: str, start: int, end: int, machine_anywhere: bool, tool_anywhere: bool
) -> tuple[float, list[Evidence]]:
    """Undressing, making, depicting and machine in a sentence."""
    depictions = list(rules.depiction.finditer(part, start, end))[:_MANY]
    machine = rules.machine.search(part, start, end)
    finding = rules.finding.search(part, start, end)
    undress = None if finding else rules.undress.search(part, start, end)
    made = list(rules.manipulated.finditer(part, start, end))[:_MANY]
    strip = rules.strip.search(part, start, end)
    if strip and machine and strip.span() != machine.span():
        return 3.0, [Evidence(*strip.span(), strip.group(), "undress"), _as_machine(machine)]
    if strip and machine_anywhere:
        return 2.5, [Evidence(*strip.span(), strip.group(), "undress")]
    if undress and machine and machine.group().lower() in _IMAGE_TOOLS:
        return 3.0, [Evidence(*undress.span(), undress.group(), "undress"), _as_machine(machine)]
    if undress and machine and (depictions or made):
        return 3.0, [Evidence(*undress.span(), undress.group(), "undress"), _as_machine(machine)]
    bare = next((d for d in depictions if undress and 0 < _gap(d.span(), undress.span()) <= 20), None)
    if undress and bare and machine_anywhere and (tool_anywhere or _INTELLIGENCE.search(part)):
        seen = Evidence(*bare.span(), bare.group(), "depiction")
        return 2.0, [Evidence(*undress.span(), undress.group(), "undress"), seen]
    by_machine = rules.by_machine.search(part, start, end)
    if by_machine and not finding and not _absent(rules, part, start, by_machine.start()):
        return (3.0 if undress else 2.0), [Evidence(*by_machine.span(), by_machine.group(), "by-machine")]
    shown = _shown(rules, part, start, end, depictions, made)
    if shown:
        return shown
    for verb in made:
        near = next(
            (d for d in depictions if d.span() != verb.span() and _gap(d.span(), verb.span()) <= _WINDOW),
            None,
        )
        if near is None or _absent(rules, part, start, verb.start()):
            continue
        pair = [
            Evidence(*verb.span(), verb.group(), "made"),
            Evidence(*near.span(), near.group(), "depiction"),
        ]
        if undress and undress.span() not in (verb.span(), near.span()):
            return (3.0 if machine or machine_anywhere else 2.0), [
                *pair,
                Evidence(*undress.span(), undress.group(), "undress"),
            ]
        if machine and machine.span() not in (verb.span(), near.span()):
            return 2.5, [*pair, _as_machine(machine)]
        return (1.5 if machine_anywhere else 1.0), pair
    tool = next((t for t in rules.machine.finditer(part, start, end) if t.group().lower() in _IMAGE_TOOLS), None)
    if tool and depictions:
        return 2.0, [Evidence(*depictions[0].span(), depictions[0].group(), "depiction"), _as_machine(tool)]
    return 0.0, []


def _shown(
    rules: _Rules, part: str, start: int, end: int, depictions: list[re.Match[str]], made: list[re.Match[str]]
) -> tuple[float, list[Evidence]] | None:
    """A depiction made by machine, somebody shown to say what was never said, or a voice or a face imitated."""
    by = rules.made_by.search(part, start, end)
    if by and depictions and not _absent(rules, part, start, by.start()):
        return 2.5, [
            Evidence(*by.span(), by.group(), "made"),
            Evidence(*depictions[0].span(), depictions[0].group(), "depiction"),
        ]
    pretended = rules.pretend.search(part, start, end)
    if pretended and depictions and made and not _absent(rules, part, start, made[0].start()):
        return 2.0, [
            Evidence(*pretended.span(), pretended.group(), "pretended"),
            Evidence(*made[0].span(), made[0].group(), "made"),
        ]
    for voice in rules.voice.finditer(part, start, end):
        for verb in rules.imitating.finditer(part, start, end):
            if _gap(voice.span(), verb.span()) <= _CLOSE and not _absent(
                rules, part, start, min(voice.start(), verb.start())
            ):
                return 2.0, [
                    Evidence(*verb.span(), verb.group(), "made"),
                    Evidence(*voice.span(), voice.group(), "depiction"),
                ]
    return None


def _absent(rules: _Rules, part: str, start: int, at: int) -> bool:
    """The text says the thing is not there: a word of absence at most two words before it."""
    window = part[max(start, at - 60) : at]
    return any(
        "," not in window[word.end() :] and len(window[word.end() :].split()) <= 2
        for word in rules.absence.finditer(window)
    )


def _as_machine(hit: re.Match[str]) -> Evidence:
    return Evidence(*hit.span(), hit.group(), "machine")


def _gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, max(a[0], b[0]) - min(a[1], b[1]))


def _distinct(pattern: Words, head: str, body: str, rule: str) -> dict[str, Evidence]:
    """First occurrence of each different word, by its first five letters."""
    found: dict[str, Evidence] = {}
    for hit in pattern.finditer(f"{head}\n{body}"):
        found.setdefault(hit.group().lower()[:5], Evidence(*hit.span(), hit.group(), rule))
    return found


SUPPORTED = LANGUAGES
