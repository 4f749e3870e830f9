"""The team's word on an event, a piece, a file or an actor: what it decided, and the form to decide or take back.

Only the team sees any of this. It is written to the desk and shown at once, marked as the team's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from dashboard import member, store, write
from dashboard.dates import show_date, show_instant
from dashboard.i18n import label, labels, t
from dashboard.safe import safe_md
from data import desk, queries
from data.decisions import PRIVATE, Decision, actor_value, value_of
from data.models import When
from data.rows import ItemPage, Telling, localised

#: what the form offers -> the kind of decision it writes
CHOICES = {
    "confirm": "confirm",
    "reject": "reject",
    "dispute": "reject",
    "private": "reject",
    "no_actor": "reject",
    "private_actor": "reject",
    "correct": "correct",
    "on_subject": "confirm",
    "off_subject": "reject",
    "merge": "merge",
    "split": "split",
    "position": "position",
    "tag": "tag",
    "note": "note",
}
ICONS = {
    "confirm": ":material/check_circle:",
    "reject": ":material/cancel:",
    "correct": ":material/edit:",
    "merge": ":material/merge:",
    "split": ":material/call_split:",
    "position": ":material/flag:",
    "tag": ":material/label:",
    "note": ":material/sticky_note_2:",
    "private": ":material/visibility_off:",
}
#: choices that ask for no reason, so that no name is written
UNNAMED = ("private", "private_actor")
#: key of an address that names an entity: its address may be pasted instead of its id
KEYS = {"event": "event", "dossier": "file", "actor": "who"}

_DECIDED = "decided-now"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is decided on. ``value`` makes what is written with a decision from what was chosen, a type and a date;
    ``public`` says why an actor cannot be rejected (:func:`data.queries.public_by`)."""

    entity: str
    entity_id: str
    choices: tuple[str, ...]
    members: tuple[tuple[str, str], ...] = ()
    value: Callable[[str, str, str], Any] = lambda choice, new_type, new_date: PRIVATE if choice == "private" else None
    type: str = ""
    date: str = ""
    public: str = ""


def on_event(event_id: str, tellings: Sequence[Telling], lang: str, *, key: str, type_: str, date: str) -> None:
    """The team's word on an event that ``tellings`` tell; ``type_`` and ``date`` are those shown."""
    if not member.name():
        return
    read = all(one.origin == "text" for one in tellings)
    others = tuple((one.event_id, f"{show_date(one.date, lang)} · {one.title}") for one in tellings)
    others = tuple(one for one in others if one[0] != event_id)
    choices = ("confirm", "correct", "reject") if read else ("confirm", "dispute")
    subject = _Subject(
        entity="event",
        entity_id=event_id,
        choices=(*choices, "private", "merge", *(("split",) if others else ()), "tag", "note"),
        members=others,
        value=lambda choice, new_type, new_date: value_of(
            CHOICES[choice], event_id, tellings, new_type, new_date, private=choice == "private"
        ),
        type=type_,
        date=date,
    )
    found = [one for one in desk.standing() if any(one.speaks_of(told.event_id) for told in tellings)]
    _panel(subject, found, lang, key=key)


def on_item(page: ItemPage, lang: str, *, key: str) -> None:
    """The team's word on whether a piece is about the subject."""
    if member.name():
        subject = _Subject("item", page.key, ("on_subject", "off_subject", "private", "tag", "note"))
        _panel(subject, _about("item", (page.key,)), lang, key=key)


def on_dossier(dossier_id: str, lang: str, *, key: str) -> None:
    """The team's position on a file, its notes, and what it is told together with."""
    _on_group("dossier", dossier_id, ("position",), lang, key=key)


def on_actor(actor_id: str, lang: str, *, key: str) -> None:
    """Whether it is one, who is the same and who is not, and the team's notes."""
    _on_group("actor", actor_id, ("no_actor", "private_actor"), lang, key=key)


def on_rejected_actor(actor_id: str, lang: str, *, key: str) -> None:
    """The rejection of an actor that is not listed for it; nothing for a visitor, and nothing of a private person."""
    found = [one for one in desk.standing() if actor_id in one.actors and not one.is_private]
    if member.name() and found:
        st.info(t("actors.rejected", lang), icon=":material/visibility_off:")
        _panel(_Subject("actor", found[-1].entity_id, ("tag", "note")), found, lang, key=key)


