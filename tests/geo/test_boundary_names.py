from __future__ import annotations

import pytest

from geo.boundary_names import name_districts, name_provinces
from geo.gazetteer import PROVINCE_CODES, provinces

NAMES = provinces()


def column(name: str) -> list[dict[str, str]]:
    return [{"id": str(number), "x": text} for number, text in enumerate(NAMES[name], start=1)]


@pytest.mark.parametrize("name", ["province_code", "pcode", "hasc", "name_en", "name_km"])
def test_provinces_are_known_by_each_of_their_codes_and_names(name):
    naming = name_provinces(column(name))
    assert naming.codes == PROVINCE_CODES
    assert naming.columns == ("x",)
    assert naming.findings == ()


def test_running_numbers_are_no_codes():
    naming = name_provinces([{"OBJECTID": f"{number:02}"} for number in range(1, 26)])
    assert set(naming.codes) == {None}
    assert naming.findings[0].refuses


def test_a_name_that_nobody_knows_is_listed_and_refused():
    rows = column("name_en")
    rows[3]["x"] = "<img src=x onerror=alert(1)>"
    finding = name_provinces(rows).findings[0]
    assert finding.refuses
    assert "shape 4 (<img src=x onerror=alert(1)>)" in finding.message


def test_a_province_that_occurs_twice_is_refused_with_both_shapes():
    rows = column("name_en")
    rows[0]["x"] = "Kampot"
    finding = name_provinces(rows).findings[0]
    assert finding.refuses
    assert finding.message == "2 shapes are Kampot (KH-7): shape 1 (Kampot), shape 7 (Kampot)."


def test_columns_that_disagree_are_refused():
    rows = [each | {"code": code} for each, code in zip(column("name_en"), PROVINCE_CODES, strict=True)]
    rows[6]["code"] = "KH-23"
    findings = name_provinces(rows).findings
    assert findings[0].message == "Their columns name different provinces: shape 7 (Kampot · KH-23)."


def test_districts_are_known_by_their_number_or_by_their_name_in_their_province():
    rows = [{"ADM2_PCODE": "KH0102"}, {"ADM2_PCODE": "KH0103"}, {"ADM2_PCODE": "KH9999"}]
    naming = name_districts(rows, ["KH-1"] * 3)
    assert naming.codes == ("0102", "0103", None)
    assert [finding.refuses for finding in naming.findings] == [False]
    assert name_districts([{"name": "Phnum Srok"}], ["KH-1"]).codes == ("0103",)
    assert name_districts([{"name": "Phnum Srok"}], ["KH-7"]).codes == (None,)
    assert name_districts([{"DIS_CODE": "102"}, {"DIS_CODE": "103"}], ["KH-1"] * 2).codes == ("0102", "0103")


def test_a_district_that_occurs_twice_is_refused_and_one_elsewhere_is_told():
    twice = name_districts([{"c": "KH0102"}, {"c": "KH0102"}], ["KH-1"] * 2)
    assert any(finding.refuses and "0102" in finding.message for finding in twice.findings)
    moved = name_districts([{"c": "KH0102"}], ["KH-7"])
    assert moved.findings[0].message.startswith("In another province")
    assert not moved.findings[0].refuses
