"""A sheet that nobody reads is kept with the file all the same: it may hold no personal data."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from data.ingest import ingest
from data.options import ImportOptions
from data.redact import redact, redacted_options
from errors import PersonalDataError

COMPLAINTS = [["received_date", "place_text"], ["2024-03-01", "Takeo"]]


def workbook(other: list[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in (("Log", COMPLAINTS), ("Contacts", other)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


LOG = ImportOptions(sheet="Log")


@pytest.mark.parametrize("cell", ["+855 12 345 678", "someone@example.org", "passport N01234567"])
def test_personal_data_on_another_sheet_stops_the_file(cell):
    content = workbook([["Note"], [cell]])
    with pytest.raises(PersonalDataError, match="Contacts") as caught:
        ingest(content, "log-synthetic.xlsx", "complaint", LOG)
    assert cell not in str(caught.value)
    alone = redact(content, "log-synthetic.xlsx", LOG, "complaint")
    assert cell.encode() not in alone
    assert ingest(alone, "log-synthetic.csv", "complaint", redacted_options(LOG)).rows_accepted == 1


@pytest.mark.parametrize("other", [[], [["Code", "Meaning"], ["A", "arrived"]]])
def test_other_sheets_do_no_harm(other):
    assert ingest(workbook(other), "log-synthetic.xlsx", "complaint", LOG).rows_accepted == 1
