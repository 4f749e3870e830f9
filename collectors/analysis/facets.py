"""What a text on the subject treats: a facet by a telling word, by a pair of words in a sentence, or by two weak ones.

The words are in ``facets_<lang>.toml``, a table for each facet: ``strong``, ``pairs`` (two lists of alternatives),
``weak`` (with ``needs``: one of them where that facet was chosen; else two different ones, or one in the title) and
``not`` (what looks like a strong word and is none).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from collectors.analysis.lexicon import load, patterns
from collectors.analysis.reading import Evidence
from collectors.analysis.sieve import Sieve, Words

FACETS = (
    "ncii",
    "minors_csam",
    "elections",
    "fraud_impersonation",
    "platform_duties",
    "labelling",
    "personality_copyright",
)
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\w)[^.!?\n]+)*")


@dataclass(frozen=True, slots=True)
class _Facet:
    strong: Words
    weak: Words
    pairs: tuple[tuple[Words, Words], ...]
    exclude: Words
    needs: str


#: the rules of each facet of one language
FacetRules = dict[str, _Facet]


def facet_rules(lang: str, contexts: Sieve) -> FacetRules:
    """The rules of a language; their words share the sieve ``contexts``."""
    source = f"facets_{lang}"
    tables = load(source)

    def words(entries: list[str | list[str]]) -> Words:
        return Words(contexts, patterns(entries), source)

    found = {}
    for facet in FACETS:
        entry = tables.get(facet, {})
        found[facet] = _Facet(
            strong=words(entry.get("strong", [])),
            weak=words(entry.get("weak", [])),
            pairs=tuple((words(["|".join(a)]), words(["|".join(b)])) for a, b in entry.get("pairs", [])),
            exclude=words(entry.get("not", [])),
            needs=entry.get("needs", ""),
        )
    return found


def facets_of(rules: FacetRules, head: str, body: str) -> tuple[tuple[str, ...], list[Evidence]]:
    chosen: list[str] = []
    reasons: list[Evidence] = []
    whole = head + "\n" + body
    for facet in FACETS:
        rule = rules[facet]
        hit = _facet_hit(rule, whole)
        if hit is None and rule.needs in chosen:
            hit = rule.weak.search(whole)
        elif hit is None and not rule.needs:
            hit = _two_weak(rule.weak, head, whole)
        if hit is None:
            continue
        chosen.append(facet)
        reasons.append(Evidence(*hit.span(), hit.group(), f"facet:{facet}"))
    return tuple(chosen), reasons


def _two_weak(weak: Words, head: str, whole: str) -> re.Match[str] | None:
    """Words that choose a facet only together, or in the title: the first of two different ones."""
    hits = {hit.group().lower()[:5]: hit for hit in weak.finditer(whole)}
    return weak.search(head) or (next(iter(hits.values())) if len(hits) > 1 else None)


def _facet_hit(rule: _Facet, whole: str) -> re.Match[str] | None:
    excluded = [hit.span() for hit in rule.exclude.finditer(whole)]
    for hit in rule.strong.finditer(whole):
        if not any(start <= hit.start() < end for start, end in excluded):
            return hit
    for who, what in rule.pairs:
        if not (who.may_be_in(whole) and what.may_be_in(whole)):
            continue
        for sentence in SENTENCE.finditer(whole):
            subject = who.search(whole, sentence.start(), sentence.end())
            if subject and what.search(whole, sentence.start(), sentence.end()):
                return subject
    return None
