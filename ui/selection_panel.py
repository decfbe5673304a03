"""What stands beside the map when a record or a hexagon is chosen on it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.export import export_csv
from data.measures import MeasureCounts
from data.permalink import Choices
from data.schema import KINDS
from data.snapshot import Snapshot
from locales import later, say, say_many
from ui.downloads import download
from ui.map_answers import chosen_hexagon, forget_hexagon
from ui.points import POINT_KINDS, Hexagon, in_hexagon
from ui.record_table import describe_records
from ui.source_cards import show_event
from ui.state import change_choices

MOST_ROWS = 200
_IN_HEXAGON = {
    "event": (later("{n} event in one hexagon"), later("{n} events in one hexagon")),
    "complaint": (later("{n} complaint in one hexagon"), later("{n} complaints in one hexagon")),
}
_FILES = {
    "compound": later("Compounds (CSV)"),
    "event": later("Events (CSV)"),
    "complaint": later("Complaints (CSV)"),
    "claim": later("Claims (CSV)"),
    "source": later("Sources (CSV)"),
}
_FACTS = ("location_precision", "nationality", "channel", "outcome", "note")


def show_selection(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> bool:
    """Draw the chosen hexagon or record, and tell whether there was one."""
    hexagon = chosen_hexagon()
    if hexagon is not None:
        _show_hexagon(snapshot, counts, hexagon)
        return True
    for kind in POINT_KINDS:
        if choices.record and (record := snapshot.find(kind, choices.record)) is not None:
            _show_record(snapshot, kind, record)
            return True
    return False


def _show_hexagon(snapshot: Snapshot, counts: MeasureCounts, hexagon: Hexagon) -> None:
    kind, records = in_hexagon(snapshot, counts.period, hexagon)
    st.subheader(say_many(*_IN_HEXAGON[kind], len(records)))
    st.caption(
        say(
            "The hexagon is {size} km across. {period}; records that only perhaps lie in the period are among them. "
            "Each repeats what was reported, not what is proven.",
            size=hexagon[0],
            period=counts.period.label(),
        )
    )
    _close_button()
    show_record_list(snapshot, records, kind, key="hexagon")


def show_record_list(snapshot: Snapshot, records: pd.DataFrame, kind: str, *, key: str) -> None:
    """Draw records as a short table in words, from which one is opened, with a download of all of them.

    Parameters
    ----------
    snapshot : Snapshot
    records : DataFrame
        Rows of `kind`.
    kind : str
    key : str
        Unique on the page.
    """
    if records.empty:
        return
    shown = records.head(MOST_ROWS)
    table = describe_records(snapshot, shown, kind)
    table.insert(0, say("Id"), shown[KINDS[kind].id_field])
    event = st.dataframe(
        table,
        hide_index=True,
        height=min(38 + 35 * len(shown), 360),
        on_select="rerun",
        selection_mode="single-row",
        # A choice is a position in the table; it must not pass on to another record when the table changes.
        key=f"{key}_{kind}_{snapshot.revision}_{hash(tuple(shown[KINDS[kind].id_field]))}",
    )
    if len(shown) < len(records):
        st.caption(
            say("The first {n} of {total} are listed; the file holds all of them.", n=len(shown), total=len(records))
        )
    else:
        st.caption(say("Choose a row by its box to read the record."))
    for position in event["selection"]["rows"]:
        if position < len(shown):
            _show_facts(snapshot, kind, shown.iloc[position])
    download(
        say(_FILES[kind]),
        lambda: export_csv(records, kind),
        f"{kind}s-{key}.csv",
        "text/csv",
        key=f"{key}_{kind}_csv",
    )


def _show_record(snapshot: Snapshot, kind: str, record: pd.Series) -> None:
    st.subheader(say("Event") if kind == "event" else say("Complaint"))
    _close_button()
    _show_facts(snapshot, kind, record)
    st.page_link("pages/records.py", label=say("All records"), icon=":material/table_rows:")


def _show_facts(snapshot: Snapshot, kind: str, record: pd.Series) -> None:
    st.text(str(record[KINDS[kind].id_field]))
    if kind == "event":
        show_event(snapshot, record)
        return
    [words] = describe_records(snapshot, record.to_frame().T, kind).to_dict("records")
    meanings = {field.name: field.meaning for field in KINDS[kind].fields}
    for label, text in words.items():
        if text:
            st.text(f"{label}: {text}")
    for name in _FACTS:
        if name in record and isinstance(record[name], str) and record[name]:
            st.text(f"{say(meanings[name])}: {record[name]}")


def _close_button() -> None:
    def close() -> None:
        forget_hexagon()
        change_choices(record="")

    st.button(say("Back"), icon=":material/arrow_back:", key="close_selection", type="tertiary", on_click=close)
