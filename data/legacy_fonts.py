"""Khmer that was typed in a font from before Unicode: Latin letters and signs that only look right in that font.

Such text is never converted unseen, because each font has a mapping of its own; it is only recognised.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from data.text_columns import to_arrow

_SIGNS = "¡¢£¤¥¦§©«¬®¯±¶¸¹»¼½¾¿×÷"
_SUSPECT = f"[þðÞÐ{_SIGNS}]"
_WORD = re.compile(r"\S+")
# No language writes a sign such as ¦ between two letters; UTF-8 read as another encoding does, after Ã, Â, á or â.
_SIGN_INSIDE = re.compile(rf"[^\W\d_ÃÂáâ][{_SIGNS}]+[^\W\d_]")
# Icelandic writes þ and ð, but no capital after a small letter.
_CAPITAL_INSIDE = re.compile(r"[a-zà-öø-ÿ][A-Z]")


def is_legacy_khmer(text: str) -> bool:
    """Whether a text seems to be typed in a legacy Khmer font (Limon, ABC), as ``extþkMBt`` is."""
    return re.search(_SUSPECT, text) is not None and any(
        _SIGN_INSIDE.search(word) or (re.search("[þðÞÐ]", word) and _CAPITAL_INSIDE.search(word))
        for word in _WORD.findall(text)
    )


def find_legacy_khmer(texts: pd.Series) -> pd.Series:
    """Return a mask of the rows of a str column that seem to be typed in a legacy Khmer font."""
    found = np.zeros(len(texts), dtype=bool)
    column = to_arrow(texts)
    may = np.flatnonzero(~compute.fill_null(compute.string_is_ascii(column), True).to_numpy(zero_copy_only=False))
    suspects = compute.match_substring_regex(column.take(pa.array(may)), _SUSPECT)
    may = may[suspects.to_numpy(zero_copy_only=False)]
    found[may] = [is_legacy_khmer(text) for text in column.take(pa.array(may)).to_pylist()]
    return pd.Series(found, texts.index)
