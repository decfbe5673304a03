from __future__ import annotations

import stat

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from data.masking import (
    DECIMALS,
    SECRET_FILE,
    WITHIN_M,
    blank,
    coarsen_places,
    make_pseudonym,
    read_secret,
    rename_records,
)
from data.schema import KINDS, empty_records, record_dtypes
from errors import StoreError
from geo.point_index import NOWHERE, find_provinces

SECRET = b"s" * 32
EARTH = Geod(ellps="WGS84")


def sites(points: list[tuple[float, float]], sensitivity: list[str | None], **more: object) -> pd.DataFrame:
    frame = empty_records(KINDS["compound"]).reindex(range(len(points)))
    frame["compound_id"] = [f"cmp-{number}" for number in range(len(points))]
    frame["latitude"] = pd.array([north for north, _ in points], dtype="Float64")
    frame["longitude"] = pd.array([east for _, east in points], dtype="Float64")
    frame["sensitivity"] = pd.array(sensitivity, dtype="str")
    for column, values in ({"location_precision": ["exact"] * len(points)} | more).items():
        frame[column] = pd.array(values, dtype=frame[column].dtype)
    return frame


def none_of(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(False, index=frame.index)


points = st.lists(
    st.tuples(st.floats(10.0, 14.7), st.floats(102.4, 107.6), st.sampled_from(["low", "medium", "high", None])),
    min_size=1,
    max_size=30,
)


@settings(max_examples=25)
@given(points, st.binary(min_size=32, max_size=32))
def test_the_circle_holds_the_true_place_and_the_point_stays_in_its_province(places, secret):
    frame = sites([(north, east) for north, east, _ in places], [level for *_, level in places])
    moved = coarsen_places(frame, none_of(frame), secret)
    shown = moved.records
    located = shown["latitude"].notna().to_numpy()
    assert (located == shown["longitude"].notna().to_numpy()).all()
    assert moved.moved == located.sum()
    assert moved.moved + moved.dropped == len(frame)
    true, seen = frame[located], shown[located]
    north, east, up, right = (
        table[axis].to_numpy(np.float64) for table in (true, seen) for axis in ("latitude", "longitude")
    )
    *_, metres = EARTH.inv(east, north, right, up)
    # The distance is kept on a sphere, which differs from the ellipsoid by less than half a per cent.
    assert (metres <= seen["coordinate_uncertainty_m"].to_numpy(np.float64) * 1.006).all()
    assert (find_provinces(north, east) == find_provinces(up, right)).all()
    for value, level in [*zip(up, seen["sensitivity"], strict=True), *zip(right, seen["sensitivity"], strict=True)]:
        decimals = DECIMALS[level if level in DECIMALS else "high"]
        assert value == round(value, decimals)


def test_the_offset_is_always_the_same_and_another_with_another_secret():
    frame = sites([(11.5, 105.0)] * 20, ["medium"] * 20)
    first, again = (coarsen_places(frame, none_of(frame), SECRET).records for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    other = coarsen_places(frame, none_of(frame), b"t" * 32).records
    assert not first["latitude"].equals(other["latitude"])
    assert first["latitude"].nunique() > 1  # each record has its own


def test_the_offset_of_a_record_does_not_depend_on_the_other_records():
    frame = sites([(11.5, 105.0), (12.5, 104.0), (13.0, 103.0)], ["low", "medium", None])
    whole = coarsen_places(frame, none_of(frame), SECRET).records
    alone = coarsen_places(frame.iloc[[2]], none_of(frame).iloc[[2]], SECRET).records
    assert whole.loc[2, "latitude"] == alone.loc[2, "latitude"]


def test_a_stated_uncertainty_grows_and_precision_becomes_coarser():
    frame = sites(
        [(11.5, 105.0)] * 4,
        ["low", "medium", "high", "low"],
        coordinate_uncertainty_m=[100.0, 100.0, 100.0, 6000.0],
        location_precision=["exact", "exact", "exact", "town"],
    )
    shown = coarsen_places(frame, none_of(frame), SECRET).records
    assert shown["coordinate_uncertainty_m"].tolist() == [257, 1670, 15_800, 6157]
    assert shown["location_precision"].tolist() == ["near", "town", "district", "town"]


def test_a_missing_sensitivity_counts_as_high():
    frame = sites([(11.5, 105.0)], [None])
    assert coarsen_places(frame, none_of(frame), SECRET).records["coordinate_uncertainty_m"].iloc[0] == WITHIN_M["high"]


@pytest.mark.parametrize("precision", ["province", "country"])
def test_a_point_that_stands_for_a_province_goes(precision):
    frame = sites([(11.5, 105.0)], ["low"], location_precision=[precision])
    moved = coarsen_places(frame, none_of(frame), SECRET)
    assert (moved.moved, moved.dropped) == (0, 1)
    assert moved.records["latitude"].isna().all()
    assert moved.records["coordinate_uncertainty_m"].isna().all()
    assert moved.records["location_precision"].tolist() == [precision]


def test_an_exempt_point_stays():
    frame = sites([(11.512345, 105.012345)], [None])
    pd.testing.assert_frame_equal(coarsen_places(frame, ~none_of(frame), SECRET).records, frame)


def test_half_a_pair_of_coordinates_goes():
    frame = sites([(11.5, 105.0)], ["low"])
    frame["longitude"] = pd.array([None], dtype="Float64")
    assert coarsen_places(frame, none_of(frame), SECRET).records["latitude"].isna().all()


def test_a_point_abroad_is_moved_abroad():
    frame = sites([(10.0, 108.0)], ["medium"])
    shown = coarsen_places(frame, none_of(frame), SECRET).records
    assert find_provinces(*(shown[axis].to_numpy(np.float64) for axis in ("latitude", "longitude")))[0] == NOWHERE


def test_columns_and_dtypes_stay():
    frame = sites([(11.5, 105.0)], ["low"])
    shown = coarsen_places(frame, none_of(frame), SECRET).records
    assert {name: str(shown[name].dtype) for name in record_dtypes(KINDS["compound"])} == record_dtypes(
        KINDS["compound"]
    )


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    secret = read_secret(tmp_path)
    assert len(secret) == 32
    assert read_secret(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [SECRET_FILE]


def test_a_damaged_secret_is_not_replaced(tmp_path):
    (tmp_path / SECRET_FILE).write_bytes(b"short")
    with pytest.raises(StoreError, match="damaged"):
        read_secret(tmp_path)
    assert (tmp_path / SECRET_FILE).read_bytes() == b"short"


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(StoreError, match="cannot be read or made"):
        read_secret(tmp_path / "missing")


def test_a_pseudonym_is_stable_and_depends_on_secret_and_kind():
    name = make_pseudonym(SECRET, "compound", "hotline-17")
    assert name == make_pseudonym(SECRET, "compound", "hotline-17")
    assert "17" not in name.split("-", 1)[0]
    assert (
        len({name, make_pseudonym(SECRET, "claim", "hotline-17"), make_pseudonym(b"t" * 32, "compound", "hotline-17")})
        == 3
    )


def test_references_follow_and_those_to_missing_records_go():
    claims = empty_records(KINDS["claim"]).reindex(range(2))
    claims["claim_id"] = ["a", "b"]
    claims["responds_to"] = pd.array(["b; gone", None], dtype="str")
    claims["part_of"] = pd.array([None, "a"], dtype="str")
    claims["source_ids"] = pd.array(["s;t", "gone"], dtype="str")
    names = {"claim": {"a": "A", "b": "B"}, "source": {"s": "S", "t": "T"}}
    renamed = rename_records({"claim": claims}, names)["claim"]
    assert renamed["claim_id"].tolist() == ["A", "B"]
    assert renamed["responds_to"].fillna("").tolist() == ["B", ""]
    assert renamed["part_of"].fillna("").tolist() == ["", "A"]
    assert renamed["source_ids"].fillna("").tolist() == ["S;T", ""]


def test_blank_counts_only_what_was_there():
    frame = sites([(11.5, 105.0)] * 3, ["low"] * 3, note=["secret", " ", None])
    emptied, n = blank(frame, "note", pd.Series([True, True, True]))
    assert n == 1
    assert emptied["note"].isna().all()
    assert frame["note"].iloc[0] == "secret"
