"""Rows out of a GeoPackage or a zipped Shapefile; GDAL sees them in a process of its own only."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from data.formats.archive import unpack
from data.formats.contents import Contents, choose_sheet
from data.formats.detection import Format
from data.formats.features import Feature, list_features
from data.formats.reprojection import ASK_CRS
from data.formats.sandbox import read_apart
from data.limits import Limits, current_limits
from data.sniff import ENCODINGS
from errors import EmptyFileError, UnreadableFileError
from locales import later, say

_NEEDED = {".shp": later("the shapes"), ".shx": later("the index"), ".dbf": later("the table")}
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_HEADER_BYTES = 100  # of .shp; what is longer holds features
_TABLE_HEADER = slice(8, 10)  # where .dbf says how long its own header is
_ASK_ENCODING = later("Say how its text is encoded (encoding): utf-8, or cp1252 for Western programs, cp874 Thai.")


def read_geopackage(content: bytes, file_name: str, sheet: str | None = None, crs: str | None = None) -> Contents:
    """Return the features of one layer of a GeoPackage as rows.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages.
    sheet : str, optional
        The layer; needed where several hold features.
    crs : str, optional
        In what the coordinates are written, ``EPSG:`` and a number; where the file says it, its word counts.

    Raises
    ------
    UploadError
        It passes a limit of size or time, would run something, is damaged, or something has to be said.
    """
    arguments = {"sheet": sheet, "crs": crs, "limits": asdict(current_limits())}
    answer = read_apart("geopackage", {"layer.gpkg": content}, file_name, **arguments)
    return _list(answer, "gpkg", file_name, answer["sheet"], tuple(answer["sheets"]))


def read_shapefile(
    content: bytes, file_name: str, sheet: str | None = None, crs: str | None = None, encoding: str | None = None
) -> Contents:
    """Return the features of one Shapefile of a ZIP archive as rows.

    Parameters
    ----------
    content : bytes
        The archive.
    file_name, sheet, crs
        As for `read_geopackage`; needed where the archive has several layers, and where ``.prj`` is missing.
    encoding : str, optional
        How the text of the table is written; needed where ``.cpg`` is missing and there are other letters than a–z.

    Raises
    ------
    UploadError
        As for `read_geopackage`; or a part of the Shapefile is missing.
    """
    files, chosen, names, encoding = unpack_layer(content, file_name, sheet, crs, encoding, current_limits())
    arguments = {"crs": crs, "encoding": encoding or "utf-8", "limits": asdict(current_limits())}
    answer = read_apart("shapefile", files, file_name, **arguments)
    return _list(answer, "shapefile", file_name, chosen, names)


def unpack_layer(
    content: bytes, file_name: str, sheet: str | None, crs: str | None, encoding: str | None, limits: Limits
) -> tuple[dict[str, bytes], str, tuple[str, ...], str | None]:
    """Return the parts of one Shapefile of an archive as ``layer.shp`` …, its name, all names, and its encoding.

    Raises
    ------
    UploadError
        As for `read_shapefile`.
    """
    unpacked = unpack(content, file_name, entries=limits.entries, limits=limits)
    layers: dict[str, dict[str, bytes]] = {}
    for name, data in unpacked.items():
        path = PurePosixPath(name.replace("\\", "/"))
        if path.suffix.lower() in _PARTS and "__MACOSX" not in path.parts:
            layers.setdefault(str(path.with_suffix("")), {})[path.suffix.lower()] = data
    layers = {name: parts for name, parts in layers.items() if ".shp" in parts} or layers
    names = {PurePosixPath(name).name if len(layers) == 1 else name: name for name in layers}
    filled = [shown for shown, name in names.items() if len(layers[name].get(".shp", b"")) > _HEADER_BYTES]
    chosen = choose_sheet(list(names), filled, sheet, file_name, later("layer"))
    parts = layers[names[chosen]]
    encoding = _stated_encoding(parts.pop(".cpg", b"")) or encoding
    _check_parts(parts, file_name, crs, encoding)
    return {f"layer{suffix}": data for suffix, data in parts.items()}, chosen, tuple(names), encoding


def _check_parts(parts: dict[str, bytes], file_name: str, crs: str | None, encoding: str | None) -> None:
    for suffix, what in _NEEDED.items():
        if suffix not in parts:
            raise UnreadableFileError(
                say(
                    "“{file_name}” lacks {what} ({suffix}) of its Shapefile.",
                    file_name=file_name,
                    what=say(what),
                    suffix=suffix,
                ),
                say("Pack .shp, .shx, .dbf and .prj together."),
                file_name=file_name,
                missing=suffix,
            )
    if ".prj" not in parts and crs is None:
        raise UnreadableFileError(
            say("“{file_name}” lacks the file (.prj) that says what its coordinates are.", file_name=file_name),
            say("Pack it with the others. {ask_crs}", ask_crs=say(ASK_CRS)),
            file_name=file_name,
            missing="crs",
        )
    table = parts[".dbf"]
    body = table[int.from_bytes(table[_TABLE_HEADER], "little") :]
    if encoding is None and not body.isascii():
        raise UnreadableFileError(
            say("“{file_name}” does not say how its text is encoded (.cpg).", file_name=file_name),
            say("Pack .cpg with the others. {ask_encoding}", ask_encoding=say(_ASK_ENCODING)),
            file_name=file_name,
            missing="encoding",
        )


def _stated_encoding(cpg: bytes) -> str | None:
    """Return the encoding that a .cpg file names, as in ``sniff.ENCODINGS``; None when it names none that we read."""
    name = cpg.decode("ascii", "replace").strip().lower().replace(" ", "").replace("_", "-")
    number = name.removeprefix("ansi").removeprefix("oem").removeprefix("cp").removeprefix("windows-")
    if number in ("utf8", "utf-8", "65001"):
        return "utf-8"
    if "8859" in name and name.endswith("1"):
        return "latin-1"
    return f"cp{number}" if f"cp{number}" in ENCODINGS else (name if name in ENCODINGS else None)


def _list(answer: dict[str, Any], file_format: Format, file_name: str, sheet: str, sheets: tuple[str, ...]) -> Contents:
    columns = answer["columns"]
    features = [
        Feature(dict(zip(columns, cells, strict=True)), (point[0], point[1]) if point else None, height, shape, flaw)
        for cells, point, height, shape, flaw in answer["features"]
    ]
    if not features:
        raise EmptyFileError(
            say("“{file_name}” has no features.", file_name=file_name), say("Export it again."), file_name=file_name
        )
    return list_features(features, file_format, file_name, sheet=sheet, sheets=sheets, notes=tuple(answer["notes"]))
