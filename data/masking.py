"""Records as the public may see them: coarser places, other identifiers, no names and notes.

Every function takes frames of records and returns new ones; nothing is changed in place.
"""

from __future__ import annotations

import hmac
import math
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.schema import DISTANCE_M, KINDS, LATITUDE, LONGITUDE, split_list
from errors import StoreError
from geo.point_index import find_provinces
from locales import say

SECRET_FILE = "public.key"
DECIMALS: Mapping[str, int] = MappingProxyType({"low": 3, "medium": 2, "high": 1})
"""Decimals of a degree that are left of a coordinate, by sensitivity."""
WITHIN_M: Mapping[str, float] = MappingProxyType({"low": 157.0, "medium": 1_570.0, "high": 15_700.0})
"""How far a point may be moved, by sensitivity: the diagonal of a cell of so many decimals at the equator, rounded.

Chapman and Wieczorek, *Georeferencing Best Practices* (GBIF, 2020), table 3: 157 m, 1.57 km, 15.7 km.
"""
PRECISION: Mapping[str, str] = MappingProxyType({"low": "near", "medium": "town", "high": "district"})
"""The finest precision that a moved point may claim."""
REFERENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "source": ("source_ids", "derived_from"),
        "compound": ("compound_id", "part_of", "same_as"),
        "event": ("event_id",),
        "claim": ("responds_to", "part_of", "restates"),
    }
)
"""Columns in which identifiers of a kind stand; ``part_of`` names the kind in whose table it stands."""

_REACH_M = {"exact": 0.0, "near": 1_000.0, "town": 5_000.0, "district": 20_000.0}
_ORDER = ("exact", "near", "town", "district", "province", "country")
_SECRET_BYTES = 32
_EARTH_M = 6_371_008.8
_DEGREE_M = _EARTH_M * math.pi / 180
_TRIES = 64
_UNCERTAINTY = "coordinate_uncertainty_m"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Moved:
    """Records with coarser coordinates.

    Attributes
    ----------
    records : DataFrame
    moved : int
        Records whose point was moved.
    dropped : int
        Records whose point was left out, because no coarser one lies in the same province or its distance to the true
        place cannot be bounded.
    """

    records: pd.DataFrame
    moved: int
    dropped: int


def _digest(secret: bytes, *parts: str) -> bytes:
    return hmac.new(secret, "\x1f".join(parts).encode(), sha256).digest()


def read_secret(folder: Path) -> bytes:
    """Return the secret behind offsets and pseudonyms, made on first use; only its owner can read the file.

    Raises
    ------
    StoreError
        It cannot be read or made, or is damaged. It is never replaced: other offsets would tell where a site lies.
    """
    path = folder / SECRET_FILE
    try:
        if not path.exists():
            # Whole or not at all, and never over another program's.
            made = folder / f".{SECRET_FILE}.{secrets.token_hex(4)}"
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_SECRET_BYTES))
            with suppress(FileExistsError):
                path.hardlink_to(made)
            made.unlink()
        path.chmod(0o600)
        secret = path.read_bytes()
    except OSError as error:
        raise StoreError(
            say("The secret {path} cannot be read or made.", path=path), say("Check the folder's rights."), path=path
        ) from error
    if len(secret) != _SECRET_BYTES:
        raise StoreError(
            say("The secret {path} is damaged.", path=path),
            say("Put it back from a copy of the data folder."),
            path=path,
        )
    return secret


def make_pseudonym(secret: bytes, kind: str, record_id: str) -> str:
    """Return another identifier for a record: always the same with this secret, and telling nothing without it."""
    return f"{kind}-{_digest(secret, 'id', kind, record_id).hex()[:12]}"


def coarsen_places(records: pd.DataFrame, exempt: pd.Series, secret: bytes) -> Moved:
    """Move each point by a fixed offset of its own and round it, as its sensitivity asks.

    The offset comes from `secret` and the record's identifier, so it is the same each time and cannot be averaged
    away. Offset and rounding together move a point by at most `WITHIN_M`, by which its stated uncertainty grows: the
    circle always holds the true place. The point stays in the province in which it lies; where that cannot be, or the
    uncertainty is not known, the record has no point any more.

    Parameters
    ----------
    records : DataFrame
        Compounds.
    exempt : Series of bool
        Records whose point stays as it is.
    secret : bytes
    """
    result = records.copy()
    sensitivity = records["sensitivity"].where(records["sensitivity"].isin(list(DECIMALS)), "high")
    placed = (records[LATITUDE].notna() & records[LONGITUDE].notna() & ~exempt).to_numpy(bool)
    half = records[LATITUDE].isna() ^ records[LONGITUDE].isna()
    reach = records["location_precision"].fillna("town").map(_REACH_M).astype("float64")
    uncertainty = records[_UNCERTAINTY].astype("float64").fillna(reach).to_numpy()
    movable = placed & ~np.isnan(uncertainty)
    rows = np.flatnonzero(movable)
    latitude, longitude = (records[axis].to_numpy("float64", na_value=np.nan)[rows] for axis in (LATITUDE, LONGITUDE))
    within = np.array([WITHIN_M[each] for each in sensitivity.iloc[rows]], np.float64)
    decimals = np.array([DECIMALS[each] for each in sensitivity.iloc[rows]], np.int64)
    identifiers = records["compound_id"].astype("str").to_numpy()[rows]
    north, east = _move(latitude, longitude, within, decimals, identifiers, secret)
    found = ~np.isnan(north)
    kept = rows[found]
    for axis, values in ((LATITUDE, north), (LONGITUDE, east)):
        column = records[axis].to_numpy("float64", na_value=np.nan).copy()
        column[placed | half.to_numpy(bool)] = np.nan
        column[kept] = values[found]
        result[axis] = _numbers(column, records.index)
    wider = records[_UNCERTAINTY].to_numpy("float64", na_value=np.nan).copy()
    wider[placed] = np.nan
    wider[kept] = np.ceil(uncertainty[kept] + within[found])
    result[_UNCERTAINTY] = _numbers(wider, records.index)
    precision = records["location_precision"].astype(object).to_numpy().copy()
    for row in np.flatnonzero(placed):
        least = PRECISION[str(sensitivity.iloc[row])] if row in set(kept) else "province"
        given = precision[row] if precision[row] in _ORDER else least
        precision[row] = max(given, least, key=_ORDER.index)
    result["location_precision"] = pd.Series(precision, index=records.index, dtype="str")
    result[DISTANCE_M] = result[DISTANCE_M].mask(pd.Series(placed, index=records.index))
    return Moved(result, len(kept), int(placed.sum()) - len(kept))


