from __future__ import annotations

import pandas as pd
import pytest

from charts import labels
from data.schema import KINDS, PLACE_RESULT


@pytest.mark.parametrize(
    ("low", "best", "high", "words", "short"),
    [
        (18, 18, 18, "18", "18"),
        (201, None, None, "201 or more", "201+"),
        (2000, None, 5000, "2,000–5,000", "2,000–5,000"),
        (None, None, 100000, "at most 100,000", "≤100,000"),
        (None, None, None, "no report", ""),
        (pd.NA, pd.NA, pd.NA, "no report", ""),
        (0, 0, 0, "0", "0"),
        (7, None, 7, "7", "7"),
        (None, 95, None, "95", "95"),
        (0.2321, None, None, "0.2 or more", "0.2+"),
    ],
)
def test_ranges_in_words(low, best, high, words, short):
    assert labels.format_range(low, best, high) == words
    assert labels.format_short(low, best, high) == short


def _claim(**cells):
    return {"metric": "people_rescued", "low": None, "best": None, "high": None, "qualifier": "exact", **cells}


def test_claims_keep_the_speakers_hedge():
    assert labels.claim_value(_claim(best=95, qualifier="about", metric="complaints_true_percent")) == "about 95 %"
    assert labels.claim_value(_claim(low=201, qualifier="more_than")) == "201 or more"
    assert labels.claim_value(_claim(best=2_500_000, metric="usd_lost")) == "US$ 2,500,000"
    assert labels.claim_value(_claim()) == "no number given"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-09-19", "19 September 2022"),
        ("2022-09", "September 2022"),
        ("2022", "2022"),
        ("2022-08-18/2022-12-31", "18 August 2022 – 31 December 2022"),
        ("../2022-09-27", "on or before 27 September 2022"),
        ("2022-09/..", "since September 2022"),
        ("2023-09~", "about September 2023"),
        ("", "undated"),
        (None, "undated"),
        ("something else", "something else"),
    ],
)
def test_dates_in_words(edtf, words):
    assert labels.format_edtf(edtf) == words


def test_spans_show_the_last_day_inclusive():
    start, end = pd.Timestamp("2022-08-19"), pd.Timestamp("2022-09-19")
    assert labels.format_span(start, end) == "19 August – 18 September 2022"
    assert labels.format_span(pd.NaT, end) == "on or before 18 September 2022"
    assert labels.format_span(start, pd.NaT) == "since 19 August 2022"
    assert labels.format_span(pd.NaT, pd.NaT) == "undated"


def test_terms_never_show_underscores():
    assert labels.term("alleged_active") == "Alleged active"
    assert labels.term("media_shutdown") == "Media shutdown"
    assert labels.term(None) == labels.term("") == "—"


def test_grades_say_what_is_not_graded():
    graded = pd.DataFrame({"source_reliability": ["B", "C"]})
    assert (
        labels.describe_grade(graded, "2")
        == "Source usually reliable (Admiralty B) · information probably true (Admiralty 2)"
    )
    assert labels.describe_grade(graded.head(0), None) == "Source not graded · information not graded"


@pytest.mark.parametrize(
    ("metres", "words"),
    [(450, "450 m"), (12_000, "12 km"), (1_570, "1.6 km"), (None, "an unknown distance")],
)
def test_distances(metres, words):
    assert labels.format_distance(metres) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plain words", "“plain words”"),
        ("an “inner” word", "“an “inner” word”"),
        ("“wholly quoted”", "“wholly quoted”"),
        ('"It should not be used,"', "“It should not be used,”"),
        ("“only opened", "“only opened”"),
        ("“a” and “b” elsewhere", "“‘a’ and ‘b’ elsewhere”"),
        ('called "baseless"', "“called ‘baseless’”"),
    ],
)
def test_quotation_marks_are_never_doubled(text, words):
    assert labels.quoted(text) == words


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"low": 601, "qualifier": "more_than", "value_verbatim": "more than 600"}, ("“more than 600”", "601 or more")),
        ({"low": 18, "best": 18, "high": 18, "qualifier": "exact", "value_verbatim": "18"}, ("18", "")),
        ({"best": 100000, "qualifier": "about", "value_verbatim": "that figure"}, ("about 100,000", "")),
        ({"low": 601, "qualifier": "more_than", "value_verbatim": None}, ("601 or more", "")),
        ({"low": 601, "qualifier": "more_than", "value_verbatim": "x" * 41}, ("601 or more", "")),
        ({"qualifier": "more_than", "value_verbatim": "100,000"}, ("no number given", "")),
    ],
)
def test_a_bound_stands_in_the_words_of_its_speaker(cells, words):
    figure, counted = labels.spoken_value(_claim(**cells))
    assert (figure, counted.removeprefix("counted as ")) == words


def test_a_period_says_how_it_was_read():
    month = {"period_start": pd.Timestamp("2022-08-19"), "period_end": pd.Timestamp("2022-09-19")}
    claim = {**month, "date_precision": "month", "value_verbatim": "289", "quote": "289 complaints in the past month"}
    assert labels.describe_period(claim) == "“the past month”, read as 19 August – 18 September 2022"
    assert labels.describe_period({**claim, "quote": None}).endswith(", as coded from the source's words")
    assert labels.describe_period({**claim, "quote": None, "date_precision": "day"}).endswith("2022")
    assert labels.describe_period({**claim, "period_start": pd.NaT}) == "on or before 18 September 2022"


def test_one_person_is_not_people():
    assert labels.format_people(1, 1, 1) == "1 person"
    assert labels.format_people(62, 62, 62) == "62 people"
    assert labels.format_people(1001, None, None) == "1,001 or more people"


def test_plural():
    assert labels.plural(1, "site") == "1 site"
    assert labels.plural(2_000, "site") == "2,000 sites"


def test_a_column_has_a_name_in_words_and_no_two_of_a_kind_the_same():
    assert labels.field_label("complaint", "people_affected") == "How many people it concerns"
    assert labels.field_label("complaint", "date_start") == "First day"
    assert labels.field_label("complaint", "Shelter") == "Shelter"
    for kind in KINDS.values():
        names = [labels.field_label(kind.name, name) for name in (*kind.columns, *PLACE_RESULT)]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "certain"), (0.95, "likely"), (0.6, "perhaps"), (0.38, "only a guess"), (0.0, "only a guess")],
)
def test_how_sure_in_words(confidence, words):
    assert labels.how_sure(confidence) == words
