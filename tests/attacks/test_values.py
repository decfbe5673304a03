"""Section B of the attacks: values."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.attacks.attack_files import bring_in, bring_in_cells, codes, conserved

CLAIM = "claim_id,metric,best,speaker,period_edtf\nc-1,people_rescued,{},Ministry,2022\n"


def claimed(text: str) -> list[object]:
    record = bring_in(CLAIM.format(f'"{text}"'), kind="claim").accepted.iloc[0]
    return [None if pd.isna(record[name]) else record[name] for name in ("low", "best", "high", "qualifier")]


def test_b01_khmer_digits_are_numbers_dates_and_coordinates():
    result = bring_in("date,province,lat,lon,victims\n២០២៥-០៣-០១,Kampot,១០.៦១១២,១០៤.១៨០៣,៥\n")
    record = result.accepted.iloc[0]
    assert [record["received_date"], record["latitude"], record["people_affected"]] == ["2025-03-01", 10.6112, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(">200", [201, None, None, "more_than"], id="B02"),
        pytest.param("1,480", [1480, 1480, 1480, "exact"], id="B03"),
        pytest.param("more than 1,000", [1001, None, None, "more_than"], id="B04"),
        pytest.param("2,000-5,000", [2000, None, 5000, "between"], id="B05"),
        pytest.param("2,000–5,000", [2000, None, 5000, "between"], id="B05-dash"),
        pytest.param("nearly 8,000", [None, None, 7999, "nearly"], id="codebook-nearly"),
        pytest.param("0", [0, 0, 0, "exact"], id="B08"),
    ],
)
def test_worded_numbers_of_a_claim(text, expected):
    assert claimed(text) == expected


@pytest.mark.parametrize("text", ["", "nan", "NULL", "N/A", "-", "—", "?", "unknown"])
def test_b06_markers_of_not_known_are_missing(text):
    result = bring_in_cells("victims", text)
    assert result.rows_accepted == 1
    assert result.accepted["people_affected"].isna().all()


@pytest.mark.parametrize("name", ["Null", "None", "NA", "nan"])
def test_b06_a_name_is_never_missing(name):
    result = bring_in(f"name,place_text\n{name},Bavet\n", kind="compound")
    assert result.accepted["name"].tolist() == [name]


def test_b06_na_is_no_missing_province_code():
    result = bring_in("date,province_code\n2023-04-01,NA\n")
    assert codes(result) == {"place_unknown"}


@pytest.mark.parametrize(
    "text", ["-3", "4.5", "1e400", "inf", "9" * 23, "0x10", "1_000", "120%", "US$1.2m", "3 people"]
)
def test_b07_b16_what_is_no_count_is_set_aside(text):
    result = bring_in_cells("victims", text, "2")
    assert codes(result) == {"number_unreadable"}
    assert result.accepted["people_affected"].tolist() == [2]
    assert conserved(result)


def test_b08_zero_is_a_number():
    assert bring_in_cells("victims", "0").accepted["people_affected"].tolist() == [0]


def test_b09_dates_with_two_readings_wait_for_an_answer():
    result = bring_in_cells("date", "03/04/2025", "05/06/2025")
    assert codes(result) == {"date_ambiguous"}
    assert result.rows_rejected == 2
    assert "(day_first)" in result.issues["hint"].iloc[0]
    for day_first, expected in ((True, ["2025-04-03", "2025-06-05"]), (False, ["2025-03-04", "2025-05-06"])):
        answered = bring_in_cells("date", "03/04/2025", "05/06/2025", day_first=day_first)
        assert answered.accepted["received_date"].tolist() == expected


def test_b09_a_date_with_one_reading_settles_the_column():
    result = bring_in_cells("date", "03/04/2025", "25/04/2025")
    assert result.accepted["received_date"].tolist() == ["2025-04-03", "2025-04-25"]


def test_b10_two_orders_in_one_column_settle_nothing():
    result = bring_in_cells("date", "25/04/2025", "26/04/2025", "04/25/2025", "03/04/2025")
    assert result.accepted["received_date"].tolist() == ["2025-04-25", "2025-04-26"]
    assert result.issues["code"].tolist() == ["date_order_differs", "date_ambiguous"]
    tied = bring_in_cells("date", "25/04/2025", "04/25/2025")
    assert tied.rows_accepted == 0
    assert bring_in_cells("date", "25/04/2025", "04/25/2025", day_first=True).rows_accepted == 1


@pytest.mark.parametrize("text", ["2566-01-05", "5/1/2566"])
def test_b11_buddhist_years_are_asked_about(text):
    result = bring_in_cells("date", text)
    assert codes(result) == {"date_buddhist_era"}
    assert "2023" in result.issues["message"].iloc[0]
    assert [question.kind for question in result.questions()] == ["buddhist_era"]
    converted = bring_in_cells("date", text, buddhist_era=True, day_first=False)
    assert converted.accepted["date_start"].dt.year.tolist() == [2023]
    assert codes(converted) == {"date_converted"}
    assert codes(bring_in_cells("date", text, buddhist_era=False)) == {"date_unreadable"}


def test_b12_a_day_number_of_a_spreadsheet_is_asked_about():
    result = bring_in_cells("date", "45352")
    assert codes(result) == {"date_excel_serial"}
    assert "2024-03-01" in result.issues["message"].iloc[0]
    converted = bring_in_cells("date", "45352", excel_dates=True)
    assert converted.accepted["received_date"].tolist() == ["2024-03-01"]
    assert codes(converted) == {"date_converted"}
    assert codes(bring_in_cells("date", "45352", excel_dates=False)) == {"date_unreadable"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-03-02", set()), ("2026-03-03", {"date_in_future"}), ("2026", set()), ("1999-12-31", {"date_before_2000"})],
)
def test_b13_dates_after_tomorrow_and_very_old_ones(text, expected):
    assert codes(bring_in_cells("date", text)) == expected


@pytest.mark.parametrize(
    ("text", "edtf", "precision"),
    [
        ("2025-03", "2025-03", "month"),
        ("2025", "2025", "year"),
        ("Q1 2025", "2025-01/2025-03", "quarter"),
        ("early March 2025", "2025-03", "month"),
    ],
)
def test_b14_coarse_dates_keep_their_precision(text, edtf, precision):
    record = bring_in_cells("date", text).accepted.iloc[0]
    assert [record["received_date"], record["date_precision"]] == [edtf, precision]
    assert record["date_end"] - record["date_start"] > pd.Timedelta(days=27)


def test_b15_an_end_before_the_start_is_set_aside():
    header = "event_type,event_date_edtf,date_start,date_end,place_text\n"
    result = bring_in(header + "raid,2023-05/2023-04,,,Bavet\nraid,2023-04,2023-04-10,2023-04-01,Bavet\n", kind="event")
    assert result.rows_accepted == 0
    assert codes(result) >= {"dates_reversed"}
