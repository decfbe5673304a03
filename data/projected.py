"""Coordinates in metres of a map projection: converted where a person says which it is, else shown what each gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.degrees import NEIGHBOURHOOD
from geo.coordinates import locate_points
from geo.gazetteer import province_name
from geo.projections import PROJECTIONS, convert_metres


@dataclass(frozen=True)
class Proposal:
    """What coordinates in metres would be in one projection.

    Attributes
    ----------
    crs : str
        Key into ``geo.projections.PROJECTIONS``.
    latitude, longitude : float
        Degrees, WGS 84.
    place : str
        The province in which they would lie, or that it is outside Cambodia.
    """

    crs: str
    latitude: float
    longitude: float
    place: str

    def __str__(self) -> str:
        return f"{self.latitude:.4f}, {self.longitude:.4f} in {self.place}"


def propose_projections(northing: float, easting: float) -> tuple[Proposal, ...]:
    """Return what coordinates in metres would be in each projection that puts them in Cambodia or around it."""
    proposals = []
    for crs in PROJECTIONS:
        latitude, longitude = (each[0] for each in convert_metres([easting], [northing], crs))
        limits = zip((latitude, longitude), NEIGHBOURHOOD.values(), strict=True)
        if all(low <= value <= high for value, (low, high) in limits):
            code = locate_points([latitude], [longitude])["province_code"].iloc[0]
            place = province_name(code) if isinstance(code, str) else "no province of Cambodia"
            proposals.append(Proposal(crs, float(latitude), float(longitude), place))
    return tuple(proposals)


def explain_metres(northing: float, easting: float) -> str:
    """Return what coordinates in metres may be, for the message of a row; empty when they are no place hereabouts."""
    if proposals := propose_projections(northing, easting):
        return " or ".join(f"{each} if they are {each.crs}" for each in proposals)
    if propose_projections(easting, northing):
        return "easting and northing look exchanged"
    return ""


def convert_rows(metres: pd.DataFrame, crs: str) -> pd.DataFrame:
    """Return the degrees of rows in metres.

    Parameters
    ----------
    metres : DataFrame
        ``latitude`` (the northing) and ``longitude`` (the easting), float64.
    crs : str
        Key into ``geo.projections.PROJECTIONS``.

    Returns
    -------
    DataFrame
        The same rows and columns in degrees, WGS 84; NaN where the projection has no such point.
    """
    latitude, longitude = convert_metres(metres["longitude"], metres["latitude"], crs)
    # A ten-millionth of a degree is a centimetre: beyond it there are only the machine's decimals.
    columns = {"latitude": np.round(latitude, 7), "longitude": np.round(longitude, 7)}
    return pd.DataFrame(columns, metres.index)
