from __future__ import annotations

import pandas as pd
import pytest

from data.store import Store
from errors import StoreError
from tests.data.store_files import commit


@pytest.fixture
def store(store: Store) -> Store:
    commit(store, "event", ["e-1"])
    commit(store, "event", ["e-2"])
    return store


def test_a_name_stays_with_its_revision(store: Store) -> None:
    before = store.snapshot_hash()
    assert store.name_version("  Report  of March ", actor="Dara", note="for the donors") == 2
    assert store.name_version("Start", actor="Sok", revision=1) == 1
    commit(store, "event", ["e-3"])
    listed = store.versions()
    assert listed["revision"].tolist() == [1, 2, 3]
    assert listed["name"].tolist()[:2] == ["Start", "Report of March"]
    assert pd.isna(listed["name"].iloc[2])
    assert listed["named_by"].tolist()[:2] == ["Sok", "Dara"]
    assert listed["name_note"].iloc[1] == "for the donors"
    assert listed["action"].tolist() == ["import"] * 3
    assert (store.find_version("report of march"), store.find_version("Start")) == (2, 1)
    assert store.snapshot_hash(2) == before
    store.verify()


def test_a_revision_may_have_several_names(store: Store) -> None:
    store.name_version("One", actor="Dara", revision=1)
    store.name_version("Other", actor="Dara", revision=1)
    assert store.versions()["name"].tolist()[:2] == ["One", "Other"]


@pytest.mark.parametrize(
    ("name", "actor", "revision", "message"),
    [
        ("start", "Dara", 2, "“Start” is the name of version 1"),
        (" ", "Dara", 1, "needs a name"),
        ("x" * 81, "Dara", 1, "needs a name"),
        ("Other", " ", 1, "Nobody is named"),
        ("Other", "Dara", 3, "no revision 3"),
        ("Other", "Dara", 0, "no revision 0"),
    ],
)
def test_what_cannot_be_a_name_is_refused(store: Store, name: str, actor: str, revision: int, message: str) -> None:
    store.name_version("Start", actor="Dara", revision=1)
    with pytest.raises(StoreError, match=message):
        store.name_version(name, actor=actor, revision=revision)
    assert store.versions()["name"].count() == 1


def test_an_unknown_name_is_no_version(store: Store) -> None:
    with pytest.raises(StoreError, match="No data version is called “March”"):
        store.find_version("March")
