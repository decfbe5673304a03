from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo.files.build_basemap import areas, fit_neighbours, rounded


def test_only_areas_are_kept():
    mixed = shapely.GeometryCollection(
        [shapely.box(0, 0, 1, 1), shapely.Point(3, 3), shapely.LineString([(4, 4), (5, 5)])]
    )
    assert areas(mixed).equals(shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]))
    assert areas(shapely.box(0, 0, 1, 1)).geom_type == "MultiPolygon"


def test_rounding_leaves_a_valid_shape():
    sliver = shapely.Polygon([(0, 0), (1, 0.00004), (2, 0), (2, 1), (1, 0.00006), (0, 1)])
    result = rounded(sliver, 4)
    assert result.is_valid
    assert (shapely.get_coordinates(result) == shapely.get_coordinates(result).round(4)).all()


def test_neighbours_meet_the_provinces():
    # Cambodia is drawn one degree too far east; a strip in the west is left to Thailand, an island stays.
    provinces = gpd.GeoDataFrame(geometry=[shapely.box(102, 11, 105, 14)], crs="EPSG:4326")
    cambodia = shapely.MultiPolygon([shapely.box(101.5, 11, 104.5, 14), shapely.box(103, 10, 103.2, 10.2)])
    countries = gpd.GeoDataFrame(
        {"country_code": ["KH", "TH", "VN"], "name_en": ["Cambodia", "Thailand", "Viet Nam"]},
        geometry=[
            cambodia,
            shapely.MultiPolygon([shapely.box(99, 11, 101.5, 14)]),
            shapely.MultiPolygon([shapely.box(104.5, 11, 108, 14)]),
        ],
        crs="EPSG:4326",
    )
    fitted = fit_neighbours(countries, provinces).set_index("country_code").geometry
    assert fitted["TH"].equals(shapely.box(99, 11, 102, 14))
    assert fitted["VN"].equals(shapely.box(105, 11, 108, 14))
    assert fitted["KH"].area == pytest.approx(0.04)
