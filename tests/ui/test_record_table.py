from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import parse_period
from data.schema import KINDS
from ui.record_table import KIND_NAMES, select_for_table

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
