"""What must hold for every ledger: an audit depends on the records alone, and on none that it does not name."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schema
from data.audit import audit
from data.findings import KINDS, SEVERITIES

FIRST = date(2022, 8, 1)
PROVINCES = ("KH-1", "KH-8", "KH-18")
LINKS = ("part_of", "restates", "responds_to")

many = settings(max_examples=40, deadline=None)


def make(kind: schema.Kind, rows: list[dict[str, object]]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(kind)
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


@st.composite
def ledgers(draw) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Draw claims that often meet in place, people and period, some linked to one another and to events."""
    numbers = st.integers(0, 40)
    rows = []
    for place in range(draw(st.integers(0, 9))):
        low, best, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
        shape = draw(st.sampled_from(["exact", "at_least", "up_to", "between", "about", "denies"]))
        start = FIRST + timedelta(days=draw(st.integers(0, 3)))
        province = draw(st.sampled_from([None, None, *PROVINCES]))
        target = st.none() | st.none() | st.sampled_from([f"c{other}" for other in range(9)])
        rows.append(
            {
                "claim_id": f"c{place}",
                "metric": draw(st.sampled_from(["people_rescued", "people_held_estimate", "complaints_true_percent"])),
                "geography": "province" if province else "national",
                "province_code": province,
                "nationality": draw(st.sampled_from([None, None, "Thai", "foreign"])),
                "speaker": draw(st.sampled_from(["Ministry", "NGO"])),
                "stance": "denies" if shape == "denies" else "states",
                "qualifier": None if shape == "denies" else shape,
                "low": {"exact": best, "at_least": low, "between": low}.get(shape),
                "best": best if shape in ("exact", "about") else None,
                "high": {"exact": best, "up_to": high, "between": high}.get(shape),
                "period_start": draw(st.sampled_from([start, start, None])),
                "period_end": start + timedelta(days=draw(st.integers(1, 4))),
                "stated_date": "2022-09-01",
                "event_id": draw(st.sampled_from([None, None, "e0", "e1"])),
                "source_ids": draw(st.sampled_from(["src-a", "src-b"])),
            }
            | {link: draw(target) for link in LINKS}
        )
    events = [
        {"event_id": f"e{place}", "event_type": kind, "people_low": draw(numbers), "contested_by": draw(st.none())}
        for place, kind in enumerate(("rescue", "report_published"))
    ]
    sources = [{"source_id": "src-a"}, {"source_id": "src-b", "derived_from": "src-a"}]
    return make(schema.CLAIM, rows), make(schema.EVENT, events), make(schema.SOURCE, sources)


@many
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(ledger, random):
    shuffled = []
    for frame in ledger:
        order = list(frame.index)
        random.shuffle(order)
        shuffled.append(frame.loc[order])
    assert audit(*shuffled) == audit(*ledger)


@many
@given(ledgers())
def test_every_finding_names_records_that_are_there(ledger):
    claims, events, _ = ledger
    for found in audit(*ledger):
        assert set(found.claim_ids) <= set(claims["claim_id"])
        assert set(found.event_ids) <= set(events["event_id"])
        assert found.claim_ids or found.event_ids
        assert found.claim_ids == tuple(sorted(set(found.claim_ids)))
        assert found.kind in KINDS
        assert found.severity in SEVERITIES
        assert found.explanation.endswith(".")
        assert not {"nan", "None", "inf"} & set(found.explanation.replace(".", " ").split())


def tied(claim_ids: tuple[str, ...], claims: pd.DataFrame) -> set[str]:
    """Return the claims and all that is tied to them by a link, either way."""
    links = [
        {row["claim_id"], target}
        for _, row in claims.iterrows()
        for name in LINKS
        for target in schema.split_list(row[name])
    ]
    reached = set(claim_ids)
    while any(not link.isdisjoint(reached) and not link <= reached for link in links):
        reached.update(*(link for link in links if not link.isdisjoint(reached)))
    return reached


@many
@given(ledgers())
def test_leaving_out_unrelated_claims_leaves_a_finding(ledger):
    claims, events, sources = ledger
    for found in audit(*ledger):
        related = claims[claims["claim_id"].isin(tied(found.claim_ids, claims))]
        assert found in audit(related, events, sources)


@many
@given(ledgers())
def test_a_contradiction_between_ranges_is_one(ledger):
    claims = ledger[0].set_index("claim_id")
    for found in audit(*ledger):
        if found.kind == "incompatible_ranges" and found.severity == "contradiction":
            named = claims.loc[list(found.claim_ids)]
            assert named["low"].max() > named["high"].min()
            assert named["metric"].nunique() == 1


@many
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(0, 10), st.integers(0, 10))
def test_a_ledger_that_was_counted_is_not_accused(days, first, length):
    """Claims read off one list of daily numbers, by day and window, exact or as bounds, never contradict each other."""
    windows = [(day, day + 1) for day in range(len(days))] + [(0, len(days)), (first % len(days), len(days))]
    windows.append((0, min(len(days), 1 + length)))
    rows = []
    for place, (start, end) in enumerate(dict.fromkeys(windows)):
        total = sum(days[start:end])
        period = {"period_start": FIRST + timedelta(days=start), "period_end": FIRST + timedelta(days=end)}
        base = {"metric": "people_rescued", "geography": "national", "speaker": "Ministry", "stance": "states"} | period
        shapes = [{"low": total, "best": total, "high": total, "qualifier": "exact"}, {"low": total}, {"high": total}]
        rows += [{"claim_id": f"c{place}-{shape}"} | base | each for shape, each in enumerate(shapes)]
    found = audit(make(schema.CLAIM, rows), make(schema.EVENT, []), make(schema.SOURCE, []))
    assert {one.severity for one in found} <= {"info"}
