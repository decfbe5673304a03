"""What is reported of each site, step by step (alleged, raided, closed, reopened, …), and what came after a raid.

A step is one record read as one dated change. Rows that are probably one place (``same_as``), and parts beside their
whole (``part_of``), share the history of one site. Two steps are in a certain order only when their dates do not
overlap; a date that only a report bounds ("on or before") has no first day. That no later sign of activity is reported
does not mean that there was none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.dates import WrittenDate, parse_date
from data.pairings import find_pairings, name_each
from data.schema import KINDS, PERIOD_COLUMNS, STATUSES
from data.sites import group_sites
from data.statements import DISPUTING_STANCES

SIGN = "alleged_active"
"""The step of every record that alleges activity at a site, whether it names the activity or someone's fate there."""
SIGNS = (SIGN, "reopened")
"""Steps that are a sign of activity."""
STEPS = tuple(status for status in STATUSES if status != "unknown")

EVENT_STEPS: dict[str, str] = {
    "raid": "raided",
    "closure": "closed",
    "relocation": "relocated",
    "rescue": SIGN,
    "escape": SIGN,
    "kidnapping": SIGN,
    "death": SIGN,
    "report_published": SIGN,
}
"""Step of an event of each type. A ``licence_action`` is read by its words, a statement or an inspection that takes
part in a dispute is ``contested``, and every other type is no step."""
DISPUTABLE = ("official_statement", "inspection")
CLAIM_STEPS: dict[str, str] = {
    "complaints_received": SIGN,
    "intervention_requests": SIGN,
    "people_in_requests": SIGN,
    "people_released": SIGN,
    "people_rescued": SIGN,
    "people_escaped": SIGN,
    "people_held_estimate": SIGN,
    "people_involved_estimate": SIGN,
    "people_stranded": SIGN,
    "trafficking_reports": SIGN,
    "licences_renewed": "licence_renewed",
}
"""Step of a claim about a site by its metric; a claim that doubts or denies is ``contested`` whatever its metric."""

STEP_COLUMNS = {
    "site_id": "str",
    "compound_id": "str",
    "step": "str",
    "date_edtf": "str",
    "start": "datetime64[us]",
    "end": "datetime64[us]",
    "dated_by_report": "bool",
    "record_kind": "str",
    "record_id": "str",
    "grading": "str",
    "source_ids": "str",
    "quote": "str",
}
SMALLEST_SHARE = 10
"""Below so many raided sites only counts are given, no share."""

_REFUSED = r"\b(?:refus|revok|suspend|withdr|cancel|expire|den(?:y|ied)|not (?:been )?renew)"
_RENEWED = r"\brenew"
_GRANTED = r"\b(?:granted|newly licen[cs]ed|new licen[cs]e|licen[cs]e issued|issued (?:with )?a (?:\w+ )?licen[cs]e)\b"


@dataclass(frozen=True)
class AfterRaid:
    """What is reported of raided sites after the raid; ``n_raided`` is the sum of the other three numbers.

    Attributes
    ----------
    n_raided : int
        Sites with at least one raid.
    n_with_later_activity : int
        Of these, sites with a sign of activity that certainly lies after a raid.
    n_without : int
        Sites of which no sign is reported, or only signs from before every raid. Not the same as no activity.
    n_unknown_order : int
        Sites with a sign that may lie before or after: the dates overlap, or one is missing.
    sites : DataFrame
        One row a raided site: `site_id`, `outcome` (``later``, ``none`` or ``unknown``), `raid_id` (record of the raid
        that is over first) and `sign_id` (record of the latest sign of activity; missing when there is none).
    """

    n_raided: int
    n_with_later_activity: int
    n_without: int
    n_unknown_order: int
    sites: pd.DataFrame

    @property
    def share(self) -> float | None:
        """Share of raided sites with later signs, 0 to 1; None when there are fewer than ``SMALLEST_SHARE``."""
        return self.n_with_later_activity / self.n_raided if self.n_raided >= SMALLEST_SHARE else None


