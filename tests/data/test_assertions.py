from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.assertions import (
    HAPPENING_METRICS,
    Assertion,
    grows,
    loosen,
    nests,
    read_claims,
    say_number,
    say_period,
    say_range,
)
from data.metrics import METRICS, find_metric
from data.ranges import Range
from errors import MetricError
from tests.data.ledgers import at_least, during, exactly, in_province, read

INF = math.inf
RAID = {"event_id": "e1", "metric": "people_arrested"}


def one(**claim: object) -> Assertion:
    return read(claim)[0]


class TestNumbers:
    def test_the_sides_are_infinite_where_they_are_open(self):
        assert (one(low=5).low, one(low=5).high) == (5, INF)
        assert (one(high=5).low, one(high=5).high) == (-INF, 5)
        assert (one(**exactly(5)).low, one(**exactly(5)).high) == (5, 5)

    def test_a_denial_gives_no_number(self):
        assert one(**exactly(5), stance="denies").range.empty

    @pytest.mark.parametrize(
        ("best", "loose"),
        [(95, (90, 100)), (120, (70, 170)), (7, (6.5, 7.5)), (100_000, (50_000, 150_000)), (0, (0, 0))],
    )
    def test_a_rounded_number_means_half_a_unit_of_its_first_digit_more_or_less(self, best, loose):
        assert one(best=best, qualifier="about").loose == loose
        assert loosen(Range(best=best)) == loose

    def test_bounds_are_meant_as_they_are(self):
        assert loosen(Range(5, 7, 9)) == (5, 9)
        assert loosen(Range(low=5)) == (5, INF)
        assert loosen(Range(best=7, high=9)) == (-INF, 9)

    @pytest.mark.parametrize(
        ("claim", "bound"),
        [
            ({"low": 201, "qualifier": "more_than"}, 200),
            ({"low": 200, "qualifier": "at_least"}, 200),
            ({"high": 600, "qualifier": "up_to"}, 600),
            ({"high": 7999, "qualifier": "nearly"}, 8000),
            ({"low": 5, "high": 9}, None),
            ({"best": 95, "qualifier": "about"}, None),
            ({"low": 200, "best": 210}, None),
            ({}, None),
        ],
    )
    def test_the_printed_number_of_a_bound_on_one_side(self, claim, bound):
        assert one(**claim).bound == bound


class TestPlaces:
    @pytest.mark.parametrize(
        ("claim", "place"),
        [
            ({"geography": "world"}, ("world",)),
            ({"geography": "national"}, ("world", "KH")),
            (in_province("KH-18"), ("world", "KH", "KH-18")),
            ({"geography": None, "province_code": "KH-18"}, ("world", "KH", "KH-18")),
            (in_province("KH-7") | {"place_text": "Kampot"}, ("world", "KH", "KH-7")),
            (in_province("KH-18") | {"place_text": "Sihanoukville province"}, ("world", "KH", "KH-18")),
            (in_province("KH-20") | {"place_text": "Bavet"}, ("world", "KH", "KH-20", "bavet")),
            ({"geography": "province"}, ()),
            ({"geography": "province", "province_code": "KH-99"}, ()),
            ({"geography": None}, ()),
            ({"geography": "abroad"}, ()),
        ],
    )
    def test_from_the_large_to_the_small(self, claim, place):
        assert one(**claim).place == place

    def test_a_building_in_a_province_is_not_the_province(self):
        market = one(**in_province("KH-7"), place_text="Night market, Kampot")
        assert market.place[:3] == ("world", "KH", "KH-7")
        assert len(market.place) == 4
        assert market.province == "KH-7"

    def test_places_abroad_are_known_by_their_name_however_it_is_written(self):
        one_, other = (one(geography="abroad", place_text=text) for text in ("Myawaddy ", "MYAWADDY"))
        assert one_.place == other.place
        assert one_.place[0] == "world"
        assert one_.province is None
        assert one(geography="region", place_text="Myawaddy").place != one_.place

    def test_of_a_country_there_is_no_province(self):
        assert one().province is None

    def test_places_in_words(self):
        assert one().where() == "Cambodia"
        assert one(**in_province("KH-18"), place_text="Sihanoukville province").where() == "Preah Sihanouk"
        assert one(**in_province("KH-20"), place_text="Bavet").where() == "Bavet"
        assert one(geography="world").where() == "world"
        assert one(geography=None).where() == "place not known"
        assert one(geography=None, place_text="somewhere").where() == "somewhere"


