from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schema
from data.area_counts import COARSE_PRECISIONS, PLACED_KINDS, PLACES, find_places, select_in_area
from data.periods import Period
from data.slices import select_records
from data.snapshot import Snapshot
from geo.area import Circle, Corridor, Polygon, read_area
from geo.borders import METRIC, load_borders
from geo.boundaries import load_provinces
from geo.gazetteer import PROVINCE_CODES

MARCH = Period(date(2023, 3, 1), date(2023, 4, 1))
BORDERS = load_borders().to_crs(METRIC).set_index("country_code").geometry
COUNTRY = load_provinces().to_crs(METRIC).union_all()
PHNOM_PENH = read_area("circle:11.5564,104.9282,25")


def make(kind, *rows):
    dtypes = schema.record_dtypes(schema.KINDS[kind])
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)


def snapshot_of(**records):
    return Snapshot(1, {kind: records.get(kind, make(kind)) for kind in schema.KINDS})


def at(latitude, longitude, **others):
    return {"latitude": latitude, "longitude": longitude, **others}


def places_of(kind, *rows, area=PHNOM_PENH):
    return [PLACES[place] for place in find_places(make(kind, *rows), kind, area)]


def test_each_record_has_the_place_that_its_source_tells():
    assert places_of(
        "complaint",
        at(11.55, 104.93),
        at(13.1, 103.2),
        at(11.55, 104.93, location_precision="province", province_code="KH-12"),
        {"province_code": "KH-12"},  # Phnom Penh
        {"province_code": "KH-8"},  # Kandal, around it
        {"province_code": "KH-2"},  # Battambang
        {"province_code": "KH-99"},
        {},
        {"latitude": 11.55},
    ) == [
        "inside",
        "outside",
        "coarse",
        "coarse",
        "coarse",
        "outside",
        "unlocated",
        "unlocated",
        "unlocated",
    ]


def test_an_event_in_several_provinces_may_lie_in_each():
    codes = ["KH-2;KH-12", "KH-2;KH-24", "", "KH-2; KH-8"]
    found = places_of("event", *({"province_codes": code} for code in codes))
    assert found == ["coarse", "outside", "unlocated", "coarse"]


def test_an_uncertain_site_beside_the_area_is_perhaps_in_it():
    beside = at(11.90, 104.9282)  # 38 km north of the centre, 13 km beyond the edge
    assert places_of(
        "compound",
        beside,
        beside | {"coordinate_uncertainty_m": 12_000},
        beside | {"coordinate_uncertainty_m": 14_000},
        beside | {"coordinate_uncertainty_m": 14_000, "location_precision": "district"},
        beside | {"location_precision": "district", "province_code": "KH-4"},
        at(11.55, 104.93, coordinate_uncertainty_m=90_000),
    ) == ["outside", "outside", "perhaps", "perhaps", "outside", "inside"]


def test_a_period_parts_dated_kinds_and_leaves_compounds():
    dates = [("2023-03-04", "2023-03-05"), ("2023-01-01", "2024-01-01"), ("2022-03-04", "2022-03-05"), (None, None)]
    rows = [at(11.55, 104.93, date_start=start, date_end=end) for start, end in dates]
    rows += [{"province_code": "KH-12", "date_start": "2023-03-04", "date_end": "2023-03-05"}]
    snapshot = snapshot_of(complaint=make("complaint", *rows), compound=make("compound", at(11.55, 104.93)))
    selection = select_in_area(snapshot, PHNOM_PENH, MARCH)
    found = selection.kinds["complaint"]
    assert (found.low, found.high, found.undated) == (1, 3, 1)
    assert found.counts == {"inside": 2, "perhaps": 0, "coarse": 1, "outside": 0, "unlocated": 0}
    assert (selection.kinds["compound"].low, selection.kinds["compound"].high) == (1, 1)
    table = selection.table().set_index("kind")
    assert list(table.index) == list(PLACED_KINDS)
    assert list(table.loc["complaint"]) == [1, 3, 2, 0, 1, 0, 0, 1]
    assert (table.loc["event"] == 0).all()


def test_picked_records_have_all_their_columns():
    records = make("complaint", at(11.55, 104.93, complaint_id="a"), at(13, 103, complaint_id="b"))
    records = records.set_index(pd.Index([7, 7])).assign(date_start=pd.Timestamp("2023-03-04"))
    found = select_in_area(snapshot_of(complaint=records), PHNOM_PENH, None).kinds["complaint"]
    assert list(found.pick("inside")["complaint_id"]) == ["a"]
    assert list(found.pick("outside")["complaint_id"]) == ["b"]
    assert list(found.pick("inside").columns) == list(records.columns)
    with pytest.raises(ValueError):  # noqa: PT011 – a mistake of the caller, told as Python tells it
        found.pick("nowhere")


