from __future__ import annotations

from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.belief import SPEAKER_TYPES
from data.measures import MEASURES
from data.periods import GRAINS, Period
from data.permalink import (
    COMPARISONS,
    FEWEST_CLASSES,
    MOST_CLASSES,
    POINTS,
    SCHEMES,
    STYLES,
    Choices,
    read_address,
    write_address,
)
from geo.gazetteer import PROVINCE_CODES

periods = st.tuples(st.dates(), st.dates()).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Period(*pair))
NAMES = [field.name for field in fields(Choices)]
views = st.tuples(st.floats(-80, 80), st.floats(-170, 170), st.floats(0, 19)).map(
    lambda view: tuple(round(number, 4) + 0.0 for number in view)
)
choices = st.builds(
    Choices,
    measure=st.sampled_from(sorted(MEASURES)),
    period=st.none() | periods,
    compare=st.sampled_from(sorted(COMPARISONS)),
    against=st.none() | periods,
    style=st.sampled_from(sorted(STYLES)),
    scheme=st.sampled_from(SCHEMES),
    classes=st.integers(FEWEST_CLASSES, MOST_CLASSES),
    breaks=st.sampled_from([(), (1.0,), (0.5, 10.0, 250_000.0)]),
    level=st.sampled_from(["province", "district"]),
    points=st.sampled_from(sorted(POINTS)),
    cumulative=st.booleans(),
    record=st.text(st.characters(categories=["L", "N"]), max_size=30),
    area=st.sampled_from(["", "circle:11.5564,104.9282,25", "corridor:TH,10"]),
    version=st.integers(0, 10**6),
    at=st.just(()) | views,
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


@given(st.dictionaries(st.sampled_from([*NAMES, "from", "to", "against_from", "x"]), st.text()))
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


def test_where_the_map_stands_and_breaks_must_make_sense():
    assert read_address({"at": "12.5,105,7.25"}).at == (12.5, 105.0, 7.25)
    for nonsense in ("12.5,105", "nan,1,1", "91,1,1", "1,1,1e9", "a,b,c", "1,2,3,4"):
        assert read_address({"at": nonsense}).at == (), nonsense
    assert read_address({"breaks": "3,1,2"}).breaks == ()
