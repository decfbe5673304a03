"""What the map in the browser is told: one JSON payload, made from tables.

Layout of the payload (the scripts of ``static/frame/`` read it)::

    version    text that changes when anything changes
    language   "en" or "km"
    selected   province code or compound id, or null
    provinces  {code: {fill, radius, open, contested, label, tip: [lines]}}   fill null = "no report" hatch
    sites      [{id, at: [lat, lon], status, uncertainty_m, tip: [lines], popup: [lines]}]
    statuses   {status: {color, shape}}
    badges     [{code, count, word, tip: [lines]}]       sites whose place is known only to the province
    dots       [{color, hollow, label, at: [[lat, lon]], ids}]   records with coordinates
    legend     {title, note, classes, circles, dots, symbols, footnotes}
    credit     one line
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from charts.classes import Classes
from charts.labels import describe_basis, format_edtf, format_range, format_short, known, plural, term
from charts.palette import STATUS_SYMBOLS
from data.measures import MeasureCounts
from data.schema import PIN_PRECISIONS, split_list
from data.sites import distinct_sites
from geo.boundaries import boundary_source

Style = Literal["circles", "shades"]

LARGEST_RADIUS = 28.0
SMALLEST_RADIUS = 4.0
FEW = 5
"""Below this number of cases a rate says little, and circles are shown in the legend by their exact numbers."""

_LICENCE_ACTS = ("licence_granted", "licence_renewed")


def circle_radius(value: float, largest: float) -> float:
    """Return the radius in pixels of a circle whose area is proportional to `value` (`largest` gets the largest)."""
    return max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(value / largest)) if largest > 0 else SMALLEST_RADIUS


def describe_provinces(
    counts: MeasureCounts, style: Style, *, classes: Classes, largest: float, sources: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return how each province is drawn.

    Parameters
    ----------
    counts : MeasureCounts
    style : {"circles", "shades"}
        Circles by count, or shades by rate per 100,000 residents.
    classes : Classes
        Breaks of the rate, over all periods.
    largest : float
        Largest count over all periods; sets the scale of the circles.
    sources : sequence of str
        Who says so; shown below each figure.

    Returns
    -------
    dict
        As ``provinces`` in the payload.
    """
    rows = counts.rows
    drawn = rows["best"].fillna(rows["low"]).fillna(rows["high"])
    rate = rows["rate_best"].fillna(rows["rate_low"]).fillna(rows["rate_high"])
    shade = classes.index(rate)
    found: dict[str, dict[str, Any]] = {}
    for i, row in enumerate(rows.to_dict("records")):
        reported = known(drawn.iloc[i])
        figure = format_range(row["low"], row["best"], row["high"])
        tip = [row["province"], f"{counts.measure.label}: {figure}"]
        if reported:
            per = format_range(row["rate_low"], row["rate_best"], row["rate_high"])
            most = row["best"] if known(row["best"]) else row["high"]
            few = f" (fewer than {FEW} cases)" if known(most) and most < FEW else ""
            tip += [f"{per} per 100,000 residents{few}", describe_basis(row["basis"])]
            tip += [", ".join(sources)] if sources else []
            if known(row["implied"]):
                tip.append(f"{format_range(None, row['implied'], None)} implied by the total; stated by nobody")
        facts: dict[str, Any] = {"fill": "#ffffff" if reported else None, "tip": tip}
        if reported and style == "shades":
            facts["fill"] = classes.colors[int(shade.iloc[i])]
        elif reported:
            facts["radius"] = round(circle_radius(float(drawn.iloc[i]), largest), 1)
            facts["label"] = format_short(row["low"], row["best"], row["high"])
            facts["open"] = not known(row["best"]) and not known(row["high"])
            facts["contested"] = bool(row["contested"])
        found[row["province_code"]] = facts
    return found


