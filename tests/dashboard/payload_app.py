"""A page that shows every payload in every place the pages use; not part of the dashboard."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st

from dashboard.safe import md_link, safe_md, safe_parts
from tests.dashboard.payloads import PAYLOADS

st.title("Payloads", anchor=False)
for number, text in enumerate(PAYLOADS):
    shown = safe_md(text)
    with st.container(key=f"markdown-{number}"):
        st.markdown(shown)
    with st.container(key=f"quote-{number}"):
        st.markdown(f"> {shown}")
    with st.container(key=f"caption-{number}"):
        st.caption(f"{shown}")
    with st.container(key=f"small-{number}"):
        st.markdown(f":small[{shown}]")
    with st.container(key=f"heading-{number}"):
        st.markdown(f"### {shown}", anchors=False)
    with st.container(key=f"button-{number}"):
        st.button(shown, key=f"b-{number}", type="tertiary", wrap=True)
    with st.container(key=f"table-{number}"):
        st.table({"a": [shown]}, hide_index=True)
    with st.container(key=f"link-{number}"):
        st.markdown(md_link(text, "https://good.example/a_b(c)*[d]"))
    with st.container(key=f"parts-{number}"):
        st.markdown(safe_parts(((text, False), (" ", False), (text, True))))
st.text("end of payloads")
