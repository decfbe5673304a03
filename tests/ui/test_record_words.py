from __future__ import annotations

import pytest

from data.ingest import ingest
from data.schema import KINDS
from data.templates import template
from ui.record_words import describe_records, name_records, written_date


def _records(content: str, kind: str):
    return ingest(content.encode(), "x.csv", kind).accepted


def test_a_complaint_is_known_by_its_people_place_and_day():
    records = _records("received_date,place_text,people_affected\n2022-09-01,Takeo,2\n2022-10,Nowhere,\n", "complaint")
    assert name_records(records, "complaint") == ["Complaint, 2 people · Takeo · 1 September 2022"]


def test_an_event_is_known_by_its_description_cut_when_it_is_long():
    long = "x" * 200
    content = (
        f"event_type,event_date_edtf,place_text,description\nraid,2022-09,Kampot,Police came\nrescue,2022,,{long}\n"
    )
    first, second = name_records(_records(content, "event"), "event")
    assert first == "Raid: Police came · Kampot · September 2022"
    assert second.startswith("Rescue: xxx")
    assert second.endswith("x … · 2022")


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_record_of_every_kind_has_words(snapshot, kind):
    records = snapshot.of(kind) if len(snapshot.of(kind)) else ingest(template(kind), "x.csv", kind).accepted
    names = name_records(records, kind)
    assert len(names) == len(records)
    assert all(names)
    assert len(describe_records(snapshot, records, kind)) == len(records)
    assert len(written_date(records, kind)) == len(records)
