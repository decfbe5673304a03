"""What tells that a file has the same columns as an earlier one, whatever their order and however they are written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from data.plain import fold_header


def fingerprint(headers: Iterable[str]) -> str:
    """Return the sha256, as 64 hexadecimal digits, of a set of headers.

    Parameters
    ----------
    headers : iterable of str
        Their order, case, spaces, punctuation and accents do not count; a header of nothing but signs counts as it is.
    """
    folded = sorted(fold_header(header) or header.strip() for header in headers)
    return sha256(json.dumps(folded, ensure_ascii=False).encode()).hexdigest()
