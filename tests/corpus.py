"""``make corpus N=100000 INTO=folder``: a synthetic collection of a realistic shape, to measure with.

It goes through the real store, the joins and the publication, in a database of its own; every source and headline says
that it is synthetic. Shares follow what was seen of feeds: one piece in eight is on the subject, four in ten of those
tell an event; half of the pieces are of the last eighteen months; few publishers tell most. The same N and seed give
the same rows.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from collectors.assemble import assemble
from collectors.clock import fixed_clock
from collectors.commands import opened, published
from data import derived, store, store_sources
from data.database import collected_path
from data.models import ActorRecord, EventRecord, Identifier, ItemRecord, Response, Source, When
from data.readings import Evidence, LegalReference, Mention, Reading, Relevance
from data.reference import load_reference
from data.reference_models import RefActor
from data.store import Entry
from data.vocabulary import load_vocabulary

PUBLISHERS = 60
UNIT = 200
ON_SUBJECT, WITH_EVENT, WITH_LAW = 1 / 8, 0.4, 0.1
LAST = date(2026, 11, 24)
NOW = "2026-11-25T06:00:00Z"
PLACES = {
    "fr": 20,
    "us": 18,
    "uk": 15,
    "eu": 12,
    "de": 8,
    "it": 5,
    "es": 5,
    "ca": 4,
    "dk": 3,
    "ie": 3,
    "au": 3,
    "kr": 2,
    "ch": 2,
}
WORDS = {
    "en": "the minister said members committee police report platform company court inquiry council market school energy "
    "budget election health transport climate housing deepfake synthetic image voice consent labelling watermark fraud "
    "victims regulator fine law bill amendment debate vote hearing statement study figures images videos account",
    "fr": "le ministre députés commission police rapport plateforme société tribunal enquête conseil marché école énergie "
    "budget élection santé transport climat logement hypertrucage synthétique image voix consentement marquage filigrane "
    "fraude régulateur amende loi projet amendement débat vote audition déclaration étude chiffres images vidéos compte",
}
LAWS = ("fr:code-penal:226-8-1", "eu:regulation:2024/1689", "us:publ:119-12", "fr:loi:2024-449", "uk:ukpga:2023/50")
TYPES = {"statement": 40, "question_asked": 10, "investigation_opened": 6, "bill_tabled": 6, "study_published": 6,
         "platform_action": 5, "court_ruling": 5, "incident": 5, "bill_reading": 5, "hearing": 4, "fine_sanction": 3,
         "bill_adopted": 3, "law_in_force": 2}  # fmt: skip


@dataclass(slots=True)
class _Maker:
    """Pieces of one seed, oldest first within a publisher."""

    random: random.Random
    actors: list[RefActor]
    harms: list[str]

    def piece(self, n: int, source: Source) -> Entry:
        lang = source.lang
        day = self._day()
        about = self.random.random() < ON_SUBJECT
        words = WORDS[lang].split()
        title = f"Synthetic {n}: " + " ".join(self._zipf(words) for _ in range(8))
        text = "\n\n".join(
            " ".join(self._zipf(words) for _ in range(self.random.randint(25, 60))).capitalize() + "." for _ in range(3)
        )
        record = ItemRecord(
            f"synthetic-{n}", "article", title, f"https://synthetic.example/{n}", source.jurisdiction,
            lang_declared=lang, lang=lang, summary=text[:180], text=text, published_said=day.isoformat(),
            published_on=day, published_quality="date", publisher=source.publisher,
        )  # fmt: skip
        if not about:
            return Entry(record, Reading(Relevance(False, 0.0, rules="synthetic")))
        word = text.split()[0]
        return Entry(
            record,
            Reading(
                Relevance(True, 0.9, (self.random.choice(self.harms),), (Evidence(0, 9, title[:9], "strong"),), "synthetic"),
                mentions=tuple(
                    Mention(at * 3, at * 3 + 2, text[at * 3 : at * 3 + 2], actor.actor_id, actor.name, "listed")
                    for at, actor in enumerate(self._who(self.random.randint(1, 4)))
                ),
                legal_references=(
                    (LegalReference(0, len(word), word, self.random.choice(LAWS), "instrument"),)
                    if self.random.random() < WITH_LAW else ()
                ),
                events=(self._event(n, record, day),) if self.random.random() < WITH_EVENT else (),
            ),
        )  # fmt: skip

    def _event(self, n: int, record: ItemRecord, day: date) -> EventRecord:
        kind = self.random.choices(list(TYPES), list(TYPES.values()))[0]
        on = day - timedelta(days=self.random.choice((0, 0, 1, 1, 2, 5)))
        return EventRecord(
            f"synthetic-{n}", kind, When.on(on), record.title, record.lang, record.jurisdiction,
            url=record.url, quote=record.text[:160], rule=f"clause:{kind}", rules="synthetic", span=(0, 160),
            actors=tuple(
                ActorRecord(actor.name, actor.kind, actor.jurisdiction, (Identifier("monitor", actor.actor_id),), role="speaker") for actor in self._who(self.random.randint(0, 2))
            ),
        )  # fmt: skip

    def _who(self, count: int) -> list[RefActor]:
        return list({one.actor_id: one for one in (self._zipf(self.actors) for _ in range(count))}.values())

    def _zipf(self, ordered: list[Any]) -> Any:
        """The first of the list are the commonest."""
        return ordered[min(int(self.random.paretovariate(0.9)) - 1, len(ordered) - 1)]

    def _day(self) -> date:
        recent = self.random.random() < 0.5
        return LAST - timedelta(days=self.random.randint(0, 548 if recent else 2500))


def sources() -> list[Source]:
    """Publishers that do not exist, in French and English, of the places most is read of."""
    places = random.Random(1).choices(list(PLACES), list(PLACES.values()), k=PUBLISHERS)
    return [
        Source(
            f"synthetic-{n:02}", {"en": f"Synthetic source {n}", "fr": f"Source synthétique {n}"}, f"Synthetic {n}", place,
            "news", "fr" if place == "fr" else "en", "feed", (f"https://synthetic.example/{n}",), "none", 24, 1,
        )
        for n, place in enumerate(places)
    ]  # fmt: skip


def entries(count: int, seed: int = 1) -> Iterator[tuple[Source, list[Entry]]]:
    """Units of at most 200 pieces with their source."""
    reference, vocabulary = load_reference(), load_vocabulary()
    maker = _Maker(random.Random(seed), list(reference.actors), list(vocabulary.codes("harms")))
    known = sources()
    weights = [1 / (n + 1) for n in range(len(known))]
    done = 0
    while done < count:
        size = min(UNIT, count - done)
        source = maker.random.choices(known, weights)[0]
        yield source, [maker.piece(done + n, source) for n in range(size)]
        done += size


def build(count: int) -> dict[str, float]:
    """Fill and publish the database of ``MONITOR_HOME`` with ``count`` pieces beside the baseline.

    Gives the seconds of each step of the product; making the pieces up is none of them.
    """
    clock = fixed_clock(NOW)
    spent = dict.fromkeys(("store", "search", "join", "publish"), 0.0)
    db = opened(clock)
    store_sources.source_rows(db, sources())
    for number, (source, unit) in enumerate(entries(count)):
        response = Response(f"{source.urls[0]}/{number}", 200, {}, b"", NOW)
        began = time.perf_counter()
        for one in store.units(source, response, unit, etag="", last_modified="", read_with="synthetic"):
            store.record_unit(db, one, f"synthetic-{number}")
        spent["store"] += time.perf_counter() - began
    for name, work in (
        ("search", lambda: derived.sync_search(db)),
        ("join", lambda: assemble(db, clock)),
        ("publish", lambda: published(db, clock)),
    ):
        began = time.perf_counter()
        work()
        spent[name] = time.perf_counter() - began
    db.close()
    return spent


def main(arguments: list[str]) -> int:
    """``python -m tests.corpus N FOLDER``. The folder must not hold a database: a real one is never filled."""
    count, folder = int(arguments[0]), Path(arguments[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["MONITOR_HOME"] = str(folder)
    if collected_path().exists():
        print(f"{folder} holds a database already", file=sys.stderr)
        return 1
    build(count)
    print(f"{count} synthetic pieces in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
