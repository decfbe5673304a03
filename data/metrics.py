"""What can be counted, in which unit, and what may be added.

Two numbers are added only when they are of one metric. Over provinces they are added only within one claim family
(parts of one stated total); over time only when their periods do not overlap. `check_addable` refuses the rest, with
the reason, so that a forbidden sum is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from errors import MetricError
from locales import later, say

Unit = Literal[
    "complaints",
    "requests",
    "people",
    "nationalities",
    "cases",
    "sites",
    "provinces",
    "licences",
    "percent",
    "usd",
    "tier",
]
Nature = Literal["flow", "stock", "share", "rank"]


@dataclass(frozen=True)
class Metric:
    """One thing that is counted.

    Attributes
    ----------
    name : str
        Its name in data, shell and links.
    english : str
        Its name in English; `label` is its name on screen.
    unit : Unit
        What one is one of.
    nature : {"flow", "stock", "share", "rank"}
        A flow happens in a period and adds up over periods and places; a stock is there at a time and adds up over
        places only; a share or a rank never adds up.
    meaning : str
        One sentence in English; `definition` is that of captions.
    """

    name: str
    english: str
    unit: Unit
    nature: Nature
    meaning: str

    @property
    def label(self) -> str:
        """Its name on screen."""
        return say(self.english)

    @property
    def definition(self) -> str:
        """One sentence for captions."""
        return say(self.meaning)


_ALL = (
    Metric("complaints_received", later("Complaints received"), "complaints", "flow",
           later("Complaints linked to human trafficking or illegal detention that the speaker says it received.")),
    Metric("intervention_requests", later("Requests for intervention"), "requests", "flow",
           later("Requests for help or rescue that the speaker says it received or answered.")),
    Metric("people_in_requests", later("People in requests"), "people", "flow",
           later("People on whose behalf help was requested; not people rescued.")),
    Metric("nationalities_in_requests", later("Nationalities in requests"), "nationalities", "share",
           later("Number of nationalities of the people in requests; never added, because nationalities recur.")),
    Metric("requests_decline_percent", later("Decline in requests (%)"), "percent", "share",
           later("How much fewer the requests are than in an earlier period, in percent of the earlier number, "
                 "as stated.")),
    Metric("people_released", later("People released"), "people", "flow",
           later("People whom authorities say they released from a site.")),
    Metric("people_rescued", later("People rescued"), "people", "flow",
           later("People whom the speaker says were rescued in Cambodia.")),
    Metric("people_repatriated", later("People repatriated"), "people", "flow",
           later("People who returned to their own country.")),
    Metric("people_escaped", later("People escaped"), "people", "flow",
           later("People who left a site by themselves.")),
    Metric("people_arrested", later("People arrested"), "people", "flow",
           later("People whom the speaker says were arrested.")),
    Metric("suspects_detained", later("Suspects detained"), "people", "flow",
           later("Suspects whom the speaker says were detained.")),
    Metric("suspects_to_court", later("Suspects sent to court"), "people", "flow",
           later("Suspects whom the speaker says were sent to court.")),
    Metric("cases_cracked_down", later("Cases cracked down on"), "cases", "flow",
           later("Trafficking cases that the speaker says police acted upon.")),
    Metric("trafficking_reports", later("Trafficking reports recorded"), "cases", "flow",
           later("Reports of human trafficking in all forms that the speaker says were recorded.")),
    Metric("sites_raided", later("Sites raided"), "sites", "flow", later("Buildings or compounds that were raided.")),
    Metric("provinces_raided", later("Provinces with raids"), "provinces", "share",
           later("Number of provinces in which raids took place; never added, because provinces recur.")),
    Metric("provinces_with_scam_centres", later("Provinces with scam centres"), "provinces", "share",
           later("Number of provinces in which scam centres were reportedly operating; never added.")),
    Metric("people_held_estimate", later("People held (estimate)"), "people", "stock",
           later("Estimate of people held or forced to work at a time; not a count of rescues.")),
    Metric("people_involved_estimate", later("People involved (estimate)"), "people", "stock",
           later("Estimate of people involved in the industry in any capacity over several years; "
                 "not of people held.")),
    Metric("people_stranded", later("People stranded (estimate)"), "people", "stock",
           later("Estimate of people of one nationality who cannot leave; not a count of rescues.")),
    Metric("complaints_true_percent", later("Complaints found true (%)"), "percent", "share",
           later("Share of complaints that the speaker says proved true.")),
    Metric("nationals_rescued_abroad", later("Cambodians rescued abroad"), "people", "flow",
           later("Cambodian citizens rescued in other countries; never counted as rescues in Cambodia.")),
    Metric("licences_renewed", later("Licences renewed"), "licences", "flow",
           later("Casino licences that were renewed.")),
    Metric("usd_lost", later("Money lost (US$)"), "usd", "flow",
           later("US dollars that victims of scams are said to have lost.")),
    Metric("usd_revenue", later("Revenue of scam centres (US$)"), "usd", "flow",
           later("US dollars that scam centres are said to take in; not the losses of their victims.")),
    Metric("tip_tier", later("TIP report tier"), "tier", "rank",
           later("Tier in the US State Department's Trafficking in Persons report; a rank, never added.")),
)  # fmt: skip

METRICS: dict[str, Metric] = {metric.name: metric for metric in _ALL}
"""Every metric by name, in the order of menus."""


def find_metric(name: str) -> Metric:
    """Return the metric called `name`.

    Raises
    ------
    MetricError
        When there is no such metric; the hint lists those that there are.
    """
    if name not in METRICS:
        raise MetricError(
            say("There is no metric called “{name}”.", name=name),
            say("Known metrics: {names}.", names=", ".join(METRICS)),
            metric=name,
        )
    return METRICS[name]


def check_addable(names: Iterable[str], *, over: Literal["places", "periods"] = "places") -> Metric:
    """Return the one metric of `names` if its values may be added over places or periods.

    Raises
    ------
    MetricError
        When the names are of different metrics, or the metric does not add up that way; the message says why.
    """
    found = list(dict.fromkeys(names))
    if len(found) != 1:
        labels = say(" and ").join(f"“{find_metric(name).label}”" for name in found)
        raise MetricError(
            say("{labels} are different things and are never added.", labels=labels)
            if found
            else say("No metric was named."),
            say("Choose one metric."),
            metrics=found,
        )
    metric = find_metric(found[0])
    if metric.nature in ("share", "rank") or (metric.nature == "stock" and over == "periods"):
        reason = {
            "share": later("“{label}” is a share or a number of places, in which the same ones recur"),
            "rank": later("“{label}” is a rank"),
            "stock": later(
                "“{label}” counts people who are there at a time, so the same people recur in the next period"
            ),
        }[metric.nature]
        things = say("places") if over == "places" else say("periods")
        raise MetricError(
            say("{reason}; it is not added over {things}.", reason=say(reason, label=metric.label), things=things),
            say("Read each value by itself."),
            metric=metric.name,
        )
    return metric
