"""The floor of the page measurements: a Streamlit page with one button and one line, set up like the dashboard."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """As the dashboard does: what is loaded now need not be walked by each run's collection."""
    gc.collect()
    gc.freeze()


st.set_page_config(layout="wide")
settle()
st.title("Empty")
st.button("again", key="again")