def _on_group(entity: str, shown: str, choices: tuple[str, ...], lang: str, *, key: str) -> None:
    if not member.name():
        return
    told = store.ask(queries.members, entity, shown)
    is_actor = entity == "actor"
    apart = (*told, *store.ask(queries.candidates, entity, shown)) if is_actor else told
    ids = (shown, *(one for one, _ in told))
    subject = _Subject(
        entity=entity,
        entity_id=shown,
        choices=(*choices, "merge", *(("split",) if apart else ()), "tag", "note"),
        members=apart,
        value=lambda choice, new_type, new_date: actor_value(ids, private=choice in UNNAMED),
        public=next(filter(None, (store.ask(queries.public_by, one) for one in ids)), "") if is_actor else "",
    )
    _panel(subject, _about(entity, ids), lang, key=key)


def _about(entity: str, ids: Iterable[str]) -> list[Decision]:
    names = set(ids)
    return [one for one in desk.standing() if one.entity == entity and {one.entity_id, one.other_id} & names]


def title_of(entity: str, one: str, lang: str) -> str:
    """The name of what was decided on; its id when it is not kept."""
    if entity == "item":
        kept = store.ask(queries.item_of_decision, one)
        return kept[1] if kept else one
    named = store.ask(queries.named, entity, one)
    return localised(named[2], lang, named[1]) if named else one


def choice_of(one: Decision) -> str:
    """The name under which the form offers what was decided."""
    if one.entity == "actor" and one.kind == "reject":
        return "private_actor" if one.is_private else "no_actor"
    if one.is_private:
        return "private"
    if one.kind == "reject" and one.entity == "event" and any(claim.origin != "text" for claim in one.claims):
        return "dispute"
    if one.entity == "item" and one.kind in ("confirm", "reject"):
        return "on_subject" if one.kind == "confirm" else "off_subject"
    return one.kind


def told(one: Decision, lang: str, here: Iterable[str] = ()) -> str:
    """A decision in plain words, its reason apart. Of a pair the one that is not ``here`` is named."""
    what = ""
    if one.kind == "correct":
        what = f"{label('event_types', one.type, lang)}, {show_date(one.date, lang)}"
    elif one.kind in ("merge", "split"):
        other = one.entity_id if one.other_id in set(here) - {one.entity_id} else one.other_id
        what = title_of(one.entity, other, lang)
    elif one.kind == "position":
        what = label("stances", one.stance, lang)
    elif one.kind == "tag":
        what = one.tag
    heading = t(f"decided.{choice_of(one)}", lang)
    return t("decide.told", lang, decision=heading, what=what) if what else heading


def said(one: Decision, lang: str, *, key: str, here: Iterable[str] = ()) -> None:
    """A decision with who, when and why, and the button that takes it back."""
    who = [one.by, show_instant(one.at, lang)]
    if one.withdrawn_at:
        who.append(t("desk.withdrawn", lang, at=show_instant(one.withdrawn_at, lang)))
    icon = ICONS["private" if one.is_private else one.kind]
    line = f"{icon} **{safe_md(told(one, lang, here))}** · {safe_md(' · '.join(part for part in who if part))}"
    st.markdown(f"{line}  \n{safe_md(one.why)}" if one.why else line)
    if not one.withdrawn_at:
        st.button(
            t("decide.take_back", lang),
            key=f"take-back-{key}-{one.decision_id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
            args=(one.decision_id,),
        )
    problem(f"problem-back-{one.decision_id}", lang)


def _panel(subject: _Subject, found: list[Decision], lang: str, *, key: str) -> None:
    if st.session_state.pop(_DECIDED, False):
        st.rerun()  # in a drawer only the drawer ran: the page behind it shows the decision too
    if store.day():
        st.caption(t("as_of.decide", lang))
        return
    if found:
        with st.container(border=True, gap="small", key=f"ours-{key}"):
            st.caption(t("decide.ours", lang))
            for one in found:
                with st.container(gap=None, key=f"decision-{key}-{one.decision_id}"):
                    said(one, lang, key=key, here=(subject.entity_id,))
    # an expander stays open until it is another one: a decision more or less makes it one
    state = f"{key}-{len(found)}-{max((one.decision_id for one in found), default=0)}"
    with st.expander(t("decide.open", lang), icon=":material/gavel:", key=f"decide-{state}"):
        _form(subject, lang, key=state)