degrees = st.tuples(st.floats(10, 14.5), st.floats(102.5, 107.5))
areas = st.one_of(
    st.builds(Circle, st.floats(10, 14.5), st.floats(102.5, 107.5), st.floats(1, 300)),
    st.builds(Corridor, st.sampled_from(["TH", "LA", "VN"]), st.floats(1, 100)),
    st.builds(
        lambda south, west, high, wide: Polygon(
            ((south, west), (south + high, west), (south + high, west + wide), (south, west + wide))
        ),
        st.floats(10, 13),
        st.floats(102, 106),
        st.floats(0.1, 2),
        st.floats(0.1, 2),
    ),
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.none() | degrees,
            "province_code": st.none() | st.sampled_from([*PROVINCE_CODES, "KH-99"]),
            "location_precision": st.none() | st.sampled_from(schema.PRECISIONS),
            "days": st.none() | st.tuples(st.integers(0, 400), st.integers(1, 400)),
        }
    ),
    max_size=30,
)


def complaints(drawn):
    first = pd.Timestamp("2022-09-01")
    read = []
    for row in drawn:
        latitude, longitude = row["at"] or (None, None)
        start, length = row["days"] or (None, None)
        read.append(
            {
                "latitude": latitude,
                "longitude": longitude,
                "province_code": row["province_code"],
                "location_precision": row["location_precision"],
                "date_start": None if start is None else first + pd.Timedelta(days=start),
                "date_end": None if start is None else first + pd.Timedelta(days=start + length),
            }
        )
    return make("complaint", *read)


@given(rows, areas, st.sampled_from([None, MARCH]))
def test_no_record_of_the_period_is_lost_or_counted_twice(drawn, area, period):
    records = complaints(drawn)
    found = select_in_area(snapshot_of(complaint=records), area, period).kinds["complaint"]
    slice_ = select_records(records, "complaint", period)
    assert sum(found.counts.values()) == len(slice_.inside) + len(slice_.perhaps)
    assert found.undated == len(slice_.undated)
    assert sum(len(found.pick(place)) for place in PLACES) == sum(found.counts.values())
    assert found.low <= found.counts["inside"] <= found.high
    assert found.high == sum(found.counts[place] for place in ("inside", "perhaps", "coarse"))


@settings(max_examples=25)
@given(rows, areas)
def test_inside_is_what_a_spatial_join_gives(drawn, area):
    records = complaints(drawn)
    points = records[records["latitude"].notna() & ~records["location_precision"].isin(COARSE_PRECISIONS)]
    places = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(points["longitude"], points["latitude"]), index=points.index, crs="EPSG:4326"
    )
    if isinstance(area, Circle):  # round in a projection of its own, in which distances from the centre are true
        crs = f"+proj=aeqd +lat_0={area.latitude} +lon_0={area.longitude} +ellps=WGS84"
        drawn_area = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0).buffer(area.radius_km * 1000, 4096)], crs=crs)
        places = places.to_crs(crs)
    elif isinstance(area, Polygon):
        drawn_area = gpd.GeoDataFrame(geometry=[shapely.Polygon([(x, y) for y, x in area.corners])], crs="EPSG:4326")
    else:
        strip = BORDERS[area.country_code].buffer(area.width_km * 1000, 256)
        drawn_area = gpd.GeoDataFrame(geometry=[strip.intersection(COUNTRY)], crs=METRIC)
        places = places.to_crs(METRIC)
    joined = gpd.sjoin(places, drawn_area, predicate="intersects")
    # In degrees both say the same of every point; in metres two ways to measure differ by a few.
    projected = places.crs.is_projected
    near_edge = places[places.distance(drawn_area.boundary[0]) < 30].index if projected else []
    mine = np.flatnonzero(find_places(records, "complaint", area) == PLACES.index("inside"))
    assert set(mine) - set(near_edge) == set(joined.index) - set(near_edge)


def test_of_the_coded_documents_every_record_is_told(snapshot):
    for text in ("circle:10.6093,103.5296,30", "corridor:TH,20", "corridor:VN,10"):
        table = select_in_area(snapshot, read_area(text), None).table().set_index("kind")
        total = table[list(PLACES)].sum(axis=1) + table["undated"]
        assert dict(total) == {kind: len(snapshot.of(kind)) for kind in PLACED_KINDS}
    assert table.loc["compound", "inside"] > 0  # Bavet and Chrey Thom
