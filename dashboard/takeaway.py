"""The export menu. A file is built when it is asked for, from exactly the rows of the view.

Three buttons for what most people take, everything in one click, and a list of all formats in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import address, cite, decided, feeds, store
from dashboard.i18n import plural, t, written
from dashboard.safe import safe_md
from data import coverage, export, queries
from data.export.wording import view_title
from data.rows import Snapshot
from data.view import View
from data.vocabulary import load_vocabulary

#: what most people take, and the whole; each has a word and an icon of its own
COMMON = {
    "xlsx": ":material/table:",
    "ics": ":material/calendar_month:",
    "timelinejs": ":material/slideshow:",
    "bundle": ":material/folder_zip:",
}


def buttons(view: View, count: int, lang: str, *, key: str, title: str = "", link: str = "") -> None:
    """The menu for the ``count`` events of a view, and the address to share."""
    st.markdown(plural("export.title", count, lang))
    with st.container(horizontal=True, key=f"export-{key}"):
        for fmt, icon in COMMON.items():
            button(
                fmt, view, count, lang,
                key=f"export-{key}-{fmt}", title=title, label=t(f"export.common.{fmt}", lang), icon=icon,
            )  # fmt: skip
        with st.popover(t("export.others", lang), icon=":material/more_horiz:"):
            _others(view, count, lang, key, title)
    for note in export.known_notes("timelinejs", count, written(lang)):
        st.caption(f"{t('export.common.timelinejs', lang)} – {safe_md(note)}")
    feeds.addresses(view, lang)
    decided.keep_form(view, lang, key=key)
    cite.cite_view(_context(view, count, lang, store.ask(queries.snapshot), title), lang, key=key, titled=bool(title))
    with st.expander(t("export.link", lang), icon=":material/link:"):
        st.code(link or address.link("timeline", view), language=None, wrap_lines=True)
        st.caption(safe_md(coverage.not_covered(written(lang), view.jurisdictions)))


@st.fragment
def _others(view: View, count: int, lang: str, key: str, title: str) -> None:
    """Every format there is; choosing one draws this menu anew and not the page."""
    fmt = st.selectbox(
        t("export.format", lang),
        list(export.FORMATS),
        index=None,
        key=f"w-export-{key}",
        format_func=lambda one: f"{t(f'export.{one}', lang)} – {t(f'export.{one}_help', lang)}",
        placeholder=t("export.choose", lang),
        width=600,
    )
    if not fmt:
        st.caption(t("export.choose_help", lang, n=len(export.FORMATS)))
        return
    st.caption(t(f"export.{fmt}_help", lang))
    try:
        notes = export.known_notes(fmt, count, written(lang))
    except ImportError as error:
        st.warning(safe_md(t("export.missing", lang, name=t(f"export.{fmt}", lang), library=error.name or "?")))
        return
    for note in notes:
        st.info(safe_md(note), icon=":material/info:")
    label = plural("export.take", count, lang, name=t(f"export.{fmt}", lang))
    button(fmt, view, count, lang, key=f"export-{key}-other-{fmt}", title=title, label=label)


def button(
    fmt: str, view: View, count: int, lang: str, *, key: str, title: str = "", label: str = "",
    icon: str = ":material/download:",
) -> None:  # fmt: skip
    """The button of one format; ``count`` is the number of rows its file will hold."""
    kind = export.FORMATS[fmt]
    st.download_button(
        label or t(f"export.{fmt}", lang),
        data=_later(fmt, view, lang, title, address.base()),
        file_name=_context(view, count, lang, store.ask(queries.snapshot), title).filename(kind.extension),
        mime=kind.mime,
        key=key,
        on_click="ignore",
        icon=icon,
        disabled=count == 0,
        help=t(f"export.{fmt}_help", lang),
    )


def _later(fmt: str, view: View, lang: str, title: str, base: str) -> Callable[[], bytes]:
    """A function that builds the file, called by the click; it reads rows and stamp from one and the same edition."""
    asked = store.edition()

    def build() -> bytes:
        with store.opened(asked) as db:
            extract = export.gather(db, view)
            snapshot = queries.snapshot(db)
            named = title or _title(view, lang, queries.view_names(db, view, written(lang)))
        return export.build(fmt, extract, _context(view, len(extract.events), lang, snapshot, named, base)).data

    return build


def _context(view: View, count: int, lang: str, snapshot: Snapshot, title: str, base: str = "") -> export.Context:
    vocabulary = load_vocabulary()
    return export.Context(
        view_title=title or _title(view, lang, store.ask(queries.view_names, view, written(lang))),
        view=view,
        lang=written(lang),
        as_of=snapshot.instant(),
        count=count,
        permalink_base=f"{base or address.base()}/timeline",
        vocabulary_version=vocabulary.version,
        not_covered=coverage.not_covered(written(lang), view.jurisdictions),
        day=snapshot.as_of[:10],
    )


def _title(view: View, lang: str, names: Mapping[str, str]) -> str:
    return view_title(view, load_vocabulary(), written(lang), names)
