"""A small file with a good row and three odd ones, and a way to take any file in on a fixed day."""

from __future__ import annotations

from datetime import date

from data.import_result import ImportResult
from data.ingest import ingest
from data.options import ImportOptions

TODAY = date(2026, 3, 1)
MIXED = (
    b"Case ID,date,province,victims,Shelter\n"
    b"a,2023-04-01,Kampot,3,one\n"
    b"b,03/04/2025,Kampot,2,two\n"
    b"c,1999-01-01,Kampot,1,\n"
    b"d,2023-04-01,Kampot,1\n"
)


def take_in(content: bytes, kind: str = "complaint", **options: object) -> ImportResult:
    return ingest(content, "x.csv", kind, ImportOptions(**options), today=TODAY)
