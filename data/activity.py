"""How many records each step of time holds: what the time brush under the map is drawn from.

The numbers are those of the running totals (``data/cube.py``), so that a million records cost no more than ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.cube import Cube
from data.measures import Measure
from data.periods import Grain, Period
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES

MOST_STEPS = 480
"""With more steps a bar would be thinner than a pixel: a coarser grain is taken."""

_COARSER: dict[Grain, Grain] = {"day": "month", "month": "quarter", "quarter": "year"}
_FREQUENCY: dict[Grain, str] = {"day": "D", "month": "M", "quarter": "Q", "year": "Y"}
_ALL = len(PROVINCE_CODES)  # row of a cube's totals that holds every record


@dataclass(frozen=True)
class Activity:
    """Records by step of time.

    Attributes
    ----------
    kinds : tuple of str
        What is counted: an event type, ``event`` (all events) or ``complaint``.
    grain : Grain
        The step that is drawn; coarser than the one asked for where there would be too many.
    edges : tuple of date
        First day of each step, then the day after the last one.
    counts : tuple of int
        Records that certainly lie in each step; one fewer than `edges`.
    coarse : int
        Dated records that lie in no single step, because their date is coarser.
    undated : int
        Records without any date.
    """

    kinds: tuple[str, ...]
    grain: Grain
    edges: tuple[date, ...]
    counts: tuple[int, ...]
    coarse: int
    undated: int


def count_activity(snapshot: Snapshot, measure: Measure, extent: Period, grain: Grain) -> Activity:
    """Return how many records each step of the extent holds.

    A recorded measure counts its own records. Nobody records what a stated measure or a list of sites counts, so there
    all events are counted, and the complaints that were uploaded.

    Parameters
    ----------
    snapshot : Snapshot
    measure : Measure
    extent : Period
        What the steps span; the first and last step reach over its ends to the ends of their month, quarter or year.
    grain : Grain
    """
    if measure.basis == "recorded" and measure.subject != "complaint":
        kinds: tuple[str, ...] = (measure.subject,)
    elif measure.basis == "recorded":
        kinds = ("complaint",)
    else:
        kinds = ("event", "complaint") if len(snapshot.of("complaint")) else ("event",)
    cubes = [snapshot.cube(kind) if kind in ("event", "complaint") else snapshot.cube("event", kind) for kind in kinds]
    grain, edges = split_extent(extent, grain)
    parts = [_count_steps(cube, edges) for cube in cubes]
    return Activity(
        kinds,
        grain,
        edges,
        tuple(int(count) for count in np.sum([counts for counts, _ in parts], axis=0)),
        sum(coarse for _, coarse in parts),
        sum(cube.undated for cube in cubes),
    )


def split_extent(extent: Period, grain: Grain) -> tuple[Grain, tuple[date, ...]]:
    """Return the edges of the whole steps that an extent touches, and the grain that was taken for them."""
    steps = pd.period_range(extent.start, extent.last_day, freq=_FREQUENCY[grain])
    if len(steps) > MOST_STEPS and grain in _COARSER:
        return split_extent(extent, _COARSER[grain])
    return grain, (*(step.start_time.date() for step in steps), (steps[-1] + 1).start_time.date())


def _count_steps(cube: Cube, edges: tuple[date, ...]) -> tuple[npt.NDArray[np.int64], int]:
    """Return the records of each step, and how many dated ones lie in no single step."""
    days = np.array(edges, dtype="datetime64[D]").astype(np.int64)
    totals = cube.totals[_ALL]
    running = totals[np.clip(days - cube.first_day, 0, len(totals) - 1)]
    whole = cube.slots == _ALL
    starts, ends = cube.starts[whole], cube.ends[whole]
    first = np.searchsorted(days, starts, side="right") - 1
    inside = (first >= 0) & (first < len(days) - 1) & (ends <= days[np.minimum(first + 1, len(days) - 1)])
    return np.diff(running) + np.bincount(first[inside], minlength=len(days) - 1), int((~inside).sum())
