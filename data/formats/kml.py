"""Rows out of KML: its placemarks, wherever they stand; links to other files are not followed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from data.formats.contents import Contents
from data.formats.features import Feature, list_features
from data.formats.shapes import SHAPES
from data.limits import current_limits
from errors import EmptyFileError, FileTooLargeError, UnreadableFileError
from locales import say

FOLDER = "folder"
"""Column with the names of the folders in which a placemark lies, the outermost first."""
_DEEPEST = 100
_DRAWING = frozenset({"styleurl", "visibility", "open", "style", "stylemap", "lookat", "camera", "region"})
"""Parts of a placemark that only say how it is drawn."""
_HOLDERS = frozenset({"Document", "Folder"})
_TUPLE = re.compile(r"\s*,\s*")


def read_kml(content: bytes, file_name: str) -> Contents:
    """Return the placemarks of a KML file as rows.

    Parameters
    ----------
    content : bytes
        KML 2.x; its coordinates are longitude and latitude (WGS 84) by definition.
    file_name : str
        For messages.

    Raises
    ------
    FileTooLargeError
        More placemarks or positions than the limits.
    EmptyFileError
        No placemarks.
    UnreadableFileError
        No well-formed XML, or entities, or coordinates that are no longitude and latitude.
    """
    features: list[Feature] = []
    counts = {"NetworkLink": 0, "GroundOverlay": 0}
    limits = current_limits()
    positions = 0
    try:
        for element, folders in _elements(content):
            name = _local(element)
            if name in counts:
                counts[name] += 1
            elif name == "Placemark":
                feature, found = _read_placemark(element, folders)
                features.append(feature)
                positions += found
                if len(features) > limits.rows or positions > limits.vertices:
                    raise FileTooLargeError(
                        say(
                            "“{file_name}” has more than {rows} placemarks or {vertices} positions.",
                            file_name=file_name,
                            rows=limits.rows,
                            vertices=limits.vertices,
                        ),
                        say("Save only the points, or split the file."),
                        file_name=file_name,
                    )
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        line = error.position[0] if isinstance(error, ParseError) else None
        where = f"Line {line} of “{file_name}”" if line else f"“{file_name}”"
        raise UnreadableFileError(
            say("{where} is not KML that we read: it is broken, nested too deep, or defines entities.", where=where),
            say("Export it again as KML."),
            file_name=file_name,
        ) from error
    if not features:
        raise EmptyFileError(
            say("“{file_name}” has no placemarks.", file_name=file_name), say("Export it again."), file_name=file_name
        )
    notes = [
        f"{what}: {times}; what they lead to is not read."
        for what, times in (
            ("Links to other files", counts["NetworkLink"]),
            ("Pictures laid on the map", counts["GroundOverlay"]),
        )
        if times
    ]
    return list_features(features, "kml", file_name, notes=tuple(notes))


def _elements(content: bytes) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield each element that ends, with the names of the folders around it; what has been read is let go."""
    path: list[Element] = []
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            if len(path) > _DEEPEST:
                raise ValueError("elements within elements")
            continue
        path.pop()
        name = _local(element)
        if name in ("Placemark", "NetworkLink", "GroundOverlay"):
            yield element, tuple(_child_text(each, "name") for each in path if _local(each) in _HOLDERS)
        if name in ("Placemark", "NetworkLink", "GroundOverlay", "Folder", "Style", "StyleMap"):
            element.clear()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child_text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if _local(child) == name), "")


def _read_placemark(element: Element, folders: tuple[str, ...]) -> tuple[Feature, int]:
    """Return a placemark and how many positions it has."""
    cells: dict[str, str] = {}

    def add(name: str, text: str) -> None:
        while name in cells and cells[name] != text:
            name += "*"
        cells[name] = text

    if identifier := element.get("id"):
        add("id", identifier)
    geometries: list[Element] = []
    for child in element:
        name = _local(child)
        if name == "ExtendedData":
            for entry in child.iter():
                if _local(entry) == "Data":
                    add(entry.get("name", ""), _child_text(entry, "value"))
                elif _local(entry) == "SimpleData":
                    add(entry.get("name", ""), (entry.text or "").strip())
        elif name == "Point" or name in SHAPES:
            geometries.append(child)
        elif name in ("TimeStamp", "TimeSpan"):
            for entry in child:
                add(_local(entry), (entry.text or "").strip())
        elif name.lower() not in _DRAWING and not len(child):
            add(name, (child.text or "").strip())
    if shown := "/".join(filter(None, folders)):
        add(FOLDER, shown)
    return _place(cells, geometries)


def _place(cells: dict[str, str], geometries: list[Element]) -> tuple[Feature, int]:
    leaves = [leaf for each in geometries for leaf in each.iter() if _local(leaf) == "coordinates"]
    positions = [part for leaf in leaves for part in (leaf.text or "").split()]
    if len(geometries) == 1 and _local(geometries[0]) == "MultiGeometry" and len(geometries[0]) == 1:
        geometries = list(geometries[0])  # a collection of one is that one
    if not geometries:
        return Feature(cells), 0
    if len(geometries) > 1 or _local(geometries[0]) != "Point":
        kind = _local(geometries[0]) if len(geometries) == 1 else "MultiGeometry"
        return Feature(cells, shape=SHAPES.get(kind, kind)), len(positions)
    # Some programs put blanks after the commas, so the whole text is one position.
    text = (leaves[0].text or "").strip() if leaves else ""
    numbers = [float(part) for part in _TUPLE.split(text) if part]
    if not numbers:
        return Feature(cells), 0
    longitude, latitude, *height = numbers
    return Feature(cells, (longitude, latitude), height[0] if height else 0.0), 1
