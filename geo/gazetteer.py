"""The names of provinces, districts, communes, towns and zones, and the other ways in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

import pandas as pd

from errors import GazetteerError
from geo.normalise import fold
from locales import later, say

Level = Literal["province", "district", "commune", "town", "zone"]
Method = Literal["code", "name", "alias"]
LEVELS: tuple[Level, ...] = get_args(Level)

FILES = Path(__file__).parent / "files"
PROVINCES_FILE = FILES / "provinces.csv"
DISTRICTS_FILE = FILES / "districts.csv"
COMMUNES_FILE = FILES / "communes.csv"
TOWNS_FILE = FILES / "towns.csv"
ALIASES_FILE = FILES / "aliases.csv"

PROVINCE_CODES: tuple[str, ...] = tuple(f"KH-{number}" for number in range(1, 26))
"""ISO 3166-2 codes of the provinces, in ISO order."""

POPULATION_2019 = 15_552_211  # census total; the provinces must add up to it

_ABROAD = "abroad"  # the level of aliases that are no place in Cambodia
_HINT = later("Put the file back as it was delivered, or run python -m geo.files.build_gazetteer.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one place.

    Attributes
    ----------
    province_code : str
        The province that the place is, or lies in.
    place : str
        The place's English name, however the entry itself is written.
    level : str
        province, district, commune, town or zone.
    code : str
        The place's own code: ISO 3166-2 for a province, the official number for a district or commune, the `town_id`
        for a town or zone.
    method : str
        ``name`` when it is the official name in English or Khmer, ``code`` when it is a code (ISO, P-code, HASC, the
        government's two digits), ``alias`` when it is any other spelling.
    """

    province_code: str
    place: str
    level: Level
    code: str
    method: Method


def provinces() -> pd.DataFrame:
    """Give the provinces in ISO order.

    Returns
    -------
    DataFrame
        ``province_code``, ``name_en``, ``name_km``, ``hasc``, ``pcode``, ``capital`` (str), ``population_2019``
        (int64). A copy.
    """
    return _provinces().copy()


def districts() -> pd.DataFrame:
    """Give the districts: ``district_code``, ``name_en``, ``name_km``, ``province_code`` (str). A copy."""
    return _districts().copy()


def communes() -> pd.DataFrame:
    """Give the communes: ``commune_code``, ``name_en``, ``name_km``, ``district_code``, ``province_code``. A copy."""
    return _communes().copy()


def towns() -> pd.DataFrame:
    """Give the towns and zones that sources on the subject name, and the provincial capitals.

    Returns
    -------
    DataFrame
        ``town_id``, ``name_en``, ``name_km`` (may be empty), ``level`` (town or zone), ``province_code``, ``source``
        (str), ``rank`` (int64, 1 the most important), ``latitude``, ``longitude`` (float64, EPSG:4326),
        ``coordinate_uncertainty_m`` (int64, metres). A copy.
    """
    return _towns().copy()


def aliases() -> pd.DataFrame:
    """Give the other spellings: ``alias``, ``level``, ``code``, ``kind``, ``source`` (str). A copy."""
    return _aliases().copy()


@cache
def province_name(code: str, language: str = "en") -> str:
    """Name a province.

    Parameters
    ----------
    code : str
        ISO 3166-2, such as ``KH-12``.
    language : str
        ``en`` or ``km``.

    Raises
    ------
    ValueError
        When the code or the language is unknown.
    """
    if language not in ("en", "km"):
        raise ValueError(f"Names are held in en and km, not in {language!r}.")
    names = _by_code()[f"name_{language}"]
    if code not in names.index:
        raise ValueError(f"{code!r} is not the ISO 3166-2 code of a province of Cambodia.")
    return str(names[code])


@cache
def population(code: str) -> int:
    """Give the population of a province at the 2019 census (final results, National Institute of Statistics).

    Raises
    ------
    ValueError
        When the code is unknown.
    """
    people = _by_code()["population_2019"]
    if code not in people.index:
        raise ValueError(f"{code!r} is not the ISO 3166-2 code of a province of Cambodia.")
    return int(people[code])


@lru_cache(maxsize=1)
def name_index() -> Mapping[str, tuple[Entry, ...]]:
    """Give every folded name with the places that bear it (see `geo.normalise.fold`).

    Raises
    ------
    GazetteerError
        When a bundled file is missing, damaged or contradicts itself.
    """
    index: dict[str, dict[tuple[str, str], Entry]] = {}

    def add(text: str, entry: Entry) -> None:
        # The first entry of a place under a key stays: names are added before codes and aliases.
        if key := fold(text):
            index.setdefault(key, {}).setdefault((entry.level, entry.code), entry)

    places = _places()
    for entry, name_km in places.values():
        add(entry.place, entry)
        add(name_km, entry)
    for entry, _ in places.values():
        for code in _written_codes(entry):
            add(code, replace(entry, method="code"))
    for row in _aliases().to_dict("records"):
        known = places.get((str(row["level"]), str(row["code"])))
        if known is None:
            raise _wrong(say("{name}: the alias {alias} points to the unknown {level} {code}.", name=ALIASES_FILE.name,
                alias=row["alias"], level=str(row["level"]), code=str(row["code"])), ALIASES_FILE)  # fmt: skip
        add(str(row["alias"]), replace(known[0], method="alias"))
    return MappingProxyType({key: tuple(entries.values()) for key, entries in index.items()})


@lru_cache(maxsize=1)
def other_countries() -> frozenset[str]:
    """Give the folded names of countries and foreign places that must not be taken for a place in Cambodia."""
    table = _all_aliases()
    return frozenset(fold(name) for name in table.loc[table["level"] == _ABROAD, "alias"])


