from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.batch_source import give_source
from data.source_entry import SourceEntry
from data.store import Batch, Store
from errors import StoreError
from tests.data.store_files import make_file, make_records

ENTRY = SourceEntry("Hotline log", publisher="Example NGO", published_date="2023-04")
SOURCE_ID = "src-example-ngo-202304"


def put(store: Store, kind: str, *ids: str, source: SourceEntry | str | None = None, **values: object) -> Batch:
    result, content = make_file(kind, ids, **values)
    return store.commit(result, actor="Dara", content=content, source=source)


def sources_of(store: Store, kind: str = "complaint") -> dict[str, object]:
    records = store.read(kind).set_index(f"{kind}_id")["source_ids"]
    return records.where(records.notna(), None).to_dict()


def test_a_new_source_is_stored_with_its_batch_and_given_to_rows_that_name_none(store: Store) -> None:
    batch = put(store, "complaint", "c-1", "c-2", source=ENTRY, source_ids=None)
    assert batch.source_id == SOURCE_ID
    assert store.batches()["source_id"].tolist() == [SOURCE_ID]
    source = store.read("source").iloc[0]
    assert (source["title"], source["publisher"], source["published_date"]) == ("Hotline log", "Example NGO", "2023-04")
    assert (source["batch_id"], source["rev_in"], source["row_number"]) == (batch.batch_id, batch.revision, 0)
    assert store.revision() == 1
    assert store.revisions()["rows"].tolist() == [3]
    assert sources_of(store) == {"c-1": SOURCE_ID, "c-2": SOURCE_ID}
    store.verify()


def test_rows_that_name_their_own_source_keep_it() -> None:
    records = make_records("complaint", ["c-1", "c-2", "c-3"])
    records["source_ids"] = pd.Series(["src-own", None, ""], dtype="str")
    assert give_source(records, "src-1")["source_ids"].tolist() == ["src-own", "src-1", "src-1"]
    assert give_source(records, None) is records
    sources = make_records("source", ["s-1"])
    assert give_source(sources, "src-1") is sources


def test_a_stored_source_can_stand_behind_a_file_and_an_unknown_one_cannot(store: Store) -> None:
    put(store, "source", "src-known")
    assert put(store, "event", "e-1", source="src-known", source_ids=None).source_id == "src-known"
    assert sources_of(store, "event") == {"e-1": "src-known"}
    with pytest.raises(StoreError, match="no source “src-other”"):
        put(store, "event", "e-2", source="src-other")
    with pytest.raises(StoreError, match="no title"):
        put(store, "event", "e-2", source=SourceEntry(" "))
    assert store.revision() == 2


def test_a_file_of_sources_can_have_a_source_too_under_another_identifier(store: Store) -> None:
    batch = put(store, "source", SOURCE_ID, "s-2", source=ENTRY)
    assert batch.source_id == f"{SOURCE_ID}-2"
    assert store.record_ids("source") == {SOURCE_ID, "s-2", f"{SOURCE_ID}-2"}
    store.revert(batch.batch_id, actor="Dara")
    assert store.read("source").empty


def test_of_several_files_the_source_stands_behind_all(store: Store) -> None:
    files = [make_file("event", ["e-1"], source_ids=None), make_file("complaint", ["c-1"], source_ids=None)]
    batches = store.commit_all(files, actor="Dara", source=ENTRY)
    assert [batch.source_id for batch in batches] == [SOURCE_ID, SOURCE_ID]
    assert len(store.read("source")) == 1


def test_a_revert_takes_the_source_back_and_a_reapply_brings_both_again(store: Store) -> None:
    put(store, "complaint", "c-1", people_affected=1)
    before = store.snapshot_hash()
    batch = put(store, "complaint", "c-1", "c-2", source=ENTRY, source_ids=None)
    with_it = store.snapshot_hash()
    for _ in range(2):
        store.revert(batch.batch_id, actor="Sok")
        assert store.snapshot_hash() == before
        assert store.read("source").empty
        store.reapply(batch.batch_id, actor="Sok")
        assert store.snapshot_hash() == with_it
        assert store.record_ids("source") == {SOURCE_ID}
    store.verify()


