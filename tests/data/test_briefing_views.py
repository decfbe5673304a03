from __future__ import annotations

from data.briefing_views import events_of, happened, ledger_of, sites_in_view
from data.lifecycle import compound_steps
from data.periods import parse_period
from data.permalink import Choices
from data.slices import select_records


def test_events_of_a_province_are_those_that_name_it(snapshot):
    here = events_of(snapshot, Choices(place="KH-18"))
    assert len(here)
    assert here["province_codes"].str.contains("KH-18").all()
    assert events_of(snapshot, Choices()) is snapshot.of("event")


def test_what_happened_lies_or_may_lie_in_the_period(snapshot):
    period = parse_period("2022-09-01", "2022-10-01")
    wanted = select_records(snapshot.of("event"), "event", period)
    assert set(happened(snapshot, Choices(period=period))["event_id"]) == {
        *wanted.inside["event_id"], *wanted.perhaps["event_id"]
    }  # fmt: skip


def test_the_ledger_holds_every_claim_once(snapshot):
    assert sorted(ledger_of(snapshot)["claim_id"]) == sorted(snapshot.of("claim")["claim_id"])
    assert ledger_of(snapshot) is ledger_of(snapshot)


def test_sites_by_place_and_by_one(snapshot):
    steps, members = sites_in_view(snapshot, Choices())
    assert len(steps) == len(compound_steps(snapshot.of("compound"), snapshot.of("event"), snapshot.of("claim")))
    here, _ = sites_in_view(snapshot, Choices(place="KH-18"))
    assert 0 < len(here) < len(steps)
    one, rows = sites_in_view(snapshot, Choices(compound=members.index[0]))
    assert set(one["site_id"]) <= {members.iloc[0]}
    assert members.index[0] in rows.index
