from __future__ import annotations

import pandas as pd
import pytest

from data.cells import Conventions
from data.clean import Cleaned, clean_cells
from data.schema import KINDS, record_dtypes


def clean(kind: str, *, conventions: Conventions | None = None, **columns: list[str]) -> Cleaned:
    rows = len(next(iter(columns.values())))
    texts = pd.DataFrame(columns, index=pd.RangeIndex(2, rows + 2, name="row_number"), dtype="str")
    return clean_cells(texts, KINDS[kind], conventions or Conventions())


def found(cleaned: Cleaned) -> list[tuple[int, str]]:
    return list(zip(cleaned.findings["row_number"], cleaned.findings["code"], strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_all_columns_come_out_typed_even_if_none_is_there(kind):
    records = clean(kind, note=["x", ""]).records
    assert {name: str(dtype) for name, dtype in records.dtypes.items()} == record_dtypes(KINDS[kind])
    assert records["note"].isna().tolist() == [False, True]
    assert records.drop(columns="note").isna().all(axis=None)


def test_text_is_kept_as_it_is_and_identifiers_are_trimmed():
    records = clean("complaint", complaint_id=[" a "], note=[" =1 "], place_text=["NA"]).records
    assert records.loc[2, ["complaint_id", "note", "place_text"]].tolist() == ["a", " =1 ", "NA"]


def test_choices_are_found_without_case_and_spaces_and_others_are_said():
    cleaned = clean("complaint", channel=["walk_in", "Walk in", "WALK-IN", "carrier pigeon", "n/a"])
    assert cleaned.records["channel"].dropna().tolist() == ["walk_in"] * 3
    assert found(cleaned) == [(5, "choice_unknown")]
    assert "embassy" in cleaned.findings["detail"].iloc[0]


def test_unknown_is_a_value_where_the_schema_has_it():
    cleaned = clean("complaint", sex=["unknown", "Unknown"], channel=["unknown", ""])
    assert cleaned.records["sex"].tolist() == ["unknown", "unknown"]
    assert cleaned.records["channel"].isna().all()
    assert not found(cleaned)


def test_lists_are_tidied():
    assert clean("event", source_ids=["a ;; b;"]).records["source_ids"].tolist() == ["a;b"]


def test_exchanged_columns_are_exchanged_before_they_are_read():
    exchanged = Conventions(swap_coordinates=True)
    records = clean("complaint", latitude=["104.92"], longitude=["11.55"], conventions=exchanged).records
    assert records.loc[2, ["latitude", "longitude"]].tolist() == [11.55, 104.92]


def test_an_exported_distance_is_taken_without_a_word_when_it_cannot_be_read():
    cleaned = clean("complaint", match_method=["nearest", "x"], distance_m=["12.3450", "far"])
    assert cleaned.records["distance_m"].tolist()[0] == 12.345
    assert not found(cleaned)
