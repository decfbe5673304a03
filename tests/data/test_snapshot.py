from __future__ import annotations

import pandas as pd

from data.schema import KINDS, record_dtypes


def test_a_snapshot_holds_every_kind_with_its_dtypes(snapshot):
    assert set(snapshot.records) == set(KINDS)
    for name, kind in KINDS.items():
        dtypes = snapshot.of(name).dtypes
        assert {column: str(dtypes[column]) for column in record_dtypes(kind)} == record_dtypes(kind)


def test_records_are_found_by_identifier(snapshot):
    first = snapshot.of("compound").iloc[0]
    assert snapshot.find("compound", first["compound_id"])["name"] == first["name"]
    assert snapshot.find("compound", "no such") is None


def test_sources_come_in_the_order_in_which_they_are_named(snapshot):
    claims = snapshot.of("claim")
    claim = claims[claims["source_ids"].str.contains(";", na=False)].iloc[0]
    found = snapshot.sources_of(pd.DataFrame([claim]))
    assert found["source_id"].to_list() == [part.strip() for part in claim["source_ids"].split(";")]


def test_the_extent_covers_the_documents(snapshot):
    extent = snapshot.extent()
    assert extent.start.year <= 2022
    assert extent.end.year == 2023
