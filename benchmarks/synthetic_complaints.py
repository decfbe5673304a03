"""A file of synthetic complaints: nobody complained, nothing in it happened; the same seed gives the same bytes.

It is as untidy as logs of that kind are: five ways of writing a date, two hundred spellings of the provinces, numbers
with words, places by coordinates, notes in two scripts, and one row in a hundred that cannot be used.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from io import StringIO

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.gazetteer import PROVINCE_CODES, province_name, towns
from geo.resolve import resolve_values

HEADERS = (
    "complaint_id", "received_date", "province", "latitude", "longitude", "nationality", "sex", "age_group",
    "people_affected", "channel", "note", "Officer",
)  # fmt: skip
FIRST_DAY = date(2017, 1, 1)
DAYS = 2_900
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d.%m.%Y", "%Y-%m")
SPELLINGS = 200
BAD_SHARE = 0.01
WITH_POINT = 0.2
BAD_DATES = ("31/02/2020", "2568-01-04", "soon", "45123", "13/13/2021")
BAD_PLACES = ("Kampong Nowhere", "Sihanookk Vil", "the town", "Krong Xx")
BAD_PEOPLE = ("many", "-3", "1.5", "2000-5000")
_CHUNK = 50_000
_TALE = (
    "asked for help to leave the building; papers are held; payment for release is demanded and the family was told "
    "to wait for a call that did not come before the room was changed again"
)
_KHMER = "សុំជំនួយដើម្បីចាកចេញពីអគារ"


def spell_provinces(number: int = SPELLINGS) -> list[str]:
    """Return spellings of the provinces that each mean one of them, about as many for each of the 25."""
    names = {code: {province_name(code)} for code in PROVINCE_CODES}
    spellings = [*names.values()]
    for code, known in names.items():
        name = province_name(code)
        known |= {name.upper(), name.lower(), f"{name} province", f"Khet {name}", code, name.replace(" ", "-")}
        known |= {f" {name} ", f"{name} Province", name.replace(" ", "  ")}
    return [sorted(known)[turn] for turn in range(10) for known in spellings if turn < len(known)][:number]


@lru_cache(maxsize=1)
def _points() -> pd.DataFrame:
    """Return a point in the province that each spelling means: its capital."""
    codes = resolve_values(spell_provinces())["province_code"]
    capitals = towns().drop_duplicates("province_code").set_index("province_code")[["latitude", "longitude"]]
    return capitals.reindex(codes)


def make_complaints(n_rows: int, *, seed: int = 20_260) -> bytes:
    """Return a CSV file (UTF-8) of `n_rows` synthetic complaints with `HEADERS`."""
    random = np.random.default_rng(seed)
    text = StringIO()
    text.write(",".join(HEADERS) + "\r\n")
    for start in range(0, n_rows, _CHUNK):
        columns = _make_columns(random, start, min(_CHUNK, n_rows - start))
        text.write("\r\n".join(map(",".join, zip(*columns, strict=True))) + "\r\n")
    return text.getvalue().encode()


def _make_columns(random: np.random.Generator, start: int, n_rows: int) -> list[list[str]]:
    def choose(values: tuple[str, ...] | list[str]) -> NDArray[np.object_]:
        return np.array(values, dtype=object)[random.integers(0, len(values), n_rows)]

    days = [FIRST_DAY + timedelta(days=day) for day in range(DAYS)]
    written = [[f"{day:{form}}" for day in days] for form in DATE_FORMATS]
    dates = np.array(written, dtype=object)[random.integers(0, len(written), n_rows), random.integers(0, DAYS, n_rows)]
    spelling = random.integers(0, SPELLINGS, n_rows)
    places = np.array(spell_provinces(), dtype=object)[spelling]
    people = choose(["1", "1", "1", "2", "3", "4", "12", " 7 ", "១៥", ""])
    for column, wrong in ((dates, BAD_DATES), (places, BAD_PLACES), (people, BAD_PEOPLE)):
        bad = random.random(n_rows) < BAD_SHARE / 3
        column[bad] = choose(wrong)[bad]
    has_point = random.random(n_rows) < WITH_POINT
    latitude, longitude = (
        [f"{value:.5f}" for value in _points()[axis].to_numpy()[spelling] + random.normal(0, 0.02, n_rows)]
        for axis in ("latitude", "longitude")
    )
    words = _TALE.split()
    notes = [
        " ".join(words[(first + step) % len(words)] for step in range(17)) + f" (page {number % 99_991})."
        for number, first in enumerate(random.integers(0, len(words), n_rows), start)
    ]
    for row in np.flatnonzero(random.random(n_rows) < 0.1):
        notes[row] = f"{_KHMER} {(start + row) % 99_991}"
    for row in np.flatnonzero(random.random(n_rows) < 0.02):
        notes[row] = f'"He said ""come"", then, after {(start + row) % 99_991} seconds, hung up"'
    return [
        [f"C-{row:07}" for row in range(start, start + n_rows)],
        dates.tolist(),
        places.tolist(),
        np.where(has_point, np.array(latitude, dtype=object), "").tolist(),
        np.where(has_point, np.array(longitude, dtype=object), "").tolist(),
        choose(["Cambodia", "Viet Nam", "Thailand", "Indonesia", "India", "China", "Myanmar", ""]).tolist(),
        choose(["female", "male", "Female", "MALE", ""]).tolist(),
        choose(["18-24", "25-34", "35-44", ""]).tolist(),
        people.tolist(),
        choose(["hotline", "online", "Hotline", ""]).tolist(),
        notes,
        choose([f"Officer {number}" for number in range(40)]).tolist(),
    ]
