"""The stages of a file: those it passed with their date and proof, the one it stands at, those that normally follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import address
from dashboard.dates import show_when
from dashboard.file_cells import since
from dashboard.glyphs import stage_words
from dashboard.i18n import plural, t
from dashboard.safe import safe_md
from data.models import When
from data.rows import DossierRow, TimelineEvent
from data.stages import StageEvent, stage_of
from data.vocabulary import load_vocabulary

#: stages ahead that are shown; the others are folded
AHEAD = 2


@dataclass(frozen=True, slots=True)
class Rung:
    """A stage of the ladder. ``state``: passed, now, ahead. ``event`` proves it; none ahead."""

    stage: str
    state: str
    event: TimelineEvent | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs in the order they were reached, then those ahead; the codes of the rest.

    ``skipped`` lie below the present stage and no dated event proves them; ``later`` lie further ahead.
    """

    rungs: tuple[Rung, ...]
    skipped: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def ladder(dossier: DossierRow, events: Sequence[TimelineEvent], today: date) -> Ladder:
    """What the events of a dossier, in order of date, prove of its ladder. Events without a stage prove nothing."""
    steps = load_vocabulary().stages(dossier.track)
    order = {step.code: step.order for step in steps}
    reached: dict[str, TimelineEvent] = {}
    for one in events:
        if one.stage in order and _counts(one, dossier.track, today):
            reached.setdefault(one.stage, one)
    proof = next((one for one in events if one.event_id == dossier.stage_event_id), None)
    reached.pop(dossier.stage, None)
    passed = sorted(reached.items(), key=lambda pair: (pair[1].date_start, order[pair[0]]))
    rungs = [Rung(stage, "passed", event) for stage, event in passed]
    if dossier.stage not in order:
        return Ladder(tuple(rungs), later=tuple(step.code for step in steps if not step.is_end))
    rungs.append(Rung(dossier.stage, "now", proof))
    here = next(step for step in steps if step.code == dossier.stage)
    open_steps = [step for step in steps if not step.is_end and step.code not in reached and step.code != here.code]
    ahead = [] if here.is_end else [step.code for step in open_steps if step.order > here.order]
    skipped = () if here.is_end else tuple(step.code for step in open_steps if step.order < here.order)
    rungs += [Rung(stage, "ahead") for stage in ahead[:AHEAD]]
    return Ladder(tuple(rungs), skipped, tuple(ahead[AHEAD:]))


def _counts(event: TimelineEvent, track: str, today: date) -> bool:
    """Whether the event proves its stage: the one rule for that, asked of the event alone."""
    when = When(date.fromisoformat(event.date_start), date.fromisoformat(event.date_end), event.precision)
    alone = StageEvent(event.event_id, when, event.stage, event.status, event.type)
    return stage_of([alone], today, track).stage == event.stage


def draw(found: Ladder, dossier: DossierRow, lang: str) -> None:
    """The rungs side by side, as many as there is room for; the rest in one folded line."""
    with st.grid(columns="auto", min_column_width=165, gap=("small", "xsmall"), key="ladder"):
        for rung in found.rungs:
            with st.container(gap=None, key=f"rung-{rung.state}-{rung.stage}"):
                _rung(rung, dossier, lang)
    folded = [(name, codes) for name, codes in (("skipped", found.skipped), ("later", found.later)) if codes]
    if folded:
        with st.expander(plural("file.other_stages", sum(len(codes) for _, codes in folded), lang), type="compact"):
            for name, codes in folded:
                names = ", ".join(stage_words(dossier.track, code, lang) for code in codes)
                what = t("file.skipped", lang) if name == "skipped" else t("file.later", lang)
                st.caption(t("card.fact", lang, name=what, value=safe_md(names)))


def _rung(rung: Rung, dossier: DossierRow, lang: str) -> None:
    name = safe_md(stage_words(dossier.track, rung.stage, lang))
    if rung.state == "ahead":
        st.caption(name)
        st.caption(t("file.ahead", lang))
        return
    if rung.state == "now":
        st.markdown(f"**{name}**")
        when = since(dossier.stage_since, lang)
    else:
        st.markdown(name)
        when = show_when(rung.event, lang) if rung.event else ""
    if rung.event:
        st.button(
            safe_md(when),
            key=f"proof-{rung.stage}",
            type="tertiary",
            icon=":material/fact_check:",
            help=t("file.proof", lang, title=safe_md(rung.event.heading(lang))),
            on_click=address.put,
            args=("event", rung.event.event_id),
        )
    elif when:
        st.caption(safe_md(when))