class TestTimes:
    def test_a_flow_needs_both_ends(self):
        assert one().moment is not None
        assert one().moment == one(**in_province("KH-1")).moment
        assert one(period_start=None).moment is None
        assert one(period_end=None).moment is None

    def test_for_a_state_of_things_the_day_of_the_statement_will_do(self):
        held = {"metric": "people_held_estimate", "period_start": None}
        assert one(**held).moment is not None
        assert one(**held).moment == one(**held, nationality="Thai").moment
        assert one(**held).moment != one(**held, period_end="2023-01-01").moment
        assert one(**held | {"period_end": None}).moment is None

    def test_or_one_event(self):
        raided = [
            read(RAID | during(*span), event_types={"e1": "raid"})[0].moment
            for span in (("2022-01-01", "2022-02-01"), (None, None))
        ]
        assert raided == ["e1", "e1"]

    def test_what_is_counted_of_an_event_belongs_to_it(self):
        assert [
            each.happening for each in read(RAID, RAID | {"metric": "complaints_received"}, event_types={"e1": "raid"})
        ] == ["e1", None]
        assert read(RAID, event_types={"e1": "report_published"})[0].happening is None
        assert read(RAID)[0].happening is None
        assert read(RAID)[0].event_id == "e1"

    def test_metrics_that_belong_to_events_are_metrics(self):
        assert set().union(*HAPPENING_METRICS.values()) <= set(METRICS)

    def test_a_period_needs_both_ends_in_order(self):
        assert one().period.label() == "19 August – 18 September 2022"
        assert one(period_start=None).period is None
        assert one(**during("2022-09-01", "2022-09-01")).period is None

    @pytest.mark.parametrize(
        ("span", "disjoint"),
        [
            (("2022-09-19", "2022-10-01"), True),
            (("2022-09-18", "2022-10-01"), False),
            (("2022-01-01", "2022-08-19"), True),
            (("2022-01-01", None), False),
            ((None, "2022-08-19"), True),
            ((None, None), False),
        ],
    )
    def test_periods_apart_share_no_day(self, span, disjoint):
        autumn, other = read({}, during(*span))
        assert autumn.disjoint(other) is other.disjoint(autumn) is disjoint

    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [
            ("2022-08-19", "2022-09-19", "19 August – 18 September 2022"),
            (None, "2022-09-19", "up to 18 September 2022"),
            ("2022-08-19", None, "from 19 August 2022"),
            (None, None, ""),
            ("2022-09-19", "2022-09-19", "up to 18 September 2022"),
        ],
    )
    def test_periods_in_words(self, start, end, words):
        days = [None if each is None else pd.Timestamp(each) for each in (start, end)]
        assert say_period(*days) == words
        assert one(**during(start, end)).when() == (words or "no period given")


class TestSubjects:
    def test_equal_for_the_same_people_in_the_same_place_at_any_time(self):
        same = read(exactly(5), at_least(9, speaker="NGO", **during(None, None)))
        assert same[0].subject == same[1].subject

    @pytest.mark.parametrize(
        "other",
        [
            {"metric": "people_released"},
            in_province("KH-1"),
            {"nationality": "Thai"},
            {"compound_id": "cmp-a"},
        ],
    )
    def test_another_thing(self, other):
        assert one(**other).subject != one().subject

    def test_what_it_is_about_in_words(self):
        about = one(**in_province("KH-18"), nationality="Thai").about()
        assert about == "People rescued, Preah Sihanouk, Thai, 19 August – 18 September 2022"
        assert one(**during(None, None)).about() == "People rescued, Cambodia, no period given"


