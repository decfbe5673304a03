"""Problems in single rows: each with a code, a row number as a spreadsheet shows it, and what to do.

Frames of issues have the columns of `ISSUE_COLUMNS`. The sentence is written from the code's template when it is
shown or exported, so that a million bad rows cost a million small codes, not a million sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from locales import say

Severity = Literal["reject", "duplicate", "warn"]

ISSUE_COLUMNS = ("row_number", "code", "severity", "field", "value", "message", "hint")


@dataclass(frozen=True)
class IssueType:
    """Why a row is rejected, set aside or marked; the texts may hold ``{field}``, ``{value}`` and ``{detail}``."""

    code: str
    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True)
class Issue:
    """One problem in one row.

    Attributes
    ----------
    code : str
        Key into `ISSUES`.
    row_number : int
        The line as a spreadsheet shows it: the header is line 1.
    field : str
        Column of the record, or the file's header where it is none.
    value : str
        The cell as it stands in the file.
    detail : str
        What the message adds: candidates, limits, distances.
    """

    code: str
    row_number: int
    field: str = ""
    value: str = ""
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """Whether the row is rejected, set aside as a duplicate, or only marked."""
        return ISSUES[self.code].severity

    @property
    def message(self) -> str:
        """What was found, as one sentence."""
        return say(ISSUES[self.code].message, field=self.field, value=self.value, detail=self.detail)

    @property
    def hint(self) -> str:
        """What to do about it."""
        return say(ISSUES[self.code].hint, field=self.field, value=self.value, detail=self.detail)


_ALL = (
    IssueType("too_many_cells", "reject", "The row has more cells than the header: {detail}.",
              "Look for a stray separator, or a comma in a cell without quotes."),
    IssueType("too_few_cells", "reject", "The row has fewer cells than the header: {detail}.",
              "Fill in the missing cells; leave them empty where unknown."),
    IssueType("looks_like_total", "reject", "The row looks like a total, not a record.",
              "Leave totals out of the file; state them as a claim."),
    IssueType("looks_like_footnote", "reject", "The row looks like a note below the table, not a record.",
              "Leave it out of the table; what it says of the source belongs in the columns."),
    IssueType("shape_not_point", "warn", "The feature is {detail}, not a point; no coordinates were taken from it.",
              "Give a point, or name the place in a column."),
    IssueType("shape_broken", "warn", "The shape of the feature is broken: {detail}.",
              "Repair it in the program that drew it; nothing was taken from it."),
    IssueType("value_missing", "reject", "“{field}” is empty.", "Fill it in: this kind of record needs it."),
    IssueType("date_unreadable", "reject", "“{value}” in “{field}” is not a date{detail}.",
              "Write dates as 2023-04-01; a month as 2023-04, a year as 2023."),
    IssueType("date_ambiguous", "reject", "“{value}” in “{field}” can be read as {detail}.",
              "Say for the whole file whether the day or the month comes first (day_first)."),
    IssueType("date_order_differs", "reject", "“{value}” in “{field}” is in another order than the rest{detail}.",
              "Write all dates of a file in one order, best as 2023-04-01, or say which comes first (day_first)."),
    IssueType("date_buddhist_era", "reject", "“{value}” in “{field}” looks like a year of the Buddhist era: {detail}.",
              "Say that the years are of the Buddhist era (buddhist_era), or write those of the common era."),
    IssueType("date_excel_serial", "reject", "“{value}” in “{field}” looks like a spreadsheet's day number: {detail}.",
              "Say that these are day numbers (excel_dates), or format the column as a date and save it again."),
    IssueType("date_converted", "warn", "“{value}” in “{field}” was converted: {detail}.",
              "Check one or two of them; the file keeps what was written."),
    IssueType("date_in_future", "reject", "“{value}” in “{field}” lies in the future.", "Check the year."),
    IssueType("date_before_2000", "warn", "“{value}” in “{field}” lies before the year 2000.", "Check the year."),
    IssueType("dates_reversed", "reject", "The period ends before it begins ({detail}).", "Exchange the two dates."),
    IssueType("dates_disagree", "warn", "“{value}” in “{field}” differs from the written date, which gives {detail}.",
              "The given day was kept; check both. An end is the day after the last day."),
    IssueType("number_unreadable", "reject", "“{value}” in “{field}” is not a number that we can count with{detail}.",
              "Write a whole number such as 1480, or “more than 1000”, “2000-5000”."),
    IssueType("number_ambiguous", "reject", "“{value}” in “{field}” can be read as {detail}.",
              "Write it without separators, or say what the comma means in this file (decimal_comma)."),
    IssueType("number_not_exact", "reject", "“{value}” in “{field}” is not one exact number.",
              "Give the number of people this row is about; state ranges and estimates as a claim."),
    IssueType("range_reversed", "reject", "Lowest, best and highest number are out of order ({detail}).",
              "The lowest must come first."),
    IssueType("choice_unknown", "reject", "“{value}” is not one of the values of “{field}”{detail}.",
              "Use one of the values in the template."),
    IssueType("coordinates_incomplete", "reject", "Only one of latitude and longitude is given.",
              "Give both, or leave both empty and name the place."),
    IssueType("coordinates_unreadable", "reject", "“{value}” in “{field}” is not a coordinate{detail}.",
              "Write decimal degrees such as 11.067 or 11°04'01\"N."),
    IssueType("coordinates_zero", "reject", "The coordinates are 0 ({detail}).",
              "Leave both empty when the place is not known."),
    IssueType("coordinates_swapped", "reject", "Latitude and longitude look swapped ({detail}).",
              "Say that they are swapped (swap_coordinates) to exchange them for the whole file; where only some rows "
              "are, rewrite the two cells of the row."),
    IssueType("coordinates_projected", "reject", "The coordinates look like metres of a map projection ({detail}).",
              "Say which projection it is (crs), or convert them to degrees of latitude and longitude (WGS 84) first."),
    IssueType("coordinates_converted", "warn", "The coordinates were converted from {detail}.",
              "The record is as uncertain as that at least; check a place that you know."),
    IssueType("coordinates_coarse", "warn", "“{value}” has too few decimals for a point: it is good to about {detail}.",
              "Add decimals if you have them; the record is not drawn as an exact point."),
    IssueType("coordinates_repeated", "warn", "{detail} rows of the file have the very same point.",
              "If it only stands for a town or a province, say so in location_precision."),
    IssueType("coordinates_centre", "warn", "The point that many rows share is perhaps the middle of {detail}.",
              "If it stands for the whole province, say so in location_precision."),
    IssueType("outside_cambodia", "warn", "The point lies outside Cambodia, {detail} from the border.",
              "Check the coordinates; the record is kept, but belongs to no province."),
    IssueType("nearest_province", "warn", "The point lies just off the map of the provinces; {detail}.",
              "Check the coordinates."),
    IssueType("place_unknown", "reject", "“{value}” is not a place that we know{detail}.",
              "Correct the spelling, or give coordinates or a province code."),
    IssueType("place_ambiguous", "reject", "“{value}” can be more than one place: {detail}.",
              "Add the province, or give a province code."),
    IssueType("place_missing", "warn", "No place is given.", "The record counts for the country, but for no province."),
    IssueType("place_disagrees", "warn", "The place “{value}” and the coordinates disagree: {detail}.",
              "The coordinates were used; check both."),
    IssueType("code_disagrees", "warn", "The province code “{value}” disagrees with {detail}.",
              "The code was used; check both."),
    IssueType("duplicate_id", "reject", "The identifier “{value}” occurs more than once: {detail}.",
              "Give each record its own identifier."),
    IssueType("duplicate_of_row", "duplicate", "The record is the same as that of row {detail}.",
              "Nothing to do: it is kept once."),
    IssueType("duplicate_of_stored", "duplicate", "The record “{value}” is stored already, with the same content.",
              "Nothing to do: it is kept once."),
    IssueType("left_out", "duplicate", "The row was left out as a duplicate by a person.",
              "Take it off the list of rows to leave out to have it back."),
    IssueType("duplicate_row", "warn", "The row is the same as row {detail}.", "Check that it is not counted twice."),
    IssueType("same_as_stored", "warn", "The row has the same content as the stored record “{detail}”.",
              "Check that it is not counted twice; leave the row out if it is the same record."),
    IssueType("near_duplicate", "warn", "The row resembles {detail}: the same day, province and number of people.",
              "Check that it is not counted twice; leave the row out if it is the same record."),
    IssueType("legacy_khmer_font", "warn", "“{value}” in “{field}” seems typed in a legacy Khmer font (Limon, ABC).",
              "It is kept as it is, and is no Unicode text; convert it, or say which place it is."),
    IssueType("personal_data", "reject", "“{field}” seems to hold personal data ({detail}).",
              "Take names, telephone, passport and e-mail details out before uploading."),
)  # fmt: skip

ISSUES: dict[str, IssueType] = {issue.code: issue for issue in _ALL}
"""Every reason to reject or to warn, by code."""

FINDING_COLUMNS = ("row_number", "code", "field", "value", "detail")
"""Columns of a frame of findings: issues whose sentence is not written yet."""

_NOTHING = pd.DataFrame({name: pd.Series(dtype="int64" if name == "row_number" else "str") for name in FINDING_COLUMNS})


def find_rows(
    code: str, row_numbers: ArrayLike, field: str = "", values: ArrayLike | str = "", details: ArrayLike | str = ""
) -> pd.DataFrame:
    """Return one finding per row, with `FINDING_COLUMNS`.

    Parameters
    ----------
    code : str
        Key into `ISSUES`; KeyError when there is none.
    row_numbers : array-like of int
        The rows concerned.
    field : str
        Column concerned.
    values, details : array-like of str, or str
        Per row, or the same for all.
    """
    numbers = pd.Series(np.asarray(row_numbers, dtype="int64"))
    if numbers.empty:
        return _NOTHING
    columns = {"code": ISSUES[code].code, "field": field, "value": values, "detail": details}
    parts = {
        name: pd.Series(given if isinstance(given, str) else np.asarray(given, dtype=object), numbers.index, "str")
        for name, given in columns.items()
    }
    return pd.DataFrame({"row_number": numbers, **parts})


def join_findings(findings: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return frames of findings as one, without repeats."""
    filled = [frame for frame in findings if len(frame)]
    return pd.concat(filled, ignore_index=True).drop_duplicates() if filled else _NOTHING


