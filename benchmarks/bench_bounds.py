"""How long the bounds of one slice take, for ledgers of claims about the country and its 25 provinces."""

from __future__ import annotations

import statistics
import time
from datetime import date

import numpy as np
import pandas as pd

from data import schema
from data.bounds import bound_total
from data.periods import Period
from geo.gazetteer import PROVINCE_CODES

METRIC = "people_rescued"
FIRST = date(2022, 1, 1)
N_DAYS = 3 * 365
QUARTER = Period(date(2023, 1, 1), date(2023, 4, 1))
REPEATS = 7


def make_claims(n_claims: int, *, monthly: bool, seed: int = 1) -> pd.DataFrame:
    """Return claims that a hidden daily count makes true: exact, at least, or between; a fifth about the country.

    Periods are calendar months, quarters and years when `monthly`, otherwise any days.
    """
    random = np.random.default_rng(seed)
    hidden = random.poisson(0.3, (len(PROVINCE_CODES) + 1, N_DAYS))
    rows = []
    for number in range(n_claims):
        if monthly:
            length = int(random.choice([1, 1, 1, 3, 12]))
            month = int(random.integers(0, 36 // length)) * length
            start, end = (pd.Timestamp(FIRST) + pd.DateOffset(months=m) for m in (month, month + length))
        else:
            day, length = int(random.integers(0, N_DAYS - 7)), int(random.integers(7, 120))
            start, end = (pd.Timestamp(FIRST) + pd.Timedelta(days=d) for d in (day, min(day + length, N_DAYS)))
        national = random.random() < 0.2
        place = int(random.integers(0, len(PROVINCE_CODES)))
        days = slice((start.date() - FIRST).days, (end.date() - FIRST).days)
        true = int(hidden[:, days].sum() if national else hidden[place, days].sum())
        wording = random.choice(["exact", "more_than", "between"])
        low = true if wording == "exact" else int(true * 0.9)
        high = {"exact": true, "more_than": None, "between": int(true * 1.2) + 1}[str(wording)]
        rows.append(
            {
                "claim_id": f"clm-{number:04}",
                "metric": METRIC,
                "low": low,
                "best": true if wording == "exact" else None,
                "high": high,
                "qualifier": wording,
                "period_start": start,
                "period_end": end,
                "geography": "national" if national else "province",
                "province_code": None if national else PROVINCE_CODES[place],
                "speaker": "Example Ministry",
                "speaker_type": "government",
                "stance": "states",
                "source_ids": f"src-{number}",
            }
        )
    dtypes = schema.record_dtypes(schema.CLAIM)
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def run() -> list[tuple[str, float, str]]:
    """Return what was measured: name, median milliseconds, remark with the processor's share of them."""
    results = []
    for monthly in (True, False):
        for n_claims in (50, 500):
            claims = make_claims(n_claims, monthly=monthly)
            for name, places in (("the country", None), ("one province", ["KH-18"])):
                elapsed, worked = [], []
                for _ in range(REPEATS):
                    started, busy = time.perf_counter(), time.process_time()
                    bounds = bound_total(claims, METRIC, QUARTER, places)
                    elapsed.append((time.perf_counter() - started) * 1000)
                    worked.append((time.process_time() - busy) * 1000)
                periods = "months" if monthly else "any days"
                answer = f"{bounds.low:g} to {'open' if bounds.high is None else format(bounds.high, 'g')}"
                remark = f"{statistics.median(worked):.1f} ms CPU; {answer}, {len(bounds.binding)} binding claims"
                results.append((f"bounds: {n_claims} claims ({periods}), {name}", statistics.median(elapsed), remark))
    return results
