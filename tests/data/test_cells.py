from __future__ import annotations

import pandas as pd

from data.cells import Cells
from data.dates import DateProblem


def make_cells(*texts: str) -> Cells:
    return Cells(pd.DataFrame({"a": list(texts)}, index=range(2, len(texts) + 2), dtype="str"))


def test_each_distinct_text_is_parsed_once():
    seen: list[str] = []

    def parse(text: str) -> str:
        seen.append(text)
        return text.upper()

    column = make_cells("x", "y", "x", "N/A").read("a", parse)
    assert column.take(str, "str").tolist()[:3] == ["X", "Y", "X"]
    assert column.take(str, "str").isna().tolist() == [False, False, False, True]
    assert seen == ["x", "y"]


def test_markers_are_words_where_they_are_asked_to_be():
    assert make_cells("N/A", " ").read("a", str, markers=False).values == ["N/A", None]


def test_problems_become_findings_of_their_rows():
    cells = make_cells("x", "ok", "x")
    column = cells.read("a", lambda text: DateProblem("date_unreadable", ": no") if text == "x" else text)
    assert column.take(str, "str").isna().tolist() == [True, False, True]
    (findings,) = cells.findings
    assert findings.to_numpy().tolist() == [[row, "date_unreadable", "a", "x", ": no"] for row in (2, 4)]


def test_what_is_given():
    assert make_cells("0", "-", "").is_given("a").tolist() == [True, False, False]
