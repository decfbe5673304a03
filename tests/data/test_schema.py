from __future__ import annotations

import re
from collections import Counter

import pandas as pd
import pytest

from data import schema
from data.metrics import METRICS
from data.schema import KINDS, empty_records, record_dtypes, split_list

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


def plain(header: str) -> str:
    """Return a header as it is compared: without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", header.casefold())


@kinds
def test_an_empty_frame_has_the_columns_and_dtypes_of_its_kind(kind):
    frame = empty_records(kind)
    dtypes = record_dtypes(kind)
    assert frame.empty
    assert list(frame.columns) == list(dtypes)
    assert [str(dtype) for dtype in frame.dtypes] == list(dtypes.values())


@kinds
def test_every_kind_has_its_identifier_and_its_sources(kind):
    assert kind.columns[0] == kind.id_field
    assert kind.name == "source" or schema.SOURCE_IDS in kind.columns


@kinds
def test_no_header_claims_two_columns(kind):
    claims = Counter(plain(name) for field in kind.fields for name in {field.name, *field.aliases})
    assert [name for name, number in claims.items() if number > 1] == []


@kinds
def test_every_column_says_what_it_means(kind):
    for field in kind.fields:
        assert field.meaning, field.name
        assert not field.meaning.endswith("."), field.name
        assert field.name == field.name.lower()


@kinds
def test_only_choices_have_choices_and_examples_are_among_them(kind):
    for field in kind.fields:
        assert bool(field.choices) == (field.dtype == "choice"), field.name
        assert not field.choices or not field.example or field.example in field.choices, field.name


@kinds
def test_placed_kinds_get_the_columns_of_placing(kind):
    added = [name for name in record_dtypes(kind) if name not in kind.columns]
    assert added == (list(schema.PLACE_RESULT) if kind.placed else [])
    assert not kind.placed or {schema.PROVINCE_CODE, schema.PROVINCE_CODES} & set(kind.columns)


@kinds
def test_columns_are_found_by_name(kind):
    for name in kind.columns:
        assert kind.field(name).name == name
    with pytest.raises(KeyError, match="no column 'colour'"):
        kind.field("colour")


def test_dated_kinds_have_a_period_and_a_written_date():
    assert set(schema.PERIOD_COLUMNS) == set(schema.DATE_FIELD)
    for name, columns in schema.PERIOD_COLUMNS.items():
        assert [KINDS[name].field(column).dtype for column in columns] == ["date", "date"]
        assert KINDS[name].field(schema.DATE_FIELD[name]).dtype == "edtf"
        assert "date_precision" in KINDS[name].columns


def test_a_claim_can_be_about_every_metric():
    assert KINDS["claim"].field("metric").choices == tuple(METRICS)


def test_complaints_have_no_column_for_personal_data():
    assert not {"name", "phone", "telephone", "email", "passport", "address"} & set(KINDS["complaint"].columns)


def test_pins_are_only_for_what_is_closer_than_a_district():
    district = schema.PRECISIONS.index("district")
    assert list(schema.PIN_PRECISIONS) == list(schema.PRECISIONS[:district])


@pytest.mark.parametrize("kind", ["compound", "event", "complaint", "claim"])
@pytest.mark.parametrize("header", ["province", "location", "ខេត្ត"])
def test_a_written_province_is_text_to_be_resolved_not_a_code(kind, header):
    fields = [field.name for field in KINDS[kind].fields if header in field.aliases]
    assert fields == [schema.PLACE_TEXT]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("KH-1;KH-2", ("KH-1", "KH-2")),
        (" KH-1 ; ; KH-2;", ("KH-1", "KH-2")),
        ("KH-1", ("KH-1",)),
        ("", ()),
        (" ; ", ()),
        (None, ()),
        (pd.NA, ()),
        (float("nan"), ()),
    ],
)
def test_list_cells_are_split(cell, parts):
    assert split_list(cell) == parts
