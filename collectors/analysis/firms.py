"""Firms and their products that no list contains: by legal form, by the noun before the name, by the noun behind it.

``Example Ltd``, ``la société Exemple``, ``its ExampleApp tool``. Later in the text the short name is the same firm.
"""

from __future__ import annotations

import re
from dataclasses import replace

from collectors.analysis.name_rules import first_names
from collectors.analysis.normalise import fold_key, places
from collectors.analysis.placed import Placed


def firms(placed: Placed) -> None:
    """Names of firms with a legal form, then names behind "the start-up", then two capitals before "app"."""
    rules = placed.rules.organisations.firms
    for match in rules.formed.finditer(placed.text):
        start, end = match.span("org")
        start += _leading(placed, placed.text[start:end])
        if placed.text.startswith(".", end) and re.search(r" (?:Inc|Corp|Ltd)$", placed.text[start:end]):
            end += 1
        if " " in placed.text[start:end]:
            placed.add(start, end, "other", "firm")
    for match in rules.named.finditer(placed.text):
        start, end = match.span("org")
        said = _without_office(placed, start, end)
        if said and _may_be_called(placed, said):
            kind = "product" if rules.product.search(match["noun"]) else "platform"
            placed.add(start, start + len(said), kind, "firm-noun")
    for match in rules.behind.finditer(placed.text):
        placed.add(*match.span("org"), "product", "firm-noun")


def _leading(placed: Placed, said: str) -> int:
    """How many characters of words that are no name stand first."""
    length = 0
    for word in said.split(" "):
        rules = placed.rules.organisations
        if word not in rules.lead and not rules.firms.noun.fullmatch(word):
            break
        length += len(word) + 1
    return length


def _without_office(placed: Placed, start: int, end: int) -> str:
    """The name without what follows it: "the firm Example CEO Jane Roe" is called Example."""
    kept: list[str] = []
    rules = placed.rules
    for word in placed.text[start:end].split(" "):
        stops = word in rules.organisations.stop or word in rules.not_first or rules.public.fullmatch(word)
        if kept and stops:
            break
        kept.append(word)
    return " ".join(kept)


def _may_be_called(placed: Placed, said: str) -> bool:
    """Not a first name, a plain word or the word that begins another name."""
    first = said.split(" ")[0]
    rules = placed.rules
    if first in rules.organisations.stop or first in rules.not_first or rules.public.fullmatch(first):
        return False
    return fold_key(first.split("-")[0]) not in first_names() and len(first) > 2 and not first.endswith("'")


def short_names(placed: Placed) -> None:
    """``Example Labs Ltd``, later ``Example``: the same firm, where the word is no other in this text."""
    for mention in list(placed.mentions):
        if mention.actor_id or mention.rule not in ("firm", "organisation", "firm-noun", "known-body"):
            continue
        short = placed.rules.organisations.firms.generic.sub("", mention.text)
        if short == mention.text or len(short) < 4 or not _distinct(placed, short):
            continue
        for start, end in places(placed.text, short, "-"):
            if placed.free(start, end):
                placed.put(replace(mention, start=start, end=end, text=short, rule="short-name"))


def _distinct(placed: Placed, short: str) -> bool:
    """No first name and no word that the text also writes small."""
    common = re.search(rf"(?<!\w){re.escape(short.lower())}(?!\w)", placed.text)
    return common is None and fold_key(short.split()[0]) not in first_names() and short not in placed.rules.not_first