class TestWholes:
    def test_a_part_that_nothing_tells_from_its_total_is_no_whole(self):
        total, women, province = read({}, {"part_of": "c0"}, {"part_of": "c0"} | in_province("KH-1"))
        assert (total.whole, women.whole, province.whole) == (True, False, True)

    def test_a_part_of_another_time_is_a_whole(self):
        assert read({}, {"part_of": "c0", "period_end": "2022-09-01"})[1].whole

    def test_a_part_of_an_absent_total_is_no_whole(self):
        assert not one(part_of="elsewhere").whole

    def test_a_witness_of_no_named_site_bounds_nobody_else(self):
        assert not one(speaker_type="testimony").whole
        assert one(speaker_type="testimony", compound_id="cmp-a").whole
        assert one(speaker_type="ngo").whole


class TestReading:
    def test_by_identifier_whatever_the_order_and_the_columns(self):
        rows = pd.DataFrame({"claim_id": ["b", "a"], "metric": "people_rescued", "speaker": "NGO", "low": [5.0, 9.0]})
        assertions = read_claims(rows, {})
        assert list(assertions) == ["a", "b"]
        assert (assertions["a"].low, assertions["a"].place, assertions["a"].moment) == (9, (), None)

    def test_blank_cells_are_empty(self):
        blank = one(nationality=" ", part_of="", place_text=" ", **in_province("KH-1"))
        assert (blank.nationality, blank.part_of, blank.place_text) == (None, None, None)
        assert blank.place == ("world", "KH", "KH-1")

    def test_an_unknown_metric_is_refused(self):
        with pytest.raises(MetricError):
            one(metric="happiness")

    @pytest.mark.parametrize(
        ("speaker", "name"),
        [
            ("Sar Kheng, Minister of Interior", "Sar Kheng (Minister of Interior)"),
            ("Ministry of Interior", "Ministry of Interior"),
            ("A, B (C)", "A, B (C)"),
        ],
    )
    def test_speakers_are_named_as_a_sentence_takes_them(self, speaker, name):
        assert one(speaker=speaker).speaker == name


class TestWords:
    @pytest.mark.parametrize(
        ("stated", "words"),
        [
            (Range(1501, 1501, 1501), "1,501"),
            (Range(low=201), "201 or more"),
            (Range(high=100_000), "at most 100,000"),
            (Range(2000, None, 5000), "2,000–5,000"),
            (Range(best=95), "about 95"),
            (Range(0.5, 0.5, 0.5), "0.5"),
            (Range(), ""),
        ],
    )
    def test_numbers(self, stated, words):
        assert say_range(stated) == words

    @given(st.integers(-(10**9), 10**9))
    def test_whole_numbers_have_no_decimal_point(self, number):
        assert say_number(float(number)) == f"{number:,}"

    @pytest.mark.parametrize(
        ("claim", "says"),
        [
            (at_least(201, value_verbatim="more than 200"), "201 or more (“more than 200”)"),
            (exactly(18, value_verbatim="18"), "18"),
            (exactly(18), "18"),
            ({"value_verbatim": "“many”"}, "“many”"),
            ({}, ""),
        ],
    )
    def test_with_the_wording_of_the_source(self, claim, says):
        assert one(**claim).says() == says


def test_what_can_only_grow_with_time_or_place():
    grown = {name for name in METRICS if grows(find_metric(name))}
    assert {"people_rescued", "provinces_raided", "nationalities_in_requests"} <= grown
    assert grown.isdisjoint({"people_held_estimate", "complaints_true_percent", "tip_tier"})
    assert not any(nests(find_metric(name)) for name in ("complaints_true_percent", "tip_tier"))
    assert nests(find_metric("people_held_estimate"))
