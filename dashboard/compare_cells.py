"""The comparisons as tables of markdown cells: every fact a link, every gap in words. Pure: links come in as functions.

A table is ``header -> cells``, its first column the headings of the rows. Text from the database is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from dashboard.compare import LAW, Cell, Country, Rung, days_after
from dashboard.dates import show_date, show_when
from dashboard.glyphs import stage_words
from dashboard.i18n import bound, label, number, plural, t
from dashboard.safe import md_link, safe_md
from data.queries import ANSWERS
from data.rows import Answer, DossierRow, TimelineEvent

Table = dict[str, list[str]]
#: code -> the address it leads to
Link = Callable[[str], str]

TITLE_LETTERS = 64
_LINE = "  \n"


def short(title: str, letters: int = TITLE_LETTERS) -> str:
    """A title for a narrow cell, cut between words; the whole one is behind its link."""
    if len(title) <= letters:
        return title
    return title[:letters].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def ladder_table(rungs: Iterable[Rung], places: Sequence[str], lang: str, *, file: Link, event: Link) -> Table:
    """Stages down, jurisdictions across; a file leads to its page, the day to the event that proves the stage."""
    names = [label("jurisdictions", place, lang) for place in places]
    table: Table = {t("col.stage", lang): [], **{name: [] for name in names}}
    for rung in rungs:
        table[t("col.stage", lang)].append(_stages(rung, lang))
        for place, name in zip(places, names, strict=True):
            held = rung.files.get(place, ())
            told = "\n\n".join(_file(one, lang, file, event) for one in held)
            table[name].append(told or f":gray[{t('compare.no_file_here', lang)}]")
    return table


def _stages(rung: Rung, lang: str) -> str:
    if len(rung.stages) == 1:
        name = safe_md(stage_words(LAW, rung.stages[0], lang))
        return f"**{name}**" if rung.files else name
    first, last = (safe_md(stage_words(LAW, code, lang)) for code in (rung.stages[0], rung.stages[-1]))
    if len(rung.stages) == 2:
        return f"{first}{_LINE}{last}"
    return t("compare.stages", lang, n=len(rung.stages), first=first, last=last)


def _file(one: DossierRow, lang: str, file: Link, event: Link) -> str:
    told = bound(md_link(short(one.heading(lang)), file(one.dossier_id)))
    if not one.stage_since:
        return told
    day = show_date(one.stage_since, lang)
    return f"{told}{_LINE}{md_link(day, event(one.stage_event_id)) if one.stage_event_id else safe_md(day)}"


def matrix_table(
    cells: Mapping[str, Mapping[str, Cell]], codes: Sequence[str], lang: str, *, list_name: str,
    files: Callable[[str, str], str],
) -> Table:  # fmt: skip
    """Jurisdictions down, harms or approaches across; a cell leads to the files it counts."""
    table: Table = {t("col.place", lang): [f"**{safe_md(label('jurisdictions', one, lang))}**" for one in cells]}
    for code in codes:
        table[label(list_name, code, lang)] = [
            _count(held[code], lang, files(place, code)) if code in held else f":gray[{t('compare.no_file', lang)}]"
            for place, held in cells.items()
        ]
    return table


def _count(cell: Cell, lang: str, url: str) -> str:
    furthest = safe_md(stage_words(LAW, cell.stage, lang) if cell.stage else t("compare.no_law", lang))
    return f"{furthest}{_LINE}{md_link(plural('count.files', cell.count, lang), url)}"


def answers_table(found: Iterable[Country], started: date, lang: str, *, event: Link) -> Table:
    """Countries down, kinds of answer across. A kind that no country gave has no column."""
    rows = list(found)
    table: Table = {
        t("col.place", lang): [f"**{safe_md(label('jurisdictions', one.jurisdiction, lang))}**" for one in rows],
        t("compare.first", lang): [days(started, one.first, lang) for one in rows],
    }
    for kind in kinds_given(rows):
        table[t(f"answer.{kind}", lang)] = [
            _answers(one.answers[kind], started, lang, event)
            if kind in one.answers
            else f":gray[{t('compare.no_answer', lang)}]"
            for one in rows
        ]
    return table


def kinds_given(found: Iterable[Country]) -> list[str]:
    """The kinds of answer that at least one country gave, in their order."""
    given = {kind for one in found for kind in one.answers}
    return [kind for kind in ANSWERS if kind in given]


def _answers(told: Sequence[Answer], started: date, lang: str, event: Link) -> str:
    lines = []
    for one in told:
        words = f"{md_link(show_date(one.date, lang), event(one.event_id))}{_LINE}{safe_md(days(started, one, lang))}"
        if one.origin == "text":
            words += f"{_LINE}({safe_md(label('origins', 'text', lang).lower())})"
        lines.append(words if one.is_first else t("compare.or_before", lang, answer=words))
    return _LINE.join(lines)


def days(started: date, answer: Answer, lang: str) -> str:
    """``4 days``, ``3–33 days`` where the day is not known; a date that began before day 0 says so."""
    first, last = days_after(started, answer)
    if first < 0:
        return plural("compare.days_or_before", last, lang)
    if first == last:
        return plural("compare.days", first, lang) if first else t("compare.same_day", lang)
    return t("compare.days_range", lang, first=number(first, lang), last=number(last, lang))


def event_lines(events: Iterable[TimelineEvent], started: date, lang: str, *, event: Link) -> str:
    """A list in markdown: day, title that leads to the source card, what it is, who published it."""
    lines = []
    for one in events:
        when = Answer(one.event_id, one.jurisdiction, "", one.date, one.date_start, one.date_end, one.origin, True)
        facts = [label("event_types", one.type, lang)]
        if one.status != "occurred":
            facts.append(label("statuses", one.status, lang))
        proof = next((source for source in one.sources if source.url), None)
        told = safe_md(" · ".join(facts))
        if proof:
            told += f" · {md_link(proof.publisher or proof.source_id, proof.url)}"
        lines.append(
            f"- {safe_md(show_when(one, lang))} ({safe_md(days(started, when, lang))}): "
            f"{md_link(one.heading(lang), event(one.event_id))} · {told}"
        )
    return "\n".join(lines)
