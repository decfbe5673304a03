from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data import schema
from data.entries import find_entries
from data.repeats import read_links
from tests.data.ledgers import AUTUMN, at_least, exactly, make

BASE = {
    "metric": "people_rescued",
    "geography": "national",
    "speaker": "UN",
    "stance": "states",
    "source_ids": "src-un",
}
RELAYED = {"src-news": ("src-un",), "src-paper": ("src-un",)}


def entries(*claims: dict[str, object], derived_from=RELAYED) -> dict[str, str]:
    rows = make(schema.CLAIM, *({"claim_id": f"c{n}"} | BASE | AUTUMN | claim for n, claim in enumerate(claims)))
    return find_entries(rows, read_links(rows, "claim_id", "restates"), derived_from)


def test_a_claim_that_repeats_none_is_its_own_entry():
    assert entries(exactly(5), exactly(6)) == {"c0": "c0", "c1": "c1"}


def test_repeats_stand_under_the_original_also_through_another_repeat():
    found = entries(at_least(5), exactly(5, restates="c0"), exactly(7, restates="c1"))
    assert set(found.values()) == {"c0"}


def test_a_circle_of_repeats_is_one_entry():
    assert set(entries(exactly(5, restates="c1"), exactly(5, restates="c0")).values()) == {"c0"}


def test_two_repeats_of_an_absent_original_are_one_entry():
    assert set(entries(exactly(5, restates="lost"), exactly(5, restates="lost")).values()) == {"c0"}


def test_ten_articles_with_one_number_of_one_origin_are_one_entry():
    relayed = [exactly(9, speaker=f"paper {n}", source_ids="src-paper;src-un") for n in range(10)]
    assert set(entries(*relayed, exactly(9)).values()) == {"c10"}


def test_at_second_hand_the_same_speaker_repeats_even_another_number():
    assert entries(at_least(100), exactly(100, source_ids="src-news"))["c1"] == "c0"


def test_another_origin_is_another_entry():
    assert len(set(entries(exactly(9), exactly(9, source_ids="src-own")).values())) == 2


def test_another_place_period_or_people_is_another_entry():
    others = ({"geography": "province", "province_code": "KH-8"}, {"period_end": "2022-12-31"}, {"nationality": "Thai"})
    assert len(set(entries(exactly(9), *(exactly(9, **other) for other in others)).values())) == 4


def test_two_speakers_in_one_document_are_two_entries():
    assert len(set(entries(exactly(9), exactly(9, speaker="Ministry")).values())) == 2


def test_equal_parts_of_one_total_are_two_entries():
    parts = [exactly(3, part_of="c0", quote=quote) for quote in ("3 women", "3 children")]
    assert len(set(entries(exactly(9), *parts).values())) == 3


def test_a_denial_never_stands_under_the_number_that_its_speaker_gives():
    assert entries(exactly(9), {"stance": "denies", "source_ids": "src-news"})["c1"] == "c1"


def test_denials_by_two_speakers_are_two_entries():
    denial = {"stance": "denies", "responds_to": "c0"}
    found = entries(exactly(9), denial | {"speaker": "A"}, denial | {"speaker": "B", "source_ids": "src-news"})
    assert len(set(found.values())) == 3


SOURCES = st.sampled_from(["src-un", "src-news", "src-paper;src-un", "src-own", None])
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "best": st.sampled_from([1.0, 2.0, None]),
            "speaker": st.sampled_from(["UN", "A"]),
            "stance": st.sampled_from(["states", "denies"]),
            "source_ids": SOURCES,
            "restates": st.sampled_from([None, "c0", "c1;c2", "lost"]),
        }
    ),
    max_size=6,
)


@given(CLAIMS, st.randoms())
def test_every_claim_has_an_entry_that_is_one_itself_whatever_the_order(claims, random):
    named = [{"claim_id": f"c{n}"} | claim for n, claim in enumerate(claims)]
    found = entries(*named)
    assert set(found) == {claim["claim_id"] for claim in named}
    assert all(found[entry] == entry for entry in found.values())
    random.shuffle(named)
    assert entries(*named) == found
