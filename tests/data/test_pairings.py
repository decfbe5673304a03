from __future__ import annotations

import pandas as pd

from data import schema
from data.lifecycle import group_sites
from data.pairings import COLUMNS, find_pairings, join_disputes


def make(kind: str, *rows: dict[str, object]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.KINDS[kind])
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)


def test_the_seed_pairs_allegations_with_the_words_of_those_who_dispute_them(snapshot):
    sites = group_sites(snapshot.of("compound"))
    found = find_pairings(snapshot.of("event"), snapshot.of("claim"), sites).set_index("disputed_id")
    assert found.loc["evt-20230308-huang-le-escape", "answer_id"] == "evt-20230418-sihanoukville-letter"
    assert found.loc["clm-20230207-complaints", "answer_id"] == "clm-20230207-denies"
    assert pd.isna(found.loc["evt-20220830-blood-slave-rescue", "answer_id"])
    assert found.loc["evt-20220830-blood-slave-rescue", "by"] == "Cambodian authorities"


def test_a_party_answers_at_its_own_site_only_and_never_itself():
    sites = pd.Series({"cmp-a": "cmp-a", "cmp-b": "cmp-b"}, dtype="str")
    events = make(
        "event",
        {"event_id": "1", "compound_id": "cmp-a", "contested_by": "Police", "actor": "Police"},
        {"event_id": "2", "compound_id": "cmp-b", "actor": "Police"},
        {"event_id": "3", "compound_id": "elsewhere", "contested_by": "Police"},
    )
    found = find_pairings(events, make("claim"), sites)
    assert found["disputed_id"].to_list() == ["1"]
    assert found["answer_id"].isna().all()


def test_nothing_gives_an_empty_table():
    found = find_pairings(make("event"), make("claim"), pd.Series(dtype="str"))
    assert found.empty
    assert tuple(found.columns) == COLUMNS


def test_disputes_that_share_a_record_are_one(snapshot):
    pairs = [("1", "a"), ("2", "b"), ("3", "a"), ("2", "a"), ("4", None)]
    disputes = pd.DataFrame([{"site_id": "s", "disputed_id": one, "answer_id": other} for one, other in pairs])
    assert join_disputes(disputes).to_list() == [0, 0, 0, 0, 4]
    assert join_disputes(disputes.assign(site_id=list("stuvw"))).nunique() == 5
    assert join_disputes(disputes.head(0)).empty
