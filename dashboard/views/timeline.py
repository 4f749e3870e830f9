"""The timeline: lanes, the same rows as a table, and files to take away."""

import streamlit as st

from dashboard import address, browse, filters, zoom
from dashboard.i18n import t
from dashboard.lanes import LaneKind

LANES: tuple[LaneKind, ...] = ("jurisdiction", "track", "dossier", "actor")

lang = address.lang()
st.title(t("timeline.title", lang), anchor=False)
view = filters.bar(lang)
asked = address.get("lanes")
st.session_state["w-lanes"] = asked if asked in LANES else "jurisdiction"
controls = zoom.row("figure-controls")
by = controls.segmented_control(
    t("timeline.lanes", lang),
    LANES,
    key="w-lanes",
    required=True,
    format_func=lambda code: t(f"lanes.{code}", lang),
    on_change=lambda: address.put("lanes", st.session_state["w-lanes"] or ""),
)
kind: LaneKind = next((one for one in LANES if one == by), "jurisdiction")
browse.show(view, lang, key="timeline", by=kind, attention=True, controls=controls)
