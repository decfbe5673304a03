from __future__ import annotations

import numpy as np
import pytest

from data.boundary_sets import keep_set
from data.district_counts import count_by_district, counts_districts, index_districts, measure_districts
from data.ingest import ingest
from data.measures import MEASURES
from data.periods import parse_period
from data.snapshot import Snapshot
from data.suppression import Published
from geo.districts import load_districts, use_districts
from tests.data.boundary_files import synthetic_set


@pytest.fixture
def installed(tmp_path):
    use_districts(keep_set(tmp_path, synthetic_set(level=2), {"attribution": "Nobody"}))
    yield
    use_districts(None)


def test_every_record_of_the_period_is_counted_once(installed):
    districts = load_districts()
    point = districts.geometry.representative_point().iloc[4]
    rows = [
        f"a,2023-01-02,{point.y},{point.x},",
        f"b,2023-01-03,{point.y},{point.x},",
        f"perhaps,2023-01,{point.y},{point.x},",
        f"later,2024-01-03,{point.y},{point.x},",
        "bangkok,2023-01-03,13.75,100.5,",
        "province,2023-01-03,,,Kampot",
        "nowhere,2023-01-03,,,unknown",
    ]
    content = "\n".join(["complaint_id,received_date,latitude,longitude,place_text", *rows]).encode()
    result = ingest(content, "synthetic.csv", "complaint")
    assert result.rows_accepted == len(rows)
    counts = count_by_district(result.accepted, "complaint", parse_period("2023-01-01", "2023-01-15"))
    own = counts.rows.set_index("district_code").loc[districts["district_code"].iloc[4]]
    assert (own["low"], own["high"]) == (2, 3)
    assert (counts.to_province, counts.elsewhere, counts.unlocated) == (1, 1, 1)
    assert counts.rows["high"].sum() + 3 == len(rows) - 1
    assert len(counts.rows) == len(districts)
    assert counts.rows["low"].dtype == np.int64


def test_a_point_that_stands_for_a_province_tells_no_district(installed):
    with_place = "complaint_id,received_date,latitude,longitude,location_precision,place_text"
    point = load_districts().geometry.representative_point().iloc[4]
    rows = [
        f"rough,2023-01-02,{point.y},{point.x},province,Kampot",
        f"town,2023-01-02,{point.y},{point.x},town,",
    ]
    result = ingest("\n".join([with_place, *rows]).encode(), "synthetic.csv", "complaint")
    accepted = result.accepted.drop_duplicates("complaint_id")
    counts = count_by_district(accepted, "complaint", None)
    assert counts.rows["high"].sum() == (accepted["location_precision"] == "town").sum() == 1
    assert counts.to_province == len(accepted) - 1 == 1


def test_periods_add_up_and_classes_come_from_years(installed):
    point = load_districts().geometry.representative_point().iloc[0]
    days = ["2022-03-01", "2022-09-01", "2023-01-01", "2023"]
    lines = [f"c{i},{day},{point.y},{point.x}" for i, day in enumerate(days)]
    content = "\n".join(["complaint_id,received_date,latitude,longitude", *lines]).encode()
    index = index_districts(ingest(content, "synthetic.csv", "complaint").accepted, "complaint")
    years = [index.count(parse_period(f"{year}-01-01", f"{year + 1}-01-01")).rows["low"].sum() for year in (2022, 2023)]
    whole = index.count(None)
    assert years == [2, 2]
    assert whole.rows["low"].sum() == 4
    assert whole.perhaps == 0
    assert sorted(index.pooled()) == [2, 2, 4]
    month = index.count(parse_period("2023-01-01", "2023-02-01"))
    assert (month.rows["low"].sum(), month.rows["high"].sum(), month.perhaps) == (1, 2, 1)


def test_only_recorded_measures_are_counted_and_never_uploaded_rows_in_public(installed, snapshot):
    raids, stated = MEASURES["recorded:raid"], MEASURES["stated:complaints_received"]
    assert counts_districts(snapshot, raids)
    assert not counts_districts(snapshot, stated)
    told = Published(k=11, kinds=frozenset({"event"}))
    public = Snapshot(1, snapshot.records, profile="public", published=told)
    assert not counts_districts(public, raids)
    found = measure_districts(snapshot, raids).count(None)
    days = snapshot.days("event", "raid")
    dated = len(days.order) + len(days.coarse)
    assert found.rows["high"].sum() + found.to_province + found.elsewhere + found.unlocated == dated > 0
    use_districts(None)
    assert not counts_districts(snapshot, raids)