def test_the_identifier_of_a_reverted_source_is_not_given_again(store: Store) -> None:
    first = put(store, "complaint", "c-1", source=ENTRY)
    store.revert(first.batch_id, actor="Dara")
    second = put(store, "complaint", "c-2", source=ENTRY)
    assert second.source_id == f"{SOURCE_ID}-2"
    store.reapply(first.batch_id, actor="Dara")
    assert store.record_ids("source") == {SOURCE_ID, f"{SOURCE_ID}-2"}


def test_a_source_that_other_batches_use_is_not_taken_away(store: Store) -> None:
    first = put(store, "complaint", "c-1", source=ENTRY, source_ids=None)
    before = store.snapshot_hash()
    second = put(store, "event", "e-1", "e-2", source=SOURCE_ID, source_ids=None)
    with pytest.raises(StoreError, match=r"its source stands behind later records: e-1 \(batch 2\), e-2") as caught:
        store.revert(first.batch_id, actor="Dara")
    assert caught.value.context["record_ids"] == ["e-1", "e-2"]
    assert caught.value.context["batch_ids"] == [2]
    assert store.revision() == 2
    store.revert(second.batch_id, actor="Dara")
    assert store.snapshot_hash() == before
    store.revert(first.batch_id, actor="Dara")
    with pytest.raises(StoreError, match=f"its source “{SOURCE_ID}” is gone") as caught:
        store.reapply(second.batch_id, actor="Dara")
    assert "batch 1" in caught.value.hint
    store.reapply(first.batch_id, actor="Dara")
    store.reapply(second.batch_id, actor="Dara")
    assert sources_of(store, "event") == {"e-1": SOURCE_ID, "e-2": SOURCE_ID}


@pytest.mark.parametrize("kind", ["claim", "source"])
def test_records_that_name_it_among_others_use_it_too(store: Store, kind: str) -> None:
    put(store, "complaint", "c-1", source=ENTRY)
    named = {"derived_from" if kind == "source" else "source_ids": f"src-a; {SOURCE_ID}"}
    put(store, kind, *(f"x-{row}" for row in range(7)), **named)
    with pytest.raises(StoreError, match=r"x-0 \(batch 2\).* and 2 more"):
        store.revert(1, actor="Dara")


def test_a_batch_whose_rows_all_name_their_own_source_holds_its_source_too(store: Store) -> None:
    put(store, "complaint", "c-1", source=ENTRY)
    put(store, "complaint", "c-2", source=SOURCE_ID, source_ids="src-own")
    with pytest.raises(StoreError, match="later records: batch 2"):
        store.revert(1, actor="Dara")


def test_similar_identifiers_and_earlier_records_are_no_obstacle(store: Store) -> None:
    put(store, "event", "e-1", source_ids=SOURCE_ID)  # named before there was such a source
    before = store.snapshot_hash()
    batch = put(store, "complaint", "c-1", source=replace(ENTRY, published_date="2023"))
    put(store, "claim", "m-1", source_ids=f"{batch.source_id}-9")
    store.revert(batch.batch_id, actor="Dara")
    store.revert(3, actor="Dara")
    assert store.snapshot_hash() == before


def test_a_file_of_sources_is_not_taken_from_under_later_records(store: Store) -> None:
    put(store, "source", "src-a")
    put(store, "event", "e-1", source_ids="src-a")
    with pytest.raises(StoreError, match="its source stands behind"):
        store.revert(1, actor="Dara")
    newer = put(store, "source", "src-a", title="Another title")
    store.revert(newer.batch_id, actor="Dara")  # the earlier version comes back, so nothing is taken away
    assert store.record_ids("source") == {"src-a"}


def test_a_corrected_source_holds_its_batch(store: Store) -> None:
    put(store, "complaint", "c-1", source=ENTRY)
    store.correct("source", SOURCE_ID, {"title": "Log, revised"}, actor="Sok", reason="typing mistake")
    with pytest.raises(StoreError, match=f"{SOURCE_ID} \\(corrected in revision 2"):
        store.revert(1, actor="Dara")
