"""Articles that are one story: the same page, a wire report printed by many, a lead and the article it leads to.

Pure: articles in, stories out; nothing is merged or removed, a story is a label that says who else told it. Rules,
strongest first, each between articles at most three days apart:

- ``link``: the same address once tracking, AMP and mobile forms are set aside;
- ``lead``: a lead (a search result without the publisher's address) and an article of that publisher by its title;
- ``text``: most runs of five words are the same (Jaccard index of the shorter text's runs at least 0.6);
- ``title``: the same language and nearly the same words in the title, at least five of them.

The first told is the one a story is shown by; an article comes before a lead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from collectors.links import canonical_link
from data.fold import fold

DAYS = 3
RUN = 5
SAME_TEXT = 0.6
SAME_TITLE = 0.75
FEWEST_TITLE_WORDS = 5
FEWEST_TEXT_WORDS = 60

#: a run of words in more texts than this is a formula (a signature, an appeal for donations), not a story
COMMON = 40

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Article:
    """What clustering needs of one item. ``published_on`` may be unknown: then only its address counts."""

    item_id: int
    key: str
    kind: str
    publisher: str
    lang: str
    url: str
    title: str
    text: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Membership:
    """``item_id`` tells the story shown by ``story_id``; ``rule`` says why (``first`` for that one itself)."""

    item_id: int
    story_id: int
    rule: str


def stories(articles: Iterable[Article]) -> list[Membership]:
    """Every story of at least two articles. The order of ``articles`` does not matter."""
    ordered = sorted(articles, key=lambda one: (one.kind == "lead", one.published_on or date.max, one.key))
    rank = {one.item_id: n for n, one in enumerate(ordered)}
    above = {one.item_id: one.item_id for one in ordered}
    rule: dict[int, str] = {}

    def root(item_id: int) -> int:
        while above[item_id] != item_id:
            above[item_id] = above[above[item_id]]
            item_id = above[item_id]
        return item_id

    for first, second, why in _pairs(ordered):
        a, b = sorted((root(first.item_id), root(second.item_id)), key=rank.__getitem__)
        if a != b:
            above[b] = a
            rule[b] = why
            rule.setdefault(second.item_id, why)
            rule.setdefault(first.item_id, why)
    members = defaultdict(list)
    for one in ordered:
        members[root(one.item_id)].append(one.item_id)
    return [
        Membership(item_id, shown, "first" if item_id == shown else rule[item_id])
        for shown, found in sorted(members.items())
        if len(found) > 1
        for item_id in sorted(found)
    ]


def _pairs(ordered: list[Article]) -> Iterator[tuple[Article, Article, str]]:
    """Pairs of one story, the earlier first, by rule."""
    yield from _grouped(ordered, lambda one: canonical_link(one.url), "link")
    yield from _grouped(ordered, lambda one: f"{_publisher(one)} {fold(one.title)}" if one.title else "", "lead")
    yield from _same_text(ordered)
    yield from _same_title(ordered)


def _grouped(
    ordered: list[Article], key_of: Callable[[Article], str], why: str
) -> Iterator[tuple[Article, Article, str]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for one in ordered:
        if key := key_of(one):
            groups[key].append(one)
    for members in groups.values():
        for second in members[1:]:
            if why == "link" or (_near(members[0], second) and "lead" in (members[0].kind, second.kind)):
                yield members[0], second, why


def _publisher(one: Article) -> str:
    """A publisher's name as leads and feeds spell it: folded, without its domain's ending."""
    host = (urlsplit(one.publisher).hostname or one.publisher).lower().removeprefix("www.")
    return fold(re.sub(r"\.(?:com|fr|org|net|co\.uk|de|it|es|ch|be|dk|eu)$", "", host))


def _near(first: Article, second: Article) -> bool:
    if first.published_on is None or second.published_on is None:
        return False
    return abs((first.published_on - second.published_on).days) <= DAYS


def _same_text(ordered: list[Article]) -> Iterator[tuple[Article, Article, str]]:
    runs = {one.item_id: _runs(one.text) for one in ordered if len(one.text) > FEWEST_TEXT_WORDS * 4}
    by_run: dict[int, list[Article]] = defaultdict(list)
    for one in ordered:
        for run in runs.get(one.item_id, ()):
            by_run[run].append(one)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    known = {one.item_id: one for one in ordered}
    for holders in by_run.values():
        if len(holders) <= COMMON:
            for n, first in enumerate(holders):
                for second in holders[n + 1 :]:
                    if _near(first, second):
                        shared[first.item_id, second.item_id] += 1
    for (a, b), count in sorted(shared.items()):
        least = min(len(runs[a]), len(runs[b]))
        if least and count / least >= SAME_TEXT:
            yield known[a], known[b], "text"


def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(fold(text))
    if len(words) < FEWEST_TEXT_WORDS:
        return frozenset()
    return frozenset(hash(tuple(words[n : n + RUN])) for n in range(len(words) - RUN + 1))


def _same_title(ordered: list[Article]) -> Iterator[tuple[Article, Article, str]]:
    words = {one.item_id: _title_words(one.title) for one in ordered}
    by_word: dict[tuple[str, str, date], list[Article]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for one in ordered:
        if one.published_on is None or len(words[one.item_id]) < FEWEST_TITLE_WORDS:
            continue
        # only titles of days near enough are looked at: all that share a word would grow with the square of the years
        near = [one.published_on + timedelta(days) for days in range(-DAYS, DAYS + 1)]
        candidates = {
            other.item_id: other
            for word in sorted(words[one.item_id], key=len, reverse=True)[:4]
            for day in near
            for other in by_word.get((one.lang, word, day), ())
        }
        for other in candidates.values():
            a, b = words[other.item_id], words[one.item_id]
            pair = (other.item_id, one.item_id)
            if pair not in seen and len(a & b) / len(a | b) >= SAME_TITLE:
                seen.add(pair)
                yield other, one, "title"
        for word in words[one.item_id]:
            by_word[one.lang, word, one.published_on].append(one)


def _title_words(title: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(title)) if len(word) > 2 or word.isdigit())
