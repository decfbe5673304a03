from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pandas as pd

from data.schema import KINDS, record_dtypes, split_list
from data.snapshot import MOST_KEPT, Snapshot


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


def test_what_is_kept_is_made_once_for_each_key(snapshot):
    lone, made = Snapshot(1, snapshot.records), []
    for key in (1, 2, 1):
        assert lone.keep(("test", key), lambda key=key: made.append(key) or key * 10) == key * 10
    assert made == [1, 2]
    assert lone.extent() is lone.extent()
    assert lone.cube("event") is lone.cube("event")


def test_what_was_asked_for_longest_ago_goes_first(snapshot):
    lone = Snapshot(1, snapshot.records)
    for number in range(MOST_KEPT + 5):
        lone.keep("often", lambda: "made")
        lone.keep(number, lambda number=number: number)
    assert len(lone.kept) == MOST_KEPT
    assert "often" in lone.kept
    assert 0 not in lone.kept


def test_several_readers_may_ask_at_once(snapshot):
    lone = Snapshot(1, snapshot.records)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: lone.keep(n % 7, lambda: n % 7), range(500)))
    assert found == [n % 7 for n in range(500)]


def test_some_records_are_those_of_a_type_or_with_coordinates(snapshot):
    raids = snapshot.some("event", "raid")
    assert set(raids["event_type"]) == {"raid"}
    assert len(raids) == (snapshot.of("event")["event_type"] == "raid").sum()
    located = snapshot.some("compound", located=True)
    assert located["latitude"].notna().all()
    assert len(located) == snapshot.of("compound")[["latitude", "longitude"]].notna().all(axis=1).sum()
    assert snapshot.some("event") is snapshot.of("event")


def test_a_province_holds_its_records(snapshot):
    for kind, column in (("event", "province_codes"), ("claim", "province_code"), ("compound", "province_code")):
        named = [("KH-18" in split_list(cell)) for cell in snapshot.of(kind)[column]]
        assert snapshot.in_province(kind, "KH-18").index.to_list() == snapshot.of(kind).index[named].to_list()


def test_nothing_dated_has_no_extent(snapshot):
    assert Snapshot(1, {kind: records.head(0) for kind, records in snapshot.records.items()}).extent() is None
