from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import parse_period
from data.schema import KINDS
from ui.record_table import KIND_NAMES, order_by_date, select_for_table

ALWAYS = parse_period("2000-01-01", "2030-01-01")
MONTH = parse_period("2022-09-01", "2022-10-01")


def test_every_kind_has_a_name():
    assert set(KIND_NAMES) == set(KINDS)


@pytest.mark.parametrize("kind", list(KINDS))
def test_without_choices_every_record_is_there(snapshot, kind):
    found, sentence = select_for_table(snapshot.of(kind), kind, ALWAYS, "", "")
    assert len(found) == len(snapshot.of(kind))
    assert sentence.endswith(("too.", "apply."))


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("words", ["no such words anywhere", "a"])
def test_words_in_a_table_that_may_be_empty(snapshot, kind, words):
    found, _ = select_for_table(snapshot.of(kind).head(0), kind, ALWAYS, "KH-18", words)
    assert found.empty
    assert list(found.columns) == list(snapshot.of(kind).columns)


def test_undated_records_are_shown_in_every_period(snapshot):
    claims = snapshot.of("claim")
    undated = set(claims.loc[claims["period_start"].isna() & claims["period_end"].isna(), "claim_id"])
    found, sentence = select_for_table(claims, "claim", MONTH, "", "")
    assert undated <= set(found["claim_id"])
    assert sentence == f"Period {MONTH.label()}; {len(undated)} undated ones are listed too."


def test_a_province_is_found_in_a_list_of_several(snapshot):
    events = snapshot.of("event")
    several = events[events["province_codes"].fillna("").str.contains(";")]
    assert len(several)
    for event in several.to_dict("records"):
        for code in event["province_codes"].split(";"):
            found, _ = select_for_table(events, "event", ALWAYS, code.strip(), "")
            assert event["event_id"] in set(found["event_id"])


def test_words_are_looked_for_in_single_cells(snapshot):
    events = snapshot.of("event")
    first = events.iloc[0]
    found, _ = select_for_table(events, "event", ALWAYS, "", first["event_id"].upper())
    assert first["event_id"] in set(found["event_id"])
    across = f"{first['event_id']} {first['event_type']}"
    assert select_for_table(events, "event", ALWAYS, "", across)[0].empty


@given(words=st.text(max_size=12))
def test_any_words_select_exactly_the_rows_that_hold_them(snapshot, words):
    sources = snapshot.of("source")
    found, _ = select_for_table(sources, "source", ALWAYS, "", words)
    kept = set(found["source_id"])
    for row in sources[list(KINDS["source"].columns)].astype("str").fillna("").to_dict("records"):
        if row["source_id"] in kept:
            continue
        assert not any(words.strip() in cell for cell in row.values())


def _days(*starts: str | None, ends: tuple[str | None, ...] | None = None) -> pd.DataFrame:
    days = pd.to_datetime(pd.Series(starts, dtype="str")).astype("datetime64[us]")
    last = pd.to_datetime(pd.Series(ends or starts, dtype="str")).astype("datetime64[us]")
    return pd.DataFrame({"event_id": list("abcdefg"[: len(starts)]), "date_start": days, "date_end": last})


def test_the_newest_come_first_the_undated_last_and_equals_stay_as_they_were():
    records = _days("2022-09-01", None, "2023-01-05", "2022-09-01", None)
    assert "".join(order_by_date(records, "event")["event_id"]) == "cadbe"


def test_a_date_known_only_to_be_before_a_day_counts_as_the_day_before():
    records = _days("2022-09-01", None, "2022-08-01", ends=("2022-09-02", "2022-08-15", "2022-08-02"))
    assert "".join(order_by_date(records, "event")["event_id"]) == "abc"


def test_dates_of_sites_and_sources_are_read_as_they_are_written():
    dates = ["2022", "2023-04-01", None, "../2022-06-01", "2022-05/2022-07"]
    records = pd.DataFrame({"source_id": list("abcde"), "published_date": pd.Series(dates, dtype="str")})
    assert "".join(order_by_date(records, "source")["source_id"]) == "bdeac"


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_in_order_of_its_dates_without_losing_a_record(snapshot, kind):
    found, _ = select_for_table(snapshot.of(kind), kind, ALWAYS, "", "")
    again, _ = select_for_table(found, kind, ALWAYS, "", "")
    name = KINDS[kind].id_field
    assert sorted(found[name]) == sorted(snapshot.of(kind)[name])
    assert again[name].tolist() == found[name].tolist()
