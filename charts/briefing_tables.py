"""The numbers behind each figure of a briefing: as a table of values for files, and as one of words for people."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from charts.change_words import both_figures, format_change
from charts.claims_chart import tabulate_ladder
from charts.history_chart import tabulate_history
from charts.labels import describe_basis, format_figure, format_range, format_span, place_label
from charts.timeline_chart import tabulate_events
from data.briefing import Item
from data.briefing_views import events_of, ledger_of, sites_in_view
from data.change import Change, compare_counts
from data.claims import select_claims
from data.comparing import second_period
from data.measures import MeasureCounts, count_measure, find_measure
from data.periods import Period, split_period
from data.permalink import Choices
from data.snapshot import Snapshot
from locales import say

MOST_PERIODS = 12
"""So many small maps stand in one picture at most."""
_SIDES = ("low", "best", "high")


def measure_tables(snapshot: Snapshot, view: Choices) -> tuple[list[MeasureCounts], Change | None]:
    """Return the counts that a map or table of a view shows, the earlier period first, and their change if compared."""
    measure, period = find_measure(view.measure), _period(view)
    counts = count_measure(snapshot, measure, period)
    against = second_period(view, measure, period)
    if against is None:
        return [counts], None
    both = sorted((counts, count_measure(snapshot, measure, against)), key=lambda one: one.period)
    return both, compare_counts(*both)


def small_periods(view: Choices) -> list[Period]:
    """Return the periods of the small maps of a view: its last `MOST_PERIODS` steps of time."""
    grain = view.grain if view.grain in ("month", "quarter", "year") else "month"
    return list(split_period(_period(view), grain))[-MOST_PERIODS:]  # type: ignore[arg-type]


def values_of(snapshot: Snapshot, item: Item) -> pd.DataFrame:
    """Return the numbers of a figure as they are, for a file: one row a mark, days as ISO dates, missing is empty.

    Parameters
    ----------
    snapshot : Snapshot
    item : Item
        Its view names a period.

    Returns
    -------
    DataFrame
        Columns by kind of figure; those of `data.measures.MeasureCounts.rows` for maps and tables, with ``measure``,
        ``period_from`` and ``period_to`` (half-open) in front.
    """
    return _VALUES[item.figure](snapshot, item.view)


def _measure_values(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    return _join_counts(measure_tables(snapshot, view)[0])


def _multiple_values(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    measure = find_measure(view.measure)
    return _join_counts([count_measure(snapshot, measure, one) for one in small_periods(view)])


def _join_counts(tables: list[MeasureCounts]) -> pd.DataFrame:
    parts = []
    for counts in tables:
        rows = counts.rows
        if counts.measure.basis == "listed":
            period = {}
        else:
            period = {"period_from": counts.period.start.isoformat(), "period_to": counts.period.end.isoformat()}
        named = {"measure": counts.measure.name, **period}
        columns = ["province_code", "province", *_SIDES, "basis", "implied", "contested"]
        part = rows[[*columns, *(f"rate_{side}" for side in _SIDES)]].assign(
            claim_ids=[";".join(cell) for cell in rows["claim_ids"]]
        )
        parts.append(pd.DataFrame([named] * len(part), index=part.index).join(part))
    return pd.concat(parts, ignore_index=True)


def events_by_step(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    """Return the events of a view by step of time, as `charts.timeline_chart.tabulate_events` gives them."""
    return tabulate_events(events_of(snapshot, view), _period(view), view.grain)  # type: ignore[arg-type]


def _timeline_values(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    return _iso(events_by_step(snapshot, view))


def _claims_values(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    return _iso(ladder_of(snapshot, view))


def ladder_of(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    """Return the ladder of the claims of a view, as `charts.claims_chart.tabulate_ladder` gives it."""
    metric = view.measure.partition(":")[2]
    rows = select_claims(ledger_of(snapshot), _period(view), metric=metric, place=view.place).rows
    return tabulate_ladder(rows)


def lanes_of(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    """Return the marks of the histories of a view, as `charts.history_chart.tabulate_history` gives them."""
    steps, _ = sites_in_view(snapshot, view)
    names = snapshot.of("compound").set_index("compound_id")["name"]
    return tabulate_history(steps, names)


def _lane_values(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    return _iso(lanes_of(snapshot, view))


_VALUES: dict[str, Callable[[Snapshot, Choices], pd.DataFrame]] = {
    "map": _measure_values,
    "table": _measure_values,
    "multiples": _multiple_values,
    "timeline": _timeline_values,
    "claims": _claims_values,
    "lanes": _lane_values,
}


def _iso(table: pd.DataFrame) -> pd.DataFrame:
    dates = {name: table[name].dt.strftime("%Y-%m-%d") for name in table.select_dtypes("datetime").columns}
    return table.assign(**dates)


def words_of(snapshot: Snapshot, item: Item) -> pd.DataFrame:
    """Return the numbers of a figure in words, for a table that people read; columns and cells are texts.

    Provinces without a figure are left out; those that are withheld are not.
    """
    return _WORDS[item.figure](snapshot, item.view)


def _measure_words(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    tables, change = measure_tables(snapshot, view)
    return _counts_words(tables[0]) if change is None else _change_words(change)


def _multiple_words(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    parts = []
    for period in small_periods(view):
        counts = count_measure(snapshot, find_measure(view.measure), period)
        parts.append(_counts_words(counts).assign(**{say("Period"): period.label()}))
    return pd.concat(parts, ignore_index=True)


def _counts_words(counts: MeasureCounts) -> pd.DataFrame:
    rows = counts.rows
    order = rows["best"].fillna(rows["low"]).fillna(rows["high"]).astype("Float64")
    shown = rows[order.notna() | (rows["basis"] == "withheld")]
    shown = shown.loc[order[shown.index].fillna(-1).sort_values(ascending=False, kind="stable").index]
    listed = shown.to_dict("records")
    return pd.DataFrame(
        {
            say("Province"): [place_label(row["province_code"]) for row in listed],
            say("Figure"): [format_figure(row) for row in listed],
            say("Per 100,000 residents"): [format_figure(row, rate=True) for row in listed],
            say("Basis"): [
                describe_basis(row["basis"]) + (say("; contested") if row["contested"] else "") for row in listed
            ],
        },
        dtype="str",
    )


def _change_words(change: Change) -> pd.DataFrame:
    rows = change.rows[change.rows["reported_before"] | change.rows["reported_after"]]
    listed = rows.to_dict("records")
    both = [both_figures(row) for row in listed]
    return pd.DataFrame(
        {
            say("Province"): [place_label(row["province_code"]) for row in listed],
            change.before.label(): [one for one, _ in both],
            change.after.label(): [other for _, other in both],
            say("Change"): [format_change(row["low"], row["best"], row["high"]) for row in listed],
        },
        dtype="str",
    )


def _timeline_words(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    table = events_by_step(snapshot, view)
    return pd.DataFrame(
        {
            say("When"): [format_span(start, end) for start, end in zip(table["start"], table["end"], strict=True)],
            say("What"): table["group"].map(say),
            say("Events"): [format_range(low, None, high) for low, high in table[["low", "high"]].to_numpy()],
        },
        dtype="str",
    )


def _claims_words(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    table = ladder_of(snapshot, view)
    if table.empty:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            say("Says who"): table["said"],
            say("Figure"): table["figure"],
            say("Where"): table["where"],
            say("For which period"): table["when"],
            say("Contested"): [say("yes") if one else "" for one in table["contested"]],
        },
        dtype="str",
    )


def _lane_words(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    table = lanes_of(snapshot, view)
    if table.empty:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            say("Site"): table["site"],
            say("Reported"): table["label"],
            say("When"): table["when"],
            say("Records"): table["records"].astype("str"),
            say("Disputed"): [say("yes, by a named party") if one else "" for one in table["disputed"]],
        },
        dtype="str",
    )


_WORDS: dict[str, Callable[[Snapshot, Choices], pd.DataFrame]] = {
    "map": _measure_words,
    "table": _measure_words,
    "multiples": _multiple_words,
    "timeline": _timeline_words,
    "claims": _claims_words,
    "lanes": _lane_words,
}


def _period(view: Choices) -> Period:
    """Return the period of a view; ValueError when it names none."""
    if view.period is None:
        raise ValueError("the view of a figure names its period")
    return view.period
