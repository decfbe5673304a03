"""What other boundaries change: the provinces of records that were placed by their coordinates, and areas."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from data.schema import DISTANCE_M, KINDS, LATITUDE, LONGITUDE, MATCH_METHOD, PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES
from geo.boundaries import load_provinces
from geo.coordinates import locate_points
from geo.gazetteer import province_name

PLACED_KINDS = tuple(name for name, kind in KINDS.items() if LATITUDE in kind.columns)
"""The kinds of record that may have coordinates."""
FROM_POINT = ("coordinates", "nearest", "outside")
"""Values of ``match_method`` that say that the coordinates gave the province, or none."""
PLACING_COLUMNS = ("kind", "row_id", "record_id", "label", "before", "after", "match_method", "distance_m", "border_m")

_DESCRIBED_BY = ("name", "description", PLACE_TEXT, "event_type", "received_date")
_LABEL = 80
_SAME_M = 0.01
_GEOD = pyproj.Geod(ellps="WGS84")
_PLANE = "EPSG:32648"


def codes_column(kind: str) -> str:
    """Return the column of a kind that holds its province, or its provinces."""
    return PROVINCE_CODES if PROVINCE_CODES in KINDS[kind].columns else PROVINCE_CODE


def find_placings(records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the records that the boundaries in use place otherwise than the records say.

    Parameters
    ----------
    records : DataFrame
        Rows of a kind as ``Store.read`` gives them.
    kind : str
        One of `PLACED_KINDS`.

    Returns
    -------
    DataFrame
        `PLACING_COLUMNS`: kind, row_id, record_id, label (str), before and after (province code, empty for none),
        match_method, distance_m (as they are to be), border_m (metres from the point to the border of the province that
        it lies in now, or lay in before). Where before and after are the same, only the last three change.
    """
    chosen = records[
        records[MATCH_METHOD].isin(FROM_POINT) & records[LATITUDE].notna() & records[LONGITUDE].notna()
    ].reset_index(drop=True)
    latitude, longitude = (chosen[axis].to_numpy("float64") for axis in (LATITUDE, LONGITUDE))
    found = locate_points(latitude, longitude)
    before = chosen[codes_column(kind)].fillna("").astype(object)
    after = found["province_code"].fillna("").astype(object)
    told = chosen[DISTANCE_M].to_numpy("float64", na_value=np.nan)
    farther = np.nan_to_num(np.abs(told - found["distance_m"].to_numpy("float64")), nan=np.inf) > _SAME_M
    changed = (before != after) | (chosen[MATCH_METHOD] != found["match_method"]) | farther
    rows = np.flatnonzero(changed)
    placed = pd.DataFrame(
        {
            "kind": kind,
            "row_id": chosen["row_id"].to_numpy()[rows],
            "record_id": chosen[KINDS[kind].id_field].to_numpy(dtype=object)[rows],
            "label": [label_record(chosen.iloc[row], kind) for row in rows],
            "before": before.to_numpy()[rows],
            "after": after.to_numpy()[rows],
            "match_method": found["match_method"].to_numpy()[rows],
            "distance_m": found["distance_m"].to_numpy("float64")[rows],
        }
    )
    nearest = placed["after"].where(placed["after"] != "", placed["before"])
    placed["border_m"] = _border_distance(latitude[rows], longitude[rows], nearest)
    return placed[list(PLACING_COLUMNS)]


def no_placings() -> pd.DataFrame:
    """Return the table of `find_placings` without rows."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in PLACING_COLUMNS})


def label_record(record: Any, kind: str) -> str:
    """Return what a record is, in a few words of its own: its name, description or place."""
    for name in _DESCRIBED_BY:
        if name in KINDS[kind].columns and pd.notna(record[name]) and str(record[name]).strip():
            return str(record[name])[:_LABEL]
    return ""


def compare_areas(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the area of each province in a set, and in the set in use.

    Parameters
    ----------
    shapes : GeoDataFrame
        ``province_code`` and ``geometry`` (EPSG:4326), in ISO order.

    Returns
    -------
    DataFrame
        province_code, province (str), before_km2, after_km2 (float64, on the ellipsoid), change (float64, share of
        the earlier area).
    """
    former = load_provinces()
    before, after = (np.array([_area(each) for each in table.geometry]) for table in (former, shapes))
    return pd.DataFrame(
        {
            "province_code": former["province_code"],
            "province": [province_name(code) for code in former["province_code"]],
            "before_km2": before,
            "after_km2": after,
            "change": after / before - 1,
        }
    )


def _area(shape: shapely.Geometry) -> float:
    area, _ = _GEOD.geometry_area_perimeter(shapely.normalize(shapely.orient_polygons(shape)))
    return float(abs(area)) / 1e6


def _border_distance(latitude: Any, longitude: Any, codes: pd.Series) -> Any:
    """Return the metres from points to the border of a province; missing for no province."""
    distance = np.full(len(codes), np.nan)
    if not len(codes):
        return distance
    borders = load_provinces().set_index("province_code").to_crs(_PLANE).boundary
    points = np.asarray(gpd.GeoSeries(gpd.points_from_xy(longitude, latitude), crs="EPSG:4326").to_crs(_PLANE))
    for code in sorted(set(codes) & set(borders.index)):
        rows = np.flatnonzero(codes == code)
        distance[rows] = shapely.distance(borders[code], points[rows])
    return distance
