"""Hostile and broken files, each made by code, and short ways to import them."""

from __future__ import annotations

from datetime import date

from data.ingest import ImportResult, ingest
from data.options import ImportOptions

HEADER = "id,date,province,lat,lon,victims,source_url\n"
GOOD_ROW = "a-1,2023-04-01,Kampot,10.6112,104.1803,3,https://example.org/1\n"
TODAY = date(2026, 3, 1)


def bring_in(
    content: bytes | str, name: str = "upload.csv", kind: str = "complaint", **options: object
) -> ImportResult:
    """Import a file on a fixed day; text is UTF-8."""
    raw = content.encode() if isinstance(content, str) else content
    return ingest(raw, name, kind, ImportOptions(**options), today=TODAY)


def bring_in_cells(column: str, *values: str, **options: object) -> ImportResult:
    """Import one row for each value of one column, everything else being in order."""
    names = HEADER.strip().split(",")
    rows = []
    for number, value in enumerate(values, start=1):
        cells = {"id": f"a-{number}", "date": "2023-04-01", "province": "Kampot", "victims": "3"} | {column: value}
        rows.append(",".join('"' + cells.get(name, "").replace('"', '""') + '"' for name in names) + "\n")
    return bring_in(HEADER + "".join(rows), **options)


def codes(result: ImportResult) -> set[str]:
    """The codes of all issues of a file."""
    return set(result.issues["code"])


def conserved(result: ImportResult) -> bool:
    """Whether each row of the file is accepted, rejected or a duplicate, and each that is set aside has a reason."""
    numbers = [frame["row_number"] for frame in (result.accepted, result.rejected, result.duplicates)]
    numbers = [row for rows in numbers for row in rows]
    reasons = set(result.issues.loc[result.issues["severity"] == "reject", "row_number"])
    repeats = set(result.issues.loc[result.issues["severity"] == "duplicate", "row_number"])
    return (
        result.rows_read == len(result.rows)
        and sorted(numbers) == sorted(result.rows.index)
        and set(result.rejected["row_number"]) == reasons
        and set(result.duplicates["row_number"]) == repeats
    )