def _numbers(values: Numbers, index: pd.Index) -> pd.Series:
    """Return numbers as a column of records, NaN as missing."""
    return pd.Series(values, index=index).astype("Float64")


def _move(
    latitude: Numbers,
    longitude: Numbers,
    within: Numbers,
    decimals: NDArray[np.int64],
    identifiers: NDArray[np.object_],
    secret: bytes,
) -> tuple[Numbers, Numbers]:
    """Return the moved points; NaN where none was found in the same province."""
    home = find_provinces(latitude, longitude)
    north, east = np.full(len(latitude), np.nan), np.full(len(latitude), np.nan)
    for attempt in range(_TRIES):
        left = np.flatnonzero(np.isnan(north))
        if not len(left):
            break
        draws = np.array([_draw(secret, identifiers[row], attempt) for row in left])
        # Half of the way is the offset's, half is left for rounding; the root spreads the points evenly over the disc.
        length, angle = within[left] / 2 * np.sqrt(draws[:, 0]), 2 * math.pi * draws[:, 1]
        narrow = np.cos(np.radians(latitude[left]))
        up = latitude[left] + length * np.cos(angle) / _DEGREE_M
        right = longitude[left] + length * np.sin(angle) / (_DEGREE_M * narrow)
        up, right = (
            np.array([round(value, int(places)) for value, places in zip(axis, decimals[left], strict=True)])
            for axis in (up, right)
        )
        near = _distance(latitude[left], longitude[left], up, right) <= within[left]
        good = near & (find_provinces(up, right) == home[left])
        north[left[good]], east[left[good]] = up[good], right[good]
    return north, east


def _draw(secret: bytes, identifier: str, attempt: int) -> tuple[float, float]:
    digest = _digest(secret, "offset", identifier, str(attempt))
    return tuple(int.from_bytes(part) / 2**64 for part in (digest[:8], digest[8:16]))  # type: ignore[return-value]


def _distance(latitude: Numbers, longitude: Numbers, north: Numbers, east: Numbers) -> Numbers:
    """Return the great-circle distances in metres."""
    one, other = np.radians(latitude), np.radians(north)
    chord = np.sin((other - one) / 2) ** 2 + np.cos(one) * np.cos(other) * np.sin(np.radians(east - longitude) / 2) ** 2
    return np.asarray(2 * _EARTH_M * np.arcsin(np.sqrt(chord)))


def rename_records(
    records: Mapping[str, pd.DataFrame], names: Mapping[str, Mapping[str, str]]
) -> dict[str, pd.DataFrame]:
    """Give records other identifiers, wherever these stand; references to records that are not here go.

    Parameters
    ----------
    records : mapping of str to DataFrame
        The records that stay, by kind.
    names : mapping of str to mapping of str to str
        For each kind the new identifier of every record that stays.
    """
    renamed = {}
    for kind, rows in records.items():
        cells = {}
        own = KINDS[kind].id_field
        for column in KINDS[kind].columns:
            about = _refers_to(kind, column)
            if about:
                known = names.get(about, {})
                cells[column] = _rename(rows[column], known)
        cells[own] = rows[own].map(names.get(kind, {})).astype("str")
        renamed[kind] = rows.assign(**cells)
    return renamed


def _refers_to(kind: str, column: str) -> str:
    """Return the kind of record that a column names; empty for a column that names none."""
    if column == "part_of":
        return kind
    return next((about for about, columns in REFERENCES.items() if column in columns), "")


def _rename(cells: pd.Series, known: Mapping[str, str]) -> pd.Series:
    texts, found = pd.factorize(cells)
    new = [";".join(known[part] for part in split_list(text) if part in known) or None for text in found]
    return pd.Series([new[code] if code >= 0 else None for code in texts], index=cells.index, dtype="str")


def blank(records: pd.DataFrame, column: str, where: pd.Series) -> tuple[pd.DataFrame, int]:
    """Return records with some cells of a column emptied, and how many of them held anything."""
    filled = where & records[column].notna() & (records[column].astype("str").str.strip() != "")
    return records.assign(**{column: records[column].mask(where)}), int(filled.sum())
