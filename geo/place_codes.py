"""Places by their code, and the codes of the places that a text may mean: for a person who has to choose one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from geo.gazetteer import Entry, communes, districts, name_index, province_name
from geo.resolve import Ambiguous, Candidate, Match, resolve

_IF_MEANT = re.compile(r", if .+ is meant$")
"""What `geo.resolve` adds to a suggestion for a bare number."""


def find_place(code: str) -> Entry | None:
    """Return the place with a code, under its official name; None when there is none.

    Parameters
    ----------
    code : str
        ISO 3166-2 of a province (``KH-20``), the official number of a district or commune (``0203``, ``020301``), or
        the identifier of a town or zone (``bavet``).
    """
    return _by_code().get(code)


def label_place(place: Entry) -> str:
    """Return what a place is called in a list to choose from: ``Bavet, Svay Rieng (town)``.

    A commune is called with its district, because several communes of a province may bear one name.
    """
    if place.level == "province":
        return f"{place.place} (province)"
    within = [province_name(place.province_code)]
    if place.level == "commune" and (district := _districts_of_communes().get(place.code)):
        within.insert(0, district)
    return f"{', '.join([place.place, *within])} ({place.level})"


def find_candidates(text: str) -> tuple[Entry, ...]:
    """Return the places that a text may mean: all of an ambiguous one, the suggestions for an unknown one.

    Each stands there once, under its official name; none for a text that resembles no place we know.
    """
    answer = resolve(text)
    if isinstance(answer, Match):
        labels = [str(Candidate(answer.province_code, answer.place, answer.level))]
    elif isinstance(answer, Ambiguous):
        labels = [str(each) for each in answer.candidates]
    else:
        labels = [_IF_MEANT.sub("", each) for each in answer.suggestions]
    return tuple(dict.fromkeys(place for label in labels for place in _by_label().get(label, ())))


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, Entry]:
    places: dict[str, Entry] = {}
    for entries in name_index().values():
        for entry in entries:
            if entry.method == "name":
                places.setdefault(entry.code, entry)
    return MappingProxyType(places)


@lru_cache(maxsize=1)
def _by_label() -> Mapping[str, tuple[Entry, ...]]:
    labels: dict[str, list[Entry]] = {}
    for entry in _by_code().values():
        labels.setdefault(str(Candidate(entry.province_code, entry.place, entry.level)), []).append(entry)
    return MappingProxyType({label: tuple(entries) for label, entries in labels.items()})


@lru_cache(maxsize=1)
def _districts_of_communes() -> Mapping[str, str]:
    names = districts().set_index("district_code")["name_en"]
    listed = communes()
    return dict(zip(listed["commune_code"], listed["district_code"].map(names), strict=True))
