"""Which files a document speaks of, by the law it cites. Pure: citations and files in, links out.

An act belongs to the file that carries its official identifier, an article to the file it was made in
(``data/reference/watch.toml``), which goes before its act. A reference that several files share (a proposed
article, a bill without its term) links to none, unless the document names one of them by official identifier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from collectors.watching import Article
from data import legal_links
from data.models import Identifier


@dataclass(frozen=True, slots=True)
class Citation:
    """``item_id`` speaks of the file ``dossier_id`` where it cites ``normalised``; ``rule`` says why."""

    item_id: int
    dossier_id: str
    normalised: str
    rule: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The files a reference may mean. One alone is meant where the reference ``proves`` it."""

    files: frozenset[str]
    rule: str
    proves: bool


NOTHING = Meant(frozenset(), "", False)


class Files:
    """The files on the subject by what may be cited of them; ``root`` gives the file each is shown as."""

    def __init__(
        self, identifiers: Iterable[tuple[str, Identifier]], articles: Iterable[Article], root: Mapping[str, str]
    ) -> None:
        self._identifier: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._bill: dict[str, set[str]] = defaultdict(set)
        self._article: dict[str, frozenset[str]] = {}
        for dossier_id, one in identifiers:
            if one.scheme == "case":  # free case numbers prove nothing by themselves
                continue
            self._identifier[one.scheme, one.value.lower()].add(root[dossier_id])
            if bill := legal_links.without_term(one):
                self._bill[bill].add(root[dossier_id])
        for article in articles:
            meant = frozenset(root[name] for name in article.dossiers if name in root)
            self._article |= {reference: meant for reference in article.cited_as}

    def named(self, one: Identifier) -> frozenset[str]:
        """The files that carry an official identifier."""
        return frozenset(self._identifier.get((one.scheme, one.value.lower()), ()))

    def meant(self, reference: str) -> Meant:
        """The files a normalised reference may mean; a paragraph of an article (``50(2)``) means the article."""
        article = next((self._article[name] for name in (reference, reference.partition("(")[0])
                        if self._article.get(name)), None)  # fmt: skip
        if article:
            return Meant(article, "article", True)
        for one in legal_links.identifiers(reference):
            if found := self.named(one):
                return Meant(found, f"same {one.scheme}", True)
        if bills := self._bill.get(reference):
            return Meant(frozenset(bills), "bill", False)
        return NOTHING


def citations(
    cited: Iterable[tuple[int, str]], belongs: Iterable[tuple[int, Identifier]], files: Files
) -> list[Citation]:
    """The links of ``cited`` (item, normalised reference); ``belongs`` are the official files items say they are of."""
    references: dict[int, list[str]] = defaultdict(list)
    for item_id, reference in cited:
        references[item_id].append(reference)
    official: dict[int, set[str]] = defaultdict(set)
    for item_id, identifier in belongs:
        official[item_id] |= files.named(identifier)
    meant = {reference: files.meant(reference) for own in references.values() for reference in own}
    found = []
    for item_id, own in references.items():
        named = official[item_id] | {
            file for name in own if meant[name].rule.startswith("same ") and len(meant[name].files) == 1
            for file in meant[name].files
        }  # fmt: skip
        for reference in own:
            one = meant[reference]
            if one.proves and len(one.files) == 1:
                decided, rule = one.files, one.rule
            else:
                decided, rule = one.files & named, f"{one.rule}, named officially"
            if len(decided) == 1:
                found.append(Citation(item_id, min(decided), reference, rule))
    return found
