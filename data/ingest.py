"""One file in, records and reasons out: reads, names, cleans, checks and places, and loses no row on the way.

Every row of the file ends up in exactly one of `ImportResult.accepted`, `ImportResult.rejected` and
`ImportResult.duplicates`. Nothing is stored here, and nothing but the bytes, what a person decided, the records that
are stored and the day counts: the same again gives the same again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType

import pandas as pd

from data.cells import Conventions
from data.clean import clean_cells
from data.columns import name_columns
from data.decisions import PlaceDecisions, check_decisions, check_left_out, choose_values, edit_cells
from data.duplicates import find_duplicates
from data.hidden_sheets import refuse_hidden_sheets
from data.hxl import hxl_columns
from data.import_result import PAIR_COLUMNS, REPORT_COLUMNS, ROW_NUMBER, DateOrder, ImportResult
from data.issues import ISSUES, describe_findings, find_rows, join_findings
from data.locate import locate_records
from data.options import AS_IT_IS, DEGREES, ImportOptions
from data.progress import Progress, silent
from data.read import Table
from data.redact import find_private_cells, read_for
from data.schema import KINDS, Kind
from data.text_columns import keep_cells
from data.validate import validate_records

__all__ = ["PAIR_COLUMNS", "PHNOM_PENH", "REPORT_COLUMNS", "ROW_NUMBER", "DateOrder", "ImportResult", "ingest"]

PHNOM_PENH = timezone(timedelta(hours=7))
"""Cambodia's time; it knows no summer time."""
_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


