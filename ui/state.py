"""What a reader has chosen: kept while moving between pages, written into the address, read back from it.

The address is a permalink: only known names with valid values are taken from it; anything else is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import streamlit as st

from data.belief import SPEAKER_TYPES
from data.measures import DEFAULT_MEASURE, MEASURES
from data.periods import GRAINS, Period
from errors import PeriodError
from geo.gazetteer import PROVINCE_CODES

STYLES = {"circles": "Circles: counts", "shades": "Shades: rates"}
_KEY = "choices"
_LONGEST = 80


@dataclass(frozen=True)
class Choices:
    """The choices of one reader.

    Attributes
    ----------
    measure : str
        Name of a measure.
    period : Period or None
        The slice; None means the one that suits the measure.
    style : str
        How figures are drawn on the map.
    grain : str
        Step of the timeline.
    place : str
        Code of the chosen province, or empty.
    compound : str
        Identifier of the chosen compound, or empty.
    believe : tuple of str
        Types of speakers whose records count, sorted; empty means everyone.
    """

    measure: str = DEFAULT_MEASURE
    period: Period | None = None
    style: str = "circles"
    grain: str = "month"
    place: str = ""
    compound: str = ""
    believe: tuple[str, ...] = ()


def read_address(parameters: Mapping[str, str]) -> Choices:
    """Return the choices that an address states; unknown names and invalid values are left at their default."""
    allowed: dict[str, Any] = {
        "measure": MEASURES,
        "style": STYLES,
        "grain": GRAINS,
        "place": PROVINCE_CODES,
    }
    found: dict[str, Any] = {
        name: parameters[name] for name, values in allowed.items() if parameters.get(name) in values
    }
    believe = set(parameters.get("believe", "").split(",")) & set(SPEAKER_TYPES)
    if believe:
        found["believe"] = tuple(sorted(believe))
    compound = parameters.get("compound", "")
    if compound and len(compound) <= _LONGEST and compound.isprintable():
        found["compound"] = compound
    with suppress(KeyError, ValueError, PeriodError):  # no readable period: the default one
        found["period"] = Period(date.fromisoformat(parameters["from"]), date.fromisoformat(parameters["to"]))
    return Choices(**found)


def write_address(choices: Choices) -> dict[str, str]:
    """Return the parameters of the address for these choices; defaults are left out."""
    parameters = {
        field.name: getattr(choices, field.name)
        for field in fields(choices)
        if field.name not in ("period", "believe") and getattr(choices, field.name) != field.default
    }
    if choices.believe:
        parameters["believe"] = ",".join(choices.believe)
    if choices.period is not None:
        parameters |= {"from": choices.period.start.isoformat(), "to": choices.period.end.isoformat()}
    return parameters


def current_choices() -> Choices:
    """Return this session's choices; at its first run those of the address."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = read_address(st.query_params.to_dict())
    return st.session_state[_KEY]


def change_choices(**changes: Any) -> None:
    """Replace some of this session's choices; takes effect in the next run."""
    st.session_state[_KEY] = replace(current_choices(), **changes)


def show_address() -> None:
    """Write this session's choices into the address of the page."""
    wanted = write_address(current_choices())
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
