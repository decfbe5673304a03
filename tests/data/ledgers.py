"""Small ledgers of claims, to be audited and bounded in tests."""

from __future__ import annotations

import pandas as pd

from data import schema
from data.assertions import Assertion, read_claims
from data.audit import Finding, audit

AUTUMN = {"period_start": "2022-08-19", "period_end": "2022-09-19"}
YEAR = {"period_start": "2022-01-01", "period_end": "2023-01-01"}
NGO = {"speaker": "NGO", "source_ids": "src-b"}


def make(kind: schema.Kind, *rows: dict[str, object]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(kind)
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)


def ledger(*claims: dict[str, object]) -> pd.DataFrame:
    """Return claims c0, c1, … of one ministry about people rescued in the country, in one autumn."""
    base = {"metric": "people_rescued", "geography": "national", "speaker": "Ministry", "stance": "states"}
    base |= {"source_ids": "src-a"} | AUTUMN
    return make(schema.CLAIM, *({"claim_id": f"c{place}"} | base | claim for place, claim in enumerate(claims)))


def read(*claims: dict[str, object], event_types: dict[str, str] | None = None) -> list[Assertion]:
    return list(read_claims(ledger(*claims), event_types or {}).values())


def find(*claims: dict[str, object], events=(), sources=()) -> list[Finding]:
    return audit(ledger(*claims), make(schema.EVENT, *events), make(schema.SOURCE, *sources))


def kinds(*claims: dict[str, object], **others) -> list[tuple[str, str]]:
    return [(finding.kind, finding.severity) for finding in find(*claims, **others)]


def exactly(number: float, **others: object) -> dict[str, object]:
    return {"low": number, "best": number, "high": number, "qualifier": "exact"} | others


def at_least(number: float, **others: object) -> dict[str, object]:
    return {"low": number, "qualifier": "at_least"} | others


def in_province(code: str) -> dict[str, object]:
    return {"geography": "province", "province_code": code}


def nation(claim_id: str, low: float | None = None, high: float | None = None, **changes: object) -> dict[str, object]:
    """Return a claim about the whole country in September 2022, by a speaker and from a source of its own."""
    row = {
        "claim_id": claim_id,
        "metric": "people_rescued",
        "low": low,
        "high": high,
        "period_start": "2022-09-01",
        "period_end": "2022-10-01",
        "geography": "national",
        "speaker": f"speaker of {claim_id}",
        "speaker_type": "government",
        "stance": "states",
        "source_ids": f"src-{claim_id}",
    }
    return row | changes


def province(
    claim_id: str, code: str, low: float | None = None, high: float | None = None, **changes: object
) -> dict[str, object]:
    return nation(claim_id, low, high, **in_province(code) | changes)


def during(start: str | None, end: str | None) -> dict[str, object]:
    return {"period_start": start, "period_end": end}
