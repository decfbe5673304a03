"""Section C of the attacks: places."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.boundaries import load_provinces
from tests.attacks.attack_files import bring_in, codes, conserved

HEADER = "date,province,lat,lon\n"


def bring_in_points(*rows: str, **options: object):
    return bring_in(HEADER + "".join(f"2023-04-01,{row}\n" for row in rows), **options)


def test_c01_exchanged_coordinates_are_asked_about_and_exchanged_for_the_whole_file():
    rows = (",104.1803,10.6112", ",104.9282,11.5564")
    result = bring_in_points(*rows)
    assert codes(result) == {"coordinates_swapped"} | ({"place_missing"} & codes(result))
    assert result.rows_rejected == 2
    (question,) = (each for each in result.questions() if each.kind == "swapped")
    assert question.rows == 2
    assert "(swap_coordinates)" in result.issues.loc[result.issues["code"] == "coordinates_swapped", "hint"].iloc[0]
    assert bring_in_points(*rows, swap_coordinates=True).accepted["province_code"].tolist() == ["KH-7", "KH-12"]


@pytest.mark.parametrize("text", ["10°36'33\"N", "N10 36.55", "10 36 33 N", "10°36′33″N", '"10,6091667"'])
def test_c02_degrees_and_minutes(text):
    quoted = text if text.startswith('"') else '"' + text.replace('"', '""') + '"'
    longitude = '"103°31\'12""E"'
    record = bring_in_points(f",{quoted},{longitude}").accepted.iloc[0]
    assert record["latitude"] == pytest.approx(10.609167, abs=1e-5)
    assert record["longitude"] == pytest.approx(103.52, abs=1e-5)


def test_c03_metres_of_a_projection_are_asked_about_and_converted():
    result = bring_in_points(",1277901,491277")
    assert "coordinates_projected" in codes(result)
    assert result.rows_accepted == 0
    message = result.issues.loc[result.issues["code"] == "coordinates_projected", "message"].iloc[0]
    assert "EPSG:32648" in message
    assert "EPSG:3148" in message
    (question,) = (each for each in result.questions() if each.kind == "crs")
    assert [code for code, _ in question.candidates] == ["EPSG:32648", "EPSG:3148"]
    record = bring_in_points(",1277901,491277", crs="EPSG:32648").accepted.iloc[0]
    assert [record["latitude"], record["longitude"]] == pytest.approx([11.5600, 104.9200], abs=1e-4)


def test_c03_easting_and_northing_may_stand_in_one_cell():
    content = 'name,place_text,xy\nA,,"491277, 1277901"\n'
    options = {"columns": {"latitude": "xy", "longitude": "xy"}, "crs": "EPSG:32648"}
    record = bring_in(content, kind="compound", **options).accepted.iloc[0]
    assert [record["latitude"], record["longitude"]] == pytest.approx([11.5600, 104.9200], abs=1e-4)


def test_c04_the_other_datum_is_shifted_and_its_accuracy_said():
    content = "name,latitude,longitude\nA,1277901,491277\n"
    result = bring_in(content, kind="compound", crs="EPSG:3148")
    record = result.accepted.iloc[0]
    assert [record["latitude"], record["longitude"]] == pytest.approx([11.5629, 104.9162], abs=0.001)
    assert abs(record["latitude"] - 11.5609) > 0.001
    assert record["coordinate_uncertainty_m"] >= 44
    assert codes(result) == {"coordinates_converted"}
    assert "44 m" in result.issues["message"].iloc[0]


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        pytest.param("0,0", "coordinates_zero", id="C05-both-zero"),
        pytest.param("0,104", "coordinates_zero", id="C05-one-zero"),
        pytest.param("10.6,", "coordinates_incomplete", id="C05-one-missing"),
        pytest.param("NaN,104.2", "coordinates_incomplete", id="C10-nan"),
        pytest.param("91,104.2", "coordinates_unreadable", id="C10-91"),
        pytest.param("10.6,-181", "coordinates_unreadable", id="C10-181"),
        pytest.param("1e308,104.2", "coordinates_unreadable", id="C10-1e308"),
        pytest.param("1.06e1,104.2", "coordinates_unreadable", id="C09-exponent"),
        pytest.param('"10.6, 103.5",', "coordinates_unreadable", id="both-in-one-cell"),
    ],
)
def test_points_that_are_set_aside(pair, code):
    result = bring_in_points(f"Kampot,{pair}")
    assert code in codes(result)
    assert result.rows_accepted == 0
    assert conserved(result)


def test_c05_no_coordinates_at_all_are_no_mistake():
    result = bring_in_points("Kampot,,")
    assert result.accepted["province_code"].tolist() == ["KH-7"]
    assert not codes(result)


@pytest.mark.parametrize(
    "pair", ["13.7500,100.5000", "10.7769,106.7009", "9.0000,104.0000"], ids=["Thailand", "Vietnam", "sea"]
)
def test_c06_outside_cambodia_is_kept_and_said(pair):
    result = bring_in_points(f",{pair}")
    record = result.accepted.iloc[0]
    assert codes(result) == {"outside_cambodia"}
    assert pd.isna(record["province_code"])
    assert record["match_method"] == "outside"
    assert record["distance_m"] > 10_000


def test_c07_coordinates_against_the_written_province():
    result = bring_in_points("Preah Sihanouk,10.6112,104.1803")
    assert codes(result) == {"place_disagrees"}
    assert result.accepted["province_code"].tolist() == ["KH-7"]
    message = result.issues["message"].iloc[0]
    assert "Preah Sihanouk" in message
    assert "Kampot" in message


def test_c08_one_decimal_is_no_exact_point():
    result = bring_in_points("Kampot,10.6,104.2")
    assert codes(result) >= {"coordinates_coarse"}
    assert result.accepted["location_precision"].tolist() == ["district"]
    assert "11 km" in result.issues["message"].iloc[0]


def test_c09_many_decimals():
    assert bring_in_points("Kampot,10.61120000000000001,104.1803").accepted["latitude"].tolist() == [10.6112]


def test_c11_many_rows_with_one_point_are_said():
    result = bring_in_points(*["Kampot,10.6112,104.1803"] * 500)
    assert "coordinates_repeated" in codes(result)
    assert result.rows_accepted == 500
    assert result.issues.loc[result.issues["code"] == "coordinates_repeated", "message"].iloc[0].startswith("500 rows")


def test_c11_many_rows_in_the_middle_of_a_province_are_said():
    middle = load_provinces().set_index("province_code").geometry.representative_point()["KH-7"]
    result = bring_in_points(*[f",{middle.y + 0.003:.5f},{middle.x:.5f}"] * 500)
    assert codes(result) >= {"coordinates_repeated", "coordinates_centre"}
    said = result.issues.loc[result.issues["code"] == "coordinates_centre", "message"]
    assert len(said) == 500
    assert "middle of Kampot" in said.iloc[0]


@pytest.mark.parametrize("text", ["Sihanoukville", "Preah Sihanouk", "Kampong Som", "ព្រះសីហនុ"])
def test_c12_spellings_of_one_province(text):
    assert bring_in_points(f"{text},,").accepted["province_code"].tolist() == ["KH-18"]


def test_c02_both_in_one_cell():
    content = 'date,GPS\n2023,"10.6112, 104.1803"\n2023,"10°36\'40""N 104°10\'49""E"\n'
    result = bring_in(content, columns={"latitude": "GPS", "longitude": "GPS"})
    assert result.accepted["latitude"].tolist() == pytest.approx([10.6112, 10.6112], abs=1e-4)
    assert result.accepted["longitude"].tolist() == pytest.approx([104.1803, 104.1803], abs=1e-4)


def test_c12_an_unknown_spelling_is_set_aside_with_suggestions():
    result = bring_in_points("Kampott,,")
    assert codes(result) == {"place_unknown"}
    assert "Kampot" in result.issues["message"].iloc[0]
