"""What a person reads when something goes wrong; a traceback never reaches the page."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import streamlit as st

from charts.visible import mark_invisible
from data.options import ImportOptions
from errors import AtlasError
from locales import say

_OPTION = re.compile(r" \((?:" + "|".join(field.name for field in fields(ImportOptions)) + r")(?:=[^)]*)?\)")
"""Names of options that hints give for the shell; a page asks for them in words."""

logger = logging.getLogger("atlas")


def plain_hint(hint: str) -> str:
    """Return a hint without the names that options have in a shell."""
    return _OPTION.sub("", hint)


def show_error(error: AtlasError, title: str = "") -> None:
    """Show what happened and what to do. The texts may hold words from a file, so they are shown as plain text.

    `title` is constant text, never from data; by default it says that this did not work.
    """
    with st.container(border=True):
        st.markdown(title or f":material/error: **{say('This did not work')}**")
        st.text(mark_invisible(error.message))
        if error.hint:
            st.text(mark_invisible(plain_hint(error.hint)))


@contextmanager
def calm_errors() -> Iterator[None]:
    """Turn every exception of a page into a calm message; unexpected ones get a reference number for the log."""
    try:
        yield
    except AtlasError as error:
        logger.warning("%s", type(error).__name__)
        show_error(error)
    except Exception:  # the last resort of a page: anything unforeseen
        reference = secrets.token_hex(3)
        logger.exception("reference %s", reference)
        with st.container(border=True):
            st.markdown(f":material/error: **{say('Something went wrong on our side')}**")
            st.text(
                say(
                    "Your data are unchanged. Reload the page; if it happens again, report reference {reference}.",
                    reference=reference,
                )
            )
