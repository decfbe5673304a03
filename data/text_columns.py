"""Columns of text as a whole: which cells are blank, what the others are without white space around them.

Arrow and Python differ in what they take for white space. So only cells that begin, or end, with a printed ASCII
character are judged at once; all others are looked at one by one, as Python does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

_PRINTED = (0x21, 0x7E)
"""ASCII characters that are no white space."""


def to_arrow(texts: pd.Series) -> pa.LargeStringArray:
    """Return a column of str as one Arrow array, without copying where it is one already."""
    array = pa.array(texts)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string())


def from_arrow(column: pa.LargeStringArray, index: pd.Index) -> pd.Series:
    """Return an Arrow array of text as a column of str."""
    dtype: Any = pd.api.types.pandas_dtype("str")
    return pd.Series(dtype.__from_arrow__(column), index, copy=False)


@lru_cache(maxsize=1)
def no_texts(count: int) -> pa.LargeStringArray:
    """Return so many missing texts; the columns that a file does not have share them."""
    return pa.nulls(count, pa.large_string())


def keep_rows(frame: pd.DataFrame, kept: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the rows of a mask, as ``frame[kept]`` does; text is copied in long runs, not cell by cell."""
    return frame if kept.all() else keep_cells(dict(frame.items()), kept)


def keep_cells(columns: dict[Any, pd.Series], kept: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the rows of a mask as a frame, and empty `columns`.

    Each column is let go before the next one is copied, so that the memory never holds all of them twice, if nothing
    else refers to them.
    """
    index, mask = next(iter(columns.values())).index[kept], pa.array(kept)
    left = {}
    for name in list(columns):
        cells = columns.pop(name)
        if cells.dtype == "str":
            texts = to_arrow(cells)
            is_empty = texts.null_count == len(texts)
            left[name] = from_arrow(no_texts(len(index)) if is_empty else texts.filter(mask), index)
            del texts
        else:
            left[name] = pd.Series(cells.array[kept], index, copy=False)
        del cells
        pa.default_memory_pool().release_unused()
    return pd.DataFrame(left, index, columns=list(left), copy=False)


def first_bytes(column: pa.LargeStringArray) -> NDArray[np.uint8]:
    """Return the first byte of each text, 0 for an empty or a missing one."""
    starts, stops, text = _parts(column)
    if not len(text):
        return np.zeros(len(column), np.uint8)
    first = text[np.minimum(starts, len(text) - 1)]
    first[stops == starts] = 0
    return first


def edge_bytes(column: pa.LargeStringArray) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the first and the last byte of each text, 0 for an empty or a missing one."""
    first = first_bytes(column)
    starts, stops, text = _parts(column)
    last = text[np.maximum(stops - 1, 0)] if len(text) else first.copy()
    last[stops == starts] = 0
    return first, last


def _parts(column: pa.LargeStringArray) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Return where each text starts and stops, and the bytes of all."""
    _, offsets, letters = column.buffers()
    if offsets is None or not len(column):
        return np.zeros(len(column), np.int64), np.zeros(len(column), np.int64), np.zeros(0, np.uint8)
    ends = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    text = np.zeros(0, np.uint8) if letters is None or not letters.size else np.frombuffer(letters, np.uint8)
    return ends[:-1], ends[1:], text


def find_blank(texts: pd.Series) -> NDArray[np.bool_]:
    """Return a mask of the cells that hold nothing but white space."""
    return are_blank(to_arrow(texts))


def are_blank(column: pa.LargeStringArray) -> NDArray[np.bool_]:
    """Return a mask of the texts that are nothing but white space."""
    first = first_bytes(column)
    blank: NDArray[np.bool_] = first == 0
    doubtful = np.flatnonzero(~blank & _is_odd(first))
    blank[doubtful] = [not text.strip() for text in column.take(pa.array(doubtful)).to_pylist()]
    return blank


def strip(texts: pd.Series) -> pd.Series:
    """Return a column without the white space around its texts."""
    column = to_arrow(texts)
    first, last = edge_bytes(column)
    doubtful = (first != 0) & (_is_odd(first) | _is_odd(last))
    if not doubtful.any():
        return texts
    mask = pa.array(doubtful)
    stripped = [text.strip() for text in column.filter(mask).to_pylist()]
    return from_arrow(compute.replace_with_mask(column, mask, pa.array(stripped, pa.large_string())), texts.index)


def leave_out(texts: pd.Series, blank: NDArray[np.bool_]) -> pd.Series:
    """Return a column with the cells of a mask missing."""
    if not blank.any():
        return texts
    column = to_arrow(texts)
    return from_arrow(compute.if_else(pa.array(blank), pa.scalar(None, column.type), column), texts.index)


def _is_odd(edge: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return (edge < _PRINTED[0]) | (edge > _PRINTED[1])
