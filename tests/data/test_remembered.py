from __future__ import annotations

import pandas as pd
import pytest

from data.options import NOWHERE, Edit, ImportOptions
from data.remembered import lasting, place_codes
from data.store import Store
from errors import StoreError
from tests.data.store_files import commit

OPTIONS = ImportOptions(
    encoding="cp1252",
    header_row=3,
    sheet="May",
    day_first=True,
    columns={"received_date": "When", "place_text": ("Town", "Province")},
    left_out=("Officer",),
    constants={"channel": "hotline"},
    values={"sex": {"F": "female"}},
    places={"Bavet": "KH-20"},
    edits=(Edit(2, "When", "2023-04-01"),),
    leave_out=(4,),
)


class TestPlaces:
    def test_the_latest_decision_counts_however_the_text_is_written(self, store: Store) -> None:
        assert store.remember_places({"Bavet Town": "KH-20", "ខេត្តថ្មី": "KH-1"}, actor="Dara") == 2
        assert store.remember_places({"bavét-town": "KH-1"}, actor="Sok") == 1
        assert store.place_aliases() == {"bavettown": "KH-1", "ខេត្តថ្មី": "KH-1"}
        listed = store.remembered_places()
        assert listed["place_text"].tolist() == ["Bavet Town", "ខេត្តថ្មី", "bavét-town"]
        assert listed["actor"].tolist() == ["Dara", "Dara", "Sok"]
        assert listed["status"].tolist() == ["replaced", "in use", "in use"]
        assert str(listed["at"].dtype) == "datetime64[us, UTC]"

    def test_what_is_known_already_is_no_news(self, store: Store) -> None:
        store.remember_places({"Bavet": "KH-20"}, actor="Dara")
        assert store.remember_places({"BAVET": "KH-20"}, actor="Sok") == 0
        assert len(store.remembered_places()) == 1

    def test_what_is_withdrawn_keeps_who_and_when_and_no_older_decision_comes_back(self, store: Store) -> None:
        store.remember_places({"Bavet": "KH-20"}, actor="Dara")
        store.remember_places({"Bavet": "KH-1"}, actor="Dara")
        store.forget_place("BAVET", actor="Sok")
        assert store.place_aliases() == {}
        listed = store.remembered_places()
        assert listed["status"].tolist() == ["withdrawn", "withdrawn"]
        assert listed["withdrawn_by"].tolist() == ["Sok", "Sok"]
        assert (listed["withdrawn_at"] >= listed["at"]).all()
        with pytest.raises(StoreError, match="Nothing is remembered about “Bavet”"):
            store.forget_place("Bavet", actor="Sok")
        store.remember_places({"Bavet": "KH-20"}, actor="Dara")
        assert store.place_aliases() == {"bavet": "KH-20"}

    def test_a_text_may_name_no_place(self, store: Store) -> None:
        store.remember_places({"somewhere": NOWHERE}, actor="Dara")
        assert store.place_aliases() == {"somewhere": NOWHERE}

    @pytest.mark.parametrize(
        ("places", "actor", "message"),
        [
            ({"Bavet": "KH-99"}, "Dara", "“KH-99” is no code"),
            ({"Good": "KH-1", "Bavet": "Svay Rieng"}, "Dara", "no code of a place"),
            ({" - ": "KH-1"}, "Dara", "without letters"),
            ({"Bavet": "KH-20"}, " ", "Nobody is named"),
        ],
    )
    def test_what_cannot_be_used_is_not_remembered(
        self, store: Store, places: dict[str, str], actor: str, message: str
    ) -> None:
        with pytest.raises(StoreError, match=message):
            store.remember_places(places, actor=actor)
        assert store.remembered_places().empty

    def test_codes_are_those_of_every_level(self) -> None:
        assert {"KH-1", "KH-25"} <= place_codes()
        assert len(place_codes()) > 1_500


