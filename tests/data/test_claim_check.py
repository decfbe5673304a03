"""Statements of a new file are held against those that are stored, before anything is added."""

from __future__ import annotations

import pandas as pd
import pytest

from data.claim_check import check_records_together
from data.ingest import ingest
from data.schema import CLAIM, EVENT, SOURCE, empty_records

STORED = b"""claim_id,metric,best,period_edtf,geography,speaker,stance,stated_date
a,people_rescued,500,2023-01-01/2023-03-31,national,Ministry,states,2023-04-02
"""
NEW = b"""claim_id,metric,best,period_edtf,geography,speaker,stance,stated_date
b,people_rescued,300,2023-01-01/2023-03-31,national,Police,states,2023-04-02
c,people_arrested,10,2023-01-01/2023-03-31,national,Police,states,2023-04-02
"""
EVENTS, SOURCES = empty_records(EVENT), empty_records(SOURCE)


def claims(content: bytes) -> pd.DataFrame:
    return ingest(content, "claims-synthetic.csv", "claim").accepted


def test_what_a_new_statement_contradicts_is_found():
    found = check_records_together("claim", claims(NEW), claims(STORED), EVENTS, SOURCES)
    assert [(one.kind, one.claim_ids) for one in found] == [("incompatible_ranges", ("a", "b"))]


def test_what_was_there_before_is_not_said_again():
    both = STORED + NEW.partition(b"\n")[2]
    alone = NEW.replace(b"b,people_rescued,300", b"d,people_escaped,300").replace(b"c,people", b"e,people")
    assert check_records_together("claim", claims(alone), claims(both), EVENTS, SOURCES) == []


def test_a_new_version_of_a_record_takes_its_place():
    again = STORED.replace(b"500", b"501")
    assert check_records_together("claim", claims(again), claims(STORED), EVENTS, SOURCES) == []


@pytest.mark.parametrize("kind", ["claim", "event"])
def test_an_empty_file_and_an_empty_store_bring_nothing(kind):
    nothing = {"claim": empty_records(CLAIM), "event": EVENTS}
    assert check_records_together(kind, nothing[kind], nothing["claim"], EVENTS, SOURCES) == []
