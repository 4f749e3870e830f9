"""The parts of the desk's page: the list of decisions with its filters, its files, the kept views."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import address, browse, decide, member, store, write
from dashboard.i18n import t
from dashboard.safe import safe_md
from data import desk, queries
from data.decisions import Decision, nameable
from data.desk import SavedView
from data.errors import ViewError
from data.export import decided
from data.view import View

PAGE_ROWS = 25
ENTITIES = ("event", "item", "dossier", "actor")
#: keys of the address that choose decisions
FILTERS = ("decision", "entity", "tag", "member")


def chosen(found: Sequence[Decision], asked: dict[str, str]) -> list[Decision]:
    """Newest first: those that ``asked`` (a key of :data:`FILTERS` -> its value, or empty) lets through.

    Decisions taken back are there when ``decision`` asks for them (``withdrawn``) only. A tag chooses everything that
    was decided on what bears it.
    """
    tagged = {(one.entity, one.entity_id) for one in found if one.tag == asked["tag"] and not one.withdrawn_at}
    return [
        one
        for one in reversed(found)
        if (bool(one.withdrawn_at) if asked["decision"] == "withdrawn" else not one.withdrawn_at)
        and asked["decision"] in ("", "withdrawn", one.kind)
        and asked["entity"] in ("", one.entity)
        and asked["member"] in ("", one.by)
        and (not asked["tag"] or (one.entity, one.entity_id) in tagged)
    ]


def listing(lang: str) -> None:
    """What the team decided, with who, when and why; each can be opened and taken back."""
    found = nameable(desk.decisions())
    asked = {key: address.get(key) for key in FILTERS}
    with st.container(horizontal=True, key="desk-filters"):
        kinds = [*dict.fromkeys(decide.CHOICES.values()), "withdrawn"]
        _filter("decision", kinds, lambda code: t(f"desk.kind.{code}", lang), lang)
        _filter("entity", ENTITIES, lambda code: t(f"desk.entity.{code}", lang), lang)
        _filter("tag", sorted({one.tag for one in found if one.tag and not one.withdrawn_at}), str, lang)
        _filter("member", sorted({one.by for one in found if one.by}), str, lang)
    listed = chosen(found, asked)
    if listed:
        st.caption(t("desk.count", lang, n=len(listed)))
    else:
        st.info(t("desk.nothing" if any(asked.values()) else "decide.none", lang))
    page = address.page_number()
    for one in listed[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]:
        with st.container(border=True, gap="small", key=f"desk-{one.decision_id}"):
            _title(one, lang)
            decide.said(one, lang, key="desk")
    browse.pager(-(-len(listed) // PAGE_ROWS), page, key="desk")
    _files(listed, found, lang)


def _filter(key: str, options: Sequence[str], names: Callable[[str], str], lang: str) -> None:
    widget = f"w-desk-{key}"
    asked = address.get(key)
    st.session_state[widget] = asked if asked in options else None

    def choose() -> None:
        address.put(key, st.session_state[widget] or "")
        address.put("page", "")

    st.selectbox(
        t(f"desk.filter.{key}", lang), options, index=None, key=widget, format_func=names, on_change=choose,
        placeholder=t("filters.all", lang), width=220,
    )  # fmt: skip


def _title(one: Decision, lang: str) -> None:
    """The name of what was decided on; it opens it. What is withheld has no name here either."""
    if one.is_private and not one.withdrawn_at:
        st.markdown(t("desk.withheld", lang, entity=t(f"desk.entity.{one.entity}", lang), number=one.decision_id))
        return
    name = f"{t(f'desk.entity.{one.entity}', lang)} · {safe_md(decide.title_of(one.entity, one.entity_id, lang))}"
    key = f"desk-open-{one.decision_id}"
    kept = store.ask(queries.item_of_decision, one.entity_id) if one.entity == "item" else None
    if one.entity == "event" or kept:
        opened = ("piece", str(kept[0])) if kept else ("event", one.entity_id)
        st.button(name, key=key, type="tertiary", wrap=True, on_click=address.put, args=opened)
    elif one.entity in ("dossier", "actor"):
        page = "views/dossiers.py" if one.entity == "dossier" else "views/actors.py"
        st.page_link(page, label=name, query_params={decide.KEYS[one.entity]: one.entity_id, "lang": lang})
    else:
        st.markdown(name)


def _files(listed: list[Decision], found: Sequence[Decision], lang: str) -> None:
    notes = [one for one in reversed(found) if one.kind == "note" and not one.withdrawn_at]
    makers = (
        ("csv", "decisions.csv", "text/csv", decided.csv_file, listed),
        ("json", "decisions.json", "application/json", decided.json_file, listed),
        ("notes", "notes.csv", "text/csv", decided.csv_file, notes),
    )
    with st.container(horizontal=True, key="desk-files"):
        for name, file, mime, maker, what in makers:
            st.download_button(
                t(f"desk.file.{name}", lang, n=len(what)),
                data=_later(maker, what, lang),
                file_name=file,
                mime=mime,
                key=f"desk-file-{name}",
                on_click="ignore",
                icon=":material/download:",
                disabled=not what,
            )


def _later(
    maker: Callable[[list[tuple[Decision, str]]], bytes], what: list[Decision], lang: str
) -> Callable[[], bytes]:
    return lambda: maker([(one, decide.title_of(one.entity, one.entity_id, lang)) for one in what])


def keep_form(view: View, lang: str, *, key: str) -> None:
    """Keep the view at hand under a name. Nothing for a visitor."""
    if not member.name():
        return
    field = f"view-name-{key}"

    def save() -> None:
        name = " ".join(str(st.session_state[field]).split())
        if not name:
            st.session_state[f"problem-{field}"] = "no_name"
        elif write.attempt(lambda: write.save_view(name, view.query_string()), f"problem-{field}"):
            st.session_state[field] = ""
            st.toast(t("views.kept", lang), icon=":material/bookmark_added:")

    with st.popover(t("views.keep", lang), icon=":material/bookmark_add:"):
        st.text_input(t("views.name", lang), key=field, max_chars=80, help=t("views.keep_help", lang))
        decide.problem(f"problem-{field}", lang)
        st.button(t("views.save", lang), key=f"save-{field}", on_click=save)


def views(lang: str) -> None:
    """The kept views: each opens the timeline, can be renamed and deleted."""
    kept = desk.saved_views()
    if not kept:
        st.caption(t("views.none", lang))
    for place, one in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center", key=f"view-{place}"):
            _view(one, place, lang)


def _view(one: SavedView, place: int, lang: str) -> None:
    try:
        pairs = View.parse(one.query).pairs()
    except ViewError:  # kept by another version of the program
        st.markdown(t("views.unreadable", lang, name=safe_md(one.name)))
    else:
        st.page_link(
            "views/timeline.py",
            label=safe_md(one.name),
            icon=":material/bookmark:",
            query_params=[*pairs, ("lang", lang)],
        )
    field = f"rename-{place}-{one.name}"

    def rename() -> None:
        new = " ".join(str(st.session_state[field]).split())
        if new:
            write.attempt(lambda: write.rename_view(one.name, new), f"problem-{field}")

    with st.popover(t("views.change", lang), icon=":material/edit:"):
        st.text_input(t("views.name", lang), value=one.name, key=field, max_chars=80)
        decide.problem(f"problem-{field}", lang)
        st.button(t("views.rename", lang), key=f"do-{field}", on_click=rename)
        st.button(
            t("views.delete", lang), key=f"delete-{field}", icon=":material/delete:",
            on_click=write.attempt, args=(lambda: write.remove_view(one.name), f"problem-{field}"),
        )  # fmt: skip


def who(lang: str) -> None:
    """Under which name one decides, or why one cannot; the way in and out."""
    name = member.name()
    if name:
        st.caption(t("desk.as", lang, name=safe_md(name)))
    else:
        unlisted = t("desk.stranger" if member.signed_in() else "desk.unverified", lang)
        st.info(unlisted if member.has_session() else t("desk.visitor", lang), icon=":material/lock:")
    if member.has_session():
        st.button(t("desk.sign_out", lang), key="sign-out", icon=":material/logout:", on_click=st.logout)
    elif not name and member.can_sign_in():
        st.button(t("desk.sign_in", lang), key="sign-in", icon=":material/login:", on_click=st.login)
