from __future__ import annotations

import pandas as pd

from charts.timeline_chart import (
    OPENED,
    ROW_HEIGHT,
    draw_claims,
    draw_events,
    tabulate_claims,
    tabulate_coarse,
    tabulate_events,
)
from data.periods import parse_period
from data.slices import select_records

YEAR = parse_period("2022-07-01", "2023-07-01")


def test_every_event_of_the_period_is_in_some_bar(snapshot):
    events = snapshot.of("event")
    table = tabulate_events(events, YEAR, "quarter")
    selection = select_records(events, "event", YEAR)
    assert table["low"].sum() <= len(selection.inside) <= table["high"].sum()
    assert (table["low"] <= table["high"]).all()


def test_the_event_chart_holds_the_table(snapshot):
    table = tabulate_events(snapshot.of("event"), YEAR, "month")
    marks = pd.DataFrame({"day": [pd.Timestamp("2023-02-12")], "label": ["Source shut down"]})
    spec = draw_events(table, tabulate_coarse(snapshot.of("event"), YEAR, "month"), YEAR, marks).to_dict()
    data = [row for rows in spec["datasets"].values() for row in rows]
    assert sum(row.get("low", 0) for row in data) == table["low"].sum()
    assert any(row.get("label") == "Source shut down" for row in data)


def test_a_coarse_event_is_drawn_once_and_not_in_the_bars():
    dates = [("2022-07-01", "2023-07-01"), ("2022-08-01", "2022-10-01"), ("2022-09-03", "2022-09-04")]
    events = pd.DataFrame(
        {
            "event_id": ["a", "b", "c"],
            "event_type": ["raid", "rescue", "raid"],
            "event_date_edtf": ["2022-07/2023-06", "2022-08/2022-09", "2022-09-03"],
            "province_codes": ["KH-18", "KH-18", "KH-18"],
            "date_start": pd.to_datetime([start for start, _ in dates]),
            "date_end": pd.to_datetime([end for _, end in dates]),
        }
    )
    coarse = tabulate_coarse(events, YEAR, "month")
    assert coarse["lane"].to_list() == [0, 1]
    assert coarse["what"].to_list() == ["Raid", "Rescue"]
    table = tabulate_events(events, YEAR, "month")
    spec = draw_events(table, coarse, YEAR).to_dict()
    data = [row for rows in spec["datasets"].values() for row in rows]
    assert sum(row.get("low", 0) for row in data) == 1
    assert spec["height"] > draw_events(table, coarse.head(0), YEAR).to_dict()["height"]


def _touching(snapshot):
    selection = select_records(snapshot.of("claim"), "claim", YEAR)
    return pd.concat([selection.inside, selection.perhaps])


def test_claims_with_an_open_side_are_drawn_open(snapshot):
    table = tabulate_claims(_touching(snapshot), YEAR)
    reported = table[table["when"].str.startswith("on or before")]
    assert len(reported)
    assert reported["open_start"].all()
    assert (table["start"] <= table["end"]).all()
    assert table["start"].min() >= pd.Timestamp(YEAR.start)


def test_the_claim_chart_shows_one_line_for_each_claim(snapshot):
    table = tabulate_claims(_touching(snapshot), YEAR)
    spec = draw_claims(table, YEAR).to_dict()
    rows = next(iter(spec["datasets"].values()))
    assert [row["claim_id"] for row in rows] == table["claim_id"].to_list()
    assert spec["height"] == ROW_HEIGHT * (len(table) + table["metric"].nunique()) + 10
    assert [param["name"] for param in spec["params"]] == [OPENED]
    headings = [row for rows in spec["datasets"].values() for row in rows if "heading" in row]
    assert len(headings) == table["metric"].nunique()
    taken = [row["row"] for row in [*rows, *headings]]
    assert sorted(taken) == list(range(len(taken)))


def test_a_disputed_number_says_by_whom(snapshot):
    table = tabulate_claims(_touching(snapshot), YEAR)
    disputed = table[table["disputed"]]
    assert len(disputed)
    for row in disputed.to_dict("records"):
        assert row["words"] in (f"denied by {row['speaker']}", f"doubted by {row['speaker']}")


def test_no_claims_give_an_empty_table(snapshot):
    assert tabulate_claims(snapshot.of("claim").head(0), YEAR).empty
