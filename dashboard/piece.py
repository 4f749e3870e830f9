"""One published piece in a drawer: its text with everything that was read in it marked, and why.

Open when ``piece`` is in the address. Marks are bold on a colour and named in the table below, so that colour is
never the only sign; the text is a stranger's and every letter of it is escaped.
"""

from __future__ import annotations

import streamlit as st

from dashboard import address, decide, store
from dashboard.dates import show_date
from dashboard.i18n import label, number, quoted, t
from dashboard.safe import md_link, safe_md
from data import legal_links, legal_names, queries
from data.rows import ItemFigure, ItemPage, ItemSpan, StatedPosition, Telling, localised

#: letters of text shown; the rest is at the publisher's
SHOWN = 12_000

COLOURS = {"mention": "blue", "legal": "violet", "figure": "orange"}


def show_if_asked(lang: str) -> bool:
    """Open the drawer when the address names a piece; tells whether it did."""
    asked = address.get("piece")
    if not asked:
        return False
    page = store.ask(queries.item, int(asked)) if asked.isdigit() else None
    if page is None:
        st.warning(t("piece.missing", lang, id=safe_md(asked)), icon=":material/search_off:")
        st.button(t("close", lang), key="close-missing-piece", on_click=close)
        return True
    st.dialog(t("piece.title", lang), width=720, position="right", icon=":material/article:", on_dismiss=close)(_draw)(
        page, lang
    )
    return True


def close() -> None:
    """The drawer goes, and its key in the address with it."""
    address.put("piece", "")


def open_button(item_id: int, lang: str, *, key: str) -> None:
    """A button that opens the drawer of a piece in the place of any other."""
    st.button(
        t("piece.open", lang), key=key, type="tertiary", icon=":material/article:", on_click=show, args=(str(item_id),)
    )


def show(item_id: str) -> None:
    """Open the drawer of a piece with the next run, in the place of any other."""
    address.put("event", "")
    address.put("piece", item_id)


def _draw(page: ItemPage, lang: str) -> None:
    st.markdown(f"### {safe_md(page.title)}", anchors=False)
    facts = [
        label("item_kinds", page.kind, lang),
        show_date(page.date, lang) if page.date else "",
        label("jurisdictions", page.jurisdiction, lang) if page.jurisdiction else "",
    ]
    told = safe_md(" · ".join(one for one in facts if one))
    source = page.publisher or page.url
    st.markdown(f"{told} · {md_link(source, page.url)}" if source else told)
    _why(page, lang)
    decide.on_item(page, lang, key="item")
    if page.events:
        st.markdown(f"#### {t('piece.events', lang)}", anchors=False)
        for place, event in enumerate(page.events):
            _event(event, lang, key=f"event-{place}")
    if page.figures:
        st.markdown(f"#### {t('piece.figures', lang)}", anchors=False)
        st.markdown("\n".join(f"- {figure_words(one, lang)}" for one in page.figures))
    if page.positions:
        st.markdown(f"#### {t('piece.positions', lang)}", anchors=False)
        for one in page.positions:
            position(one, lang, with_name=True)
    _law(page, lang)
    _files(page, lang)
    st.markdown(f"#### {t('piece.text', lang)}", anchors=False)
    if page.text:
        st.markdown(marked(page.text[:SHOWN], page.spans))
    if len(page.text) > SHOWN:
        st.caption(t("piece.cut", lang, shown=number(SHOWN, lang), n=number(len(page.text), lang)))
    st.caption(t("piece.masked", lang))
    if page.spans:
        st.table(
            {
                t("col.words", lang): [safe_md(page.text[one.start : one.end][:120]) for one in page.spans],
                t("col.kind", lang): [t(f"span.{one.kind}", lang) for one in page.spans],
                t("col.meaning", lang): [
                    law(one.what, lang) if one.kind == "legal" else safe_md(one.what) for one in page.spans
                ],
                t("col.rule", lang): [safe_md(one.rule) for one in page.spans],
            },
            hide_index=True,
            border="horizontal",
        )
    versions = [t("piece.rules", lang, rules=page.rules) if page.rules else "",
                t("card.hash", lang, hash=page.payload_sha256) if page.payload_sha256 else ""]  # fmt: skip
    st.caption(safe_md(" · ".join(one for one in versions if one)))


def law(reference: str, lang: str) -> str:
    """A normalised reference as markdown: a link to its official page where one is certain."""
    return md_link(legal_names.name(reference, lang), legal_links.address(reference))


def _law(page: ItemPage, lang: str) -> None:
    """The law the piece cites, each act or article once, with the words that cite it first."""
    cited: dict[str, str] = {}
    for one in page.spans:
        if one.kind == "legal":
            cited.setdefault(one.what, page.text[one.start : one.end][:120])
    if cited:
        st.markdown(f"#### {t('piece.law', lang)}", anchors=False)
        st.markdown("\n".join(f"- {law(reference, lang)} · {safe_md(words)}" for reference, words in cited.items()))


