"""Download buttons: the file is made when it is asked for, without running the page again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def download(label: str, make: Callable[[], bytes], file_name: str, mime: str, *, key: str) -> None:
    """Draw a download button.

    Parameters
    ----------
    label : str
        Constant text; never from data.
    make : callable
        Returns the bytes; called on the click.
    file_name, mime : str
        Name and type of the file.
    key : str
        Unique on the page.
    """
    st.download_button(label, make, file_name, mime, key=key, on_click="ignore", icon=":material/download:")
