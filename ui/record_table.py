"""Records of one kind as a table: filter by period, province and words; download as CSV or GeoJSON."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts.claim_sentences import claim_figure, claim_period, claim_place
from charts.labels import format_edtf, known, plural, term
from data.export import export_csv, export_geojson
from data.metrics import METRICS
from data.periods import Period
from data.schema import DATE_FIELD, KINDS, PERIOD_COLUMNS, PROVINCE_CODE, PROVINCE_CODES, split_list
from data.slices import select_records
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES as GAZETTEER_CODES
from geo.gazetteer import province_name
from ui.detail_panel import in_province
from ui.downloads import download
from ui.record_panel import show_corrected, show_record
from ui.state import Choices

MOST_ROWS = 20_000
"""Rows in the table; each is told in words, which takes a second for about as many."""
KIND_NAMES = {
    "event": "Events",
    "claim": "Claims",
    "compound": "Compounds",
    "complaint": "Complaints",
    "source": "Sources",
}


def show_records(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """Draw the table of records for the choices, with its downloads."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="record_choice"):
        kind = st.segmented_control(
            "Kind",
            list(KIND_NAMES),
            default="event",
            required=True,
            format_func=KIND_NAMES.__getitem__,
            key="record_kind",
        )
        words = st.text_input(
            "Contains", key="record_words", placeholder="words in any column", max_chars=100, width=300
        )
    records, left_out = select_for_table(snapshot.of(kind), kind, period, choices.place, words)
    st.caption(
        f"{plural(len(records), 'record')} of {len(snapshot.of(kind)):,}. {left_out} {KINDS[kind].meaning}. "
        f"Data version {snapshot.revision}."
    )
    shown = records.head(MOST_ROWS)
    spoken = describe_records(snapshot, shown, kind)
    columns = [name for name in KINDS[kind].columns if records[name].notna().any()] or list(KINDS[kind].columns)
    dates = [field.name for field in KINDS[kind].fields if field.dtype == "date"]
    st.caption("Choose a row by its box to see where it comes from, what was changed in it, and to correct it.")
    event = st.dataframe(
        spoken.join(shown[columns]),
        hide_index=True,
        height=520,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        # A choice is a position in the table; it must not pass on to another record when the table changes.
        key=f"records_{kind}_{snapshot.revision}_{hash(tuple(shown[KINDS[kind].id_field]))}",
        column_config={name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in dates},
    )
    if len(shown) < len(records):
        st.caption(f"The first {len(shown):,} are shown; narrow the choice, or download all of them.")
    chosen = [position for position in event["selection"]["rows"] if position < len(shown)]
    for position in chosen:
        show_record(kind, str(shown[KINDS[kind].id_field].iloc[position]))
    if not chosen:
        show_corrected(kind, snapshot.revision)
    with st.container(horizontal=True):
        download(
            "These records (CSV)", lambda: export_csv(records, kind), f"{kind}s.csv", "text/csv", key="records_csv"
        )
        if KINDS[kind].placed and kind != "claim":
            download(
                "These records (GeoJSON)",
                lambda: export_geojson(records, kind),
                f"{kind}s.geojson",
                "application/geo+json",
                key="records_geojson",
            )


def describe_records(snapshot: Snapshot, records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return each record in words: Date, What, Where, Who says so (str; empty where nothing is known).

    Columns that are empty for every record are left out. The index is that of `records`.
    """
    sources = snapshot.of("source")
    names = sources["publisher"].fillna(sources["author"]).fillna(sources["title"])
    publishers = dict(zip(sources["source_id"], names, strict=True))
    rows = [
        {
            "Date": _date(record, kind),
            "What": _what(record, kind),
            "Where": _where(record, kind),
            "Who says so": _who(record, kind, publishers),
        }
        for record in records.to_dict("records")
    ]
    table = pd.DataFrame(rows, records.index, ["Date", "What", "Where", "Who says so"], dtype="str")
    return table.loc[:, (table != "").any()] if len(table) else table


_Record = Mapping[Hashable, Any]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _date(record: _Record, kind: str) -> str:
    if kind == "claim":
        return claim_period(record)
    column = {"compound": "status_date_edtf", "source": "published_date"}.get(kind) or DATE_FIELD[kind]
    return format_edtf(record[column]) if _text(record[column]) else ""


def _what(record: _Record, kind: str) -> str:
    if kind == "event":
        return term(record["event_type"])
    if kind == "claim":
        return f"{METRICS[str(record['metric'])].label}: {claim_figure(record)}"
    if kind == "complaint":
        people = record["people_affected"]
        return f"Complaint, {plural(int(people), 'person', 'people')}" if known(people) else "Complaint"
    return _text(record["name" if kind == "compound" else "title"])


def _where(record: _Record, kind: str) -> str:
    if kind == "source":
        return ""
    if kind == "claim":
        return claim_place(record)
    codes = split_list(record[PROVINCE_CODES if kind == "event" else PROVINCE_CODE])
    return ", ".join(province_name(code) for code in codes if code in GAZETTEER_CODES) or _text(record["place_text"])


def _who(record: _Record, kind: str, publishers: Mapping[str, str]) -> str:
    if kind == "claim":
        return _text(record["speaker"])
    if kind == "source":
        return _text(publishers.get(str(record["source_id"])))
    named = [_text(publishers.get(source)) or source for source in split_list(record["source_ids"])]
    return "; ".join(dict.fromkeys(named))


def select_for_table(
    records: pd.DataFrame, kind: str, period: Period, place: str, words: str
) -> tuple[pd.DataFrame, str]:
    """Return the records that fit, and a sentence on the period.

    Parameters
    ----------
    records : DataFrame
        All records of the kind.
    kind : str
    period : Period
        Applied to dated kinds; undated records are shown too, so that nothing is hidden.
    place : str
        Province code, or empty for all.
    words : str
        Text that must occur in some column, whatever its case; taken literally.
    """
    sentence = "This kind has no dates; the period does not apply."
    found = records
    if kind in PERIOD_COLUMNS:
        selection = select_records(records, kind, period)
        found = pd.concat([selection.inside, selection.perhaps, selection.undated])[records.columns]
        sentence = f"Period {period.label()}; {len(selection.undated):,} undated ones are listed too."
    column = PROVINCE_CODES if PROVINCE_CODES in found.columns else "province_code"
    if place and column in found.columns:
        found = in_province(found, column, place)
    if words.strip():
        cells = found[list(KINDS[kind].columns)].astype("str")
        hits = cells.apply(lambda column: column.str.contains(words.strip(), case=False, regex=False, na=False))
        found = found[hits.any(axis=1)]
    return found, sentence
