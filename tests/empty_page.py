"""The floor of the page measurements: a Streamlit page with one button and a line that changes, set up like the
dashboard.
"""

import streamlit as st

st.set_page_config(layout="wide")
st.title("Empty")
st.button("again", key="again")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(st.session_state["runs"])
