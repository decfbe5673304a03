"""Pictures compared with those in ``tests/golden``, and where the texts of a figure stand."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 4.0
"""Root mean square difference of the pixels, of 255."""


def difference(one: bytes, other: bytes) -> float:
    """Return the root mean square difference of two pictures; infinite when their sizes differ."""
    first, second = (np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float) for png in (one, other))
    if first.shape != second.shape:
        return float("inf")
    return float(np.sqrt(np.mean((first - second) ** 2)))


def check_golden(png: bytes, name: str) -> None:
    """Compare a picture with the golden one; see ``tests/golden/README.md`` for how they are renewed."""
    path = GOLDEN / f"{name}.png"
    if os.environ.get("RENEW_GOLDEN"):
        small = io.BytesIO()
        Image.open(io.BytesIO(png)).convert("RGB").quantize(128).save(small, "png", optimize=True)
        path.write_bytes(small.getvalue())
    assert difference(png, path.read_bytes()) <= TOLERANCE, f"{path.name} looks different; see tests/golden/README.md"


def texts_of(figure):
    """Return each text of a figure with its box in pixels: (text, left, bottom, right, top); seams are left out."""
    renderer = figure.canvas.get_renderer()
    found = []
    for artist in figure.findobj(lambda one: hasattr(one, "get_text") and one.get_text()):
        if artist.get_gid() == "halo" or not artist.get_visible():
            continue
        box = artist.get_window_extent(renderer)
        found.append((artist.get_text(), box.x0, box.y0, box.x1, box.y1))
    return found


def check_texts(figure, *, overlap: float = 1.5) -> None:
    """Assert that no two texts of a figure meet by more than `overlap` pixels, and all lie within it."""
    boxes = texts_of(figure)
    width, height = figure.canvas.get_width_height()
    outside = [text for text, x0, y0, x1, y1 in boxes if x0 < -1 or y0 < -1 or x1 > width + 1 or y1 > height + 1]
    assert not outside, f"outside: {outside}"
    meeting = [
        (one[0], other[0])
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > overlap
        and min(one[4], other[4]) - max(one[2], other[2]) > overlap + _line_air(one, other)
    ]
    assert not meeting, f"meeting: {meeting}"


def _line_air(one, other) -> float:
    """Return how far the boxes of two lines may reach into each other: the rise and fall of letters that meet none."""
    return 0.28 * min(one[4] - one[2], other[4] - other[2])