def _form(subject: _Subject, lang: str, *, key: str) -> None:
    choice = st.pills(
        t("decide.open", lang),
        subject.choices,
        key=f"choice-{key}",
        format_func=lambda code: t(f"choice.{code}", lang),
        label_visibility="collapsed",
    )
    if not choice:
        st.caption(t("decide.start", lang))
        return
    if subject.public and CHOICES[choice] == "reject":
        st.info(t(f"public.{subject.public}", lang), icon=":material/lock:")
        return
    st.caption(t(f"means.{choice}", lang))
    if choice == "correct":
        names = labels("event_types", lang)
        codes = sorted(names, key=names.__getitem__)
        _select(t("col.type", lang), codes, f"type-{key}", names, chosen=subject.type)
        st.text_input(
            t("col.date", lang), value=subject.date, key=f"date-{key}", help=t("decide.date_help", lang), max_chars=21
        )
    elif choice == "merge":
        names = dict(store.ask(queries.candidates, subject.entity, subject.entity_id))
        if names:
            _select(t("decide.same_as", lang), list(names), f"near-{key}", names)
        st.text_input(t("decide.other_id", lang), key=f"other-{key}", max_chars=500, help=t("decide.other_help", lang))
    elif choice == "split":
        names = dict(subject.members)
        _select(t("decide.apart", lang), list(names), f"near-{key}", names)
    elif choice == "position":
        names = labels("stances", lang)
        _select(t("decide.stance", lang), list(names), f"near-{key}", names)
    elif choice == "tag":
        st.text_input(t("decide.tag", lang), key=f"tag-{key}", max_chars=40, help=t("decide.tag_help", lang))
    if choice == "note":
        st.text_area(t("decide.note", lang), key=f"why-{key}", max_chars=2000)
    elif choice == "position":
        st.text_area(t("decide.position", lang), key=f"why-{key}", max_chars=2000)
    elif choice not in ("tag", *UNNAMED):
        st.text_input(t("decide.why", lang), key=f"why-{key}", max_chars=300)
    problem(f"problem-{key}", lang)
    st.button(t("decide.save", lang), key=f"save-{key}", on_click=_save, args=(subject, str(choice), key))


def _select(name: str, options: list[str], key: str, names: dict[str, str], *, chosen: str = "") -> None:
    st.selectbox(
        name,
        options,
        index=options.index(chosen) if chosen in options else None,
        key=key,
        format_func=lambda code: names.get(code, code),
    )


def problem(key: str, lang: str) -> None:
    """What went wrong with the last write, once."""
    if found := st.session_state.pop(key, ""):
        st.error(t(f"refused.{found}", lang))


def _save(subject: _Subject, choice: str, key: str) -> None:
    """Write the decision, or say what is missing."""
    kind, private = CHOICES[choice], choice in UNNAMED
    said = {name: " ".join(_given(name, key).split()) for name in ("why", "type", "date", "near", "other", "tag")}
    other, value = "", None
    wrong = ""
    if kind == "correct":
        wrong = _wrong_correction(subject, said["type"], said["date"])
    elif kind in ("merge", "split"):
        other = _other(subject, said["other"]) if said["other"] else said["near"]
        wrong = "" if other else "no_other"
    elif kind == "position":
        value, wrong = {"stance": said["near"]}, "" if said["near"] else "no_stance"
    elif kind == "tag":
        value, wrong = {"tag": said["tag"]}, "" if said["tag"] else "no_tag"
    elif kind in ("reject", "note") and not said["why"] and not private:
        wrong = "no_why"
    if kind in ("confirm", "reject", "correct") and not wrong:
        value = subject.value(choice, said["type"], said["date"])
    if wrong:
        st.session_state[f"problem-{key}"] = wrong
    elif write.attempt(
        lambda: write.decide(
            kind, subject.entity, subject.entity_id, other_id=other, value=value,
            why="" if private else _given("why", key).strip(),
        ),
        f"problem-{key}",
    ):  # fmt: skip
        st.session_state[_DECIDED] = True


def _given(name: str, key: str) -> str:
    return str(st.session_state.get(f"{name}-{key}") or "")


def _wrong_correction(subject: _Subject, new_type: str, new_date: str) -> str:
    try:
        when = When.parse(new_date).iso()
    except ValueError:
        return "no_date"
    return "same" if (new_type, when) == (subject.type, subject.date) else ""


def _other(subject: _Subject, text: str) -> str:
    """The id that was typed, or that stands in an address that was pasted; empty when nothing else has it."""
    if not text:
        return ""
    asked = parse_qs(urlsplit(text).query).get(KEYS[subject.entity], [text])[0]
    known = store.ask(queries.named, subject.entity, asked)
    return asked if known and known[0] != subject.entity_id else ""


def _take_back(decision_id: int) -> None:
    if write.attempt(lambda: write.withdraw(decision_id), f"problem-back-{decision_id}"):
        st.session_state[_DECIDED] = True
