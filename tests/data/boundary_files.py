"""Synthetic boundaries, made from the bundled provinces: never of any real place."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data.boundary_sets import BoundarySet, BoundarySource, read_boundaries
from geo.boundaries import load_provinces, try_boundaries
from geo.gazetteer import districts, provinces
from tests.attacks.made_files import geopackage, shapefile

NAME = "synthetic-adm1.geojson"
SOURCE = BoundarySource("Synthetic provinces", "Nobody", "CC0-1.0", "https://boundaries.example/adm1", "2026")
KANDAL, PHNOM_PENH = 7, 11
"""Positions of two neighbours."""


def bundled() -> gpd.GeoDataFrame:
    """The bundled provinces, whatever is installed."""
    with try_boundaries(None):
        return load_provinces()


def synthetic_provinces(shift: float = 0.05) -> gpd.GeoDataFrame:
    """The provinces with a strip of `shift` degrees of Kandal around Phnom Penh gone over to it."""
    shapes = list(bundled().geometry)
    strip = strip_of(shift)
    shapes[PHNOM_PENH] = shapely.union(shapes[PHNOM_PENH], strip)
    shapes[KANDAL] = shapely.difference(shapes[KANDAL], strip)
    names = provinces()
    columns = {"ADM1_EN": names["name_en"], "ADM1_KM": names["name_km"], "ADM1_PCODE": names["pcode"]}
    return gpd.GeoDataFrame({"OBJECTID": range(1, 26), **columns}, geometry=shapes, crs="EPSG:4326")


def strip_of(shift: float = 0.05) -> shapely.Geometry:
    """What changes hands in `synthetic_provinces`."""
    shapes = bundled().geometry
    return shapely.intersection(shapes[PHNOM_PENH].buffer(shift), shapes[KANDAL])


def synthetic_districts(per_province: int = 3) -> gpd.GeoDataFrame:
    """Some districts per province, each the part of it that lies nearest to a point."""
    rows, shapes = [], []
    listed = districts()
    for code, shape in zip(*bundled()[["province_code", "geometry"]].to_numpy().T, strict=True):
        names = listed[listed["province_code"] == code].head(per_province)
        west, south, east, north = shape.bounds
        places = np.linspace(0.2, 0.8, len(names))
        points = [(west + place * (east - west), south + place * (north - south)) for place in places]
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=shape.buffer(1)))
        parts = [shape.intersection(cell) for cell in cells] if len(points) > 1 else [shape]
        for row, part in zip(names.to_dict("records"), parts, strict=True):
            rows.append({"ADM2_EN": row["name_en"], "ADM2_PCODE": f"KH{row['district_code']}"})
            shapes.append(part)
    columns = {name: [row[name] for row in rows] for name in ("ADM2_EN", "ADM2_PCODE")}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def as_geojson(frame: gpd.GeoDataFrame) -> bytes:
    return frame.to_json(drop_id=True).encode()


def as_geopackage(folder: Path, frame: gpd.GeoDataFrame) -> bytes:
    return geopackage(folder, synthetic=frame)


def as_shapefile(folder: Path, frame: gpd.GeoDataFrame, **more: object) -> bytes:
    return shapefile(folder, frame, name="synthetic", **more)


def synthetic_set(level: int = 1, shift: float = 0.05) -> BoundarySet:
    """A set that was read and checked."""
    frame = synthetic_provinces(shift) if level == 1 else synthetic_districts()
    return read_boundaries(as_geojson(frame), f"synthetic-adm{level}.geojson", level)
