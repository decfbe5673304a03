"""How a file was read, and how else it could be, in words."""

from __future__ import annotations

from data.drafts import Draft
from data.encodings import preview_encodings
from data.options import CRS, DEGREES
from data.read import Reading
from data.sniff import DELIMITER_NAMES
from errors import AtlasError
from locales import later, say

_FORMATS = {
    "csv": later("table as text"),
    "xlsx": later("workbook (XLSX)"),
    "geojson": later("GeoJSON"),
    "kml": later("KML"),
    "gpkg": later("GeoPackage"),
    "shapefile": later("Shapefile (ZIP)"),
}
ENCODING_NAMES = {
    "utf-8": later("Unicode (UTF-8)"),
    "utf-16": later("Unicode (UTF-16)"),
    "cp1252": later("Western European (Windows-1252)"),
    "cp874": later("Thai (Windows-874)"),
    "gb18030": later("Chinese (GB 18030)"),
    "cp1258": later("Vietnamese (Windows-1258)"),
    "big5": later("Chinese (Big5)"),
    "mac-roman": later("Western European (Macintosh)"),
}
_PROJECTIONS = {DEGREES: later("longitude and latitude (WGS 84)")} | CRS


def describe_reading(reading: Reading, rows: int) -> str:
    """Return in one sentence how a file was read."""
    parts = [say(_FORMATS.get(reading.file_format, reading.file_format))]
    if reading.file_format == "csv":
        parts += [
            say("characters: {name}", name=say(ENCODING_NAMES.get(reading.encoding, reading.encoding))),
            say("cells parted by: {name}", name=say(DELIMITER_NAMES.get(reading.delimiter, reading.delimiter))),
        ]
    if reading.sheet:
        parts.append(say("sheet: {name}", name=reading.sheet))
    parts.append(say("column names in line {number}", number=str(reading.header_row)))
    if reading.blank_lines:
        parts.append(say("{n} blank lines passed over", n=reading.blank_lines))
    if reading.hxl:
        parts.append(say("HXL tags found"))
    how = "; ".join(parts)
    return say(
        "{rows} rows, {columns} columns. {how}.", rows=rows, columns=len(reading.columns), how=how[:1].upper() + how[1:]
    )


def ways_out(draft: Draft, error: AtlasError) -> list[tuple[str, dict[str, object]]]:
    """Return what would settle the error: words (which may hold the name of a sheet), and the decision."""
    ways: list[tuple[str, dict[str, object]]] = []
    if row := error.context.get("header_row"):
        ways.append((say("The column names are in line {number}", number=str(row)), {"header_row": row}))
    for delimiter in error.context.get("delimiters", ()):
        ways.append(
            (say("Cells are parted by a {name}", name=say(DELIMITER_NAMES[delimiter])), {"delimiter": delimiter})
        )
    if "encoding" in error.context and draft.options.encoding is None:
        for encoding, line in preview_encodings(draft.content(), draft.file_name).items():
            ways.append((f"{say(ENCODING_NAMES.get(encoding, encoding))}: {line}", {"encoding": encoding}))
    if error.context.get("missing") == "crs":
        ways += [
            (say("The coordinates are {name}", name=say(name)), {"crs": crs}) for crs, name in _PROJECTIONS.items()
        ]
    if error.context.get("missing") == "encoding":
        ways += [
            (say("The characters are {name}", name=say(name)), {"encoding": code})
            for code, name in ENCODING_NAMES.items()
        ]
    for sheet in error.context.get("sheets", ()):
        ways.append((say("The sheet or layer “{name}”", name=sheet), {"sheet": sheet}))
    return ways
