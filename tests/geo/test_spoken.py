from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.place_codes import find_candidates
from geo.resolve import Match, NoMatch, resolve
from geo.spoken import sound_of


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("Pavit", "Bavet"),
        ("Poy Pet", "Poipet"),
        ("Sihanukvil", "Sihanoukville"),
        ("Kampong Thum", "Kampong Thom"),
        ("Batdambang", "Battambang"),
    ],
)
def test_spellings_of_one_sound_share_a_key(heard, name):
    assert sound_of(heard) == sound_of(name)


def test_names_that_sound_otherwise_have_other_keys():
    names = ("Bavet", "Poipet", "Kampot", "Kandal", "Takeo", "Kratie", "Pailin", "Pursat", "Siem Reap", "Kep")
    assert len({sound_of(name) for name in names}) == len(names)


@given(st.text(max_size=20))
def test_a_key_is_plain_whatever_the_text(text):
    assert sound_of(text).isascii()
    assert sound_of(text.upper()) == sound_of(text.lower()) or not text.isascii()


def test_a_name_in_khmer_has_no_key():
    assert sound_of("បាវិត") == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Pavit", "bavet"),
        ("Poi Phet", "poipet"),
        ("Sihanukvil", "KH-18"),
        ("Kompongsaum", "KH-18"),
        ("Ta Maw", "ta-khmau"),
        ("O Smaich", "o-smach"),
    ],
)
def test_what_sounds_alike_is_suggested_first_and_never_taken(text, first):
    assert isinstance(resolve(text), NoMatch)
    assert find_candidates(text)[0].code == first


@pytest.mark.parametrize(("text", "code"), [("Bavit", "bavet"), ("Poy Pet", "poipet"), ("Kampongsom", "KH-18")])
def test_spellings_that_are_listed_or_close_lead_to_their_place(text, code):
    assert find_candidates(text)[0].code == code
    answer = resolve(text)
    assert isinstance(answer, Match | NoMatch)


@pytest.mark.parametrize("text", ["Bavett", "Sihanukvil", "Poypett", "Bawet"])
def test_a_town_goes_before_a_zone_of_its_name(text):
    levels = [place.level for place in find_candidates(text)]
    assert levels[0] in ("town", "province")
    assert "zone" not in levels[:1]


@pytest.mark.parametrize("text", ["xyz", "market", "online", "by telephone", "casino"])
def test_words_that_are_no_place_suggest_none(text):
    assert find_candidates(text) == ()
