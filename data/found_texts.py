"""The texts of many records, folded and laid one after the other, so that all are searched at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.normalise import clean

_UNHEARD = "[\u0300-\u036f\u200b-\u200d]"
"""Latin accents, and what cannot be seen."""
_STRING = pa.large_string()
_FEW = 150_000


@dataclass(frozen=True)
class Texts:
    """Texts of many records one after the other, which is searched faster than each by itself."""

    text: bytes  # UTF-8; each ends in a line break, so that no word lies across two
    starts: NDArray[np.int64]  # where each distinct text begins, and where the last one ends
    codes: NDArray[np.int64]  # which of them each record has

    def find(self, words: list[str]) -> NDArray[np.int64]:
        """Return the records that hold all of the words, ascending."""
        parts = sorted((word.encode() for word in words), key=self.text.count)
        which = self._hits(parts[0])
        for part in parts[1:]:
            if len(which) > _FEW:
                which = np.intersect1d(which, self._hits(part), assume_unique=True)
            else:
                which = which[[part in self._text_of(place) for place in which.tolist()]]
        held = np.zeros(len(self.starts), dtype=bool)
        held[which] = True
        return np.flatnonzero(held[self.codes])

    def _hits(self, part: bytes) -> NDArray[np.int64]:
        found = np.fromiter((hit.start() for hit in re.finditer(re.escape(part), self.text)), np.int64)
        places = np.searchsorted(self.starts, found, side="right") - 1
        return places[np.diff(places, prepend=-1) > 0]  # ascending; a text may hold it twice

    def _text_of(self, place: int) -> bytes:
        return self.text[self.starts[place] : self.starts[place + 1]]


def plain_text(text: str) -> str:
    """Return a text as descriptions are compared: without case and Latin accents, words apart."""
    return str(_plain(pa.array([clean(text)], _STRING))[0].as_py())


def _plain(texts: pa.Array) -> pa.Array:
    """Return texts without case and Latin accents; a text of ASCII letters needs only the first."""
    lower = pc.utf8_lower(texts)
    if pc.all(pc.string_is_ascii(lower), min_count=0).as_py():
        return lower
    apart = pc.utf8_normalize(lower, "NFKD")
    return pc.utf8_normalize(pc.replace_substring_regex(apart, _UNHEARD, ""), "NFC")


def index_texts(columns: pd.DataFrame) -> Texts:
    """Return the texts of each row of some columns, taken together."""
    cells = [pc.fill_null(_array(columns[name]), "") for name in columns]
    joined = pc.binary_join_element_wise(*cells, pa.scalar("", _STRING), pa.scalar("\n", _STRING))
    coded = joined.dictionary_encode()
    texts = _plain(coded.dictionary)
    if not len(texts):
        return Texts(b"", np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    _, offsets, letters = texts.buffers()
    starts = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return Texts(letters.to_pybytes(), starts, coded.indices.to_numpy().astype(np.int64))


def _array(column: pd.Series) -> pa.Array:
    array = pa.array(column, type=_STRING, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
