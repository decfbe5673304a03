from __future__ import annotations

import pandas as pd
import pytest

from charts.history_chart import describe_after_raid, draw_history, history_extent, step_date, tabulate_history
from charts.palette import STATUS_SYMBOLS, VEGA_SHAPES
from data.lifecycle import AfterRaid, compound_steps


@pytest.fixture
def steps(snapshot):
    return compound_steps(*(snapshot.of(kind) for kind in ("compound", "event", "claim")))


@pytest.fixture
def names(snapshot):
    return snapshot.of("compound").set_index("compound_id")["name"]


def rows_of(spec: dict) -> list[dict]:
    return [row for rows in spec["datasets"].values() for row in rows]


def test_every_dated_step_is_in_one_mark(steps, names):
    table = tabulate_history(steps, names)
    dated = steps[steps["start"].notna() | steps["end"].notna()]
    per_mark = dated.groupby(["site_id", "step", "start", "end"], dropna=False)["record_id"].nunique()
    assert table["records"].sum() == per_mark.sum()
    assert set(table["site_id"]) == set(dated["site_id"])


def test_raided_sites_stand_on_top(steps, names):
    table = tabulate_history(steps, names)
    raided = set(table.loc[table["step"] == "raided", "site_id"])
    assert set(table.loc[table["lane"] < len(raided), "site_id"]) == raided


def test_dates_that_only_a_report_bounds_are_open(steps, names):
    table = tabulate_history(steps, names)
    reported = table[table["when"].str.startswith("on or before")]
    assert len(reported)
    assert reported["open_start"].all()
    assert (reported["day"] == reported["end"] - pd.Timedelta(days=1)).all()
    coarse = table[table["coarse"]]
    assert len(coarse)
    assert ((coarse["start"] <= coarse["day"]) & (coarse["day"] < coarse["end"])).all()


def test_no_symbol_covers_another(steps, names):
    table = tabulate_history(steps, names)
    assert not table.duplicated(["lane", "day", "level"]).any()


def test_lanes_beyond_the_limit_are_left_out_whole(steps, names):
    table = tabulate_history(steps, names, most=2)
    assert table["site_id"].nunique() == 2
    assert "raided" in set(table["step"])


def test_the_picture_holds_the_table_and_its_words_as_data(steps, names):
    hostile = names.mask(names.index == "cmp-huang-le", "<img src=x onerror=alert(1)> {datum.x}")
    table = tabulate_history(steps, hostile)
    marks = pd.DataFrame({"day": [pd.Timestamp("2023-02-12")], "label": ["Source shut down"]})
    spec = draw_history(table, marks).to_dict()
    rows = rows_of(spec)
    assert sum("level" in row for row in rows) == len(table)
    assert any(row.get("label") == "Source shut down" for row in rows)
    without_data = str({name: part for name, part in spec.items() if name != "datasets"})
    assert "onerror" not in without_data
    assert any(row.get("site", "").startswith("<img") for row in rows)


def test_a_single_lane_is_drawn_without_empty_layers(steps, names):
    table = tabulate_history(steps[steps["site_id"] == "cmp-jinbei-1"], names)
    spec = draw_history(table).to_dict()
    filters = [step["filter"] for layer in spec["layer"] for step in layer.get("transform", [])]
    assert set(filters) == {"datum.open_start"}


def test_the_extent_holds_every_mark(steps, names):
    table = tabulate_history(steps, names)
    period = history_extent(table)
    assert pd.Timestamp(period.start) < table["day"].min()
    assert pd.Timestamp(period.end) > table["end"].max()


def test_undated_steps_cannot_be_drawn(steps, names):
    undated = steps.assign(start=pd.NaT, end=pd.NaT).astype(steps.dtypes.to_dict())
    assert tabulate_history(undated, names).empty


def test_every_shape_of_the_map_is_known_to_charts():
    assert {symbol.shape for symbol in STATUS_SYMBOLS.values()} <= set(VEGA_SHAPES)


def test_dates_read_as_their_record_or_as_a_bound(steps):
    by_id = steps.drop_duplicates("record_id").set_index("record_id")
    assert step_date(by_id.loc["cmp-dara-sakor"]) == "July 2023"
    assert step_date(by_id.loc["evt-20230308-bbc-documentary"]) == "on or before 8 March 2023"


def found(raided: int, later: int, none: int, unknown: int) -> AfterRaid:
    return AfterRaid(raided, later, none, unknown, pd.DataFrame())


def test_small_numbers_are_counts_without_a_percentage():
    text = describe_after_raid(13, found(3, 2, 0, 1), where="Pursat")
    assert "13 sites in Pursat" in text
    assert "at 2 of these 3; at 1 the dates do not tell" in text
    assert "%" not in text
    assert "(30%)" in describe_after_raid(40, found(10, 3, 7, 0))
    assert "No raid" in describe_after_raid(1, found(0, 0, 0, 0))