def compound_steps(
    compounds: pd.DataFrame, events: pd.DataFrame, claims: pd.DataFrame, *, parts: bool = True
) -> pd.DataFrame:
    """Return the dated history of every site, one row for each record and each compound that it is about.

    Parameters
    ----------
    compounds, events, claims : DataFrame
        Records. Compounds listed only as context have no history, for nothing is alleged of them; events and claims
        that name no listed compound are about no site.
    parts : bool
        As in `group_sites`.

    Returns
    -------
    DataFrame
        `STEP_COLUMNS`, sorted by site and last possible day, undated steps last. `start` and `end` are half-open and
        missing where that side is not known; `start` is missing and `dated_by_report` true where only a report bounds
        the date (a published report says nothing about the day of what it reports). `record_kind` (compound, event or
        claim) and `record_id` lead to the record; `grading` is that of an event.
    """
    listed = compounds[compounds["listing"].fillna("") != "context"]
    sites = group_sites(listed, parts=parts)
    found = pd.concat(
        [_status_steps(listed), _event_steps(events, claims, sites), _claim_steps(claims)], ignore_index=True
    )
    found = found[found["step"].isin(STEPS) & found["compound_id"].isin(sites.index)]
    found = found.assign(site_id=found["compound_id"].map(sites))
    place = {step: number for number, step in enumerate(STEPS)}
    ordered = found.assign(day=found["end"].fillna(found["start"]), place=found["step"].map(place)).sort_values(
        ["site_id", "day", "start", "place", "record_kind", "record_id", "compound_id"], na_position="last"
    )
    return ordered[list(STEP_COLUMNS)].astype(STEP_COLUMNS).reset_index(drop=True)