def _places() -> dict[tuple[str, str], tuple[Entry, str]]:
    """Give every place, by level and code, as an entry under its official name, with its Khmer name."""
    tables: tuple[tuple[Level, pd.DataFrame, str], ...] = (
        ("province", _provinces(), "province_code"),
        ("town", _towns()[_towns()["level"] == "town"], "town_id"),
        ("zone", _towns()[_towns()["level"] == "zone"], "town_id"),
        ("district", _districts(), "district_code"),
        ("commune", _communes(), "commune_code"),
    )
    return {
        (level, str(code)): (Entry(str(province), str(name_en), level, str(code), "name"), str(name_km))
        for level, table, key in tables
        for code, province, name_en, name_km in zip(
            table[key], table["province_code"], table["name_en"], table["name_km"], strict=True
        )
    }


def _written_codes(entry: Entry) -> tuple[str, ...]:
    """Give the codes by which a place is called in data: ISO, P-code, HASC, and the government's two digits."""
    if entry.level == "province":
        row = _by_code().loc[entry.code]
        return entry.code, str(row["pcode"]), str(row["hasc"]), str(row["pcode"]).removeprefix("KH")
    return (f"KH{entry.code}",) if entry.level in ("district", "commune") else ()


def _wrong(message: str, path: Path) -> GazetteerError:
    return GazetteerError(message, say(_HINT), file=path.name)


def _read(path: Path, columns: tuple[str, ...], key: str | None = None) -> pd.DataFrame:
    """Read a bundled table as text, and refuse one with other columns, no rows, unknown provinces or a key twice."""
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _wrong(say("The place-name file {name} cannot be read.", name=path.name), path) from error
    if tuple(table.columns) != columns or table.empty:
        raise _wrong(
            say("{name} should have rows and the columns {names}.", name=path.name, names=", ".join(columns)), path
        )
    if key is not None:
        repeated = table.loc[table[key].duplicated(), key]
        if not repeated.empty:
            raise _wrong(say("{name} holds {key} more than once.", name=path.name, key=repeated.iloc[0]), path)
    if "province_code" in columns:
        unknown = ", ".join(sorted(set(table["province_code"]) - set(PROVINCE_CODES)))
        if unknown:
            raise _wrong(say("{name} names unknown provinces: {names}.", name=path.name, names=unknown), path)
    return table


def _as_numbers(table: pd.DataFrame, path: Path, columns: tuple[str, ...], dtype: Literal["int64", "float64"]) -> None:
    try:
        for column in columns:
            table[column] = table[column].astype(dtype)
    except ValueError as error:
        raise _wrong(say("{name} holds a {column} that is not a number.", name=path.name, column=column), path
            ) from error  # fmt: skip


@lru_cache(maxsize=1)
def _provinces() -> pd.DataFrame:
    columns = ("province_code", "name_en", "name_km", "hasc", "pcode", "capital", "population_2019")
    table = _read(PROVINCES_FILE, columns, "province_code")
    if tuple(table["province_code"]) != PROVINCE_CODES:
        raise _wrong(say("{name} should hold KH-1 to KH-25 in this order.", name=PROVINCES_FILE.name), PROVINCES_FILE)
    _as_numbers(table, PROVINCES_FILE, ("population_2019",), "int64")
    total = int(table["population_2019"].sum())
    if total != POPULATION_2019:
        raise _wrong(
            say("The populations in {name} add up to {total}, not to {population_2019}.", name=PROVINCES_FILE.name,
            total=total, population_2019=POPULATION_2019), PROVINCES_FILE)  # fmt: skip
    return table


@lru_cache(maxsize=1)
def _by_code() -> pd.DataFrame:
    return _provinces().set_index("province_code")


@lru_cache(maxsize=1)
def _districts() -> pd.DataFrame:
    return _read(DISTRICTS_FILE, ("district_code", "name_en", "name_km", "province_code"), "district_code")


@lru_cache(maxsize=1)
def _communes() -> pd.DataFrame:
    columns = ("commune_code", "name_en", "name_km", "district_code", "province_code")
    table = _read(COMMUNES_FILE, columns, "commune_code")
    lost = ", ".join(sorted(set(table["district_code"]) - set(_districts()["district_code"])))
    if lost:
        path = COMMUNES_FILE
        raise _wrong(say("{name} names unknown districts: {names}.", name=path.name, names=lost), path)
    return table


@lru_cache(maxsize=1)
def _towns() -> pd.DataFrame:
    columns = (
        "town_id", "name_en", "name_km", "level", "province_code", "rank",
        "latitude", "longitude", "coordinate_uncertainty_m", "source",
    )  # fmt: skip
    table = _read(TOWNS_FILE, columns, "town_id")
    if not set(table["level"]) <= {"town", "zone"}:
        raise _wrong(say("{name} holds a level that is neither town nor zone.", name=TOWNS_FILE.name), TOWNS_FILE)
    _as_numbers(table, TOWNS_FILE, ("rank", "coordinate_uncertainty_m"), "int64")
    _as_numbers(table, TOWNS_FILE, ("latitude", "longitude"), "float64")
    return table


@lru_cache(maxsize=1)
def _all_aliases() -> pd.DataFrame:
    return _read(ALIASES_FILE, ("alias", "level", "code", "kind", "source"))


def _aliases() -> pd.DataFrame:
    table = _all_aliases()
    return table[table["level"] != _ABROAD].reset_index(drop=True)
