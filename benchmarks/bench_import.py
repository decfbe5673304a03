"""How long an import takes, step by step, beside a plain pandas and geopandas script that loses what the import keeps.

``python -m benchmarks.bench_import`` measures a million synthetic rows, or as many as it is told. Each side runs in a
process of its own: processor seconds are user and system together, memory is the highest resident size less that after
the modules and the file's bytes were loaded.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pandas as pd

from benchmarks.synthetic_complaints import DATE_FORMATS, make_complaints, spell_provinces
from data.ingest import ingest
from data.store import Store
from geo.boundaries import load_provinces
from geo.resolve import resolve_values

ROWS = 200_000
MANY = 1_000_000
KIND = "complaint"
_WARM_ROWS = 200

Steps = dict[str, float]
_STORING = "Storing"


@dataclass(frozen=True)
class Measured:
    """One side: seconds of the processor by step and of storing, usable rows, most memory before and with storing."""

    steps: Steps
    rows: int
    megabytes: float
    stored: float | None
    megabytes_stored: float

    @property
    def seconds(self) -> float:
        """Of all steps; storing is none of them, since the other side does not store."""
        return sum(self.steps.values())


def measure_import(content: bytes, tell: Callable[[str], None], folder: Path) -> int:
    """Ingest and store a file; return how many rows were accepted."""
    result = ingest(content, "synthetic.csv", KIND, progress=lambda _, doing: tell(doing))
    tell(_STORING)
    with Store.open(folder / "synthetic.sqlite") as store:
        store.commit(result, actor="benchmark", content=content)
    return result.rows_accepted


def measure_pandas(content: bytes, tell: Callable[[str], None], _folder: Path) -> int:
    """Do what a script would do: cells that cannot be read become empty, and nothing is said; return the rows."""
    tell("read_csv")
    rows = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
    tell("to_datetime, to_numeric, str")
    dates = pd.Series(pd.NaT, rows.index, dtype="datetime64[us]")
    for form in DATE_FORMATS:
        dates = dates.fillna(pd.to_datetime(rows["received_date"].str.strip(), format=form, errors="coerce"))
    rows["people_affected"] = pd.to_numeric(rows["people_affected"].str.strip(), errors="coerce")
    for name in ("sex", "channel"):
        rows[name] = rows[name].str.strip().str.lower()
    rows["latitude"], rows["longitude"] = (pd.to_numeric(rows[axis]) for axis in ("latitude", "longitude"))
    tell("map, sjoin")
    spellings = resolve_values(spell_provinces())
    codes = rows["province"].map(dict(zip(spellings["text"], spellings["province_code"], strict=True)))
    placed = rows[rows["latitude"].notna()]
    points = gpd.GeoDataFrame(index=placed.index, geometry=gpd.points_from_xy(placed["longitude"], placed["latitude"]))
    joined = gpd.sjoin(points.set_crs(4326), load_provinces(), predicate="within")
    rows["province_code"] = codes.fillna(joined["province_code"][~joined.index.duplicated()])
    tell("drop_duplicates")
    rows = rows.assign(received_date=dates).drop_duplicates()
    return int((rows["received_date"].notna() & rows["province_code"].notna()).sum())


SIDES = {"import": measure_import, "pandas": measure_pandas}


def measure(side: str, path: Path) -> dict[str, float]:
    """Measure one side in this process; return the processor seconds of its steps, ``rows`` and memory."""
    content = path.read_bytes()
    os.environ["ATLAS_MAX_MB"] = str(len(content) // 2**20 + 1)
    with tempfile.TemporaryDirectory() as folder:
        SIDES[side](make_complaints(_WARM_ROWS, seed=1), lambda _: None, Path(folder))
    before = _resident()
    steps: Steps = {}
    marks: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows = SIDES[side](content, lambda doing: marks.append((doing, _seconds(), _highest())), Path(folder))
        marks.append((_STORING, _seconds(), _highest()))
    for (doing, began, _), (_, ended, _) in pairwise(marks):
        steps[doing] = steps.get(doing, 0.0) + ended - began
    peak = next(highest for doing, _, highest in marks if doing == _STORING)
    return steps | {"rows": rows, "megabytes": peak - before, "megabytes_stored": _highest() - before}


def compare(n_rows: int) -> dict[str, Measured]:
    """Measure both sides on one file of `n_rows` rows, one after the other."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic_complaints.csv"
        path.write_bytes(make_complaints(n_rows))
        for side in SIDES:
            command = [sys.executable, "-m", "benchmarks.bench_import", side, str(path)]
            answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            rows, megabytes, stored = answer.pop("rows"), answer.pop("megabytes"), answer.pop(_STORING, None)
            megabytes_stored = answer.pop("megabytes_stored")
            found[side] = Measured(answer, int(rows), megabytes, stored, megabytes_stored)
    return found


def run(n_rows: int = ROWS) -> list[tuple[str, float, str]]:
    """Return what was measured: name, milliseconds of the processor, remark."""
    results = []
    measured = compare(n_rows)
    for side, found in measured.items():
        lines = found.steps | {"together": found.seconds} | ({"storing": found.stored} if found.stored else {})
        results += [
            (f"{side}: {doing}", seconds * 1000, f"{n_rows / seconds:,.0f} rows/s") for doing, seconds in lines.items()
        ]
        results.append(
            (f"{side}: rows that can be used", 0.0, f"{found.rows:,}; {found.megabytes_stored:,.0f} MB at most")
        )
    times = measured["pandas"].seconds / measured["import"].seconds
    results.append(("import", measured["import"].seconds * 1000, f"{times:.1f} times as fast as pandas"))
    return results


def tabulate(n_rows: int) -> str:
    """Return what was measured as a table: step, seconds of the processor, rows per second; then ratio and memory."""
    measured = compare(n_rows)
    lines = [f"{f'{n_rows:,} rows':44} {'CPU s':>8} {'rows/s':>12}"]
    for side, found in measured.items():
        steps = found.steps | {"together": found.seconds} | ({"storing": found.stored} if found.stored else {})
        lines += [
            f"{f'{side}: {doing}':44} {seconds:8.2f} {n_rows / seconds:12,.0f}" for doing, seconds in steps.items()
        ]
    times = measured["pandas"].seconds / measured["import"].seconds
    lines.append(f"without storing, the import is {times:.1f} times as fast as pandas and geopandas")
    lines += [
        f"{side}: {found.megabytes:,.0f} MB above idle at most, {found.megabytes_stored:,.0f} MB with storing; "
        f"{found.rows:,} rows that can be used"
        for side, found in measured.items()
    ]
    return "\n".join(lines)


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _highest() -> float:
    """Return the highest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    """Return the resident size of this process in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in SIDES:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        print(tabulate(int(sys.argv[1]) if sys.argv[1:] else MANY))
