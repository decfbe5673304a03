"""What must hold for the histories of any sites: nothing invented or lost, no order claimed that dates leave open."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schema
from data.lifecycle import SIGNS, STEPS, after_raid, compound_steps, group_sites

FIRST = date(2023, 1, 1)
IDS = ("a", "b", "c", "d")
many = settings(max_examples=30, deadline=None)  # each takes a tenth of a second

days = st.tuples(st.integers(0, 12), st.integers(1, 4)).map(
    lambda span: (FIRST + timedelta(days=span[0]), FIRST + timedelta(days=sum(span)))
)
sides = st.sampled_from(["both", "both", "start", "end", "none"])


def frame(kind: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.KINDS[kind])
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


@st.composite
def records(draw) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Draw tied and untied compounds, and events and claims at them or elsewhere, dated more or less closely."""
    compounds = [
        {
            "compound_id": name,
            "name": name,
            "listing": draw(st.sampled_from([None, "identified", "suspected", "context"])),
            "same_as": draw(st.sampled_from([None, None, *IDS])),
            "part_of": draw(st.sampled_from([None, None, *IDS])),
            "status": draw(st.sampled_from([None, *schema.STATUSES])),
            "status_date_edtf": draw(st.sampled_from([None, "2023-01", "../2023-01-05", "2023-01-09", "nonsense"])),
        }
        for name in IDS[: draw(st.integers(0, len(IDS)))]
    ]
    where = st.sampled_from([None, *IDS, "a;b", "elsewhere"])

    def dated(start: str, end: str) -> dict[str, object]:
        first, after = draw(days)
        known = draw(sides)
        return {start: first if known in ("both", "start") else None, end: after if known in ("both", "end") else None}

    events = [
        {
            "event_id": f"evt-{number}",
            "event_type": draw(st.sampled_from(["raid", "raid", "escape", *schema.EVENT_TYPES])),
            "compound_id": draw(where),
            "actor": draw(st.sampled_from([None, "Police"])),
            "contested_by": draw(st.sampled_from([None, "Police"])),
            "grading": draw(st.sampled_from([None, *schema.GRADINGS])),
            **dated("date_start", "date_end"),
        }
        for number in range(draw(st.integers(0, 8)))
    ]
    claims = [
        {
            "claim_id": f"clm-{number}",
            "metric": draw(st.sampled_from(["people_escaped", "licences_renewed", "usd_lost"])),
            "stance": draw(st.sampled_from(schema.STANCES)),
            "compound_id": draw(where),
            **dated("period_start", "period_end"),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    return frame("compound", compounds), frame("event", events), frame("claim", claims)


@many
@given(records(), st.booleans())
def test_every_step_traces_to_a_record_of_its_site(drawn, parts):
    compounds, events, claims = drawn
    frames = {"compound": compounds, "event": events, "claim": claims}
    steps = compound_steps(*drawn, parts=parts)
    sites = group_sites(compounds[compounds["listing"] != "context"], parts=parts)
    for step in steps.to_dict("records"):
        kind = step["record_kind"]
        record = frames[kind].set_index(f"{kind}_id", drop=False).loc[step["record_id"]]
        assert step["compound_id"] in schema.split_list(record["compound_id"])
        assert step["site_id"] == sites[step["compound_id"]]
        assert step["step"] in STEPS
        if kind in schema.PERIOD_COLUMNS:
            start, end = (record[column] for column in schema.PERIOD_COLUMNS[kind])
            assert step["end"] == end or (pd.isna(step["end"]) and pd.isna(end))
            assert pd.isna(step["start"]) or step["start"] == start
    assert not steps.duplicated(["record_kind", "record_id", "compound_id"]).any()


@many
@given(records())
def test_every_raid_at_a_listed_site_is_a_step(drawn):
    compounds, events, _ = drawn
    listed = set(compounds.loc[compounds["listing"] != "context", "compound_id"])
    raids = events[events["event_type"] == "raid"]
    wanted = {
        (record, one)
        for record, cell in zip(raids["event_id"], raids["compound_id"], strict=True)
        for one in schema.split_list(cell)
        if one in listed
    }
    steps = compound_steps(*drawn)
    found = steps[(steps["step"] == "raided") & (steps["record_kind"] == "event")]
    assert set(zip(found["record_id"], found["compound_id"], strict=True)) == wanted


@many
@given(records(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(drawn, parts, random):
    shuffled = [rows.sample(frac=1, random_state=random.randrange(2**32)) for rows in drawn]
    once, again = compound_steps(*drawn, parts=parts), compound_steps(*shuffled, parts=parts)
    pd.testing.assert_frame_equal(once, again)
    pd.testing.assert_frame_equal(after_raid(once).sites, after_raid(again).sites)


@many
@given(records(), st.booleans())
def test_the_counts_add_up_to_the_raided_sites(drawn, parts):
    steps = compound_steps(*drawn, parts=parts)
    found = after_raid(steps)
    valid = steps[steps["grading"].fillna("") != "discounted"]
    assert found.n_raided == valid.loc[valid["step"] == "raided", "site_id"].nunique() == len(found.sites)
    assert found.n_raided == found.n_with_later_activity + found.n_without + found.n_unknown_order
    assert set(found.sites["raid_id"]) <= set(valid.loc[valid["step"] == "raided", "record_id"])
    assert set(found.sites["sign_id"].dropna()) <= set(valid.loc[valid["step"].isin(SIGNS), "record_id"])


@many
@given(records())
def test_an_order_is_claimed_only_when_every_possible_day_agrees(drawn):
    steps = compound_steps(*drawn)
    valid = steps[steps["grading"].fillna("") != "discounted"]
    early, late = pd.Timestamp("2000-01-01"), pd.Timestamp("2050-01-01")
    for site in after_raid(steps).sites.to_dict("records"):
        own = valid[valid["site_id"] == site["site_id"]]
        spans = own.assign(start=own["start"].fillna(early), end=own["end"].fillna(late))
        raids, signs = spans[spans["step"] == "raided"], spans[spans["step"].isin(SIGNS)]
        pairs = list(product(raids.to_dict("records"), signs.to_dict("records")))
        surely_later = any(sign["start"] >= raid["end"] for raid, sign in pairs)
        surely_before = all(sign["end"] <= raid["start"] for raid, sign in pairs)
        assert site["outcome"] == ("later" if surely_later else "none" if surely_before else "unknown")


@many
@given(records(), st.booleans())
def test_sites_are_named_after_one_of_their_rows(drawn, parts):
    compounds = drawn[0]
    sites = group_sites(compounds, parts=parts)
    assert list(sites.index) == list(compounds["compound_id"])
    assert (sites[sites.unique()] == sites.unique()).all()
    for name, same_as in zip(compounds["compound_id"], compounds["same_as"], strict=True):
        if same_as in sites.index:
            assert sites[name] == sites[same_as]
