"""Rows that agree in what a question depends on: it is answered once for each kind of row, not once for each row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_MOST = 1 << 62


def group_alike(
    columns: Iterable[tuple[NDArray[np.int64], int]], n_rows: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which situation each row is in, numbered as they first occur, and the position of the first row of each.

    Parameters
    ----------
    columns : iterable of (codes, count)
        Codes per row, -1 to count - 1: rows are alike where all their codes are.
    n_rows : int
        How many rows there are.
    """
    keys = np.zeros(n_rows, np.int64)
    size = 1
    for codes, count in columns:
        if size * (count + 1) >= _MOST:
            keys, distinct = pd.factorize(keys)
            size = len(distinct)
        keys = keys * (count + 1) + (codes + 1)
        size *= count + 1
    found, distinct = pd.factorize(keys)
    first = np.empty(len(distinct), np.intp)
    first[found[::-1]] = np.arange(n_rows - 1, -1, -1)  # the last to be written is the first row
    return found, first


def code_texts(texts: pd.Series) -> tuple[NDArray[np.int64], int]:
    """Return a code per text, -1 for a missing one, and how many there are."""
    if not texts.notna().any():
        return np.full(len(texts), -1), 0
    codes, distinct = pd.factorize(texts)
    return codes, len(distinct)


def spread_findings(findings: pd.DataFrame, situation: NDArray[np.intp], index: pd.Index) -> pd.DataFrame:
    """Return findings about situations as findings about all rows that are in them.

    Parameters
    ----------
    findings : DataFrame
        ``issues.FINDING_COLUMNS``; the row number is that of a situation.
    situation : array of int
        Of each row.
    index : Index
        The numbers of the rows.
    """
    concerned = np.zeros(situation.max(initial=-1) + 1, dtype=bool)
    concerned[findings["row_number"].to_numpy()] = True
    rows = np.flatnonzero(concerned[situation])
    numbers = pd.DataFrame({"row_number": situation[rows], "row": index.to_numpy()[rows]})
    spread = findings.merge(numbers, on="row_number")
    return spread.assign(row_number=spread["row"].astype("int64")).drop(columns="row")
