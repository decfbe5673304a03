"""The launcher: ``streamlit run asgi.py``.

The app behind its own door (``ui/server.py``): security headers, host and origin checks, compression, cached assets.
``streamlit run app.py`` shows the same pages without them. Streamlit knows a launcher by its line ``app = st.App(``.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.server import MIDDLEWARE, ROUTES

app = st.App(Path(__file__).resolve().parent / "app.py", middleware=MIDDLEWARE, routes=ROUTES)
