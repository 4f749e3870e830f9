"""What is read in a record before it is stored: relevance of all, the whole pipeline only on the subject.

The reader (and spaCy with it) is loaded when the first text on the subject comes by, not before.
Names of people whom no list knows and who stand with no public role are masked in the stored text, in
place, so offsets stay true: victims and private persons are not listed, quoted, searched or exported.
The payload itself is kept as it was fetched. A text that comes with names under the mask (a stored one, read again) is
read as one that withholds them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from collectors.analysis.lexicon import MODELS, rule_version
from collectors.analysis.proposals import load_models
from collectors.language import conclude
from collectors.watching import NOTHING, Watched, cites, comes_by_hundreds, hangs_on
from data.members import Member
from data.models import DossierRecord, ItemRecord, Record, Source
from data.readings import MASK, Mention, Reading, Relevance, masked
from data.store import Entry

if TYPE_CHECKING:
    from collectors.analysis import reading as analysis
    from collectors.analysis.reader import Reader

_MASKED = re.compile(f"{MASK}+")

#: a day to read an undated text against, on which no member known here sat; no event is taken from it
UNDATED = date(1900, 1, 1)


class Interpreter:
    """Turns a parsed record into what the store writes. Keep one per collection: it holds the loaded reader.

    ``members`` is asked once, when the reader is loaded: the members of parliaments that registers list.
    Raises MonitorError when the setting names a model that is not installed: before anything is collected, not once
    for every record.
    """

    def __init__(self, members: Callable[[], Sequence[Member]] = tuple) -> None:
        self._members = members
        self._reader: Reader | None = None
        self._models = load_models(os.environ.get(MODELS, ""))

    def __call__(self, record: Record, source: Source, watched: Watched = NOTHING) -> Entry:
        """Read one record. Nothing but items and dossiers is read; ``watched`` files keep what hangs on them."""
        match record:
            case ItemRecord():
                return self._item(record, source, watched)
            case DossierRecord():
                return Entry(record, relevance=_dossier_relevance(record))
        return Entry(record)

    def _item(self, record: ItemRecord, source: Source, watched: Watched) -> Entry:
        from collectors.analysis.relevance import judge

        body = "\n\n".join(part for part in (record.summary, record.text) if part)
        lang = record.lang or conclude(f"{record.title}\n{body}", record.lang_declared)
        record = replace(record, lang=lang)
        judged = judge(record.title, body, lang)
        if not judged.relevant:
            judged = _kept(judged, record, body, watched)
            if not judged.relevant:
                return Entry(record, Reading(_relevance(judged)))
        from collectors.analysis.reading import Document
        from collectors.analysis.records import facts, positions, private_names, shown

        document = Document(
            id=record.external_id,
            title=record.title,
            text=record.text or record.summary,
            lang=lang,
            published=record.published_on or UNDATED,
            jurisdiction=record.jurisdiction if record.jurisdiction != "int" else "",
            source_kind="parliament_question" if record.kind == "question" else source.kind,
        )
        reading = _with_masks(self.load().read(document), document.text)
        # the title, and a summary beside a full text, are read for the names alone that must not be shown
        head = "\n\n".join(dict.fromkeys([record.title, record.summary]))
        heading = replace(document, text=head)
        # a headline gives no role: who holds one in the text is not hidden for it
        public = {name for one in reading.mentions if shown(one) for name in (one.text, one.name)}
        names = {*private_names(reading, document)}
        names |= {*private_names(self.load().read(heading), heading)} - public
        hidden = tuple(sorted((name for name in names if name.strip(MASK)), key=lambda name: (-len(name), name)))
        undated = record.published_on is None  # "last Monday" of an unknown day is no date
        events = () if undated or (source.official and record.events) else facts(reading, document)
        return Entry(
            _masked(record, hidden),
            Reading(
                relevance=_relevance(judged),
                mentions=tuple(
                    Mention(one.start, one.end, one.text, one.actor_id, one.name, one.rule)
                    for one in reading.mentions
                    if shown(one)
                ),
                legal_references=reading.legal_references,
                events=events,
                figures=reading.figures,
                positions=positions(reading, document),
            ),
            hidden=hidden,
        )

    def load(self) -> Reader:
        """The reader, loaded on first use."""
        if self._reader is None:
            from collectors.analysis.reader import Reader
            from data.reference import load_reference

            reference = load_reference()
            self._reader = Reader(reference.actors, reference.roles, self._members(), self._models)
        return self._reader


def _kept(judged: Relevance, record: ItemRecord, body: str, watched: Watched) -> Relevance:
    """The judgement of a text that does not name the subject but a watched article, or hangs on a watched file."""
    if cited := cites(f"{record.title}\n{body}", record.jurisdiction):
        return replace(judged, relevant=True, evidence=(*judged.evidence, *cited))
    if (file := hangs_on(record, watched)) is None:
        return judged
    return replace(judged, relevant=not comes_by_hundreds(record), evidence=(*judged.evidence, file))


def _dossier_relevance(record: DossierRecord) -> Relevance:
    from collectors.analysis.relevance import judge

    titles = " · ".join(dict.fromkeys([record.title, *record.titles.values()]))
    return _relevance(judge(titles, record.text, record.lang))


def _relevance(judged: Relevance) -> Relevance:
    return replace(judged, rules=rule_version())


def _with_masks(reading: analysis.Reading, text: str) -> analysis.Reading:
    """The reading with the names that are already under the mask among those it withholds."""
    hidden = [match.span() for match in _MASKED.finditer(text)]
    return replace(reading, withheld=tuple(sorted({*reading.withheld, *hidden}))) if hidden else reading


def _masked(record: ItemRecord, private: tuple[str, ...]) -> ItemRecord:
    if not private:
        return record
    title, summary, text = (masked(words, private) for words in (record.title, record.summary, record.text))
    return replace(record, title=title, summary=summary, text=text)
