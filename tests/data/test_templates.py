from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from data.ingest import ingest
from data.read import read_table
from data.schema import KINDS
from data.suggestions import suggest_columns
from data.templates import EXPLANATIONS, template


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_the_columns_of_the_schema_and_one_row_that_says_it_is_an_example(kind):
    content = template(kind)
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert tuple(header) == KINDS[kind].columns
    assert len(rows) == 1
    assert "example" in rows[0][header.index("note")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_itself_a_file_without_a_flaw(kind):
    result = ingest(template(kind), f"{kind}.csv", kind, today=date(2026, 1, 1))
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (1, 1, 0)
    assert result.issues.empty


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_a_template_is_known_by_its_name(kind):
    rows = read_table(template(kind), f"{kind}.csv").whole
    assert all(one.column == one.header for one in suggest_columns(rows, KINDS[kind]))


def test_the_line_beside_a_template_says_what_is_needed():
    assert EXPLANATIONS.keys() == KINDS.keys()
    assert all("\n" not in line and "Needed: " in line for line in EXPLANATIONS.values())


def test_there_is_no_template_of_an_unknown_kind():
    with pytest.raises(KeyError):
        template("../schema")
