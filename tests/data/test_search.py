from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schema import KINDS, empty_records
from data.search import EXACT, INSIDE, MOST_FOUND, PREFIX, SPOKEN, index_snapshot, is_searchable, search


@pytest.fixture(scope="module")
def index(snapshot):
    return index_snapshot(*(snapshot.of(kind) for kind in ("compound", "event", "complaint")))


def records(kind: str, **columns: list[object]) -> pd.DataFrame:
    empty = empty_records(KINDS[kind])
    return pd.DataFrame(columns).reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


def complaints_index(ids: list[str], notes: list[str | None]):
    complaints = records("complaint", complaint_id=ids, note=notes)
    return index_snapshot(records("compound"), records("event"), complaints)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ស្វាយរៀង", "Svay Rieng · ស្វាយរៀង · province"),
        ("svay\u200brieng", "Svay Rieng · ស្វាយរៀង · province"),
        ("Kampóng-Cham", "Kampong Cham"),
        ("金边", "Phnom Penh · ភ្នំពេញ · province"),
        ("poy pet", "Poipet"),
        ("凯博", "Kaibo compound · 凯博 · site in Preah Sihanouk"),
        ("KAIBO COMPOUND", "Kaibo compound"),
    ],
)
def test_a_name_is_found_first_in_any_language_and_spelling(index, text, label):
    found, _ = search(index, text)
    assert found[0].label.startswith(label)
    assert found[0].rank == EXACT


def test_exact_comes_before_prefix_before_inside(index):
    ranks = [one.rank for one in search(index, "Bavet")[0]]
    assert ranks == sorted(ranks)
    assert {EXACT, INSIDE} <= set(ranks)
    assert search(index, "Battamb")[0][0].rank == PREFIX


def test_what_sounds_alike_is_offered_only_when_nothing_is_written_alike(index):
    found, _ = search(index, "Pavit")
    assert found[0].label.startswith("Bavet")
    assert {one.rank for one in found} == {SPOKEN}
    assert SPOKEN not in {one.rank for one in search(index, "Bavet")[0]}


def test_a_town_has_a_point_and_a_commune_only_its_province(index):
    by_level = {one.id.split()[0]: one for one in search(index, "Svay Rieng")[0]}
    assert by_level["town"].at == pytest.approx((11.08, 105.8), abs=0.1)
    assert by_level["commune"].at is None
    assert by_level["commune"].province_code == "KH-20"


def test_an_event_is_found_by_its_identifier_and_by_words_of_its_description(index, snapshot):
    [event] = [
        row for _, row in snapshot.of("event").iterrows() if row["event_id"] == "evt-20220830-blood-slave-rescue"
    ]
    assert search(index, "EVT-20220830-blood")[0][0].id == event["event_id"]
    assert event["event_id"] in {one.id for one in search(index, "rescued slave Sihanoukville")[0]}


def test_all_words_must_occur_in_one_record():
    index = complaints_index(["a-1", "a-2", "a-3"], ["red dog", "red cat", None])
    assert [one.id for one in search(index, "cat red")[0]] == ["a-2"]
    assert search(index, "catred") == ([], 0)
    assert search(index, "dog cat") == ([], 0)
    # The end of one record and the beginning of the next are no word.
    assert search(index, "dogred") == ([], 0)


def test_accents_and_case_do_not_count_in_descriptions():
    assert search(complaints_index(["x-1"], ["Détenu à POIPET"]), "detenu poipet")[0][0].id == "x-1"


def test_letters_that_mean_something_to_a_machine_are_letters():
    index = complaints_index(["x-1", "x-2"], ["a.*b [c", "axxb c"])
    assert [one.id for one in search(index, "a.*b [c")[0]] == ["x-1"]


def test_a_thousand_records_do_not_hide_the_town():
    index = complaints_index([f"c-{i:04d}" for i in range(1000)], ["in Bavet"] * 1000)
    found, more = search(index, "bavet")
    assert len(found) == MOST_FOUND
    assert found[0].label.startswith("Bavet")
    kinds = {one.kind for one in found}
    assert kinds == {"place", "complaint"}
    places = sum(one.kind == "place" for one in found)
    assert more == 1000 + places - MOST_FOUND


def test_an_exact_identifier_is_first_of_many_that_hold_it():
    index = complaints_index([f"case-{i}" for i in range(500)], [None] * 500)
    found, more = search(index, "case-7")
    assert (found[0].id, found[0].rank) == ("case-7", EXACT)
    assert len(found) + more == 11


@pytest.mark.parametrize(("text", "searchable"), [("ab", False), ("abc", True), ("金边", True), ("金", False),
                                                  ("  - .", False), ("x" * 101, False)])  # fmt: skip
def test_short_and_endless_texts_are_not_looked_for(index, text, searchable):
    assert is_searchable(text) is searchable
    if not searchable:
        assert search(index, text) == ([], 0)


NOTES = st.lists(st.text("ab é.", min_size=0, max_size=8), min_size=1, max_size=12)


@given(NOTES, st.text("abé .", min_size=3, max_size=6))
def test_the_fast_way_finds_what_the_plain_way_finds(notes, text):
    found, more = search(complaints_index([f"z{i}" for i in range(len(notes))], list(notes)), text)

    def plain(note: str) -> str:
        return note.replace("é", "e")

    words = plain(text).split()
    wanted = [f"z{i}" for i, note in enumerate(notes) if words and all(word in plain(note) for word in words)]
    if is_searchable(text):
        assert [one.id for one in found if one.kind == "complaint"] == wanted[:MOST_FOUND]
        assert more == 0 or any(one.kind == "place" for one in found)
