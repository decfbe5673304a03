"""Rows that may say the same as another one, found without comparing texts: nearly all of a large file say their own.

Each cell becomes a number that equal cells share: of a text its length, its first and its last eight bytes. What is
found here is a superset; whoever asks compares the few rows that are left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from data.text_columns import to_arrow

Numbers = NDArray[np.uint64]
_WORD = 8
_BITS = np.uint64(8)
_SALTS = [np.uint64(salt) for salt in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_AT_ONCE = 3
"""Columns after which rows of their own are left out: that takes longer than to look at a column."""
_FEW = 100
"""So few rows are not worth another column."""


def find_recurring(columns: Iterable[pd.Series]) -> NDArray[np.intp]:
    """Return the positions of the rows that may agree with another row in all columns, in their order.

    Parameters
    ----------
    columns : iterable of Series
        Of text, numbers or days, all as long; the first ones should tell most rows apart. A missing cell agrees with a
        missing one.
    """
    waiting = list(columns)
    chosen = np.arange(len(waiting[0]) if waiting else 0)
    keys: Numbers = np.zeros(len(chosen), np.uint64)
    while waiting and len(chosen) > _FEW:
        for column in waiting[:_AT_ONCE]:
            part = column if len(chosen) == len(column) else column.take(chosen)
            if part.notna().any():
                keys = _mix(keys * _SALTS[0] + _number_cells(part))
        waiting = waiting[_AT_ONCE:]
        ordered = np.sort(keys)
        again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        left = np.isin(keys, again) if len(again) * 20 < len(keys) else _repeated(keys)
        chosen, keys = chosen[left], keys[left]
    return chosen


def order_by_size(rows: pd.DataFrame) -> list[str]:
    """Return the columns, those with the longest texts first: they tell rows apart."""
    sizes = {str(name): -1.0 for name in rows}
    for name in rows:
        if rows[name].dtype == "str":
            sizes[str(name)] = float(to_arrow(rows[name]).nbytes)
    return sorted(sizes, key=lambda name: sizes[name], reverse=True)


def _repeated(keys: Numbers) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pd.Series(keys).duplicated(keep=False).to_numpy()
    return found


def _mix(keys: Numbers) -> Numbers:
    keys ^= keys >> np.uint64(32)
    keys *= _MIX
    keys ^= keys >> np.uint64(29)
    return keys


def _number_cells(column: pd.Series) -> Numbers:
    """Return a number per cell; equal cells have the same."""
    if column.dtype == "str":
        return _number_texts(to_arrow(column))
    if column.dtype.kind == "M":
        return cast("Numbers", column.to_numpy().view(np.uint64))
    # Zero is added because there are two zeros, of which one bears a sign.
    return cast("Numbers", (column.to_numpy("float64", na_value=np.nan) + 0.0).view(np.uint64))


def _number_texts(column: pa.LargeStringArray) -> Numbers:
    _, offsets, letters = column.buffers()
    ends = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    if letters is None or letters.size < _WORD:
        letters = pa.py_buffer((letters.to_pybytes() if letters is not None else b"").ljust(_WORD, b"\0"))
    last_place = letters.size - _WORD
    words = np.ndarray((last_place + 1,), "<u8", letters, strides=(1,))
    starts, stops = ends[:-1], ends[1:]
    length = (stops - starts).astype(np.uint64)
    spare = (_WORD - np.minimum(length, np.uint64(_WORD))) * _BITS
    spare[length == 0] = 0  # a word cannot be shifted by its own width
    begins = np.minimum(starts, last_place)
    # A word read from further ahead than it should be holds what is wanted in its upper bytes.
    first = words[begins] >> (np.minimum(starts - begins, _WORD - 1).astype(np.uint64) * _BITS)
    first = first << spare
    begins = np.maximum(stops - _WORD, 0)
    last = words[begins] << (np.minimum(begins + _WORD - stops, _WORD - 1).astype(np.uint64) * _BITS)
    last = last >> spare
    numbers: Numbers = first * _SALTS[0] + last * _SALTS[1] + length * _SALTS[2]
    numbers[length == 0] = 0
    return numbers
