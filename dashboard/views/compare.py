"""Countries answering the same harm: their laws on one ladder, a matrix by harm or approach, days after an incident."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st
from pandas import DataFrame

from dashboard import address, card, compare, compare_cells, filters, store, takeaway
from dashboard.dates import show_date
from dashboard.i18n import label, number, plural, t, written
from dashboard.safe import safe_md
from data import queries
from data.incidents import incidents
from data.view import LISTS, View
from data.vocabulary import load_vocabulary

SECTIONS = ("ladder", "facets", "incident")
FACETS = {"harm": "harms", "approach": "approaches"}
WINDOWS = ("30", "90", "365")
#: events listed by country; a longer story is on the timeline
LISTED = 400
#: columns that stand side by side on a phone when nobody chose
NARROW = 2
#: so few countries stand open at once
OPEN = 2


def choice(key: str, codes: tuple[str, ...], lang: str) -> str:
    """A control bound to a key of the address; the first code unless another is asked for."""
    asked = address.get(key)
    name = f"w-{key}"
    st.session_state[name] = asked if asked in codes else codes[0]
    chosen = st.segmented_control(
        t(f"compare.{key}", lang),
        codes,
        key=name,
        required=True,
        format_func=lambda code: t(f"compare.option.{key}.{code}", lang),
        on_change=lambda: address.put(key, st.session_state[name] or ""),
    )
    return chosen or codes[0]


def draw(table: compare_cells.Table) -> None:
    """A table with headings of rows and columns; it scrolls sideways beside the first where the screen is narrow."""
    frame = DataFrame(table)
    if address.is_phone() and len(frame.columns) > NARROW + 1:
        st.caption(t("compare.scrolls", address.lang()))
    with st.container(key="compare-table"):
        st.table(frame.set_index(frame.columns[0]), border="horizontal")


def take(view: View, lang: str, *, by: str, title: str, **keys: str) -> None:
    """The events behind the table: on the timeline, as files, as an address."""
    total = store.ask(queries.timeline_count, view)
    query = {key: [value for one, value in view.pairs() if one == key] for key, _ in view.pairs()}
    st.page_link(
        "views/timeline.py",
        label=plural("compare.to_timeline", total, lang),
        icon=":material/timeline:",
        query_params={**query, "lang": [lang]},
    )
    link = address.link("compare", filters.view_of_address(), by=by, **keys)
    takeaway.buttons(view, total, lang, key=f"compare-{by}", title=title, link=link)


def show_ladder(view: View, lang: str) -> None:
    """Laws of a few jurisdictions on the rungs of one ladder."""
    laws = replace(view, tracks=(compare.LAW,))
    files = store.ask(queries.dossiers, laws)
    places = compare.places_to_compare(files, view.jurisdictions, NARROW if address.is_phone() else len(compare.USUAL))
    if not files:
        filters.empty_state(view, lang)
        return
    st.caption(t("compare.ladder_how" if view.jurisdictions else "compare.ladder_usual", lang))
    if len(view.jurisdictions) > len(places):
        st.caption(t("compare.most_places", lang, n=len(places), of=len(view.jurisdictions)))
    draw(
        compare_cells.ladder_table(
            compare.ladder(files, places), places, lang,
            file=lambda code: address.link("dossiers", file=code),
            event=lambda code: address.link("compare", view, by="ladder", event=code),
        )
    )  # fmt: skip
    take(replace(laws, jurisdictions=places), lang, by="ladder", title=t("compare.ladder_title", lang))


def show_facets(view: View, lang: str) -> None:
    """How far the furthest law has come and how many files there are, by harm or by approach."""
    facet = choice("facet", tuple(FACETS), lang)
    name = FACETS[facet]
    cells = compare.matrix(store.ask(queries.facet_files, view, facet))
    if not cells:
        filters.empty_state(view, lang)
        return
    chosen = getattr(view, LISTS[facet])
    codes = [code for code in load_vocabulary().codes(name) if not chosen or code in chosen]
    st.caption(t("compare.facets_how", lang))
    draw(
        compare_cells.matrix_table(
            cells, codes, lang, list_name=name,
            files=lambda place, code: address.link(
                "dossiers", replace(view, jurisdictions=(place,), **{LISTS[facet]: (code,)})
            ),
        )
    )  # fmt: skip
    take(view, lang, by="facets", title=t("compare.facets_title", lang), facet=facet)


def show_incident(view: View, lang: str) -> None:
    """What each country did first after an affair, in days, and all it did within the window."""
    known = incidents()
    code = next((one for one in view.incidents if one in known), next(iter(known)))
    if len(known) > 1:
        st.session_state["w-affair"] = code
        st.selectbox(
            t("filter.incident", lang),
            list(known),
            key="w-affair",
            format_func=lambda one: label("incidents", one, lang),
            on_change=lambda: address.put("incident", st.session_state["w-affair"]),
        )
    else:
        st.header(safe_md(label("incidents", code, lang)), anchor=False)
    within = choice("within", WINDOWS, lang)
    affair = known[code]
    started, last = affair.started, affair.started + timedelta(days=int(within))
    st.markdown(
        safe_md(t("compare.day_zero", lang, day=show_date(started.isoformat(), lang), why=affair.why[written(lang)]))
    )
    if proof := store.ask(queries.event, affair.evidence):
        card.line(proof, lang, key="day-zero")
    window = replace(
        view, incidents=(code,), since=max(view.since or started, started), until=min(view.until or last, last)
    )
    found = compare.countries(store.ask(queries.answers, window))
    total = store.ask(queries.timeline_count, window)
    if not total:
        st.info(t("compare.nothing", lang, n=within), icon=":material/filter_alt_off:")
        return

    def event(event_id: str) -> str:
        return address.link("compare", view, by="incident", within=within, event=event_id)

    st.caption(t("compare.incident_how", lang))
    if found:
        draw(compare_cells.answers_table(found, started, lang, event=event))
        given = compare_cells.kinds_given(found)
        missing = [t(f"answer.{kind}", lang).lower() for kind in queries.ANSWERS if kind not in given]
        if missing:
            st.caption(t("compare.kinds_missing", lang, n=within, kinds=", ".join(missing)))
    st.header(t("compare.by_country", lang, n=within), anchor=False)
    events = store.ask(queries.timeline, window, limit=LISTED, newest_first=False)
    firsts = {one.jurisdiction: one.first for one in found}
    places = [*firsts, *dict.fromkeys(one.jurisdiction for one in events if one.jurisdiction not in firsts)]
    for place in places:
        own = [one for one in events if one.jurisdiction == place]
        count = plural("compare.events", len(own), lang)
        told = [label("jurisdictions", place, lang), count]
        if place in firsts:
            told.append(t("compare.first_after", lang, days=compare_cells.days(started, firsts[place], lang)))
        with st.expander(safe_md(" · ".join(told)), expanded=len(places) <= OPEN, key=f"country-{place}"):
            st.markdown(compare_cells.event_lines(own, started, lang, event=event))
    if total > len(events):
        st.caption(t("compare.listed", lang, n=number(len(events), lang), of=number(total, lang)))
    title = t("compare.incident_title", lang, n=within, incident=label("incidents", code, lang))
    take(window, lang, by="incident", title=title, within=within)


lang = address.lang()
st.title(t("compare.title", lang), anchor=False)
by = choice("by", SECTIONS, lang)
view = filters.bar(lang)
{"ladder": show_ladder, "facets": show_facets, "incident": show_incident}[by](view, lang)
