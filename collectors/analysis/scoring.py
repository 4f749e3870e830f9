"""How well texts are read, against an annotated collection (JSON Lines): precision, recall and F1 per language.

A document of the collection has ``id``, ``lang``, ``relevant``, ``facets``, ``actors`` (``name``, ``aliases``,
``type``, ``mentions``), ``events`` (``date``, ``type``), ``legal_refs`` (``normalised``) and perhaps ``stances``
(``actor``, ``stance``). Names agree when a folded name or alias does; a mention counts when it overlaps and carries
the right name. One thing of the collection is matched by at most one prediction, in the order of the collection.

A document marked ``partial`` comes from decisions (:mod:`collectors.labels`): ``relevant`` counts where it is said,
``events`` when they are found again or missed, ``rejected_events`` when they are found again; nothing else counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]

METRICS = (
    "relevance", "facets", "actor_identity", "person_identity", "mention_linked", "event_date", "event_date+type",
    "legal_normalised", "stance",
)  # fmt: skip

_HONORIFICS = re.compile(
    r"m|mm|mmes?|mlle|me|mrs?|ms|dr|sir|sen|senator|rep|gov|deputee?|senateur|senatrice|ministre|herr|frau|senora?"
    r"|dona?|on|the|l[ea]s?|l|il|el|der|die|das"
)


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed things of one metric."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def count(self) -> int:
        """How many there are in the collection."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.count if self.count else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Table = dict[str, dict[str, Tally]]


def score(annotated: Iterable[Row], predicted: Iterable[Row]) -> Table:
    """metric -> language or ``all`` -> tally. A document without a prediction counts as read empty."""
    by_id = {row["id"]: row for row in predicted}
    table: Table = defaultdict(lambda: defaultdict(Tally))
    for document in annotated:
        for metric, right, of_gold, of_read in _document(document, by_id.get(document["id"], {})):
            for group in ("all", document["lang"]):
                tally = table[metric][group]
                tally.right += right
                tally.missed += of_gold - right
                tally.wrong += of_read - right
    return table


def lines(table: Table) -> list[str]:
    """The table as text: a line per metric and language, all languages first."""
    found = []
    for metric in METRICS:
        for group in sorted(table.get(metric, {}), key=lambda one: (one != "all", one)):
            one = table[metric][group]
            if one.count:
                found.append(
                    f"{metric:<20} {group:<4} P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f} (n={one.count})"
                )
    return found


def decided_lines(labels: Sequence[Row], predicted: Iterable[Row]) -> list[str]:
    """How reading does on what the team decided, as a table: right and wrong counts of each kind of decision."""
    by_id = {row["id"]: row for row in predicted}
    counts = {"relevance confirmed": [0, 0], "relevance rejected": [0, 0], "event wanted": [0, 0],
              "event rejected": [0, 0]}  # fmt: skip
    for label in labels:
        read = by_id.get(label["id"], {})
        if "relevant" in label:
            name = "relevance confirmed" if label["relevant"] else "relevance rejected"
            counts[name][bool(read.get("relevant")) != label["relevant"]] += 1
        found, again = _found_again(label, read)
        for name, right, count in (
            ("event wanted", found, len(label["events"])),
            ("event rejected", len(label["rejected_events"]) - again, len(label["rejected_events"])),
        ):
            counts[name][0] += right
            counts[name][1] += count - right
    return [f"{'':<20} right wrong", *(f"{name:<20} {right:>5} {wrong:>5}" for name, (right, wrong) in counts.items())]


def _found_again(label: Row, read: Row) -> tuple[int, int]:
    """How many wanted and how many rejected events of a partial document reading finds, each prediction used once."""
    left = [(one["date"], one["type"]) for one in read.get("events", [])]
    counts = []
    for side in (label["events"], label["rejected_events"]):
        hits = 0
        for one in side:
            if (one["date"], one["type"]) in left:
                left.remove((one["date"], one["type"]))
                hits += 1
        counts.append(hits)
    return counts[0], counts[1]


def _partial(label: Row, read: Row) -> Iterable[tuple[str, int, int, int]]:
    if "relevant" in label:
        wanted, got = bool(label["relevant"]), bool(read.get("relevant"))
        yield "relevance", int(wanted and got), int(wanted), int(got)
    found, again = _found_again(label, read)
    yield "event_date+type", found, len(label["events"]), found + again


def _document(gold: Row, read: Row) -> Iterable[tuple[str, int, int, int]]:
    """(metric, right, in the collection, predicted) of one document."""
    if gold.get("partial"):
        yield from _partial(gold, read)
        return
    wanted, got = bool(gold["relevant"]), bool(read.get("relevant"))
    yield "relevance", int(wanted and got), int(wanted), int(got)
    facets, read_facets = set(gold.get("facets", [])), set(read.get("facets", []))
    yield "facets", len(facets & read_facets), len(facets), len(read_facets)
    actors, found = gold.get("actors", []), read.get("actors", [])
    yield _matched("actor_identity", actors, found, _same_name)
    persons = [[one for one in side if one.get("type") == "person"] for side in (actors, found)]
    yield _matched("person_identity", persons[0], persons[1], _same_name)
    yield _matched("mention_linked", _mentions(actors), _mentions(found), _same_mention)
    events, read_events = gold.get("events", []), read.get("events", [])
    yield _matched("event_date", events, read_events, lambda a, b: a["date"] == b["date"])
    yield _matched(
        "event_date+type", events, read_events, lambda a, b: (a["date"], a["type"]) == (b["date"], b["type"])
    )
    law = {_folded_law(one["normalised"]) for one in gold.get("legal_refs", [])}
    read_law = {_folded_law(one["normalised"]) for one in read.get("legal_refs", [])}
    yield "legal_normalised", len(law & read_law), len(law), len(read_law)
    yield _matched(
        "stance", gold.get("stances", []), read.get("stances", []),
        lambda a, b: (_name(a["actor"]), a["stance"]) == (_name(b["actor"]), b["stance"]),
    )  # fmt: skip


def _matched(
    metric: str, gold: Sequence[Any], read: Sequence[Any], same: Callable[[Any, Any], bool]
) -> tuple[str, int, int, int]:
    used: set[int] = set()
    for wanted in gold:
        hit = next((n for n, one in enumerate(read) if n not in used and same(wanted, one)), None)
        if hit is not None:
            used.add(hit)
    return metric, len(used), len(gold), len(read)


def _mentions(actors: Iterable[Row]) -> list[tuple[int, int, frozenset[str]]]:
    return [(start, end, _names(actor)) for actor in actors for start, end in actor.get("mentions", [])]


def _same_mention(a: tuple[int, int, frozenset[str]], b: tuple[int, int, frozenset[str]]) -> bool:
    return a[0] < b[1] and b[0] < a[1] and bool(a[2] & b[2])


def _same_name(a: Row, b: Row) -> bool:
    return bool(_names(a) & _names(b))


def _names(actor: Row) -> frozenset[str]:
    return frozenset({_name(one) for one in (actor.get("name", ""), *(actor.get("aliases") or ()))} - {""})


def _name(said: str) -> str:
    """Folded: no accents, no case, no marks, no title before it."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", said) if not unicodedata.combining(ch)).casefold()
    for letter, two in (("œ", "oe"), ("ß", "ss"), ("ø", "o"), ("æ", "ae")):
        plain = plain.replace(letter, two)
    words = re.findall(r"[0-9a-z]+", plain)
    while len(words) > 1 and _HONORIFICS.fullmatch(words[0]):
        words = words[1:]
    return " ".join(words)


def _folded_law(said: str) -> str:
    return re.sub(r"\s+", "", said.casefold())
