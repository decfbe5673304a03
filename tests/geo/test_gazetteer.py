from __future__ import annotations

import pytest

from errors import GazetteerError
from geo import gazetteer
from geo.coordinates import locate_points
from geo.gazetteer import (
    PROVINCE_CODES,
    aliases,
    communes,
    districts,
    name_index,
    other_countries,
    population,
    province_name,
    provinces,
    towns,
)
from geo.normalise import fold


@pytest.fixture(autouse=True)
def _forget_what_was_read():
    yield
    for cached in (
        gazetteer._provinces,
        gazetteer._by_code,
        gazetteer._districts,
        gazetteer._communes,
        gazetteer._towns,
        gazetteer._all_aliases,
        gazetteer.name_index,
        gazetteer.other_countries,
    ):
        cached.cache_clear()


def swap_file(monkeypatch, tmp_path, constant: str, old: str, new: str) -> None:
    """Give the gazetteer a copy of one of its files with one text replaced."""
    original = getattr(gazetteer, constant)
    text = original.read_text("utf-8")
    assert old in text
    changed = tmp_path / original.name
    changed.write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(gazetteer, constant, changed)
    _clear()


def _clear() -> None:
    for name in ("_provinces", "_by_code", "_districts", "_communes", "_towns", "_all_aliases", "name_index"):
        getattr(gazetteer, name).cache_clear()


def test_codes_in_iso_order():
    assert len(PROVINCE_CODES) == 25
    assert (PROVINCE_CODES[0], PROVINCE_CODES[9], PROVINCE_CODES[24]) == ("KH-1", "KH-10", "KH-25")
    assert tuple(provinces()["province_code"]) == PROVINCE_CODES


@pytest.mark.parametrize(
    ("code", "english", "khmer"),
    [
        ("KH-1", "Banteay Meanchey", "បន្ទាយមានជ័យ"),
        ("KH-12", "Phnom Penh", "ភ្នំពេញ"),
        ("KH-18", "Preah Sihanouk", "ព្រះសីហនុ"),
        ("KH-25", "Tbong Khmum", "ត្បូងឃ្មុំ"),
    ],
)
def test_names(code, english, khmer):
    assert province_name(code) == english
    assert province_name(code, "km") == khmer


def test_population_adds_up_to_the_census():
    assert population("KH-12") == 2_281_951
    assert population("KH-23") == 42_665
    assert sum(population(code) for code in PROVINCE_CODES) == 15_552_211


@pytest.mark.parametrize("code", ["KH-0", "KH-26", "KH-01", "12", ""])
def test_unknown_codes_are_programming_mistakes(code):
    with pytest.raises(ValueError, match="ISO 3166-2"):
        province_name(code)
    with pytest.raises(ValueError, match="ISO 3166-2"):
        population(code)


def test_unknown_language():
    with pytest.raises(ValueError, match="'fr'"):
        province_name("KH-1", "fr")


def test_callers_cannot_spoil_the_tables():
    for table in (provinces, districts, communes, towns, aliases):
        taken = table()
        taken.iloc[:, 0] = "spoilt"
        assert "spoilt" not in set(table().iloc[:, 0])


def test_codes_of_every_kind_are_unique():
    table = provinces()
    assert table["hasc"].is_unique
    assert table["hasc"].str.fullmatch(r"KH\.[A-Z]{2}").all()
    assert list(table["pcode"]) == [f"KH{number:02}" for number in range(1, 26)]
    assert districts()["district_code"].str.fullmatch(r"\d{4}").all()
    assert communes()["commune_code"].str.fullmatch(r"\d{6}").all()


def test_districts_and_communes_lie_where_their_codes_say():
    numbers = districts()["province_code"].str.removeprefix("KH-").str.zfill(2)
    assert (districts()["district_code"].str[:2] == numbers).all()
    assert (communes()["commune_code"].str[:4] == communes()["district_code"]).all()
    of_district = districts().set_index("district_code")["province_code"]
    assert (communes()["district_code"].map(of_district) == communes()["province_code"]).all()
    assert set(districts()["province_code"]) == set(PROVINCE_CODES)


