from __future__ import annotations

import pandas as pd

from data.belief import SPEAKER_TYPES, UNSTATED, believe, present_types, speaker_types
from data.measures import MEASURES, count_measure
from data.periods import parse_period
from data.snapshot import Snapshot

MONTH = parse_period("2022-08-19", "2022-09-19")


def test_believing_everyone_is_the_snapshot_itself(snapshot):
    assert believe(snapshot, ()) is snapshot
    assert believe(snapshot, present_types(snapshot)) is snapshot


def test_every_record_has_exactly_one_type(snapshot):
    for kind, types in speaker_types(snapshot).items():
        assert len(types) == len(snapshot.of(kind))
        assert set(types) <= set(SPEAKER_TYPES)


def test_types_part_the_records(snapshot):
    present = present_types(snapshot)
    assert len(present) > 2
    for kind in ("claim", "event", "compound"):
        parts = [len(believe(snapshot, (name,)).of(kind)) for name in present]
        assert sum(parts) == len(snapshot.of(kind))


def test_figures_follow(snapshot):
    government = believe(snapshot, ("government",))
    media = believe(snapshot, ("media",))
    rows = count_measure(government, MEASURES["stated:complaints_received"], MONTH).rows.set_index("province_code")
    assert rows.loc["KH-20", "best"] == 18
    silent = count_measure(media, MEASURES["stated:complaints_received"], MONTH).rows
    assert (silent["basis"] == "no_report").all()


def test_versions_tell_snapshots_apart(snapshot):
    assert believe(snapshot, ("media",)).version != snapshot.version
    assert believe(snapshot, ("media",)).revision == snapshot.revision


def test_a_record_without_source_is_unstated(snapshot):
    events = snapshot.of("event").head(1).assign(source_ids=pd.Series([None], dtype="str").to_numpy())
    lone = Snapshot(1, snapshot.records | {"event": events})
    assert speaker_types(lone)["event"].to_list() == [UNSTATED]


def test_what_everyone_counts_of_is_shared_and_not_copied(snapshot):
    events = snapshot.of("event")
    kinds = set(speaker_types(snapshot)["complaint"])
    part = believe(snapshot, ("government",))
    assert part.of("complaint") is snapshot.of("complaint") or kinds - {"government"}
    assert part.cube("complaint") is snapshot.cube("complaint")
    assert part.of("event") is not events
    assert part.cube("event") is not snapshot.cube("event")
    assert part.days("event").size == len(part.of("event")) < len(events)
