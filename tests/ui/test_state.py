from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.belief import SPEAKER_TYPES
from data.measures import MEASURES
from data.periods import GRAINS, Period
from geo.gazetteer import PROVINCE_CODES
from ui.state import STYLES, Choices, read_address, write_address

periods = st.tuples(st.dates(), st.dates()).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Period(*pair))
choices = st.builds(
    Choices,
    measure=st.sampled_from(sorted(MEASURES)),
    period=st.none() | periods,
    style=st.sampled_from(sorted(STYLES)),
    grain=st.sampled_from(GRAINS),
    place=st.sampled_from(["", *PROVINCE_CODES]),
    believe=st.lists(st.sampled_from(SPEAKER_TYPES), unique=True).map(sorted).map(tuple),
    compound=st.text(st.characters(categories=["L", "N"]), max_size=30),
)


@given(choices)
def test_an_address_brings_the_same_choices_back(chosen):
    assert read_address(write_address(chosen)) == chosen


def test_the_default_has_a_bare_address():
    assert write_address(Choices()) == {}


@given(st.dictionaries(st.sampled_from(["measure", "from", "to", "style", "grain", "place", "x"]), st.text()))
def test_nonsense_in_an_address_never_fails(parameters):
    found = read_address(parameters)
    assert found.measure in MEASURES
    assert found.place in ("", *PROVINCE_CODES)


def test_a_reversed_period_is_ignored():
    assert read_address({"from": "2023-01-01", "to": "2022-01-01"}).period is None
    kept = read_address({"from": "2022-01-01", "to": "2023-01-01"}).period
    assert kept == Period(date(2022, 1, 1), date(2023, 1, 1))


def test_a_long_or_unprintable_compound_is_ignored():
    assert read_address({"compound": "x" * 200}).compound == ""
    assert read_address({"compound": "a\x00b"}).compound == ""
