"""Workbooks, map files and archives for tests, each made by code."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
import xlsxwriter

NAMES = ["complaint_id", "received_date", "place_text", "people_affected"]
CELLS = ["a-1", "2023-04-01", "Kampot", 3]
RECORD = dict(zip(NAMES, CELLS, strict=True))


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook; a text that begins with ``=`` is a formula, whose value is the number of its characters."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(number, place, cell, day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, place, cell, None, len(cell))
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return content.getvalue()


def add_to_archive(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """An archive with more files in it."""
    added = io.BytesIO(content)
    with zipfile.ZipFile(added, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return added.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    return add_to_archive(b"", parts)


def geojson(geometry: Any, properties: Mapping[str, Any] | None = None, **more: Any) -> bytes:
    """A collection of one feature."""
    own = RECORD if properties is None else properties
    feature = {"type": "Feature", "geometry": geometry, "properties": own}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **more}).encode()


def point(longitude: Any, latitude: Any, *more: Any) -> dict[str, Any]:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [longitude, latitude, *more]}


def layer(*shapes: Any, crs: Any = 4326, **columns: Sequence[Any]) -> gpd.GeoDataFrame:
    """A layer of some shapes."""
    cells = columns or {name: [cell] * len(shapes) for name, cell in RECORD.items()}
    return gpd.GeoDataFrame(cells, geometry=list(shapes), crs=crs)


def geopackage(folder: Path, **layers: gpd.GeoDataFrame) -> bytes:
    """A GeoPackage with some layers."""
    path = folder / "made.gpkg"
    for name, frame in layers.items():
        frame.to_file(path, layer=name, driver="GPKG")
    return path.read_bytes()


def with_schema(folder: Path, content: bytes, *statements: str) -> bytes:
    """A GeoPackage after some SQL."""
    path = folder / "changed.gpkg"
    path.write_bytes(content)
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return path.read_bytes()


def shapefile(folder: Path, frame: gpd.GeoDataFrame, *, without: Sequence[str] = (), name: str = "layer") -> bytes:
    """A zipped Shapefile, some of its parts left out."""
    path = folder / "shapes"
    path.mkdir(exist_ok=True)
    # Short names: a table of a Shapefile has ten letters for each.
    short = {"complaint_id": "id", "received_date": "date", "place_text": "province", "people_affected": "victims"}
    frame.rename(columns=short).to_file(path / "made.shp", encoding="utf-8")
    parts = {f"{name}{part.suffix}": part.read_bytes() for part in sorted(path.glob("made.*"))}
    return archive({part: data for part, data in parts.items() if Path(part).suffix not in without})


def lying_archive(name: str, data: bytes, said: int) -> bytes:
    """An archive that states another size of a file than it has."""
    content = bytearray(archive({name: data}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(mark) + offset
        content[place : place + 4] = struct.pack("<I", said)
    return bytes(content)


BOW_TIE = shapely.Polygon([(104, 11), (105, 12), (105, 11), (104, 12)])
KML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
)
PLACEMARK = (
    "<Placemark><name>One</name><ExtendedData>"
    + "".join(f'<Data name="{name}"><value>{cell}</value></Data>' for name, cell in RECORD.items())
    + "</ExtendedData>{}</Placemark>"
)
KML_POINT = "<Point><coordinates>104.1803,10.6112,0</coordinates></Point>"
