from __future__ import annotations

import pandas as pd
import pytest

from charts.ranking_chart import ROW_HEIGHT, draw_ranking, tabulate_ranking
from data.measures import MEASURES, count_measure
from data.periods import parse_period

MONTH = parse_period("2022-08-19", "2022-09-19")


@pytest.fixture(scope="module")
def counts(snapshot):
    return count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH)


def test_only_provinces_with_a_figure_the_largest_first(counts):
    table = tabulate_ranking(counts)
    assert table["province"].to_list()[:1] == ["Preah Sihanouk"]
    assert len(table) == 10
    assert table["certain"].is_monotonic_decreasing


def test_at_least_is_open(counts):
    table = tabulate_ranking(counts).set_index("province")
    assert table.loc["Preah Sihanouk", "open"]
    assert table.loc["Preah Sihanouk", "figure"] == "201 or more"
    assert not table.loc["Svay Rieng", "open"]
    assert table.loc["Svay Rieng", "certain"] == table.loc["Svay Rieng", "possible"] == 18


def test_rates_rank_by_residents(counts):
    table = tabulate_ranking(counts, rates=True).set_index("province")
    assert table.loc["Preah Sihanouk", "certain"] == pytest.approx(201 / 310_072 * 100_000)


def test_the_chart_holds_the_table_and_marks_ranges(counts):
    table = tabulate_ranking(counts)
    table.loc[table["province"] == "Kandal", "possible"] = 30.0
    spec = draw_ranking(table, "Complaints")
    assert spec["height"] == ROW_HEIGHT * len(table) + 10
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["bar", "rule", "tick", "point", "text"]
    rows = spec["data"]["values"]
    assert rows["province"].to_list() == table["province"].to_list()
    assert rows.loc[rows["tip"] > rows["certain"], "province"].to_list() == ["Kandal"]
    assert "Preah Sihanouk" in rows.loc[rows["open"], "province"].to_list()


def test_each_chart_has_its_own_reach(counts):
    table = tabulate_ranking(counts)
    small = table.assign(certain=1.0, possible=2.0)
    reaches = [
        draw_ranking(one, "Complaints")["layer"][0]["encoding"]["x"]["scale"]["domain"][1]
        for one in (table, small, table)
    ]
    assert reaches[0] == reaches[2] > reaches[1] > 2


def test_contested_is_said_in_words(counts):
    rows = counts.rows.assign(contested=counts.rows["province_code"] == "KH-20")
    contested = type(counts)(counts.measure, counts.period, rows, counts.national, 0, 0)
    words = tabulate_ranking(contested).set_index("province")["words"]
    assert "contested" in words["Svay Rieng"]
    assert "contested" not in words["Kandal"]


def test_no_figure_gives_an_empty_table(counts):
    empty = counts.rows.assign(**{side: pd.array([pd.NA] * 25, dtype="Float64") for side in ("low", "best", "high")})
    silent = type(counts)(counts.measure, counts.period, empty, counts.national, 0, 0)
    assert tabulate_ranking(silent).empty
