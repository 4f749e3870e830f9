"""The floor of the page measurements: a Streamlit page with one button and one line, set up like the dashboard."""

import streamlit as st

st.set_page_config(layout="wide")
st.title("Empty")
st.button("again", key="again")
