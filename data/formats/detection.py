"""What the bytes of a file are: by what they hold, never by the file's name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Format = Literal["csv", "xlsx", "geojson", "kml", "gpkg", "shapefile"]
FORMATS: dict[Format, str] = {
    "csv": "CSV or other text",
    "xlsx": "XLSX workbook",
    "geojson": "GeoJSON",
    "kml": "KML",
    "gpkg": "GeoPackage",
    "shapefile": "zipped Shapefile",
}
"""The formats that are read, as a person calls them."""

ZIP = b"PK\x03\x04"
_SQLITE = b"SQLite format 3\x00"
_APPLICATION_ID = slice(68, 72)  # of SQLite's header
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_MARK = b"\xef\xbb\xbf"
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\}|$)|\[\s*[\[{\"])")
_KML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<(?:[\w.-]+:)?kml[\s>]", re.DOTALL)
_START = 4096


def detect_format(content: bytes) -> Format:
    """Return the format of a file; ``csv`` for everything that is none of the others, be it a table or not.

    Nothing is unpacked: of an archive only the names of its files are read.
    """
    if content.startswith(ZIP):
        return _detect_archive(content)
    if content.startswith(_SQLITE):
        return "gpkg" if content[_APPLICATION_ID] in _GEOPACKAGE_IDS else "csv"
    start = content[:_START].removeprefix(_MARK)
    if _KML.match(start):
        return "kml"
    return "geojson" if _JSON.match(start) else "csv"


def _detect_archive(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "csv"
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "shapefile" if any(name.endswith((".shp", ".shx", ".dbf")) for name in names) else "csv"
