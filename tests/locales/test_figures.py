from __future__ import annotations

from datetime import date

import pytest

from locales import use_language, write_date, write_digits, write_month, write_number, write_short_month
from locales.figures import write_figures

DAY = date(2022, 9, 19)


def test_english():
    assert write_date(DAY) == "19 September 2022"
    assert (write_month(9), write_short_month(9), write_number(1234567)) == ("September", "Sep", "1,234,567")
    assert [write_month(number) for number in range(1, 13)] == [
        date(2022, number, 1).strftime("%B") for number in range(1, 13)
    ]


def test_khmer_with_either_digits():
    use_language("km")
    assert (write_date(DAY), write_number(1234)) == ("19 កញ្ញា 2022", "1,234")
    use_language("km", "km")
    assert (write_date(DAY), write_number(1234.5)) == ("១៩ កញ្ញា ២០២២", "១,២៣៤.៥")
    assert len({write_short_month(number) for number in range(1, 13)}) == 12
    assert write_digits("Q3 2022") == "Q៣ ២០២២"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("25 provinces, 100,000 residents (2019)", "២៥ provinces, ១០០,០០០ residents (២០១៩)"),
        ("Write 2023-04-01 or 11.067 or 11°04'01\"N", "Write 2023-04-01 or 11.067 or 11°04'01\"N"),
        ("A1, WGS84, {n1}", "A1, WGS84, {n1}"),
        ("in 2023.", "in ២០២៣."),
    ],
)
def test_what_must_be_typed_as_it_stands_keeps_its_digits(text, written):
    use_language("km", "km")
    assert write_figures(text) == written
    use_language("km")
    assert write_figures(text) == text
