"""The map by installed district: when it is, what the frame is told then, the table under it, the clicked district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from charts.classes import Scheme
from charts.district_payload import (
    classify_districts,
    describe_district_legend,
    describe_districts,
    district_name,
    list_districts,
    no_record,
    not_in_districts,
)
from charts.labels import format_range
from charts.point_payload import FEW_POINTS, PointLayers
from data.district_counts import DistrictCounts, counts_districts, measure_districts
from data.measures import Measure, MeasureCounts
from data.permalink import Choices
from data.snapshot import Snapshot
from geo.boundaries import read_source
from geo.districts import districts_in_use
from locales import say, say_many
from ui.map_geometry import district_address

_CLICKED = "clicked_district"


def shows_districts(snapshot: Snapshot, measure: Measure, choices: Choices) -> bool:
    """Tell whether the map is by district: that is chosen, and possible."""
    possible = choices.level == "district" and districts_in_use() is not None
    return possible and not explain_provinces(snapshot, measure, choices)


def explain_provinces(snapshot: Snapshot, measure: Measure, choices: Choices) -> str:
    """Return why the map stays by province although districts are installed and chosen; empty when it need not."""
    if choices.level != "district" or districts_in_use() is None:
        return ""
    if measure.basis == "stated":
        return say("By province: stated figures are about provinces or the whole country, not about districts.")
    if measure.basis == "listed":
        return say("By province: many sites are not placed closely enough to tell their district.")
    if not counts_districts(snapshot, measure):
        return say("By province: in the public version uploaded rows are not counted by district.")
    if choices.compare == "difference":
        return say("By province: the difference of two periods is drawn for provinces only.")
    return ""


def count_districts(snapshot: Snapshot, counts: MeasureCounts) -> DistrictCounts:
    """Return the records of a recorded measure by district, in the period of `counts`."""
    index = measure_districts(snapshot, counts.measure)
    key = ("district counts", counts.measure.name, districts_in_use(), counts.period)
    return snapshot.keep(key, lambda: index.count(counts.period))


def describe_by_district(
    snapshot: Snapshot, counts: MeasureCounts, choices: Choices, view: Mapping[str, Any], legend: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return view and legend of a map by province, made into those of a map by district.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
        Of a measure that `shows_districts`.
    choices : Choices
    view : mapping
        What of the payload belongs to one period; its provinces keep their words and lose their circles.
    legend : mapping
    """
    folder = districts_in_use()
    index = measure_districts(snapshot, counts.measure)
    scheme: Scheme = choices.scheme  # type: ignore[assignment]
    kept = ("district classes", counts.measure.name, folder, scheme, choices.classes, choices.breaks)
    classes = snapshot.keep(kept, lambda: classify_districts(index.pooled(), scheme, choices.classes, choices.breaks))
    found = count_districts(snapshot, counts)
    source = read_source(folder) if folder else {}
    credit = "; ".join(str(source[name]) for name in ("publisher", "title", "licence") if source.get(name))
    provinces = {
        code: {"fill": facts["fill"], "tip": facts["tip"]} | ({"withheld": True} if facts.get("withheld") else {})
        for code, facts in view["provinces"].items()
    }
    districts = {"address": district_address(), **describe_districts(found, counts.measure, classes)}
    drawn = {**view, "provinces": provinces, "districts": districts}
    period = counts.period.short_label() if choices.compare else ""
    return drawn, describe_district_legend(legend, found, classes, credit=credit, period=period)


def beside_districts(layers: PointLayers, choices: Choices) -> PointLayers:
    """Return what is drawn of single records above districts: no hexagons, which would hide them, unless chosen."""
    if layers.hexagons is None or choices.points:
        return layers
    note = say("More than {n} dots would hide each other: the districts show the numbers.", n=FEW_POINTS)
    return replace(layers, hexagons=None, legend=None, notes=(note,))


def district_note(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> str:
    """Return what a caption says of a map by district: what no district counts; empty on a map by province."""
    if not shows_districts(snapshot, counts.measure, choices):
        return ""
    found = count_districts(snapshot, counts)
    placed = say_many(
        "By district: {n} record is placed in a district.",
        "By district: {n} records are placed in a district.",
        int(found.rows["high"].sum()),
    )
    return " ".join([placed, *not_in_districts(found)])


def show_districts(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> None:
    """Draw the districts with a record as a table; nothing on a map by province."""
    if not shows_districts(snapshot, counts.measure, choices):
        return
    found = count_districts(snapshot, counts)
    st.subheader(say("By district"))
    listed = list_districts(found)
    if listed:
        st.dataframe(listed, hide_index=True, key="districts")
    else:
        st.text(say("No record of this choice is placed in a district."))
    st.caption(" ".join([say("Districts that are not listed: {words}.", words=no_record()), *not_in_districts(found)]))


def take_district(clicked: Mapping[str, Any]) -> None:
    """Remember which district was clicked, if any; what came from a browser is checked when it is shown."""
    code = clicked.get("district")
    st.session_state[_CLICKED] = code if isinstance(code, str) else ""


def show_district(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> None:
    """Draw at the head of the panel which district of the chosen province was clicked; nothing when none was."""
    code = st.session_state.get(_CLICKED, "")
    if not code or not choices.place or not shows_districts(snapshot, counts.measure, choices):
        return
    rows = count_districts(snapshot, counts).rows
    for row in rows[(rows["district_code"] == code) & (rows["province_code"] == choices.place)].to_dict("records"):
        figure = format_range(row["low"], None, row["high"]) if row["high"] else no_record()
        with st.container(key="clicked_district"):
            st.text(f"{say('District')}: {district_name(row)} · {counts.measure.label}: {figure}")
