"""Tables by province, joined to the province boundaries."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from errors import PlaceDataError
from geo.boundaries import load_provinces
from geo.gazetteer import PROVINCE_CODES
from locales import say


def join_provinces(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Join a table with one row per province to the boundaries.

    Parameters
    ----------
    table : DataFrame
        ``province_code`` (ISO 3166-2) and any other columns; provinces may be missing.

    Returns
    -------
    GeoDataFrame
        All 25 provinces in ISO order: ``province_code``, the other columns of the table (missing values where the table
        has no row: this is no report, not zero), ``geometry`` (EPSG:4326).

    Raises
    ------
    ValueError
        When the table has no column ``province_code``, or has a column ``geometry``.
    PlaceDataError
        When a code is missing, is not one of the 25, or occurs more than once.
    """
    if "province_code" not in table.columns:
        raise ValueError("The table has no column province_code.")
    if "geometry" in table.columns:
        raise ValueError("The table has a geometry already.")
    codes = table["province_code"].astype(object)
    unknown = sorted({str(code) if pd.notna(code) else "(empty)" for code in codes} - set(PROVINCE_CODES))
    if unknown:
        raise PlaceDataError(
            say("The table holds province codes that do not exist: {names}.", names=", ".join(unknown)),
            say("Count records without a province apart, as unlocated."),
            codes=unknown,
        )
    repeated = sorted(set(codes[codes.duplicated()]))
    if repeated:
        raise PlaceDataError(
            say("The table holds more than one row for {names}.", names=", ".join(repeated)),
            say("Add them up first."),
            codes=repeated,
        )
    boundaries = load_provinces()
    rows = table.set_index(codes.rename(None)).drop(columns="province_code").reindex(list(PROVINCE_CODES))
    joined = pd.concat([boundaries[["province_code"]], rows.reset_index(drop=True)], axis=1)
    return gpd.GeoDataFrame(joined, geometry=boundaries.geometry, crs=boundaries.crs)