def latest_statuses(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the latest status that a compound's own row states, by site: `STEP_COLUMNS` with index ``site_id``."""
    stated = steps[steps["record_kind"] == "compound"]
    day = stated["end"].fillna(stated["start"])
    ordered = stated.assign(day=day).sort_values(["site_id", "day"], na_position="first", kind="stable")
    return ordered.drop_duplicates("site_id", keep="last").set_index("site_id", drop=False)[list(STEP_COLUMNS)]


def after_raid(steps: pd.DataFrame) -> AfterRaid:
    """Return how many raided sites have later signs of activity, as far as the order of the dates is certain.

    Parameters
    ----------
    steps : DataFrame
        As `compound_steps` gives it. Records graded ``discounted`` count neither as a raid nor as a sign.
    """
    valid = steps[steps["grading"].fillna("") != "discounted"]
    raids, signs = valid[valid["step"] == "raided"], valid[valid["step"].isin(SIGNS)]
    first = raids.sort_values(["end", "record_id"]).drop_duplicates("site_id").set_index("site_id")
    last = signs.sort_values(["start", "end", "record_id"], na_position="first").drop_duplicates("site_id", keep="last")
    sites = first[["end", "record_id"]].set_axis(["first_end", "raid_id"], axis="columns")
    sites = sites.join(last.set_index("site_id")[["start", "record_id"]].set_axis(["last_start", "sign_id"], axis=1))
    # A raid that may lie arbitrarily early has no first day, a sign that may lie arbitrarily late no last one.
    starts, ends = raids.groupby("site_id")["start"], signs.groupby("site_id")["end"]
    sites["first_start"] = starts.min().where(starts.count() == starts.size()).reindex(sites.index)
    sites["last_end"] = ends.max().where(ends.count() == ends.size()).reindex(sites.index)
    later = sites["last_start"] >= sites["first_end"]
    none = sites["sign_id"].isna() | (sites["last_end"] <= sites["first_start"])
    outcome = np.select([later, none], ["later", "none"], "unknown")
    table = sites.assign(outcome=pd.Series(outcome, index=sites.index, dtype="str"))
    counted = table["outcome"].value_counts()
    return AfterRaid(
        n_raided=len(table),
        n_with_later_activity=int(counted.get("later", 0)),
        n_without=int(counted.get("none", 0)),
        n_unknown_order=int(counted.get("unknown", 0)),
        sites=table.rename_axis("site_id").reset_index()[["site_id", "outcome", "raid_id", "sign_id"]],
    )


def _status_steps(compounds: pd.DataFrame) -> pd.DataFrame:
    """Return the status on each compound's own row as a step; a date that cannot be read leaves it undated."""
    texts = compounds["status_date_edtf"]
    written = {text: parse_date(text) for text in texts.dropna().unique()}
    days = {text: date for text, date in written.items() if isinstance(date, WrittenDate)}
    start = pd.to_datetime(texts.map({text: date.start for text, date in days.items()}))
    end = pd.to_datetime(texts.map({text: date.end for text, date in days.items()}))
    return _as_steps(compounds, "compound", step=compounds["status"], date=texts, start=start, end=end)


def _event_steps(events: pd.DataFrame, claims: pd.DataFrame, sites: pd.Series) -> pd.DataFrame:
    about = name_each(events)
    step = about["event_type"].map(EVENT_STEPS)
    licence = about["event_type"] == "licence_action"
    step = step.mask(licence, _read_licence(about))
    disputed = about["contested_by"].fillna("") != ""
    answers = about["event_id"].isin(find_pairings(events, claims, sites)["answer_id"].dropna())
    step = step.mask(about["event_type"].isin(DISPUTABLE) & (disputed | answers), "contested")
    start, end = (about[column] for column in PERIOD_COLUMNS["event"])
    # What a report published on a day reports may be older; only its end is bounded.
    start = start.mask((about["event_type"] == "report_published") & end.notna())
    return _as_steps(about, "event", step=step, date=about["event_date_edtf"], start=start, end=end)


def _claim_steps(claims: pd.DataFrame) -> pd.DataFrame:
    about = name_each(claims)
    nothing = (about["high"].fillna(about["best"]) == 0).fillna(False)
    step = about["metric"].map(CLAIM_STEPS).mask(nothing).mask(about["stance"].isin(DISPUTING_STANCES), "contested")
    start, end = (about[column] for column in PERIOD_COLUMNS["claim"])
    return _as_steps(about, "claim", step=step, date=about["period_edtf"], start=start, end=end)


def _read_licence(events: pd.DataFrame) -> pd.Series:
    """Return what the words of a licence action say; missing when they do not say it, or say it was refused."""
    words = events["description"].fillna("") + "\n" + events["quote"].fillna("")
    found = {name: words.str.contains(pattern, case=False) for name, pattern in
             (("refused", _REFUSED), ("renewed", _RENEWED), ("granted", _GRANTED))}  # fmt: skip
    step = pd.Series(pd.NA, index=events.index, dtype="str")
    step = step.mask(found["granted"], "licence_granted").mask(found["renewed"], "licence_renewed")
    return step.mask(found["refused"])


def _as_steps(
    records: pd.DataFrame, kind: str, *, step: pd.Series, date: pd.Series, start: pd.Series, end: pd.Series
) -> pd.DataFrame:
    missing = pd.Series(pd.NA, index=records.index, dtype="str")
    facts = {
        "compound_id": records["compound_id"],
        "step": step,
        "date_edtf": date,
        "start": start,
        "end": end,
        "dated_by_report": start.isna() & end.notna(),
        "record_kind": kind,
        "record_id": records[KINDS[kind].id_field],
        "grading": records.get("grading", missing),
        "source_ids": records["source_ids"],
        "quote": records["quote"],
    }
    dtypes = {name: dtype for name, dtype in STEP_COLUMNS.items() if name in facts}
    return pd.DataFrame(facts, index=records.index).astype(dtypes)
