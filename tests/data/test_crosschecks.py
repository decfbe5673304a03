from __future__ import annotations

import pytest

from tests.data.ledgers import NGO, at_least, exactly, find, in_province, kinds

EARLIER = {"metric": "intervention_requests", "period_start": "2022-01-01", "period_end": "2022-04-01"}
LATER = {"metric": "intervention_requests", "period_start": "2023-01-01", "period_end": "2023-04-01"}


class TestPercentages:
    def requests(self, stated: float, now: float = 128, before: float = 605, **others):
        claims = [
            exactly(before, **EARLIER),
            exactly(now, **LATER),
            exactly(stated, **LATER | {"metric": "requests_decline_percent"}) | others,
        ]
        return [claim | {"stated_date": "2023-05-18"} for claim in claims]

    @pytest.mark.parametrize(
        ("stated", "expected"),
        [(79, []), (78.8, []), (78.84, []), (78, ["info"]), (77, ["contradiction"]), (70, ["contradiction"])],
    )
    def test_605_to_128(self, stated, expected):
        found = find(*self.requests(stated))
        assert [one.severity for one in found] == expected
        assert all("78.84 %" in one.explanation for one in found)

    def test_about(self):
        about = {"low": None, "high": None, "qualifier": "about"}
        assert kinds(*self.requests(80, **about)) == []
        assert kinds(*self.requests(50, **about)) == [("percent_differs", "tension")]

    def test_a_rise_stated_as_a_decline(self):
        assert kinds(*self.requests(10, now=110, before=100)) == [("percent_differs", "contradiction")]

    def test_unequal_periods(self):
        before, now, share = self.requests(50, now=50, before=100)
        found = find(before | {"period_end": "2022-07-01"}, now, share)
        assert [(one.kind, one.severity) for one in found] == [("unequal_windows", "tension")]
        assert "181 and 90 days" in found[0].explanation

    def test_counts_of_another_speaker_or_day_are_not_its_own(self):
        before, now, share = self.requests(10)
        assert kinds(before | NGO, now, share) == []
        assert kinds(before | {"stated_date": "2023-01-01"}, now, share) == []

    def test_of_two_earlier_counts_none_is_guessed(self):
        older = exactly(700, **EARLIER) | {"stated_date": "2023-05-18"}
        older |= {"period_start": "2021-01-01", "period_end": "2021-04-01"}
        assert kinds(*self.requests(10), older) == []


class TestPlaces:
    @pytest.mark.parametrize(
        ("number", "places", "expected"),
        [
            (at_least(3), "Kandal, Bavet and Svay Rieng", [("places_counted_twice", "tension")]),
            (at_least(2), "Kandal, Bavet and Svay Rieng", []),
            (exactly(1), "Kandal, Bavet and Svay Rieng", [("places_counted_twice", "contradiction")]),
            (at_least(3), "Kandal, Atlantis and Svay Rieng", []),
            (at_least(3), "Kandal", []),
            (at_least(3), None, []),
        ],
    )
    def test_a_town_counted_as_a_province(self, number, places, expected):
        assert kinds(number | {"metric": "provinces_with_scam_centres"} | {"place_text": places}) == expected


RESCUE = {"event_id": "e1", "event_type": "rescue", "people_best": 62, "qualifier": "exact"}
RESCUE |= {"nationality": "Thai", "province_codes": "KH-18"}
OF_RESCUE = {"event_id": "e1", "nationality": "Thai", "period_start": None}


class TestEvents:
    def test_another_number_than_its_claim(self):
        (found,) = find(exactly(65, **OF_RESCUE), events=[RESCUE])
        assert (found.kind, found.severity) == ("event_and_claim", "contradiction")
        assert (found.claim_ids, found.event_ids) == (("c0",), ("e1",))
        assert "62 people" in found.explanation

    @pytest.mark.parametrize(
        ("claim", "event"),
        [
            (exactly(62), {}),
            (at_least(50), {}),
            (exactly(65), {"event_type": "raid"}),
            (exactly(65), {"event_type": "report_published"}),
            (exactly(65), {"people_best": None}),
            (exactly(65, metric="people_escaped"), {}),
            (exactly(20), {"nationality": None}),
            (exactly(20, part_of="c9"), {}),
            (exactly(90, nationality=None), {}),
            (exactly(90, nationality="Lao"), {}),
            (exactly(90, **in_province("KH-8")), {}),
            (exactly(90, period_start="2022-01-01"), {"date_start": "2022-08-01", "date_end": "2022-08-02"}),
        ],
    )
    def test_what_fits_or_is_another_thing(self, claim, event):
        assert kinds(OF_RESCUE | claim, events=[RESCUE | event]) == []

    def test_a_part_that_exceeds_its_event(self):
        assert kinds(OF_RESCUE | exactly(90), events=[RESCUE | {"nationality": None}]) == [
            ("event_and_claim", "contradiction")
        ]
