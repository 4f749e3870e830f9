"""The team's word on an event or a piece: what was decided, by whom and why, and the form to decide or take back.

Written to the desk at once and shown as such at once; the publication follows with the next collection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from dashboard import address, store
from dashboard.dates import show_date, show_instant
from dashboard.i18n import label, labels, t
from dashboard.safe import safe_md
from data import desk, queries
from data.database import sqlite3
from data.decisions import Decision, value_of
from data.models import When
from data.rows import ItemPage, Telling

#: what the form offers -> the kind of decision it writes
CHOICES = {
    "confirm": "confirm",
    "reject": "reject",
    "dispute": "reject",
    "correct": "correct",
    "on_subject": "confirm",
    "off_subject": "reject",
    "note": "note",
}
ICONS = {
    "confirm": ":material/check_circle:",
    "reject": ":material/cancel:",
    "correct": ":material/edit:",
    "note": ":material/sticky_note_2:",
}
#: decisions listed at most
LISTED = 100

_BY = "held-by"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is decided on. ``published`` are the decisions this publication follows; ``value`` makes
    what is written with a decision from its kind, type and date, and raises ValueError."""

    entity: str
    entity_id: str
    choices: tuple[str, ...]
    published: frozenset[int]
    value: Callable[[str, str, str], Any]
    type: str = ""
    date: str = ""


def on_event(event_id: str, tellings: Sequence[Telling], lang: str, *, key: str, type_: str, date: str) -> None:
    """The team's word on an event that ``tellings`` tell; ``type_`` and ``date`` are those shown."""
    published = frozenset(one.decision_id for one in tellings if one.decision_id)
    read = all(one.origin == "text" for one in tellings)
    _panel(
        _Subject(
            entity="event",
            entity_id=event_id,
            choices=("confirm", "correct", "reject", "note") if read else ("confirm", "dispute", "note"),
            published=published,
            value=lambda kind, new_type, new_date: value_of(kind, event_id, tellings, new_type, new_date),
            type=type_,
            date=date,
        ),
        [
            one
            for one in desk.standing()
            if one.decision_id in published or any(one.speaks_of(told.event_id) for told in tellings)
        ],
        lang,
        key=key,
    )


def on_item(page: ItemPage, lang: str, *, key: str) -> None:
    """The team's word on whether a piece is about the subject."""
    _panel(
        _Subject(
            entity="item",
            entity_id=page.key,
            choices=("on_subject", "off_subject", "note"),
            published=frozenset({page.decision_id} - {0}),
            value=lambda kind, new_type, new_date: None,
        ),
        [one for one in desk.standing() if (one.entity, one.entity_id) == ("item", page.key)],
        lang,
        key=key,
    )


def listing(lang: str) -> None:
    """What the team decided, newest first; choosing a row opens the event or the piece."""
    found = [one for one in reversed(desk.standing()) if one.kind in ICONS][:LISTED]
    if not found:
        st.caption(t("decide.none", lang))
        return
    titles = [_title(one) for one in found]
    st.dataframe(
        [
            {
                "decision": t(f"decided.{_choice(one)}", lang),
                "title": title,
                "reason": one.why,
                "by": one.by,
                "at": show_instant(one.at, lang),
            }
            for one, title in zip(found, titles, strict=True)
        ],
        key="decided",
        hide_index=True,
        on_select=lambda: _open_chosen(found),
        selection_mode="single-row",
        column_config={name: st.column_config.Column(t(f"col.{name}", lang)) for name in
                       ("decision", "title", "reason", "by", "at")},
        alt=t("decide.alt", lang, n=len(found)),
    )  # fmt: skip


def _choice(one: Decision) -> str:
    """The name under which the form offers what was decided."""
    if one.kind == "reject" and one.entity == "event" and any(claim.origin != "text" for claim in one.claims):
        return "dispute"
    names = [name for name, kind in CHOICES.items() if kind == one.kind]
    return names[-1] if one.entity == "item" else names[0]


def _title(one: Decision) -> str:
    if one.entity == "item":
        kept = store.ask(queries.item_of_decision, one.entity_id)
        return kept[1] if kept else one.entity_id
    told = store.ask(queries.tellings, one.entity_id)
    return next((event.title for event in told if event.event_id == one.entity_id), one.entity_id)


def _open_chosen(found: list[Decision]) -> None:
    rows = st.session_state["decided"].selection.rows
    if not rows or rows[0] >= len(found):
        return
    one = found[rows[0]]
    if one.entity == "event":
        address.put("event", one.entity_id)
    elif kept := store.ask(queries.item_of_decision, one.entity_id):
        address.put("piece", str(kept[0]))


