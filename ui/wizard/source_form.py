"""Who published the rows of a file: a source that is there already, or a new one."""

from __future__ import annotations

import streamlit as st

from charts.labels import term
from data.schema import SOURCE
from data.source_entry import SourceEntry
from locales import later, say
from ui.cache import latest_snapshot

_RELIABILITY = {
    "": later("Choose one"),
    "A": later("A · completely reliable"),
    "B": later("B · usually reliable"),
    "C": later("C · fairly reliable"),
    "D": later("D · not usually reliable"),
    "E": later("E · unreliable"),
    "F": later("F · cannot be judged"),
}
NEW = later("A new source")
STORED = later("One that is in the atlas")


def ask_source(token: str, known: SourceEntry | str | None = None) -> str | SourceEntry | None:
    """Draw the form; the identifier of a stored source, a new entry, or None while it is not complete.

    Parameters
    ----------
    token : str
        Of the unfinished upload.
    known : SourceEntry or str or None
        What was said before.
    """
    st.subheader(say("Who says so?"))
    st.caption(
        say("Every row that names no source of its own is credited to this one, on every page and in every export.")
    )
    which = st.radio(
        say("Source"),
        [NEW, STORED],
        format_func=say,
        index=1 if isinstance(known, str) else 0,
        horizontal=True,
        key=f"source_which_{token}",
        label_visibility="collapsed",
    )
    if which == STORED:
        return _ask_stored(token, known if isinstance(known, str) else "")
    return _ask_new(token, known if isinstance(known, SourceEntry) else SourceEntry(""))


def _ask_stored(token: str, known: str) -> str | None:
    sources = latest_snapshot().of("source")
    words = {
        row["source_id"]: " · ".join(
            str(row[name]) for name in ("publisher", "title", "published_date") if _said(row[name])
        )
        for row in sources.to_dict("records")
    }
    return st.selectbox(
        say("Source"), list(words), index=list(words).index(known) if known in words else None,
        placeholder=say("Choose a source"), format_func=words.__getitem__, key=f"source_stored_{token}",
    )  # fmt: skip


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _ask_new(token: str, known: SourceEntry) -> SourceEntry | None:
    left, right = st.columns(2)
    publisher = left.text_input(
        say("Who published it *"), known.publisher, key=f"source_publisher_{token}", max_chars=200
    )
    title = right.text_input(say("What it is called *"), known.title, key=f"source_title_{token}", max_chars=300)
    published = left.text_input(
        say("When it was published *"),
        known.published_date,
        key=f"source_published_{token}",
        placeholder=say("2023-04-01, 2023-04 or 2023"),
    )
    types = ["", *SOURCE.field("source_type").choices]
    source_type = right.selectbox(
        say("What the publisher is *"), types, types.index(known.source_type),
        format_func=lambda one: term(one) if one else say("Choose one"), key=f"source_type_{token}",
    )  # fmt: skip
    reliability = left.selectbox(
        say("How reliable it is (Admiralty) *"), list(_RELIABILITY), list(_RELIABILITY).index(known.source_reliability),
        format_func=lambda one: say(_RELIABILITY[one]),
        key=f"source_reliability_{token}",
    )  # fmt: skip
    licence = right.text_input(
        say("Licence or terms *"),
        known.licence,
        key=f"source_licence_{token}",
        placeholder=say("CC BY 4.0, internal, not stated …"),
    )
    url = left.text_input(say("Web address"), known.url, key=f"source_url_{token}", placeholder=say("https:// …"))
    author = right.text_input(say("Author"), known.author, key=f"source_author_{token}", max_chars=200)
    if not all(text.strip() for text in (publisher, title, published, source_type, reliability, licence)):
        return None
    return SourceEntry(
        title=title,
        publisher=publisher,
        author=author,
        published_date=published,
        url=url,
        source_type=source_type,
        source_reliability=reliability,
        licence=licence,
    )