def test_every_capital_is_a_town_in_its_province():
    in_town_list = set(zip(towns()["province_code"], towns()["name_en"], strict=True))
    assert set(zip(provinces()["province_code"], provinces()["capital"], strict=True)) <= in_town_list


@pytest.mark.parametrize(
    ("town", "code"),
    [
        ("Bavet", "KH-20"),
        ("Poipet", "KH-1"),
        ("Koh Thom", "KH-8"),
        ("Bokor", "KH-7"),
        ("O Smach", "KH-22"),
        ("Chrey Thom", "KH-8"),
        ("Thmor Da", "KH-15"),
        ("Dara Sakor", "KH-9"),
    ],
)
def test_places_that_sources_name(town, code):
    assert dict(zip(towns()["name_en"], towns()["province_code"], strict=True))[town] == code


def test_towns_lie_in_their_province():
    table = towns()
    located = locate_points(table["latitude"], table["longitude"])
    assert list(located["province_code"]) == list(table["province_code"])
    assert (located["distance_m"].to_numpy() <= table["coordinate_uncertainty_m"].to_numpy()).all()


def test_values_that_nobody_cites_say_so():
    assert set(towns()["source"]) == {"general knowledge"}
    assert (aliases()["source"] != "").all()


def test_no_alias_is_dead():
    """Each row of the list makes some text known that would be unknown without it."""
    table = aliases()
    keys = table["alias"].map(fold)
    assert (keys != "").all()
    assert not list(table["alias"][(keys + "/" + table["level"] + "/" + table["code"]).duplicated()])
    by_place = {(key, entry.level, entry.code): entry.method for key, found in name_index().items() for entry in found}
    methods = [by_place[row] for row in zip(keys, table["level"], table["code"], strict=True)]
    assert list(table["alias"][[method != "alias" for method in methods]]) == []


def test_every_alias_of_a_province_names_one_province():
    table = aliases()
    of_provinces = table[table["level"] == "province"]
    assert of_provinces.groupby(of_provinces["alias"].map(fold))["code"].nunique().max() == 1


def test_names_abroad_are_no_names_in_cambodia():
    assert not other_countries() & set(name_index())


def test_index_tells_names_aliases_and_codes_apart():
    methods = {key: {entry.method for entry in name_index()[fold(key)]} for key in ("Poipet", "Kompong Som", "KH-7")}
    assert methods == {"Poipet": {"name"}, "Kompong Som": {"alias"}, "KH-7": {"code"}}


@pytest.mark.parametrize(
    ("constant", "old", "new", "message"),
    [
        ("PROVINCES_FILE", "2281951", "2281952", "15,552,212"),
        ("PROVINCES_FILE", "2281951", "many", "population_2019"),
        ("PROVINCES_FILE", "KH-12", "KH-7", "KH-7 more than once"),
        ("PROVINCES_FILE", "KH-12", "KH-99", "KH-99"),
        ("PROVINCES_FILE", "name_km", "khmer", "columns"),
        ("DISTRICTS_FILE", "0103", "0102", "0102 more than once"),
        ("COMMUNES_FILE", ",0102,", ",9999,", "9999"),
        ("TOWNS_FILE", "bavet,Bavet,បាវិត,town", "bavet,Bavet,បាវិត,village", "town nor zone"),
        ("TOWNS_FILE", "11.5564", "north", "latitude"),
        ("ALIASES_FILE", "province,KH-12", "province,KH-31", "KH-31"),
    ],
)
def test_a_changed_file_is_refused(monkeypatch, tmp_path, constant, old, new, message):
    swap_file(monkeypatch, tmp_path, constant, old, new)
    with pytest.raises(GazetteerError, match=message):
        name_index()


def test_a_missing_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(gazetteer, "TOWNS_FILE", tmp_path / "towns.csv")
    _clear()
    with pytest.raises(GazetteerError, match=r"towns\.csv cannot be read"):
        towns()
