"""Records as files for others: CSV and XLSX for spreadsheets and for our own import, GeoJSON for maps.

What is exported as CSV or XLSX and imported again gives the same records. What may be exported at all, and how
coarsely, is not decided here: the caller passes the records that may be seen.
"""

from __future__ import annotations

import io
import json
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from data.guard import guard, write_csv
from data.numbers import write_number
from data.schema import KINDS, LATITUDE, LONGITUDE, PANDAS_DTYPES, Kind, record_dtypes, split_list
from errors import ExportError
from locales import say

EXTRA = "extra"
_COORDINATES = (LATITUDE, LONGITUDE)
_SHEET_ROWS, _CELL_CHARACTERS = 1_048_576, 32_767
"""What a sheet of a workbook holds."""
_BARE = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}


def export_csv(records: pd.DataFrame, kind: str) -> bytes:
    """Return records as CSV, UTF-8 with byte order mark, safe to open in a spreadsheet.

    Parameters
    ----------
    records : DataFrame
        With the columns of ``schema.record_dtypes(kind)`` and, if there, ``extra`` (JSON), whose parts become columns
        of their own again. Other columns are left out.
    kind : str
        Key into ``schema.KINDS``.
    """
    dtypes = record_dtypes(KINDS[kind])
    columns = {name: _as_text(records[name], name) for name in dtypes}
    columns |= _unpack_extra(records)
    return write_csv(columns, plain=[name for name, dtype in dtypes.items() if dtype != PANDAS_DTYPES["text"]])


def export_xlsx(records: pd.DataFrame, kind: str) -> bytes:
    """Return records as a workbook of one sheet, in which no cell is a formula or a link.

    Parameters
    ----------
    records : DataFrame
        As for `export_csv`.
    kind : str
        Key into ``schema.KINDS``.

    Returns
    -------
    bytes
        XLSX. Columns of numbers hold numbers, and everything else is text, dates too; a number of more digits than a
        workbook keeps is text as well.

    Raises
    ------
    ExportError
        There are more records, or more characters in a cell, than a workbook holds.
    """
    dtypes = record_dtypes(KINDS[kind])
    numbers = {name for name, dtype in dtypes.items() if dtype in (PANDAS_DTYPES["number"], PANDAS_DTYPES["integer"])}
    columns = {name: _as_text(records[name], name) for name in dtypes} | _unpack_extra(records)
    if len(records) >= _SHEET_ROWS:
        raise ExportError(
            say("A sheet of a workbook holds {most} records; these are {n}.", most=_SHEET_ROWS - 1, n=len(records)),
            say("Export CSV."),
        )
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **_BARE}) as book:
        sheet = book.add_worksheet(kind)
        sheet.freeze_panes(1, 0)
        for place, (name, cells) in enumerate(columns.items()):
            sheet.write_string(0, place, guard(name))
            for row, text in enumerate(cells, start=1):
                if len(text) > _CELL_CHARACTERS:
                    raise ExportError(
                        say(
                            "A cell of a workbook holds {cell_characters} characters; one of “{name}” has more.",
                            cell_characters=_CELL_CHARACTERS,
                            name=name,
                        ),
                        say("Export CSV."),
                    )
                if name in numbers and text and _is_kept(text):
                    sheet.write_number(row, place, float(text))
                elif text:
                    sheet.write_string(row, place, text)
    return content.getvalue()


def _is_kept(digits: str) -> bool:
    """Whether a number keeps its value with the 16 digits that are written for it."""
    return float(f"{float(digits):.16G}") == float(digits)


def export_geojson(records: pd.DataFrame, kind: str) -> bytes:
    """Return records as a GeoJSON feature collection (RFC 7946, WGS 84).

    Parameters
    ----------
    records : DataFrame
        As for `export_csv`.
    kind : str
        Key into ``schema.KINDS``.

    Returns
    -------
    bytes
        UTF-8. A record without coordinates is a feature without a geometry, so that none is lost. Lists are arrays,
        missing values null, and the columns that the schema does not know stand in the object ``extra``.
    """
    record_kind = KINDS[kind]
    features = [_feature(row, record_kind) for row in records.to_dict("records")]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, allow_nan=False).encode()


def _as_text(column: pd.Series, name: str) -> list[str]:
    if column.dtype == PANDAS_DTYPES["date"]:
        return list(column.dt.strftime("%Y-%m-%d").fillna(""))
    if column.dtype == PANDAS_DTYPES["number"]:
        return ["" if pd.isna(value) else _write(value, name) for value in column]
    return ["" if pd.isna(value) else str(value) for value in column]


def _write(value: float, name: str) -> str:
    """Return the digits of a number; only a coordinate such as 12.345 needs no zero to have one reading."""
    return np.format_float_positional(value, trim="-") if name in _COORDINATES else write_number(value)


def _unpack_extra(records: pd.DataFrame) -> dict[str, list[str]]:
    packed = [json.loads(text) for text in records[EXTRA]] if EXTRA in records else []
    headers = dict.fromkeys(header for cells in packed for header in cells)
    return {header: [cells.get(header, "") for cells in packed] for header in headers}


def _feature(row: dict[Hashable, Any], kind: Kind) -> dict[str, Any]:
    lists = {field.name for field in kind.fields if field.dtype == "list"}
    values = {
        name: list(split_list(row[name])) if name in lists else _as_json(row[name], dtype)
        for name, dtype in record_dtypes(kind).items()
    }
    latitude, longitude = values.get(LATITUDE), values.get(LONGITUDE)
    geometry = None
    if latitude is not None and longitude is not None:
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    if EXTRA in row:
        values[EXTRA] = json.loads(row[EXTRA])
    return {"type": "Feature", "id": values[kind.id_field], "geometry": geometry, "properties": values}


def _as_json(value: Any, dtype: str) -> str | int | float | None:
    if pd.isna(value):
        return None
    if dtype == PANDAS_DTYPES["date"]:
        return f"{value:%Y-%m-%d}"
    if dtype == PANDAS_DTYPES["integer"]:
        return int(value)
    return float(value) if dtype == PANDAS_DTYPES["number"] else str(value)
