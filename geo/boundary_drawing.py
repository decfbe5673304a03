"""Installed boundaries as the browser draws them: simplified together, so that neighbours still meet, and labelled."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.boundaries import load_neighbours, load_outline
from geo.files.build_basemap import SERVED_DECIMALS, areas, fit_neighbours, to_geojson
from geo.gazetteer import provinces as province_names

PROVINCES, NEIGHBOURS, DISTRICTS = "provinces.json", "neighbours.json", "districts.json"
"""Names of the files for the browser in the folder of a set."""
MOST_VERTICES = {1: 7_000, 2: 14_000}
"""Per level; at four decimals about 20 bytes each, a quarter of it compressed."""
_FINEST, _COARSEST = 0.0005, 0.02  # degrees
_CRUMB = 2e-5  # square degrees, about 0.25 km²: smaller islets are drawn only where a shape has nothing larger
_METRIC = "EPSG:32648"


def draw_provinces(provinces: gpd.GeoDataFrame, credit: str) -> dict[str, str]:
    """Return the files that the browser needs for a set of provinces, by name.

    Parameters
    ----------
    provinces : GeoDataFrame
        ``province_code``, ``geometry`` (EPSG:4326), in ISO order.
    credit : str
        Whose the boundaries are.

    Returns
    -------
    dict of str to str
        GeoJSON with the properties of ``static/geo/provinces.json``, and the neighbours' land fitted to it.
    """
    drawn = _simplify(provinces, 1)
    names = province_names().set_index("province_code").loc[drawn["province_code"]]
    labels = _label_points(drawn)
    table = gpd.GeoDataFrame(
        {
            "province_code": drawn["province_code"],
            "name_en": names["name_en"].to_numpy(),
            "name_km": names["name_km"].to_numpy(),
            "label_latitude": labels[:, 1],
            "label_longitude": labels[:, 0],
        },
        geometry=drawn.geometry,
        crs=drawn.crs,
    )
    ours = gpd.GeoDataFrame(
        {"country_code": ["KH"], "name_en": ["Cambodia"]}, geometry=[load_outline()], crs="EPSG:4326"
    )
    countries = gpd.GeoDataFrame(pd.concat([load_neighbours(), ours], ignore_index=True), crs="EPSG:4326")
    fitted = fit_neighbours(countries, table)
    return {
        PROVINCES: to_geojson(table, attribution=credit),
        NEIGHBOURS: to_geojson(fitted, attribution="Made with Natural Earth"),
    }


def draw_districts(districts: gpd.GeoDataFrame, credit: str) -> dict[str, str]:
    """Return the file that the browser needs for a set of districts, by name.

    Parameters
    ----------
    districts : GeoDataFrame
        ``district_code``, ``name_en``, ``name_km``, ``province_code``, ``geometry`` (EPSG:4326).
    credit : str
        Whose the boundaries are.
    """
    drawn = _simplify(districts, 2)
    labels = _label_points(drawn)
    table = drawn.assign(label_latitude=labels[:, 1], label_longitude=labels[:, 0])
    return {DISTRICTS: to_geojson(table, attribution=credit)}


def _simplify(shapes: gpd.GeoDataFrame, level: int) -> gpd.GeoDataFrame:
    """Return the shapes with few enough vertices, at the finest tolerance that gives them."""
    whole = np.array([_without_crumbs(shape) for shape in shapes.geometry], dtype=object)
    # Slivers between neighbours would else stand in the way of simplifying their common border.
    whole = np.array([areas(shape) for shape in shapely.coverage_clean(whole)], dtype=object)
    simple, tolerance = whole, _FINEST
    while _count(simple) > MOST_VERTICES[level] and tolerance <= _COARSEST:
        simple = shapely.coverage_simplify(whole, tolerance)
        tolerance *= 1.4
    drawn = [areas(shape) for shape in shapely.set_precision(shapely.make_valid(simple), 10**-SERVED_DECIMALS)]
    drawn = [shapely.transform(shape, lambda vertices: np.round(vertices, SERVED_DECIMALS)) for shape in drawn]
    return shapes.set_geometry(gpd.GeoSeries(drawn, index=shapes.index, crs="EPSG:4326"))


def _count(shapes: NDArray[np.object_]) -> int:
    return int(shapely.get_num_coordinates(shapes).sum())


def _without_crumbs(shape: shapely.Geometry) -> shapely.MultiPolygon:
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    return shapely.MultiPolygon([part for part in parts if part is parts[0] or part.area > _CRUMB])


def _label_points(shapes: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return per shape longitude and latitude of the middle of the largest circle in its largest part."""
    metric = shapes.to_crs(_METRIC).geometry
    largest = np.array([max(shapely.get_parts(shape), key=shapely.area) for shape in metric], dtype=object)
    circles = shapely.maximum_inscribed_circle(largest, tolerance=100)
    points = gpd.GeoSeries(shapely.get_point(circles, 0), crs=_METRIC).to_crs("EPSG:4326")
    return np.column_stack([points.x, points.y]).round(SERVED_DECIMALS)