def _panel(subject: _Subject, found: list[Decision], lang: str, *, key: str) -> None:
    for one in found:
        _said(one, lang, key=key, followed=one.kind == "note" or one.decision_id in subject.published)
    if subject.published - {one.decision_id for one in found}:
        st.caption(t("decide.taken_back", lang))
    # an expander stays open until it is another one: a decision more or less makes it one
    state = f"{key}-{len(found)}-{max((one.decision_id for one in found), default=0)}"
    if store.day():
        st.caption(t("as_of.decide", lang))
        return
    with st.expander(t("decide.open", lang), icon=":material/gavel:", key=f"decide-{state}"):
        _form(subject, lang, key=state)


def _said(one: Decision, lang: str, *, key: str, followed: bool) -> None:
    """A standing decision with who, when and why."""
    heading = t(f"decided.{_choice(one)}", lang)
    if one.kind == "correct":
        told = f"{label('event_types', one.type, lang)}, {show_date(one.date, lang)}"
        heading = t("card.fact", lang, name=heading, value=safe_md(told))
    else:
        heading = f"**{heading}**"
    who = [one.by, show_instant(one.at, lang)]
    with st.container(gap=None, key=f"decision-{key}-{one.decision_id}"):
        st.markdown(
            f"{ICONS[one.kind]} {heading} · {safe_md(' · '.join(part for part in who if part))}"
            + (f"  \n{safe_md(one.why)}" if one.why else "")
        )
        if not followed:
            st.caption(t("decide.waiting", lang))
        st.button(
            t("decide.take_back", lang),
            key=f"take-back-{key}-{one.decision_id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
            args=(one.decision_id,),
        )
        if problem := st.session_state.pop(f"problem-back-{one.decision_id}", ""):
            st.error(t(f"decide.{problem}", lang))


def _form(subject: _Subject, lang: str, *, key: str) -> None:
    choice = st.segmented_control(
        t("decide.open", lang),
        subject.choices,
        key=f"choice-{key}",
        format_func=lambda code: t(f"choice.{code}", lang),
        label_visibility="collapsed",
    )
    if not choice:
        st.caption(t("decide.start", lang))
        return
    st.caption(t(f"means.{choice}", lang))
    if choice == "correct":
        names = labels("event_types", lang)
        st.selectbox(
            t("col.type", lang),
            sorted(names, key=names.__getitem__),
            index=sorted(names, key=names.__getitem__).index(subject.type) if subject.type in names else None,
            key=f"type-{key}",
            format_func=names.__getitem__,
        )
        st.text_input(
            t("col.date", lang), value=subject.date, key=f"date-{key}", help=t("decide.date_help", lang), max_chars=21
        )
    st.text_input(t("decide.note" if choice == "note" else "decide.why", lang), key=f"why-{key}", max_chars=300)
    st.text_input(
        t("decide.by", lang), value=st.session_state.get(_BY, ""), key=f"by-{key}", max_chars=60,
        help=t("decide.by_help", lang),
    )  # fmt: skip
    if problem := st.session_state.pop(f"problem-{key}", ""):
        st.error(t(f"decide.{problem}", lang))
    st.button(
        t("decide.save", lang), key=f"save-{key}", type="primary", on_click=_save, args=(subject, str(choice), key)
    )


def _save(subject: _Subject, choice: str, key: str) -> None:
    """Write the decision, or say what is missing."""
    kind = CHOICES[choice]
    why, by = (" ".join(str(st.session_state[f"{name}-{key}"]).split()) for name in ("why", "by"))
    st.session_state[_BY] = by
    new_type, new_date = "", ""
    if kind == "correct":
        new_type, new_date = st.session_state[f"type-{key}"] or "", st.session_state[f"date-{key}"].strip()
        if not _is_date(new_date):
            st.session_state[f"problem-{key}"] = "no_date"
            return
        if (new_type, When.parse(new_date).iso()) == (subject.type, subject.date):
            st.session_state[f"problem-{key}"] = "same"
            return
    if kind in ("reject", "note") and not why:
        st.session_state[f"problem-{key}"] = "no_why"
        return
    value = subject.value(kind, new_type, new_date)
    try:
        with desk.open_desk() as team:
            desk.decide(team, kind, subject.entity, subject.entity_id, at=_now(), value=value, why=why, by=by)
    except sqlite3.Error:
        st.session_state[f"problem-{key}"] = "not_written"


def _take_back(decision_id: int) -> None:
    try:
        with desk.open_desk() as team:
            desk.withdraw(team, decision_id, at=_now())
    except sqlite3.Error:
        st.session_state[f"problem-back-{decision_id}"] = "not_written"


def _is_date(text: str) -> bool:
    try:
        When.parse(text)
    except ValueError:
        return False
    return True


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
