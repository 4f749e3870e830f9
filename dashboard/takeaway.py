"""Export buttons. A file is built when it is asked for, from exactly the rows of the view."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import address, cite, decided, feeds, store
from dashboard.i18n import plural, t, written
from dashboard.safe import safe_md
from data import coverage, export, queries
from data.export.wording import view_title
from data.rows import Snapshot
from data.view import View
from data.vocabulary import load_vocabulary


def buttons(view: View, count: int, lang: str, *, key: str, title: str = "", link: str = "") -> None:
    """One button per format, with the number of rows each will hold, and the address to share."""
    st.markdown(plural("export.title", count, lang))
    with st.container(horizontal=True, key=f"export-{key}"):
        for fmt in export.FORMATS:
            button(fmt, view, count, lang, key=f"export-{key}-{fmt}", title=title)
    feeds.addresses(view, lang)
    decided.keep_form(view, lang, key=key)
    cite.cite_view(_context(view, count, lang, store.ask(queries.snapshot), title), lang, key=key, titled=bool(title))
    with st.expander(t("export.link", lang), icon=":material/link:"):
        st.code(link or address.link("timeline", view), language=None, wrap_lines=True)
        st.caption(safe_md(coverage.not_covered(written(lang), view.jurisdictions)))


def button(fmt: str, view: View, count: int, lang: str, *, key: str, title: str = "") -> None:
    """The button of one format; ``count`` is the number of rows its file will hold."""
    kind = export.FORMATS[fmt]
    st.download_button(
        t(f"export.{fmt}", lang),
        data=_later(fmt, view, lang, title, address.base()),
        file_name=_context(view, count, lang, store.ask(queries.snapshot), title).filename(kind.extension),
        mime=kind.mime,
        key=key,
        on_click="ignore",
        icon=":material/download:",
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
        return export.build(fmt, extract, _context(view, len(extract.events), lang, snapshot, title, base)).data

    return build


def _context(view: View, count: int, lang: str, snapshot: Snapshot, title: str, base: str = "") -> export.Context:
    vocabulary = load_vocabulary()
    return export.Context(
        view_title=title or view_title(view, vocabulary, written(lang)),
        view=view,
        lang=written(lang),
        as_of=snapshot.instant(),
        count=count,
        permalink_base=f"{base or address.base()}/timeline",
        licence=export.LICENCE,
        vocabulary_version=vocabulary.version,
        not_covered=coverage.not_covered(written(lang), view.jurisdictions),
        day=snapshot.as_of[:10],
    )
