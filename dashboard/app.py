"""The dashboard: ``streamlit run dashboard/app.py``.

The server loads this file once and takes ``app`` from it, which carries addresses of our own beside the pages; for
every visit Streamlit runs it again, as ``__main__``, and the page is drawn.
"""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:  # Streamlit puts this folder there, not the project's
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

if __name__ == "__main__":
    from dashboard import pages

    pages.show()
else:
    from dashboard import routes

    app = st.App(__file__, routes=routes.served())
