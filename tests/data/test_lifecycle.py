from __future__ import annotations

import pandas as pd
import pytest

from data import schema
from data.lifecycle import (
    CLAIM_STEPS,
    EVENT_STEPS,
    SMALLEST_SHARE,
    STEP_COLUMNS,
    STEPS,
    after_raid,
    compound_steps,
    group_sites,
    latest_statuses,
)
from data.metrics import METRICS


def make(kind: str, *rows: dict[str, object]) -> pd.DataFrame:
    """Build records of a kind from the cells that matter."""
    dtypes = schema.record_dtypes(schema.KINDS[kind])
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)


def event(number: int, event_type: str, start: str | None, end: str | None, **more: object) -> dict[str, object]:
    facts = {"event_id": f"evt-{number}", "event_type": event_type, "date_start": start, "date_end": end}
    return {**facts, "compound_id": "cmp-a", **more}


SITE = make("compound", {"compound_id": "cmp-a", "name": "A", "listing": "suspected"})
NO_CLAIMS = make("claim")


def history(*events: dict[str, object], compounds: pd.DataFrame = SITE) -> pd.DataFrame:
    return compound_steps(compounds, make("event", *events), NO_CLAIMS)


def outcome(*events: dict[str, object]) -> str:
    return str(after_raid(history(*events)).sites["outcome"].iloc[0])


RAID = event(1, "raid", "2023-03-10", "2023-03-11")


def test_the_seed_tells_what_its_sources_tell(snapshot):
    steps = compound_steps(*(snapshot.of(kind) for kind in ("compound", "event", "claim")))
    found = after_raid(steps)
    outcomes = found.sites.set_index("site_id")["outcome"].to_dict()
    assert outcomes == {"cmp-mds-thmor-da": "later", "cmp-huang-le": "unknown"}
    assert found.share is None
    licences = steps[steps["record_kind"] == "event"].set_index("record_id")["step"]
    assert licences["evt-20221229-kb-casino-licence"] == "licence_renewed"
    assert licences["evt-20230412-xing-tian-di-licence"] == "licence_granted"
    assert licences["evt-20230207-kampot-police-chief"] == "contested"
    assert "evt-20221004-vice-bribes" not in licences.index  # nothing is alleged of a site listed as context
    assert latest_statuses(steps)["step"]["cmp-mds-thmor-da"] == "alleged_active"


def test_parts_may_have_a_history_of_their_own(snapshot):
    records = [snapshot.of(kind) for kind in ("compound", "event", "claim")]
    found = after_raid(compound_steps(*records, parts=False))
    assert set(found.sites["site_id"]) == {"cmp-huang-le", "cmp-mds-pursat-company", "cmp-mds-thmor-da"}
    assert (found.n_with_later_activity, found.n_without, found.n_unknown_order) == (1, 1, 1)


def test_every_site_of_the_seed_is_counted_once(snapshot):
    compounds = snapshot.of("compound")
    sites = group_sites(compounds[compounds["listing"] != "context"])
    assert sites.nunique() == 13
    assert sites["cmp-majestic-2"] == "cmp-huang-le"
    assert sites["cmp-eternal-diamond"] == sites["cmp-henge-thmorda"] == "cmp-mds-thmor-da"


def test_ties_reach_through_other_rows_and_ignore_unknown_ones():
    compounds = make(
        "compound",
        {"compound_id": "c", "name": "C", "same_as": "b; missing"},
        {"compound_id": "b", "name": "B", "part_of": "a"},
        {"compound_id": "a", "name": "A"},
        {"compound_id": "d", "name": "D", "part_of": "missing"},
    )
    assert group_sites(compounds).to_dict() == {"c": "a", "b": "a", "a": "a", "d": "d"}
    assert group_sites(compounds, parts=False).to_dict() == {"c": "c", "b": "c", "a": "a", "d": "d"}


def test_steps_are_allowed_ones_of_known_types_and_metrics():
    assert set(EVENT_STEPS) <= set(schema.EVENT_TYPES)
    assert set(CLAIM_STEPS) <= set(METRICS)
    assert {*EVENT_STEPS.values(), *CLAIM_STEPS.values()} <= set(STEPS)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("The casino had its licence renewed.", "licence_renewed"),
        ("It was granted a temporary licence renewal.", "licence_renewed"),
        ("The casino was newly licensed.", "licence_granted"),
        ("The ministry refused to renew the licence.", None),
        ("The licence was revoked; it had been granted in 2020.", None),
        ("Something about a licence.", None),
    ],
)
def test_a_licence_action_is_read_by_its_words_and_never_guessed(words, step):
    steps = history(event(1, "licence_action", "2023-01-01", "2023-01-02", description=words))
    assert steps["step"].to_list() == ([step] if step else [])