def ingest(
    content: bytes,
    file_name: str,
    kind: str,
    options: ImportOptions = AS_IT_IS,
    *,
    stored: pd.DataFrame | None = None,
    aliases: Mapping[str, str] = _NO_ALIASES,
    today: date | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Return the records of a file and the reasons against its other rows.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        As the person calls it; for messages, never opened.
    kind : str
        Key into ``schema.KINDS``.
    options : ImportOptions
        What a person says about the file.
    stored : DataFrame, optional
        The live records of that kind, as ``Store.read`` returns them: what the rows may be duplicates of.
    aliases : mapping of str to str
        What a person has decided about places at earlier imports, as in `ImportOptions.places`, which goes before.
    today : date, optional
        The current day in Phnom Penh when not given.
    progress : Progress
        Is told before each step.

    Raises
    ------
    UploadError
        The file as a whole cannot be taken in, or a decision does not fit it: see its subclasses.
    """
    day = today or datetime.now(PHNOM_PENH).date()
    # Whatever the steps made on their way is let go before the accepted rows are copied.
    return _sort_rows(_examine_rows(content, file_name, KINDS[kind], options, stored, aliases, day, progress))


def _examine_rows(
    content: bytes,
    file_name: str,
    record_kind: Kind,
    options: ImportOptions,
    stored: pd.DataFrame | None,
    aliases: Mapping[str, str],
    day: date,
    progress: Progress,
) -> ImportResult:
    """Return all rows as accepted ones, and everything that is found in them."""
    check_decisions(options, record_kind)
    progress(0.0, "Reading the file")
    as_it_came = read_for(content, file_name, options)
    refuse_hidden_sheets(content, file_name, as_it_came.reading, crs=options.crs)
    table = edit_cells(as_it_came, options.edits)
    left_out = check_left_out(table.rows, options.leave_out)
    whole = table.whole
    whole = whole[~whole.index.isin(left_out)] if len(left_out) else whole
    tagged = hxl_columns(table.reading.hxl, record_kind)
    named = name_columns(whole, record_kind, options.columns, options.left_out, options.constants, tagged)
    fields = choose_values(named.fields, options.values)
    progress(0.4, "Reading dates, numbers and places")
    cleaned = clean_cells(fields, record_kind, _conventions(options, table))
    progress(0.6, "Finding the provinces")
    decide = PlaceDecisions(options.places, aliases).code_of
    located = locate_records(cleaned.records, record_kind, decide)
    progress(0.7, "Checking the rows")
    found = [
        table.findings,
        cleaned.findings,
        located.findings,
        validate_records(cleaned.records, fields.join(named.others), record_kind, today=day),
        find_private_cells(as_it_came.rows, named.mapping, options.edits),
    ]
    progress(0.85, "Looking for duplicates")
    refused = _rejected(join_findings(found))
    given_ids = located.records[record_kind.id_field].notna()
    records = _number_records(located.records, record_kind, table.sha256).assign(extra=named.extra)
    alike = find_duplicates(records, record_kind, given_ids, refused, stored)
    findings = join_findings([*found, alike.findings, find_rows("left_out", left_out)])
    return ImportResult(
        record_kind.name,
        file_name,
        table.sha256,
        table.reading,
        records,
        table.rows,
        describe_findings(_hide_personal_data(findings)),
        table.rows,
        named.mapping,
        options,
        pairs=alike.pairs,
    )


def _conventions(options: ImportOptions, table: Table) -> Conventions:
    return Conventions(
        options.day_first,
        options.swap_coordinates,
        options.decimal_comma,
        table.reading.delimiter == ";",
        options.buddhist_era,
        options.excel_dates,
        None if options.crs == DEGREES else options.crs,
    )


def _rejected(issues: pd.DataFrame) -> pd.Index:
    """Return the rows of findings or issues that are rejected."""
    rejecting = {code for code in issues["code"].unique() if ISSUES[code].severity == "reject"}
    rows: pd.Index = pd.Index(issues.loc[issues["code"].isin(rejecting), ROW_NUMBER].unique(), dtype="int64")
    return rows


def _sort_rows(result: ImportResult) -> ImportResult:
    """Put each row where its gravest issue says: left out by a person, else rejected, else duplicate, else accepted."""
    issues, rows = result.issues, result.rows
    left_out = issues.loc[issues["code"] == "left_out", ROW_NUMBER]
    personal = issues.loc[issues["code"] == "personal_data", ROW_NUMBER]
    rejected = rows.index.isin(issues.loc[issues["severity"] == "reject", ROW_NUMBER])
    # Not even a row that a person leaves out may hold personal data: the file is kept as a whole.
    rejected &= ~rows.index.isin(left_out) | rows.index.isin(personal)
    duplicate = ~rejected & rows.index.isin(issues.loc[issues["severity"] == "duplicate", ROW_NUMBER])
    aside = rows.index[rejected | duplicate]
    # What is merely odd about a row that is set aside may be a mere consequence, and is said when the row comes again.
    of_rejected = (issues["severity"] == "reject") & issues[ROW_NUMBER].isin(rows.index[rejected])
    of_duplicate = (issues["severity"] == "duplicate") & issues[ROW_NUMBER].isin(rows.index[duplicate])
    said = of_rejected | of_duplicate | ~issues[ROW_NUMBER].isin(aside)
    kept = ~result.accepted.index.isin(aside)
    columns = dict(result.accepted.items())
    result = replace(result, accepted=pd.DataFrame())
    accepted = keep_cells(columns, kept)
    accepted = accepted.assign(row_number=accepted.index.astype("int64")).reset_index(drop=True)
    return replace(
        result,
        accepted=accepted,
        rejected=_own_rows(rows[rejected]),
        duplicates=_own_rows(rows[duplicate]),
        issues=issues[said].reset_index(drop=True),
        pairs=result.pairs[~result.pairs[ROW_NUMBER].isin(aside)].reset_index(drop=True),
    )


def _number_records(records: pd.DataFrame, kind: Kind, sha256: str) -> pd.DataFrame:
    """Give records without an identifier one that the same file will give them again."""
    if kind.id_field in kind.required:
        return records
    ids = records[kind.id_field]
    made = [f"{kind.name}-{sha256[:8]}-{row}" for row in ids.index[ids.isna()]]
    return records.assign(**{kind.id_field: ids.mask(ids.isna(), pd.Series(made, ids.index[ids.isna()], dtype="str"))})


def _hide_personal_data(findings: pd.DataFrame) -> pd.DataFrame:
    """Leave out the values of cells that hold personal data; findings that would repeat them go unsaid."""
    personal = findings.loc[findings["code"] == "personal_data", [ROW_NUMBER, "field"]]
    hidden = pd.MultiIndex.from_frame(findings[[ROW_NUMBER, "field"]]).isin(pd.MultiIndex.from_frame(personal))
    return findings[~hidden | (findings["code"] == "personal_data")]


def _own_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their number in front; a column of the file with that name is called otherwise."""
    own = rows.rename(columns={ROW_NUMBER: f"{ROW_NUMBER} (file)"})
    own.insert(0, ROW_NUMBER, rows.index.astype("int64"))
    return own.reset_index(drop=True)
