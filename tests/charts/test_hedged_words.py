from __future__ import annotations

import pandas as pd
import pytest

from charts.hedged_words import describe_months, during, hedged, tidy
from data.periods import parse_period


@pytest.mark.parametrize(("figure", "words"), [
    ((201, None, None), "at least 201"),
    ((None, None, 18), "at most 18"),
    ((2000, None, 5000), "between 2,000 and 5,000"),
    ((7, None, 7), "7"),
    ((18, 18, 18), "18"),
    ((None, pd.NA, None), "no report"),
])  # fmt: skip
def test_a_figure_in_a_sentence(figure, words):
    assert hedged(*figure) == words


def test_a_period_in_a_sentence():
    assert during(parse_period("2022-08-19", "2022-09-19")) == "between 19 August 2022 and 18 September 2022"
    assert during(parse_period("2022-05-04", "2022-05-05")) == "on 4 May 2022"


def test_a_whole_month_has_its_name():
    assert describe_months(parse_period("2022-09-01", "2022-10-01")) == "September 2022"
    assert describe_months(parse_period("2022-08-19", "2022-09-19")) == "19 Aug – 18 Sep 2022"


def test_a_finding_becomes_a_headline():
    assert tidy("201 or\u00a0more in\n X.") == "201 or more in X"
