from __future__ import annotations

import pandas as pd
import pytest

from data.locate import locate_records
from data.schema import KINDS, record_dtypes

IN_KAMPOT, IN_PHNOM_PENH, IN_BANGKOK = (10.6112, 104.1803), (11.5564, 104.9282), (13.75, 100.5)
BESIDE_KAMPOT = (10.55, 104.15)


def locate(kind: str, **values: object) -> tuple[dict[str, object], list[str], list[str]]:
    point = values.pop("point", (None, None))
    if "latitude" in KINDS[kind].columns:
        values |= dict(zip(("latitude", "longitude"), point, strict=True))
    dtypes = record_dtypes(KINDS[kind])
    columns = {name: pd.Series([values.get(name)], index=[2], dtype=dtype) for name, dtype in dtypes.items()}
    located = locate_records(pd.DataFrame(columns), KINDS[kind])
    assert {name: str(dtype) for name, dtype in located.records.dtypes.items()} == dtypes
    record = {name: None if pd.isna(value) else value for name, value in located.records.iloc[0].items()}
    return record, located.findings["code"].tolist(), located.findings["detail"].tolist()


@pytest.mark.parametrize(
    ("values", "province", "method", "precision", "codes"),
    [
        ({"province_code": "KH-7"}, "KH-7", "code", "province", []),
        ({"province_code": "kh07"}, "KH-7", "code", "province", []),
        ({"place_text": "Kampot"}, "KH-7", "name", "province", []),
        ({"place_text": "Sihanoukville"}, "KH-18", "alias", None, []),
        ({"place_text": "Bavet"}, "KH-20", "name", "town", []),
        ({"point": IN_KAMPOT}, "KH-7", "coordinates", "near", []),
        ({"point": IN_KAMPOT, "location_precision": "exact"}, "KH-7", "coordinates", "exact", []),
        ({"point": IN_KAMPOT, "place_text": "Kampot"}, "KH-7", "name", "near", []),
        ({"point": IN_KAMPOT, "place_text": "a house by the river"}, "KH-7", "coordinates", "near", []),
        ({"point": IN_KAMPOT, "place_text": "Phnom Penh"}, "KH-7", "coordinates", "near", ["place_disagrees"]),
        ({"point": IN_BANGKOK}, None, "outside", "near", ["outside_cambodia"]),
        ({"point": IN_BANGKOK, "place_text": "Poipet"}, None, "outside", "near",
         ["place_disagrees", "outside_cambodia"]),
        ({"point": IN_PHNOM_PENH, "province_code": "KH-7"}, "KH-7", "code", "near", ["code_disagrees"]),
        ({"point": IN_BANGKOK, "province_code": "KH-1"}, "KH-1", "code", "near", ["code_disagrees"]),
        ({"province_code": "KH-7", "place_text": "Bavet"}, "KH-7", "code", "province", ["code_disagrees"]),
        ({"province_code": "KH-20", "place_text": "Bavet"}, "KH-20", "code", "town", []),
        ({"province_code": "KH-7", "place_text": "a house by the river"}, "KH-7", "code", "province", []),
        ({}, None, None, None, ["place_missing"]),
        ({"place_text": "unknown"}, None, None, None, ["place_missing"]),
        ({"location_precision": "country"}, None, None, "country", []),
        ({"place_text": "Atlantis"}, None, None, None, ["place_unknown"]),
        ({"place_text": "NA"}, None, None, None, ["place_unknown"]),
        ({"province_code": "KH-99"}, None, None, None, ["place_unknown"]),
        ({"province_code": "Bavet"}, None, None, None, ["place_unknown"]),
    ],
)  # fmt: skip
def test_where_a_complaint_belongs(values, province, method, precision, codes):
    record, found, _ = locate("complaint", **values)
    assert (record["province_code"], record["match_method"]) == (province, method)
    assert found == codes
    if precision or not province:
        assert record["location_precision"] == precision


def test_an_ambiguous_place_names_its_candidates():
    record, codes, details = locate("complaint", place_text="Kampot; Kandal")
    assert record["province_code"] is None
    assert codes == ["place_ambiguous"]
    assert "Kampot" in details[0]
    assert "Kandal" in details[0]


