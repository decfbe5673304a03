"""The data versions: which there are, their names, and what differs between two of them, as a list and on the map."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import plural
from charts.map_payload import describe_dots
from charts.palette import COMPLAINT_DOT, EVENT_DOT, MUTED
from data.changes import Changes, compare
from data.guard import write_csv
from data.schema import KINDS, LATITUDE
from data.store import Store
from errors import AtlasError
from ui.cache import reading_store
from ui.downloads import download
from ui.messages import show_error
from ui.record_map import MOST_DOTS, show_record_map

_ACTIONS = {"import": "import", "correct": "correction", "revert": "undo", "reapply": "applied again"}
_CHANGES = {
    "added": ("Added", COMPLAINT_DOT, False),
    "removed": ("No longer there", MUTED, True),
    "changed": ("Changed", EVENT_DOT, True),
}
MOST_ROWS = 500


def show_versions() -> None:
    """Draw the list of versions, the form that names one, and the comparison of two."""
    versions = reading_store().versions().sort_values("revision", ascending=False)
    st.subheader("Data versions")
    shown = versions.assign(action=versions["action"].map(_ACTIONS))
    columns = {
        "revision": "Version",
        "name": "Name",
        "at": "When (UTC)",
        "actor": "Who",
        "action": "What",
        "rows": "Records changed",
        "note": "Why",
    }
    st.dataframe(
        shown[list(columns)].rename(columns=columns),
        hide_index=True,
        height=280 if len(shown) > 7 else "auto",
        placeholder="",
        column_config={"When (UTC)": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
    )
    if versions.empty:
        return
    _show_naming(versions)
    _show_comparison(versions)


def describe_version(versions: pd.DataFrame, number: int) -> str:
    """Return a version in words: its number, its names, when and what."""
    rows = versions[versions["revision"] == number]
    first = rows.iloc[0]
    names = ", ".join(f"“{name}”" for name in rows["name"].dropna())
    named = f" {names}" if names else ""
    return f"{number}{named} · {first['at']:%d %B %Y} · {_ACTIONS[first['action']]} by {first['actor']}"


def _show_naming(versions: pd.DataFrame) -> None:
    with st.expander("Give a version a name, so that a report can say which data it rests on"):
        numbers = list(dict.fromkeys(int(number) for number in versions["revision"]))
        with st.form("name_version", border=False):
            number = st.selectbox("Version", numbers, format_func=lambda one: describe_version(versions, one))
            left, right = st.columns(2)
            name = left.text_input("Name *", max_chars=80, placeholder="Briefing of March 2026")
            who = right.text_input("Your name or initials *", max_chars=60)
            submitted = st.form_submit_button("Name it")
        st.caption("A name stays with its version for good, so that what cites it stays true.")
    if submitted:
        try:
            with Store.open() as store:
                store.name_version(name, actor=who.strip(), revision=number)
        except AtlasError as error:
            show_error(error)
            return
        st.rerun()


def _show_comparison(versions: pd.DataFrame) -> None:
    st.subheader("What changed since a version")
    numbers = list(dict.fromkeys(int(number) for number in versions["revision"]))
    left, right = st.columns(2)
    later = right.selectbox("To", numbers, format_func=lambda one: describe_version(versions, one), key="changes_to")
    earlier_ones = [*(number for number in numbers if number < later), 0]
    earlier = left.selectbox(
        "From",
        earlier_ones,
        format_func=lambda one: describe_version(versions, one) if one else "0 · nothing yet",
        key="changes_from",
    )
    changes = compare(reading_store(), earlier, later)
    totals = changes.totals
    with st.container(key="lead_changes"):
        st.text(tell_totals(totals))
    if not totals[["added", "removed", "changed"]].to_numpy().any():
        return
    listed, mapped = st.tabs(["List", "Map"])
    table = change_table(changes)
    with listed:
        st.dataframe(table.head(MOST_ROWS), hide_index=True, height=360 if len(table) > 9 else "auto", placeholder="")
        if len(table) > MOST_ROWS:
            st.caption(f"The first {MOST_ROWS} of {len(table):,} changes are shown; the download holds all.")
        download(
            "All changes (CSV)",
            lambda: _write(table),
            f"changes-{earlier}-to-{later}.csv",
            "text/csv",
            key="changes_csv",
        )
    with mapped:
        _show_map(changes.places)


def tell_totals(totals: pd.DataFrame) -> str:
    """Return how many records of each kind came, went and changed, as a sentence."""
    words = {"added": "added", "removed": "no longer there", "changed": "changed"}
    parts = [
        f"{plural(int(row[change]), row['kind'])} {word}"
        for row in totals.to_dict("records")
        for change, word in words.items()
        if row[change]
    ]
    return f"{', '.join(parts)}." if parts else "Nothing differs between these two versions."


def change_table(changes: Changes) -> pd.DataFrame:
    """Return every difference as one line: what, kind, record, column, before, after, who, when, why (all str)."""
    frames = []
    for change, records in (("added", changes.added), ("removed", changes.removed)):
        for kind, found in records.items():
            if len(found):
                lines = found.assign(kind=kind, record_id=found[KINDS[kind].id_field], field="", before="", after="")
                frames.append(lines.assign(change=_CHANGES[change][0]))
    if len(changes.changed):
        frames.append(changes.changed.assign(change=_CHANGES["changed"][0]))
    columns = {
        "change": "Change",
        "kind": "Kind",
        "record_id": "Record",
        "field": "Column",
        "before": "Before",
        "after": "After",
        "by": "Who",
        "at": "When (UTC)",
        "reason": "Why",
    }
    if not frames:
        return pd.DataFrame(columns=list(columns.values()), dtype="str")
    table = pd.concat([frame[list(columns)] for frame in frames], ignore_index=True)
    table["at"] = table["at"].dt.strftime("%Y-%m-%d %H:%M")
    return table.astype("str").fillna("").rename(columns=columns)


def _write(table: pd.DataFrame) -> bytes:
    return write_csv({name: table[name] for name in table})


def _show_map(places: pd.DataFrame) -> None:
    """Draw where records came, went and changed."""
    dots = [
        describe_dots(places[places["change"] == change].head(MOST_DOTS), "record_id", label, color, hollow=hollow)
        for change, (label, color, hollow) in _CHANGES.items()
    ]
    show_record_map(
        places["province_codes"],
        dots,
        title="What changed",
        note="records",
        noun="changed record",
        footnote="Number in a province: records placed in it that changed.",
        key="change_map",
    )
    nowhere = int((places["province_codes"].isna() & places[LATITUDE].isna()).sum())
    st.caption(f"{plural(len(places), 'record')}; {nowhere:,} of them have no place.")
