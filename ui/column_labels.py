"""Columns of records as people read them: a name in words, the computer's own name only in the tip of the header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from charts.labels import field_label
from data.schema import KINDS
from locales import later, say

_OTHERS = {"row_number": later("Row"), "extra": later("Further columns of the file")}


def label_columns(kind: str, names: Iterable[str]) -> dict[str, ColumnConfig]:
    """Return for each column of a table of records how its header reads; days are shown as 2023-04-01.

    Parameters
    ----------
    kind : str
        Key into ``schema.KINDS``.
    names : iterable of str
        Columns of the table; one that is none of the kind keeps its name.
    """
    dates = {field.name for field in KINDS[kind].fields if field.dtype == "date"}
    labels = {name: say(_OTHERS[name]) if name in _OTHERS else field_label(kind, name) for name in names}
    return {
        name: st.column_config.DateColumn(label, help=name, format="YYYY-MM-DD")
        if name in dates
        else st.column_config.Column(label, help=name)
        for name, label in labels.items()
        if label != name
    }


def name_column(message: str, field: str, kind: str, headers: Mapping[str, str]) -> str:
    """Return what is said of a row with the header of the person's file, or words, instead of a column's own name.

    Parameters
    ----------
    message : str
        As ``issues.ISSUES`` words it, the column in quotation marks.
    field : str
        The column that it is about.
    kind : str
    headers : mapping of str to str
        Column → header of the file, as in ``ImportResult.headers``.
    """
    return message.replace(f"“{field}”", f"“{headers.get(field) or field_label(kind, field)}”") if field else message
