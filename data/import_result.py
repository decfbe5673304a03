"""What became of a file: accepted, rejected and duplicate rows, and why; nothing of it is stored yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from data.dates import DateProblem, order_of, parse_date
from data.guard import write_csv
from data.options import ImportOptions
from data.questions import Question, list_questions
from data.read import Reading
from data.schema import KINDS

ROW_NUMBER = "row_number"
REPORT_COLUMNS = ("row_status", "field", "reason")
PAIR_COLUMNS = ("row_number", "other_row", "other_id", "likeness")
"""A row, the other row of the file (Int64) or the stored record (str) that it resembles, and how: *same* or *near*."""


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
    """What became of a file; nothing of it is stored yet. Each row is accepted, rejected or a duplicate.

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
    duplicates : DataFrame
        As `rejected`: rows that are stored already, occur twice in the file, or were left out by a person as such.
    pairs : DataFrame
        `PAIR_COLUMNS`: which rows seem to be the same record as another row of the file or as a stored record.
    issues : DataFrame
        ``issues.ISSUE_COLUMNS``: why rows were rejected or set aside, and what is odd about accepted ones.
    rows : DataFrame
        All rows of the file as text, in its order, with the cells that a person has rewritten; index ``row_number``.
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
    duplicates: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({ROW_NUMBER: pd.Series(dtype="int64")}))
    pairs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(PAIR_COLUMNS)))

    @property
    def rows_read(self) -> int:
        """Rows of the file, the header and blank lines left out."""
        return self.rows_accepted + self.rows_rejected + self.rows_duplicate

    @property
    def rows_accepted(self) -> int:
        """Rows that became records."""
        return len(self.accepted)

    @property
    def rows_rejected(self) -> int:
        """Rows that were set aside, each with a reason."""
        return len(self.rejected)

    @property
    def rows_duplicate(self) -> int:
        """Rows that were set aside because the record is there already."""
        return len(self.duplicates)

    def questions(self) -> list[Question]:
        """Return what a person has to decide about the file, what concerns most rows first."""
        return list_questions(self.kind, self.issues, self.pairs, self.headers, self.rows, self.options)

    @property
    def headers(self) -> dict[str, str]:
        """Column of the record → header of the file that holds it; of a header that holds two, each."""
        return {column: header for header, columns in self.mapping.items() for column in columns.split(", ")}

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

        Three columns stand in front: ``row_status`` (accepted, warning, rejected, duplicate), ``field`` and ``reason``.
        Text that a spreadsheet would run as a formula is guarded.
        """
        grouped = self.issues.groupby(ROW_NUMBER)
        fields = grouped["field"].agg(lambda names: "; ".join(dict.fromkeys(filter(None, names))))
        sentences = (self.issues["message"] + " " + self.issues["hint"]).groupby(self.issues[ROW_NUMBER])
        reasons = sentences.agg(lambda texts: " ".join(dict.fromkeys(texts)))
        index = self.rows.index
        status = pd.Series("accepted", index).mask(index.isin(self.issues[ROW_NUMBER]), "warning")
        status = status.mask(index.isin(self.rejected[ROW_NUMBER]), "rejected")
        status = status.mask(index.isin(self.duplicates[ROW_NUMBER]), "duplicate")
        front = [status, fields.reindex(index).fillna(""), reasons.reindex(index).fillna("")]
        own = self.rows.rename(columns={name: f"{name} (file)" for name in REPORT_COLUMNS})
        return write_csv(dict(zip(REPORT_COLUMNS, front, strict=True)) | {str(name): own[name] for name in own})