def test_a_statement_is_a_dispute_only_when_somebody_disputes():
    said = event(1, "official_statement", "2023-01-01", "2023-01-02", actor="Police")
    assert history(said).empty
    escape = event(2, "escape", "2023-01-01", "2023-01-02", contested_by="Ministry; Police")
    assert set(history(said, escape)["step"]) == {"alleged_active", "contested"}
    assert history({**said, "contested_by": "Residents"})["step"].to_list() == ["contested"]


def test_a_claim_that_denies_is_contested_and_one_of_nobody_is_no_sign():
    claims = make(
        "claim",
        {"claim_id": "1", "metric": "people_held_estimate", "low": 100.0, "stance": "states", "compound_id": "cmp-a"},
        {"claim_id": "2", "metric": "people_held_estimate", "stance": "denies", "compound_id": "cmp-a"},
        {"claim_id": "3", "metric": "people_held_estimate", "best": 0.0, "stance": "states", "compound_id": "cmp-a"},
        {"claim_id": "4", "metric": "usd_lost", "best": 5.0, "stance": "states", "compound_id": "cmp-a"},
        {"claim_id": "5", "metric": "people_escaped", "best": 5.0, "stance": "states", "compound_id": "other"},
    )
    steps = compound_steps(SITE, make("event"), claims)
    assert steps.set_index("record_id")["step"].to_dict() == {"1": "alleged_active", "2": "contested"}


def test_a_status_with_an_unreadable_date_is_kept_undated():
    compounds = SITE.assign(status="closed", status_date_edtf="some day")
    steps = history(compounds=compounds)
    assert steps[["step", "date_edtf"]].to_numpy().tolist() == [["closed", "some day"]]
    assert steps[["start", "end"]].isna().all(axis=None)


def test_a_report_bounds_only_the_end_of_what_it_reports():
    step = history(event(1, "report_published", "2023-03-20", "2023-03-21")).iloc[0]
    assert step["dated_by_report"]
    assert pd.isna(step["start"])
    assert step["end"] == pd.Timestamp("2023-03-21")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023-03-11", "2023-03-12", "later"),
        ("2023-03-10", "2023-03-11", "unknown"),  # the same day
        ("2023-03-01", "2023-04-01", "unknown"),  # the same month
        ("2023-03-09", "2023-03-10", "none"),  # the day before
        (None, "2023-06-01", "unknown"),  # on or before: may be older than the raid
        (None, "2023-03-10", "none"),
        ("2023-03-01", None, "unknown"),
        ("2023-04-01", None, "later"),
        (None, None, "unknown"),
    ],
)
def test_the_order_is_certain_only_when_dates_do_not_overlap(start, end, expected):
    assert outcome(RAID, event(2, "escape", start, end)) == expected


def test_a_raid_of_unknown_day_leaves_earlier_signs_unordered():
    raid = event(1, "raid", None, "2023-03-11")
    assert outcome(raid, event(2, "rescue", "2020-01-01", "2020-01-02")) == "unknown"
    assert outcome(raid, event(2, "rescue", "2023-03-11", "2023-03-12")) == "later"
    assert outcome(raid) == "none"


def test_activity_between_two_raids_is_later_than_the_first():
    second = event(3, "raid", "2023-09-01", "2023-09-02")
    assert outcome(second, RAID, event(2, "escape", "2023-05-01", "2023-05-02")) == "later"


def test_discounted_records_count_neither_as_raid_nor_as_sign():
    sign = event(2, "escape", "2023-05-01", "2023-05-02", grading="discounted")
    assert outcome(RAID, sign) == "none"
    assert after_raid(history({**RAID, "grading": "discounted"}, sign)).n_raided == 0
    assert len(history(RAID, sign)) == 2


def test_signs_without_a_raid_are_no_raided_site():
    assert after_raid(history(event(2, "escape", "2023-05-01", "2023-05-02"))).n_raided == 0


def test_a_share_is_given_from_ten_raided_sites_on():
    for count, share in ((SMALLEST_SHARE - 1, None), (SMALLEST_SHARE, 0.1)):
        names = [f"cmp-{number}" for number in range(count)]
        compounds = make("compound", *({"compound_id": name, "name": name} for name in names))
        raids = [{**RAID, "event_id": name, "compound_id": name} for name in names]
        later = event(99, "escape", "2023-05-01", "2023-05-02", compound_id="cmp-0")
        assert after_raid(history(*raids, later, compounds=compounds)).share == share


def test_no_records_give_an_empty_history():
    empty = compound_steps(make("compound"), make("event"), NO_CLAIMS)
    assert empty.empty
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == STEP_COLUMNS
    assert after_raid(empty).n_raided == 0
    assert latest_statuses(empty).empty
