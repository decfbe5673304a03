"""Sites as the map is told of them: pins where a place is known closely enough, badges of provinces elsewhere."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.labels import (
    format_edtf,
    known,
    term,
)
from charts.palette import STATUS_SYMBOLS
from data.schema import PIN_PRECISIONS, split_list
from data.sites import distinct_sites
from locales import say, say_many, write_digits

_LICENCE_ACTS = ("licence_granted", "licence_renewed")


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
            act = f"{act[0].lower()}{act[1:]}{dated}"
            words = say("{status} · latest reported: {act}", status=term(status), act=act)
        alleged = say("Alleged, according to: {names}", names=sources) if sources else say("Alleged; no source given")
        place = say("Placed to the {place}", place=term(row["location_precision"]).lower())
        if known(uncertainty):
            place += say(", within {figure} km", figure=write_digits(f"{uncertainty / 1000:,.0f}"))
        if any(name in split_list(row["outside_knowledge"]) for name in ("latitude", "longitude")):
            place += say("; position from general knowledge, not from the source")
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
                    alleged,
                    place,
                ],
            }
        )
    badges = []
    coarse = listed[~pinned & listed["province_code"].notna() & (listed["province_code"] != "")]
    for code, group in coarse.groupby("province_code", sort=True):
        names = [str(name) for name in group["name"]]
        more = [say("and {n} more", n=len(names) - 6)] if len(names) > 6 else []
        badges.append(
            {
                "code": code,
                "count": len(group),
                "word": say("site") if len(group) == 1 else say("sites"),
                "tip": [
                    say_many(
                        "{n} site in the province, place not known more closely",
                        "{n} sites in the province, place not known more closely",
                        len(group),
                    ),
                    *names[:6],
                    *more,
                ],
            }
        )
    return sites, badges
