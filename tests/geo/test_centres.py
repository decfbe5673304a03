from __future__ import annotations

from geo.boundaries import load_provinces
from geo.centres import name_centres
from geo.gazetteer import province_name


def test_the_middle_of_every_province_is_known():
    provinces = load_provinces()
    names = [province_name(code) for code in provinces["province_code"]]
    inside = provinces.geometry.representative_point()
    middle = provinces.geometry.to_crs("EPSG:32648").centroid.to_crs("EPSG:4326")
    for points in (inside, middle):
        assert name_centres(points.y, points.x) == names


def test_a_point_elsewhere_is_no_middle():
    point = load_provinces().geometry.representative_point().iloc[0]
    near, beyond = point.y + 0.008, point.y + 0.03
    assert name_centres([near, beyond, 0.0, float("nan")], [point.x, point.x, 0.0, 1.0])[1:] == ["", "", ""]
    assert name_centres([near], [point.x]) != [""]
