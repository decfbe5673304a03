"""One file in, records and reasons out: reads, names, cleans, checks and places, and loses no row on the way.

Every row of the file ends up either in `ImportResult.accepted` or in `ImportResult.rejected`. Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

import pandas as pd

from data.cells import Conventions
from data.clean import clean_cells
from data.columns import name_columns
from data.dates import DateProblem, order_of, parse_date
from data.guard import write_csv
from data.issues import describe_findings, join_findings
from data.locate import locate_records
from data.read import Reading, read_table
from data.schema import KINDS, Kind
from data.validate import validate_records

PHNOM_PENH = timezone(timedelta(hours=7))
"""Cambodia's time; it knows no summer time."""
ROW_NUMBER = "row_number"
REPORT_COLUMNS = ("row_status", "field", "reason")


@dataclass(frozen=True)
class ImportOptions:
    """What a person says about a file where it does not say so itself; None leaves it to the file.

    Attributes
    ----------
    encoding : str or None
        One of ``sniff.ENCODINGS``.
    delimiter : str or None
        One of ``sniff.DELIMITERS``.
    header_row : int or None
        Line on which the header stands, from 1.
    day_first : bool or None
        Whether ``03/04/2025`` is 3 April.
    swap_coordinates : bool
        Whether latitude and longitude are exchanged.
    decimal_comma : bool or None
        Whether ``1,5`` is one and a half.
    columns : mapping of str to str
        Column of the record → header of the file that holds it, before any header is recognised by itself.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    day_first: bool | None = None
    swap_coordinates: bool = False
    decimal_comma: bool | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DateOrder:
    """What settled the order of day and month for a column.

    Attributes
    ----------
    header : str
        Of the file.
    day_first : bool
    row : int
        Number of the first row whose date has one reading only.
    text : str
        That date as it is written.
    """

    header: str
    day_first: bool
    row: int
    text: str


@dataclass(frozen=True)
class ImportResult:
    """What became of a file; nothing of it is stored yet.

    Attributes
    ----------
    kind : str
        Key into ``schema.KINDS``.
    file_name, sha256 : str
        Of the file.
    reading : Reading
        How the bytes were read.
    accepted : DataFrame
        ``schema.record_dtypes(kind)``, and ``row_number`` (int64) and ``extra`` (str: JSON of the other columns).
    rejected : DataFrame
        ``row_number`` (int64) and the file's own columns as text.
    issues : DataFrame
        ``issues.ISSUE_COLUMNS``: why rows were rejected, and what is odd about accepted ones.
    rows : DataFrame
        All rows of the file as text, in its order; index ``row_number``.
    mapping : dict
        Header of the file → column of the record.
    options : ImportOptions
        What a person said about the file.
    """

    kind: str
    file_name: str
    sha256: str
    reading: Reading
    accepted: pd.DataFrame
    rejected: pd.DataFrame
    issues: pd.DataFrame
    rows: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    mapping: dict[str, str] = field(default_factory=dict)
    options: ImportOptions = field(default_factory=ImportOptions)

    @property
    def rows_read(self) -> int:
        """Rows of the file, the header and blank lines left out."""
        return self.rows_accepted + self.rows_rejected

    @property
    def rows_accepted(self) -> int:
        """Rows that became records."""
        return len(self.accepted)

    @property
    def rows_rejected(self) -> int:
        """Rows that were set aside, each with a reason."""
        return len(self.rejected)

    def date_orders(self) -> list[DateOrder]:
        """Return the columns with dates of two readings whose order the other dates of the column settled."""
        if self.options.day_first is not None:
            return []
        found = []
        dates = {one.name for one in KINDS[self.kind].fields if one.dtype in ("date", "edtf")}
        for header, name in self.mapping.items():
            if name not in dates:
                continue
            texts = self.rows[header].drop_duplicates()
            orders = texts.map(order_of).dropna()
            if orders.nunique() != 1:
                continue
            readings = (parse_date(text) for text in texts)
            if any(isinstance(read, DateProblem) and read.code == "date_ambiguous" for read in readings):
                row = orders.index[0]
                found.append(DateOrder(header, bool(orders.iloc[0]), int(row), str(texts.loc[row])))
        return found

    def report(self) -> bytes:
        """Return the file's own rows in their order, each with what became of it, as CSV (UTF-8 with byte order mark).

        Three columns stand in front: ``row_status`` (accepted, warning, rejected), ``field`` and ``reason``. Text that
        a spreadsheet would run as a formula is guarded.
        """
        grouped = self.issues.groupby(ROW_NUMBER)
        fields = grouped["field"].agg(lambda names: "; ".join(dict.fromkeys(filter(None, names))))
        sentences = (self.issues["message"] + " " + self.issues["hint"]).groupby(self.issues[ROW_NUMBER])
        reasons = sentences.agg(lambda texts: " ".join(dict.fromkeys(texts)))
        index = self.rows.index
        status = pd.Series("accepted", index).mask(index.isin(self.issues[ROW_NUMBER]), "warning")
        status = status.mask(index.isin(self.rejected[ROW_NUMBER]), "rejected")
        front = [status, fields.reindex(index).fillna(""), reasons.reindex(index).fillna("")]
        own = self.rows.rename(columns={name: f"{name} (file)" for name in REPORT_COLUMNS})
        return write_csv(dict(zip(REPORT_COLUMNS, front, strict=True)) | {str(name): own[name] for name in own})


def ingest(
    content: bytes,
    file_name: str,
    kind: str,
    options: ImportOptions = ImportOptions(),
    *,
    known_ids: Collection[str] = (),
    today: date | None = None,
) -> ImportResult:
    """Return the records of a file and the reasons against its other rows.

    Parameters
    ----------
    content : bytes
        The whole file: CSV or text with another separator.
    file_name : str
        As the person calls it; for messages, never opened.
    kind : str
        Key into ``schema.KINDS``.
    options : ImportOptions
        What a person says about the file.
    known_ids : collection of str
        Identifiers that are already stored.
    today : date, optional
        The current day in Phnom Penh when not given.

    Raises
    ------
    UploadError
        The file as a whole cannot be taken in: see its subclasses.
    """
    record_kind = KINDS[kind]
    table = read_table(
        content,
        file_name,
        encoding=options.encoding,
        delimiter=options.delimiter,
        header_row=options.header_row,
    )
    named = name_columns(table.whole, record_kind, options.columns)
    conventions = Conventions(
        options.day_first, options.swap_coordinates, options.decimal_comma, table.reading.delimiter == ";"
    )
    cleaned = clean_cells(named.fields, record_kind, conventions)
    records = _number_records(cleaned.records, record_kind, table.sha256)
    checked = validate_records(
        records,
        named.fields.join(named.others),
        record_kind,
        known_ids=known_ids,
        today=today or datetime.now(PHNOM_PENH).date(),
    )
    located = locate_records(records, record_kind)
    findings = join_findings([table.findings, cleaned.findings, checked, located.findings])
    issues = describe_findings(_hide_personal_data(findings))
    refused = set(issues.loc[issues["severity"] == "reject", ROW_NUMBER])
    # What is merely odd about a rejected row may be a mere consequence, and is said when the row comes again.
    issues = issues[(issues["severity"] == "reject") | ~issues[ROW_NUMBER].isin(refused)].reset_index(drop=True)
    accepted = located.records.assign(row_number=located.records.index, extra=named.extra)
    return ImportResult(
        kind,
        file_name,
        table.sha256,
        table.reading,
        accepted[~accepted.index.isin(refused)].astype({ROW_NUMBER: "int64"}).reset_index(drop=True),
        _own_rows(table.rows[table.rows.index.isin(refused)]),
        issues,
        table.rows,
        named.mapping,
        options,
    )


def _number_records(records: pd.DataFrame, kind: Kind, sha256: str) -> pd.DataFrame:
    """Give records without an identifier one that the same file will give them again."""
    if kind.id_field in kind.required:
        return records
    made = pd.Series([f"{kind.name}-{sha256[:8]}-{row}" for row in records.index], records.index, dtype="str")
    return records.assign(**{kind.id_field: records[kind.id_field].fillna(made)})


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
