from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.boundary_moves import PLACED_KINDS, PLACING_COLUMNS, compare_areas, find_placings, label_record, no_placings
from data.boundary_sets import trying
from data.ingest import ingest
from data.store import Store
from geo.boundaries import load_provinces
from tests.data.boundary_files import strip_of, synthetic_set


@pytest.fixture
def complaints(store: Store) -> pd.DataFrame:
    point = strip_of().representative_point()
    rows = [
        f"in-strip,2023-01-02,{point.y},{point.x},",
        "elsewhere,2023-01-02,13.1,103.2,",
        f"by-code,2023-01-02,{point.y},{point.x},KH-8",
        "by-name,2023-01-02,,,Kandal",
    ]
    content = "\n".join(["complaint_id,received_date,latitude,longitude,province_code", *rows]).encode()
    store.commit(ingest(content, "synthetic.csv", "complaint"), actor="T", content=content)
    return store.read("complaint")


def test_only_what_coordinates_placed_moves(complaints):
    assert find_placings(complaints, "complaint").empty
    with trying(synthetic_set()):
        moves = find_placings(complaints, "complaint")
    assert tuple(moves.columns) == PLACING_COLUMNS == tuple(no_placings().columns)
    assert moves[["record_id", "before", "after", "match_method"]].to_numpy().tolist() == [
        ["in-strip", "KH-8", "KH-12", "coordinates"]
    ]
    assert 0 < moves["border_m"].iloc[0] < 6000


def test_areas_change_by_what_changed_hands():
    areas = compare_areas(synthetic_set().checked.shapes).set_index("province_code")
    lost = areas["before_km2"] - areas["after_km2"]
    assert lost["KH-8"] == pytest.approx(-lost["KH-12"], rel=1e-4)
    assert lost["KH-8"] > 100
    assert np.abs(lost.drop(["KH-8", "KH-12"])).max() < 0.01
    assert areas["change"]["KH-8"] < 0 < areas["change"]["KH-12"]
    metric = load_provinces().to_crs("EPSG:32648").area.sum() / 1e6
    assert areas["before_km2"].sum() == pytest.approx(metric, rel=1e-3)


def test_a_record_is_called_by_its_own_words(complaints):
    assert set(PLACED_KINDS) == {"compound", "event", "complaint"}
    assert label_record(complaints.iloc[0], "complaint") == "2023-01-02"
    assert label_record({"name": "A site", "place_text": "x"}, "compound") == "A site"