def test_coordinates_settle_an_ambiguous_place():
    record, codes, _ = locate("complaint", place_text="Kampot; Kandal", point=IN_KAMPOT)
    assert (record["province_code"], codes) == ("KH-7", [])


def test_a_point_just_off_the_map():
    record, codes, details = locate("complaint", point=BESIDE_KAMPOT)
    assert (record["province_code"], record["match_method"], codes) == ("KH-7", "nearest", ["nearest_province"])
    assert 0 < record["distance_m"] < 15_000
    assert "Kampot" in details[0]


def test_an_event_may_be_in_several_provinces():
    assert locate("event", province_codes="KH-1;KH-12;KH-1")[0]["province_codes"] == "KH-1;KH-12"
    record, codes, _ = locate("event", place_text="Phnom Penh; Bavet")
    assert (record["province_codes"], record["location_precision"], codes) == ("KH-12;KH-20", "province", [])
    assert locate("event", place_text="Phnom Penh; Atlantis")[1] == ["place_unknown"]
    assert locate("event", province_codes="KH-1;KH-12", point=IN_PHNOM_PENH)[1] == []
    assert locate("event", province_codes="KH-1;KH-7", point=IN_PHNOM_PENH)[1] == ["code_disagrees"]


@pytest.mark.parametrize("geography", ["national", "abroad", "region", "world"])
def test_a_claim_about_no_province_needs_none(geography):
    record, codes, _ = locate("claim", geography=geography, place_text="Myanmar")
    assert (record["province_code"], record["geography"], codes) == (None, geography, [])


def test_a_claim_about_a_province_says_so():
    assert locate("claim", place_text="Kampot")[0]["geography"] == "province"


def test_how_a_province_was_found_is_kept_only_where_the_row_bears_it_out():
    assert locate("complaint", province_code="KH-7", point=IN_KAMPOT, match_method="coordinates")[0][
        "match_method"
    ] == ("coordinates")
    assert locate("complaint", province_code="KH-7", match_method="coordinates")[0]["match_method"] == "code"
    assert (
        locate("complaint", province_code="KH-20", place_text="Bavet", match_method="name")[0]["match_method"] == "name"
    )
    assert locate("complaint", province_code="KH-20", match_method="=1+1")[0]["match_method"] == "code"


def test_sources_are_nowhere():
    records = pd.DataFrame({"source_id": ["s"]})
    assert locate_records(records, KINDS["source"]).records is records


def test_what_a_person_decided_about_a_place_counts_as_its_name():
    decided = {"Atlantis": "bavet", "Lemuria": "", "XX": "0102"}
    records = pd.DataFrame(
        {"place_text": ["Atlantis", "Lemuria", None, "Atlantis"], "province_code": [None, None, "XX", "KH-20"]},
        index=[2, 3, 4, 5], dtype="str",
    )  # fmt: skip
    records = records.reindex(columns=list(record_dtypes(KINDS["complaint"]))).astype(record_dtypes(KINDS["complaint"]))
    located = locate_records(records, KINDS["complaint"], decided.get)
    found = located.records
    assert found["province_code"].fillna("").tolist() == ["KH-20", "", "KH-1", "KH-20"]
    assert found["match_method"].fillna("").tolist() == ["manual", "", "manual", "code"]
    assert found["location_precision"].fillna("").tolist()[:2] == ["town", ""]
    assert located.findings[["row_number", "code"]].to_numpy().tolist() == [[3, "place_missing"]]


def test_that_a_place_was_decided_by_a_person_survives_an_export():
    records = pd.DataFrame(
        {"place_text": ["Atlantis"], "province_code": ["KH-20"], "match_method": ["manual"]}, dtype="str"
    )
    records = records.reindex(columns=list(record_dtypes(KINDS["complaint"]))).astype(record_dtypes(KINDS["complaint"]))
    assert locate_records(records, KINDS["complaint"]).records["match_method"].tolist() == ["manual"]