def describe_sites(
    compounds: pd.DataFrame, source_names: dict[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return pins for sites that are placed closely enough, and province badges for the others.

    Parameters
    ----------
    compounds : DataFrame
        Compound records. Those listed only as context are left out: no source alleges them to be such a site.
    source_names : dict of str to str
        Short name of each source by its id.

    Returns
    -------
    sites, badges : list of dict
        As in the payload. Sites of no province are in neither; the caption counts them.
    """
    listed = distinct_sites(compounds[compounds["listing"].fillna("") != "context"])
    pinned = (
        listed["location_precision"].isin(PIN_PRECISIONS) & listed["latitude"].notna() & listed["longitude"].notna()
    )
    sites = []
    for row in listed[pinned].to_dict("records"):
        sources = ", ".join(source_names.get(name, name) for name in split_list(row["source_ids"]))
        status = row["status"] if row["status"] in STATUS_SYMBOLS else "unknown"
        uncertainty = row["coordinate_uncertainty_m"]
        dated = f" ({format_edtf(row['status_date_edtf'])})" if known(row["status_date_edtf"]) else ""
        words = f"{term(status)}{dated}"
        if status in _LICENCE_ACTS and row["listing"] in ("identified", "suspected"):
            # A licence is no answer to the allegation: the symbol stays that of an alleged site.
            act, status = term(status), "alleged_active"
            words = f"{term(status)} · latest reported: {act[0].lower()}{act[1:]}{dated}"
        place = f"Placed to the {term(row['location_precision']).lower()}"
        if known(uncertainty):
            place += f", within {uncertainty / 1000:,.0f} km"
        if any(name in split_list(row["outside_knowledge"]) for name in ("latitude", "longitude")):
            place += "; position from general knowledge, not from the source"
        sites.append(
            {
                "id": row["compound_id"],
                "at": [round(float(row["latitude"]), 5), round(float(row["longitude"]), 5)],
                "status": status,
                "uncertainty_m": float(uncertainty) if known(uncertainty) else 0,
                "tip": [row["name"], words],
                "popup": [
                    row["name"],
                    f"{term(row['compound_type'])} · {words}",
                    f"Alleged, according to: {sources}" if sources else "Alleged; no source given",
                    place,
                ],
            }
        )
    badges = []
    coarse = listed[~pinned & listed["province_code"].notna() & (listed["province_code"] != "")]
    for code, group in coarse.groupby("province_code", sort=True):
        names = [str(name) for name in group["name"]]
        more = [f"and {len(names) - 6} more"] if len(names) > 6 else []
        badges.append(
            {
                "code": code,
                "count": len(group),
                "word": "site" if len(group) == 1 else "sites",
                "tip": [
                    f"{plural(len(group), 'site')} in the province, place not known more closely",
                    *names[:6],
                    *more,
                ],
            }
        )
    return sites, badges


def describe_dots(
    records: pd.DataFrame, id_column: str, label: str, color: str, *, hollow: bool = False
) -> dict[str, Any]:
    """Return records with coordinates as one group of dots; only identifiers and numbers leave the server.

    A second group is `hollow`, so that it differs in more than colour.
    """
    placed = records[records["latitude"].notna() & records["longitude"].notna()]
    return {
        "color": color,
        "hollow": hollow,
        "label": label,
        "at": placed[["latitude", "longitude"]].astype(float).round(5).to_numpy().tolist(),
        "ids": placed[id_column].tolist(),
    }


def count_dots(dots: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return groups of dots as the legend names them, each with its number ``n``."""
    return [{name: group[name] for name in ("color", "hollow", "label")} | {"n": len(group["at"])} for group in dots]


def describe_legend(
    counts: MeasureCounts,
    style: Style,
    *,
    classes: Classes,
    largest: float,
    sites: list[dict[str, Any]],
    dots: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the legend: classes with n, sizes of circles, dots with n, symbols of the statuses that are shown."""
    rows = counts.rows
    rate = rows["rate_best"].fillna(rows["rate_low"]).fillna(rows["rate_high"])
    missing = int(rate.isna().sum())
    legend: dict[str, Any] = {
        "title": counts.measure.label,
        "note": counts.period.label(),
        "classes": [],
        "circles": [],
    }
    if style == "shades" and classes.upper:
        legend["note"] += "; per 100,000 residents (2019 census)"
        tally = classes.index(rate).value_counts()
        legend["classes"] = [
            {"fill": color, "label": label, "n": int(tally.get(i, 0))}
            for i, (color, label) in enumerate(zip(classes.colors, classes.labels, strict=True))
        ]
    elif largest > 0:
        steps = (
            sorted({1, int(largest)})
            if largest <= FEW
            else sorted({_round_down(largest), _round_down(largest / 5), _round_down(largest / 25)})
        )
        legend["circles"] = [
            {"radius": round(circle_radius(step, largest), 1), "label": f"{step:,}"} for step in steps if step >= 1
        ]
    legend["classes"].append({"fill": None, "label": "No report (this is not zero)", "n": missing})
    legend["dots"] = count_dots(dots)
    shown = pd.Series([site["status"] for site in sites], dtype="str").value_counts()
    legend["symbols"] = [
        {"color": symbol.color, "shape": symbol.shape, "label": term(status), "n": int(shown[status])}
        for status, symbol in STATUS_SYMBOLS.items()
        if status in shown
    ]
    footnotes = []
    if any(
        known(low) and not known(high) and not known(best)
        for low, best, high in rows[["low", "best", "high"]].to_numpy()
    ):
        footnotes.append(
            "Dotted ring, “+”: at least so many." if style == "circles" else "Drawn at the least that was stated."
        )
    if sites:
        footnotes.append("Dashed circle: the site lies somewhere inside. (n) = number.")
    legend["footnotes"] = footnotes
    return legend


def build_payload(
    *,
    provinces: dict[str, dict[str, Any]],
    sites: list[dict[str, Any]],
    badges: list[dict[str, Any]],
    dots: list[dict[str, Any]],
    legend: dict[str, Any],
    selected: str | None,
    language: str = "en",
) -> dict[str, Any]:
    """Return the whole payload, stamped with a checksum of its contents as ``version``."""
    payload: dict[str, Any] = {
        "language": language,
        "selected": selected,
        "provinces": provinces,
        "sites": sites,
        "statuses": {name: {"color": symbol.color, "shape": symbol.shape} for name, symbol in STATUS_SYMBOLS.items()},
        "badges": badges,
        "dots": dots,
        "legend": legend,
        "credit": f"{boundary_source()['attribution']} · Land: Natural Earth (public domain)",
    }
    stamp = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:12]
    return {"version": stamp, **payload}


def _round_down(value: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50 … that is not above `value`; 0 below 1."""
    if value < 1:
        return 0
    power = 10 ** math.floor(math.log10(value))
    return int(max(step * power for step in (1, 2, 5) if step * power <= value))
