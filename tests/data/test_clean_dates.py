from __future__ import annotations

import pandas as pd
import pytest

from data.cells import Cells, Conventions
from data.clean_dates import clean_dates, clean_period
from data.schema import KINDS

EVENT = KINDS["event"]


def make_cells(**columns: list[str]) -> Cells:
    rows = len(next(iter(columns.values())))
    names = ["event_date_edtf", "date_start", "date_end", "report_date"]
    texts = pd.DataFrame(columns, index=range(2, rows + 2)).reindex(columns=names, fill_value="").astype("str")
    return Cells(texts)


def clean_one(precision: str | None = None, **texts: str) -> tuple[list[str | None], list[str]]:
    cells = make_cells(**{name: [text] for name, text in texts.items()})
    columns = clean_period(cells, EVENT, pd.Series([precision], index=[2], dtype="str"), Conventions())
    values = [columns[name].iloc[0] for name in ("event_date_edtf", "date_start", "date_end", "date_precision")]
    shown = [f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value for value in values]
    codes = [code for findings in cells.findings for code in findings["code"]]
    return [None if pd.isna(value) else value for value in shown], codes


@pytest.mark.parametrize(
    ("texts", "precision", "expected", "codes"),
    [
        ({"event_date_edtf": "2023-04"}, None, ["2023-04", "2023-04-01", "2023-05-01", "month"], []),
        ({"event_date_edtf": "2022-08-19/2022-09-18"}, "month",
         ["2022-08-19/2022-09-18", "2022-08-19", "2022-09-19", "month"], []),
        ({"event_date_edtf": "../2022-09-22"}, None, ["../2022-09-22", None, "2022-09-23", "before"], []),
        ({"event_date_edtf": "2022-09-22"}, "before", ["2022-09-22", None, "2022-09-23", "before"], []),
        ({"event_date_edtf": "2023-04", "date_start": "2023-04-01", "date_end": "2023-05-01"}, None,
         ["2023-04", "2023-04-01", "2023-05-01", "month"], []),
        ({"event_date_edtf": "2023-04", "date_end": "2023-04-30"}, None,
         ["2023-04", "2023-04-01", "2023-04-30", "month"], ["dates_disagree"]),
        ({"date_start": "2023-04-01", "date_end": "2023-04-02"}, None,
         ["2023-04-01", "2023-04-01", "2023-04-02", "day"], []),
        ({"date_start": "2023-04-01", "date_end": "2023-05-01"}, None,
         ["2023-04-01/2023-04-30", "2023-04-01", "2023-05-01", "days"], []),
        ({"date_end": "2023-05-01"}, None, ["../2023-04-30", None, "2023-05-01", "before"], []),
        ({"date_start": "2023-05-01"}, None, ["2023-05-01/..", "2023-05-01", None, "unknown"], []),
        ({"event_date_edtf": "2023", "date_start": "2023-04"}, None,
         ["2023", "2023-01-01", "2024-01-01", "year"], ["date_unreadable"]),
        ({"event_date_edtf": "soon"}, None, [None, None, None, None], ["date_unreadable"]),
    ],
)  # fmt: skip
def test_a_period_is_filled_from_what_is_there(texts, precision, expected, codes):
    assert clean_one(precision, **texts) == (expected, codes)


def test_dates_with_one_reading_settle_those_with_two():
    cells = make_cells(report_date=["03/04/2025", "25/04/2025"])
    assert clean_dates(cells, "report_date", Conventions()).tolist() == ["2025-04-03", "2025-04-25"]
    cells = make_cells(report_date=["03/04/2025", "04/25/2025"])
    assert clean_dates(cells, "report_date", Conventions()).tolist() == ["2025-03-04", "2025-04-25"]


def test_one_column_says_nothing_about_another():
    cells = make_cells(report_date=["25/04/2025"], event_date_edtf=["03/04/2025"])
    assert clean_dates(cells, "event_date_edtf", Conventions()).isna().all()


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["25/04/2025", "26/04/2025", "04/25/2025"], ["2025-04-25", "2025-04-26"]),
        (["25/04/2025", "04/25/2025", "04/26/2025"], ["2025-04-25", "2025-04-26"]),
        (["25/04/2025", "04/25/2025"], []),
        (["25/04/2025", "04/25/2025", "2025-01-01"], ["2025-01-01"]),
    ],
)
def test_of_two_orders_the_rarer_is_set_aside(texts, kept):
    cells = make_cells(report_date=texts)
    assert clean_dates(cells, "report_date", Conventions()).dropna().tolist() == kept
    assert {code for findings in cells.findings for code in findings["code"]} == {"date_order_differs"}
