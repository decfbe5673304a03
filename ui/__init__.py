"""The only code besides ``pages/`` and ``app.py`` that imports Streamlit.

Streamlit runs each file of a folder called ``pages`` by itself, past ``app.py``, until `st.navigation` was called once:
the first visitor after a start who opened a deep link would see a page without its frame. The launcher imports this
package before the first visitor comes, so the old behaviour is switched off here.
"""

from streamlit.runtime.pages_manager import PagesManager

PagesManager.uses_pages_directory = False
