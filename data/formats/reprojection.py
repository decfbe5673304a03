"""From the coordinates of a map file to degrees of longitude and latitude, by what the file says they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pyproj
from pyproj.exceptions import CRSError, ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]
from pyproj.transformer import TransformerGroup

from errors import UnreadableFileError
from geo.projections import PROJECTIONS, WGS84, convert_metres
from locales import later, say

ASK_CRS = later(
    "Say in what they are written (crs): EPSG:4326 for degrees of longitude and latitude (WGS 84), EPSG:32648 for "
    "metres of UTM zone 48 north."
)
_EPSG = re.compile(r"EPSG:[0-9]{4,6}")


class Degrees(NamedTuple):
    """Longitudes and latitudes (WGS 84), and what was done to get them, as a sentence; empty when nothing was."""

    longitudes: Sequence[float]
    latitudes: Sequence[float]
    note: str


def read_crs(text: str, file_name: str) -> pyproj.CRS:
    """Return the coordinate reference system that an EPSG code or a WKT text names.

    Raises
    ------
    UnreadableFileError
        It names none.
    """
    try:
        return pyproj.CRS.from_user_input(text) if _EPSG.fullmatch(text) else pyproj.CRS.from_wkt(text)
    except CRSError as error:
        raise UnreadableFileError(
            say("What “{file_name}” says about its coordinates names no known reference system.", file_name=file_name),
            say(ASK_CRS),
            file_name=file_name,
            missing="crs",
        ) from error


def to_degrees(x: Sequence[float], y: Sequence[float], crs: str, file_name: str) -> Degrees:
    """Return coordinates as degrees of WGS 84, rounded to a centimetre where they were converted.

    Parameters
    ----------
    x, y : sequence of float
        Easting or longitude, northing or latitude, in the units of `crs`.
    crs : str
        ``EPSG:`` and a number, or WKT.
    file_name : str
        For messages.

    Raises
    ------
    UnreadableFileError
        `crs` names no reference system, or PROJ knows no operation from it to WGS 84: it is never assumed that two
        datums are the same.
    """
    set_network_enabled(active=False)
    system = read_crs(crs, file_name)
    if system.equals(pyproj.CRS(WGS84), ignore_axis_order=True):
        return Degrees(x, y, "")
    code = f"EPSG:{system.to_epsg() or 0}"
    if code in PROJECTIONS:
        latitudes, longitudes = convert_metres(list(x), list(y), code)
        accuracy = PROJECTIONS[code].accuracy_m
    else:
        transformer = _find_operation(system, file_name)
        longitudes, latitudes = transformer.transform(list(x), list(y))
        accuracy = max(transformer.accuracy or 0.0, 0.0)
    good_to = f", good to about {accuracy:g} m" if accuracy else ""
    return Degrees(
        [round(float(each), 7) for each in longitudes],
        [round(float(each), 7) for each in latitudes],
        f"The coordinates were converted from {system.name} to longitude and latitude (WGS 84){good_to}.",
    )


def _find_operation(system: pyproj.CRS, file_name: str) -> pyproj.Transformer:
    try:
        known = TransformerGroup(system, WGS84, always_xy=True, allow_ballpark=False).transformers
    except (ProjError, CRSError):
        known = []
    if not known:
        raise UnreadableFileError(
            say(
                "The coordinates of “{file_name}” are in {name}, which cannot be converted with certainty.",
                file_name=file_name,
                name=system.name,
            ),
            say("Save the layer in WGS 84 (EPSG:4326) in its own program."),
            file_name=file_name,
        )
    transformer: pyproj.Transformer = known[0]
    return transformer
