from __future__ import annotations

from datetime import date

import pytest

from data.ingest import ingest
from data.options import Edit, ImportOptions
from data.read import read_table
from data.redact import REMOVED, find_private_cells, redact, redacted_options
from errors import UploadError

TODAY = date(2026, 3, 1)
PHONE = "012 555 999"
FILE = (
    "Title above\n"
    "id;date;province;note;url\n"
    f"a;2023;Kampot;call {PHONE};https://example.org/012555999\n"
    '\nb;2023;Kampot;"two\nlines";\n'
    f"c;2023;{PHONE}\n"
    f"d;2023;Kampot;x;;{PHONE};y\n"
    "012555999;2023;Kampot;=1+1;\n"
).encode("cp1252")
OPTIONS = ImportOptions(encoding="cp1252", delimiter=";", header_row=2)


def test_what_is_removed_is_gone_and_everything_else_stays_on_its_line():
    content = redact(FILE, "x.csv", OPTIONS, "complaint")
    assert PHONE not in content.decode()
    options = redacted_options(OPTIONS)
    before = read_table(FILE, "x.csv", encoding="cp1252", delimiter=";", header_row=2)
    after = read_table(content, "x.csv", encoding="utf-8", delimiter=",", header_row=2)
    assert after.rows.index.tolist() == before.rows.index.tolist()
    assert after.findings["code"].tolist() == before.findings["code"].tolist()
    kept = before.rows.where(~before.rows.apply(lambda cells: cells.str.contains(PHONE)), REMOVED)
    assert after.rows.iloc[:, :5].equals(kept.iloc[:, :5])
    first = ingest(FILE, "x.csv", "complaint", OPTIONS, today=TODAY)
    again = ingest(content, "x.csv", "complaint", options, today=TODAY)
    assert "personal_data" in set(first.issues["code"])
    assert "personal_data" not in set(again.issues["code"])
    assert again.rows_read == first.rows_read
    assert again.accepted["complaint_id"].tolist() == ["a", "b", "012555999"]


def test_decisions_about_single_rows_still_hold():
    options = ImportOptions(
        encoding="cp1252", delimiter=";", header_row=2, edits=(Edit(5, "province", "Takeo"),), leave_out=(3,)
    )
    content = redact(FILE, "x.csv", options, "complaint")
    result = ingest(content, "x.csv", "complaint", redacted_options(options), today=TODAY)
    assert result.accepted["province_code"].iloc[0] == "KH-21"
    assert result.duplicates["row_number"].tolist() == [3]


def test_columns_of_addresses_and_identifiers_are_not_looked_at():
    rows = read_table(f"id,link,note\n{PHONE},{PHONE},{PHONE}\n".encode(), "x.csv").rows
    found = find_private_cells(rows, {"id": "complaint_id", "link": "url"})
    assert found["field"].tolist() == ["note"]
    assert PHONE not in found.to_csv()
    edited = find_private_cells(rows[:0], {}, [Edit(2, "note", "a@example.org"), Edit(3, "note", "x")])
    assert edited["row_number"].tolist() == [2]


def test_a_header_that_is_no_column_of_the_record_is_looked_at_whatever_its_name():
    rows = read_table(f"passport_id,url\n{PHONE},{PHONE}\n".encode(), "x.csv").rows
    assert find_private_cells(rows, {"url": "url"})["field"].tolist() == ["passport_id"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_cannot_be_read_is_refused(content):
    with pytest.raises(UploadError):
        redact(content, "x.csv", ImportOptions(), "complaint")


def test_columns_in_doubt_do_not_keep_a_cell():
    options = ImportOptions(columns={"note": "no such header"})
    assert PHONE not in redact(f"a,url\n{PHONE},{PHONE}\n".encode(), "x.csv", options, "complaint").decode()
