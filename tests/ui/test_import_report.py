from __future__ import annotations

from streamlit.testing.v1 import AppTest

from data.ingest import ImportResult, ingest
from ui import import_report


def _report(result) -> None:
    from ui.import_report import show_report

    show_report(result)


def _show(result: ImportResult) -> AppTest:
    app = AppTest.from_function(_report, kwargs={"result": result}, default_timeout=30).run()
    assert not app.exception
    return app


def _result(*rows: bytes, header: bytes = b"complaint_id,received_date,place_text,colour") -> ImportResult:
    return ingest(b"\n".join([header, *rows, b""]), "rows.csv", "complaint")


def test_totals_add_up_and_rows_to_check_are_accepted_ones():
    app = _show(_result(b"a,2022-09-01,Takeo,red", b"b,2022-09-02,,red", b"c,2022-09-03,Atlantis,red"))
    assert [metric.value for metric in app.metric] == ["3", "2", "1", "1"]
    assert "3 read = 2 accepted + 1 rejected." in app.caption.values


def test_a_column_that_is_not_known_is_said_to_be_kept():
    tables = [table.value for table in _show(_result(b"a,2022-09-01,Takeo,red")).dataframe]
    reading = next(table for table in tables if "Read as" in table).set_index("Column in your file")["Read as"]
    assert reading["received_date"] == "received_date"
    assert reading["colour"] == "not known; kept with the record"


def test_problems_are_grouped_by_reason_worst_first():
    rows = [b"a,2022-09-01,,red", b"b,2022-09-03,Atlantis,red", b"c,2022-09-03,Atlantis,red"]
    tables = [table.value for table in _show(_result(*rows)).dataframe]
    grouped = next(table for table in tables if "For example" in table)
    assert grouped["Result"].tolist() == ["Rejected", "To check"]
    assert grouped["Rows"].tolist() == [2, 1]
    assert grouped["First in row"].tolist() == [3, 2]


def test_a_clean_file_has_no_list_of_problems():
    app = _show(_result(b"a,2022-09-01,Takeo,red"))
    assert "**What was found**" not in app.markdown.values


def test_long_tables_say_that_they_are_cut(monkeypatch):
    monkeypatch.setattr(import_report, "MOST_ROWS", 2)
    app = _show(_result(*(b"x%d,2022-09-01,Takeo,red" % n for n in range(3))))
    assert "The first 2 rows of each are shown; the download holds all." in app.caption.values
    assert app.metric[0].value == "3"
