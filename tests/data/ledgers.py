"""Small ledgers of claims, to be audited in tests."""

from __future__ import annotations

import pandas as pd

from data import schema
from data.audit import Finding, audit

AUTUMN = {"period_start": "2022-08-19", "period_end": "2022-09-19"}
YEAR = {"period_start": "2022-01-01", "period_end": "2023-01-01"}
NGO = {"speaker": "NGO", "source_ids": "src-b"}


def make(kind: schema.Kind, *rows: dict[str, object]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(kind)
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)


def find(*claims: dict[str, object], events=(), sources=()) -> list[Finding]:
    base = {"metric": "people_rescued", "geography": "national", "speaker": "Ministry", "stance": "states"}
    base |= {"source_ids": "src-a"} | AUTUMN
    named = [{"claim_id": f"c{place}"} | base | claim for place, claim in enumerate(claims)]
    return audit(make(schema.CLAIM, *named), make(schema.EVENT, *events), make(schema.SOURCE, *sources))


def kinds(*claims: dict[str, object], **others) -> list[tuple[str, str]]:
    return [(finding.kind, finding.severity) for finding in find(*claims, **others)]


def exactly(number: float, **others: object) -> dict[str, object]:
    return {"low": number, "best": number, "high": number, "qualifier": "exact"} | others


def at_least(number: float, **others: object) -> dict[str, object]:
    return {"low": number, "qualifier": "at_least"} | others


def in_province(code: str) -> dict[str, object]:
    return {"geography": "province", "province_code": code}
