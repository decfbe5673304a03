from __future__ import annotations

import pandas as pd

from charts.timeline_chart import ROW_HEIGHT, draw_claims, draw_events, tabulate_claims, tabulate_events
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
    spec = draw_events(table, YEAR, marks).to_dict()
    data = [row for rows in spec["datasets"].values() for row in rows]
    assert sum(row.get("low", 0) for row in data) == table["low"].sum()
    assert any(row.get("label") == "Source shut down" for row in data)


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
    assert spec["height"] == ROW_HEIGHT * len(table) + 10


def test_no_claims_give_an_empty_table(snapshot):
    assert tabulate_claims(snapshot.of("claim").head(0), YEAR).empty