class TestMappings:
    def test_what_is_kept_holds_for_any_file_with_these_headers(self, store: Store) -> None:
        number = store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara")
        known = store.remembered_mapping("abc", "complaint")
        assert known == lasting(OPTIONS)
        assert (known.day_first, known.columns, known.values) == (True, OPTIONS.columns, OPTIONS.values)
        assert (known.encoding, known.sheet, known.header_row) == (None, None, None)
        assert (known.places, known.edits, known.leave_out) == ({}, (), ())
        assert store.remembered_mapping("abc", "event") is None
        assert store.remembered_mapping("abd", "complaint") is None
        assert store.mappings()["mapping_id"].tolist() == [number]

    def test_the_latest_counts_and_the_same_again_is_no_news(self, store: Store) -> None:
        first = store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara")
        assert store.remember_mapping("abc", "complaint", OPTIONS, actor="Sok") == first
        second = store.remember_mapping("abc", "complaint", ImportOptions(day_first=False), actor="Sok")
        assert store.remembered_mapping("abc", "complaint") == ImportOptions(day_first=False)
        assert store.mappings()["status"].tolist() == ["replaced", "in use"]
        third = store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara")
        assert first < second < third
        assert store.remembered_mapping("abc", "complaint") == lasting(OPTIONS)

    def test_a_template_has_a_name_of_its_own(self, store: Store) -> None:
        store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara", name="  Hotline   log ")
        with pytest.raises(StoreError, match="“Hotline log” is the name of another"):
            store.remember_mapping("xyz", "complaint", OPTIONS, actor="Dara", name="hotline LOG")
        store.remember_mapping("xyz", "event", OPTIONS, actor="Dara", name="Hotline log")
        listed = store.mappings()
        assert listed["name"].tolist() == ["Hotline log", "Hotline log"]
        assert ImportOptions.from_json(listed["options"].iloc[0]) == lasting(OPTIONS)

    def test_a_mapping_can_be_withdrawn(self, store: Store) -> None:
        store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara")
        number = store.remember_mapping("abc", "complaint", ImportOptions(), actor="Dara")
        store.forget_mapping(number, actor="Sok")
        assert store.remembered_mapping("abc", "complaint") is None
        assert store.mappings()["status"].tolist() == ["withdrawn", "withdrawn"]
        assert store.mappings()["withdrawn_by"].tolist() == ["Sok", "Sok"]
        for unknown in (number, 99):
            with pytest.raises(StoreError, match=f"no mapping {unknown}"):
                store.forget_mapping(unknown, actor="Sok")

    def test_what_cannot_be_used_is_not_remembered(self, store: Store) -> None:
        with pytest.raises(StoreError, match="Nobody is named"):
            store.remember_mapping("abc", "complaint", OPTIONS, actor="")
        with pytest.raises(StoreError, match="cannot be remembered"):
            store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara", name="x" * 81)
        with pytest.raises(ValueError, match="no kind"):
            store.remember_mapping("abc", "victim", OPTIONS, actor="Dara")
        assert store.mappings().empty


def test_what_is_remembered_is_no_record(store: Store) -> None:
    commit(store, "event", ["e-1"])
    before = (store.snapshot_hash(), store.revision())
    store.remember_places({"Bavet": "KH-20"}, actor="Dara")
    store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara")
    assert (store.snapshot_hash(), store.revision()) == before
    store.verify()
    with Store.open(store.path, read_only=True) as reader:
        assert reader.place_aliases() == {"bavet": "KH-20"}
        with pytest.raises(StoreError, match="for reading only"):
            reader.forget_place("Bavet", actor="Dara")


def test_lists_of_nothing_have_their_columns(store: Store) -> None:
    empty = (store.remembered_places(), store.mappings())
    store.remember_places({"Bavet": "KH-20"}, actor="Dara")
    store.remember_mapping("abc", "complaint", OPTIONS, actor="Dara")
    for before, after in zip(empty, (store.remembered_places(), store.mappings()), strict=True):
        pd.testing.assert_series_equal(before.dtypes, after.dtypes)