def describe_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Return findings as a frame with `ISSUE_COLUMNS`; each distinct sentence is written once."""
    distinct = findings.drop_duplicates(["code", "field", "value", "detail"])
    parts = zip(distinct["code"], distinct["field"], distinct["value"], distinct["detail"], strict=True)
    known = [Issue(code, 0, field, value, detail) for code, field, value, detail in parts]
    texts = pd.DataFrame(
        {
            "severity": pd.Series([issue.severity for issue in known], distinct.index, "str"),
            "message": pd.Series([issue.message for issue in known], distinct.index, "str"),
            "hint": pd.Series([issue.hint for issue in known], distinct.index, "str"),
        }
    )
    keys = ["code", "field", "value", "detail"]
    described = findings.merge(distinct[keys].join(texts), on=keys, how="left")
    ordered = described.sort_values(["row_number", "field", "code"], kind="stable", ignore_index=True)
    return ordered[list(ISSUE_COLUMNS)]


def issues_frame(issues: list[Issue]) -> pd.DataFrame:
    """Return issues as a frame with `ISSUE_COLUMNS`, in the order of the rows of the file."""
    rows = [
        (issue.row_number, issue.code, issue.severity, issue.field, issue.value, issue.message, issue.hint)
        for issue in sorted(issues, key=lambda issue: (issue.row_number, issue.field, issue.code))
    ]
    frame = pd.DataFrame(rows, columns=list(ISSUE_COLUMNS))
    return frame.astype({name: "int64" if name == "row_number" else "str" for name in ISSUE_COLUMNS})