def _files(page: ItemPage, lang: str) -> None:
    """The files whose law the piece cites."""
    if page.files:
        st.markdown(f"#### {t('piece.files', lang)}", anchors=False)
    for place, one in enumerate(page.files):
        with st.container(key=f"cited-file-{place}"):
            st.page_link(
                "views/dossiers.py",
                label=f"{safe_md(localised(one.titles, lang, one.title))} ({safe_md(', '.join(one.references))})",
                icon=":material/folder_open:",
                query_params={"file": one.dossier_id, "lang": lang},
            )


def _event(one: Telling, lang: str, *, key: str) -> None:
    """An event as it was read here, with the words and the team's word on it."""
    with st.container(border=True, key=key):
        st.markdown(f"**{safe_md(label('event_types', one.type, lang))}** · {safe_md(show_date(one.date, lang))}")
        st.markdown(f"> {safe_md(one.quote or one.title)}")
        decide.on_event(one.event_id, (one,), lang, key=key, type_=one.type, date=one.date)


def _why(page: ItemPage, lang: str) -> None:
    """On the subject or not, and the words that decided."""
    score = f"{page.score:.2f}"
    st.markdown(t("piece.relevant", lang, score=score) if page.relevant else t("piece.not_relevant", lang, score=score))
    if page.facets:
        st.markdown(safe_md(" · ".join(_facet(one, lang) for one in page.facets)))
    if page.evidence:
        decided = ", ".join(dict.fromkeys(f"“{text}” ({_reason(rule, lang)})" for text, rule in page.evidence))
        st.caption(t("piece.decided", lang, words=safe_md(decided)))


def _facet(code: str, lang: str) -> str:
    """The label of a harm or an approach."""
    return label("harms", code, lang) if label("harms", code, lang) != code else label("approaches", code, lang)


def _reason(rule: str, lang: str) -> str:
    """What a word says, by the rule that found it."""
    family, _, what = rule.partition(":")
    if family == "facet":
        return _facet(what, lang)
    if family == "watched":
        return label("evidence_rules", "dossier" if what == "dossier" else "article", lang)
    return label("evidence_rules", rule, lang)


def marked(text: str, spans: tuple[ItemSpan, ...]) -> str:
    """The text as markdown, paragraphs kept, the outermost names, citations and figures marked."""
    parts: list[str] = []
    at = 0
    for one in spans:
        if one.kind not in COLOURS or one.start < at or one.end > len(text):
            continue
        parts += [
            _plain(text[at : one.start]),
            f":{COLOURS[one.kind]}-background[**{safe_md(text[one.start : one.end])}**]",
        ]
        at = one.end
    parts.append(_plain(text[at:]))
    return "".join(parts)


def _plain(text: str) -> str:
    """Escaped text that keeps its paragraphs and the spaces at its ends."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        left = " " if paragraph[:1].isspace() else ""
        right = " " if paragraph[-1:].isspace() and paragraph.strip() else ""
        paragraphs.append(f"{left}{safe_md(paragraph)}{right}" if paragraph.strip() else left)
    return "\n\n".join(paragraphs)


def figure_words(figure: ItemFigure, lang: str) -> str:
    """``Fine: 75,000 euros ("75 000 euros d'amende")``: what it is about, the value with its unit, the words."""
    if figure.value is None:
        value = label("figure_units", figure.unit, lang) if figure.unit else ""
    elif figure.unit in ("share", "increase", "decrease"):
        share = t("writing.percent", lang, n=_decimal(figure.value * 100, lang))
        value = f"{share} {label('figure_units', figure.unit, lang)}"
    else:
        value = f"{_decimal(figure.value, lang)} {label('figure_units', figure.unit, lang)}"
    return t(
        "card.fact",
        lang,
        name=safe_md(label("figure_kinds", figure.about, lang)),
        value=safe_md(f"{value} {quoted(figure.text, lang)}"),
    )


def _decimal(value: float, lang: str) -> str:
    rounded = round(value, 2)
    if rounded == int(rounded):
        return number(int(rounded), lang)
    whole, _, rest = f"{rounded:.2f}".rstrip("0").partition(".")
    return f"{number(int(whole), lang)}{t('writing.decimal', lang)}{rest}"


def position(one: StatedPosition, lang: str, *, with_name: bool) -> None:
    """A position with the sentence that states it and its source."""
    stance = label("stances", one.stance, lang)
    st.markdown(f"**{safe_md(f'{one.name} · {stance}' if with_name else stance)}**")
    st.markdown(f"> {safe_md(one.quote)}")
    if not with_name:
        when = f"{show_date(one.date, lang)} · " if one.date else ""
        st.caption(f"{when}{md_link(one.publisher or one.url, one.url)}")
