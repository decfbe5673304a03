from __future__ import annotations

import pandas as pd
import pytest

from data.counts import count_stated
from data.event_claims import date_by_events
from data.periods import parse_period


@pytest.fixture(scope="module")
def dated(snapshot):
    return date_by_events(snapshot.of("claim"), snapshot.of("event")).set_index("claim_id")


def test_a_number_of_a_release_takes_the_day_of_the_report(dated):
    released = dated.loc["clm-20220927-released"]
    assert released["period_start"] == pd.Timestamp("2022-09-27")
    assert released["period_end"] == pd.Timestamp("2022-09-28")
    assert released["dated_by_report"]


def test_a_total_in_a_statement_keeps_its_open_start(dated):
    reports = dated.loc["clm-20230120-reports"]
    assert pd.isna(reports["period_start"])
    assert not reports["dated_by_report"]


def test_nothing_else_changes(snapshot, dated):
    claims = snapshot.of("claim").set_index("claim_id")
    assert dated.index.equals(claims.index)
    given = claims["period_start"].notna()
    pd.testing.assert_series_equal(dated.loc[given, "period_end"], claims.loc[given, "period_end"])
    others = [name for name in claims if name not in ("period_start", "period_end")]
    pd.testing.assert_frame_equal(dated[others], claims[others])


def test_the_month_of_the_event_is_bounded_by_it(snapshot):
    september = parse_period("2022-09-01", "2022-10-01")
    claims = date_by_events(snapshot.of("claim"), snapshot.of("event"))
    row = count_stated(claims, "people_released", september).rows.set_index("province_code").loc["KH-12"]
    assert (row["low"], row["basis"]) == (1481, "bounded")
    assert pd.isna(row["high"])
