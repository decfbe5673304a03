from __future__ import annotations

import pandas as pd
import pytest

from data.changes import CHANGED_COLUMNS, PLACE_COLUMNS, TOTAL_COLUMNS, WHO, Changes, compare
from data.rows import EXTRA
from data.schema import KINDS, record_dtypes
from data.source_entry import SourceEntry
from data.store import Store
from errors import StoreError
from tests.data.store_files import commit, make_file


@pytest.fixture
def store(store: Store) -> Store:
    commit(store, "event", ["e-1", "e-2", "e-3"], event_type="raid", people_best=10, province_codes="KH-1;KH-2")
    return store


def totals(changes: Changes, kind: str = "event") -> tuple[int, int, int]:
    row = changes.totals.set_index("kind").loc[kind]
    return int(row["added"]), int(row["removed"]), int(row["changed"])


def told(changes: Changes) -> list[tuple[object, ...]]:
    columns = ["kind", "record_id", "field", "before", "after", "revision", "by", "action", "reason"]
    frame = changes.changed[columns].astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None))


def test_a_correction_is_told_cell_by_cell_with_who_and_why(store: Store) -> None:
    new = {"people_best": 12, "date_start": "2023-04-01", "latitude": 11.5, "quote": None, "note": "x"}
    was = store.read("event").set_index("event_id").loc["e-2"]
    store.correct("event", "e-2", new, actor="Sok", reason="recount")
    changes = compare(store, 1, 2)
    assert totals(changes) == (0, 0, 1)
    who = (2, "Sok", "correct", "recount")
    cells = {row[2]: row for row in told(changes)}
    assert cells["people_best"] == ("event", "e-2", "people_best", "10", "12", *who)
    assert cells["date_start"][4] == "2023-04-01"
    assert cells["latitude"][4] == "11.5"
    assert set(cells) == {name for name, value in new.items() if not (pd.isna(was[name]) and value is None)}
    for name in cells:
        assert (cells[name][3] is None) == bool(pd.isna(was[name]))
    assert changes.changed_records["event"]["people_best"].tolist() == [12]


def test_records_that_came_and_went_are_whole(store: Store) -> None:
    commit(store, "event", ["e-3", "e-4"], event_type="raid", people_best=3, actor="Maly")
    commit(store, "complaint", ["c-1"])
    changes = compare(store, 1, 3)
    assert (totals(changes), totals(changes, "complaint"), totals(changes, "claim")) == (
        (1, 0, 1),
        (1, 0, 0),
        (0, 0, 0),
    )
    added = changes.added["event"]
    assert added["event_id"].tolist() == ["e-4"]
    assert added[["revision", "by", "action"]].to_numpy().tolist() == [[2, "Maly", "import"]]
    assert changes.revisions["revision"].tolist() == [2, 3]
    store.revert(2, actor="Sok", reason="wrong file")
    gone = compare(store, 3, 4)
    assert totals(gone) == (0, 1, 1)
    removed = gone.removed["event"]
    assert removed["event_id"].tolist() == ["e-4"]
    assert removed["people_best"].tolist() == [3]
    assert removed[["revision", "by", "action", "reason"]].to_numpy().tolist() == [[4, "Sok", "revert", "wrong file"]]


def test_what_was_undone_in_between_is_no_change(store: Store) -> None:
    batch = commit(store, "event", ["e-3", "e-4"], people_best=3)
    store.revert(batch.batch_id, actor="Dara")
    store.correct("event", "e-1", {"people_best": 1}, actor="Dara", reason="mistaken")
    store.correct("event", "e-1", {"people_best": 10}, actor="Dara", reason="mistaken")
    changes = compare(store, 1, store.revision())
    assert totals(changes) == (0, 0, 0)
    assert changes.changed.empty
    assert changes.places.empty
    assert len(changes.revisions) == 4


def test_of_what_went_twice_the_last_time_is_told(store: Store) -> None:
    store.revert(1, actor="Dara")
    store.reapply(1, actor="Dara")
    store.revert(1, actor="Sok", reason="for good")
    removed = compare(store, 1, 4).removed["event"]
    assert set(removed["revision"]) == {4}
    assert set(removed["reason"]) == {"for good"}


def test_the_same_version_differs_in_nothing_and_from_the_start_all_is_new(store: Store) -> None:
    assert not compare(store, 1, 1).totals.drop(columns="kind").any(axis=None)
    assert totals(compare(store, 0, 1)) == (3, 0, 0)


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 1), (0, 9)])
def test_versions_that_are_not_there_or_exchanged_are_refused(store: Store, start: int, end: int) -> None:
    commit(store, "complaint", ["c-1"])
    with pytest.raises(StoreError) as caught:
        compare(store, start, end)
    assert caught.value.hint


def test_a_map_can_show_what_changed(store: Store) -> None:
    commit(store, "complaint", ["c-1"], province_code="KH-7", latitude=10.6)
    commit(store, "claim", ["m-1"], province_code="KH-3")
    commit(store, "source", ["s-1"])
    store.correct("event", "e-2", {"latitude": 11.5}, actor="Sok", reason="recount")
    places = compare(store, 1, store.revision()).places.set_index("record_id")
    assert places["change"].to_dict() == {"c-1": "added", "m-1": "added", "e-2": "changed"}
    assert places["province_codes"].to_dict() == {"c-1": "KH-7", "m-1": "KH-3", "e-2": "KH-1;KH-2"}
    assert places.loc["e-2", "latitude"] == 11.5
    assert pd.isna(places.loc["m-1", "latitude"])


def test_the_source_of_a_batch_and_what_the_file_says_besides_count_too(store: Store) -> None:
    result, content = make_file("event", ["e-9"])
    store.commit(result, actor="Dara", content=content, source=SourceEntry("Log"))
    assert totals(compare(store, 1, 2), "source") == (1, 0, 0)
    result, content = make_file("event", ["e-0", "e-9"])  # e-9 stands on another row, with another extra
    store.commit(result, actor="Dara", content=content)
    assert EXTRA in set(compare(store, 2, 3).changed["field"])


def test_frames_have_their_columns_and_dtypes_whether_empty_or_not(store: Store) -> None:
    store.correct("event", "e-2", {"people_best": 12}, actor="Sok", reason="recount")
    commit(store, "event", ["e-9"])
    full, none = compare(store, 0, 3), compare(store, 2, 2)
    changed = compare(store, 1, 3)
    for changes in (full, none, changed):
        assert list(changes.totals.columns) == list(TOTAL_COLUMNS)
        assert list(changes.changed.columns) == list(CHANGED_COLUMNS)
        assert list(changes.places.columns) == list(PLACE_COLUMNS)
        for kind, frames in ((kind, (changes.added, changes.removed, changes.changed_records)) for kind in KINDS):
            for frame in (each[kind] for each in frames):
                assert list(frame.columns) == [*record_dtypes(KINDS[kind]), EXTRA, *WHO]
                dtypes = {name: str(dtype) for name, dtype in frame.dtypes.items()}
                assert dtypes.items() >= record_dtypes(KINDS[kind]).items()
    pd.testing.assert_series_equal(changed.changed.dtypes, none.changed.dtypes)
    pd.testing.assert_series_equal(full.places.dtypes, none.places.dtypes)
    pd.testing.assert_series_equal(full.added["event"].dtypes, none.added["event"].dtypes)
