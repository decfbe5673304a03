from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from data.ingest import ingest
from data.schema import KINDS
from data.templates import template


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
    assert result.rows_accepted == 1
    assert result.issues.empty


def test_there_is_no_template_of_an_unknown_kind():
    with pytest.raises(KeyError):
        template("../schema")
