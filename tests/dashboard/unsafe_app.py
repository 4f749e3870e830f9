"""What the pages must never do, so that the look at them is known to see it; not part of the dashboard."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st

from tests.hostile import CANARY

st.title("Unsafe", anchor=False)
st.markdown(f"<img src='{CANARY}/i'><div style='width:4000px'>wide</div>", unsafe_allow_html=True)
st.markdown(f"![x]({CANARY}/m)")
st.image(f"{CANARY}/p.png")
