from __future__ import annotations

import json

import pandas as pd
import pytest

from data import schema
from data.audit import audit
from data.findings import KINDS, SEVERITIES, Finding, answer_findings, findings_frame, make_finding, sort_findings
from tests.data.ledgers import NGO, exactly, find, make


def test_records_are_named_once_and_in_order():
    found = make_finding("disputed", "tension", "So.", iter(["b", "a", "b"]), ["e2", "e1"])
    assert found == Finding("disputed", "tension", ("a", "b"), ("e1", "e2"), "So.")


def test_an_unknown_kind_is_a_programming_mistake():
    with pytest.raises(KeyError, match="no_such_kind"):
        make_finding("no_such_kind", "info", "So.")


def test_the_gravest_comes_first_then_by_kind_and_records():
    said = [
        make_finding("restated_differently", "info", "So.", "a"),
        make_finding("implied_remainder", "info", "So.", "b"),
        make_finding("implied_remainder", "info", "So.", "a"),
        make_finding("disputed", "tension", "So.", "z"),
        make_finding("opposite_bounds", "contradiction", "So.", "z"),
    ]
    ordered = sort_findings([*said, *said])
    assert ordered == said[::-1]
    assert sort_findings([]) == []


def test_an_audit_gives_the_gravest_first():
    found = find(exactly(18), exactly(20, **NGO), {"stance": "denies", "responds_to": "c0", **NGO})
    assert [SEVERITIES.index(one.severity) for one in found] == [0, 1]


def test_a_record_without_a_quote_has_none():
    claims, events = make(schema.CLAIM, {"claim_id": "c0"}), make(schema.EVENT, {"event_id": "e0", "quote": "words"})
    (answer,) = answer_findings([Finding("disputed", "tension", ("c0",), ("e0",), "So.")], claims, events)
    assert answer["quotes"] == {"c0": None, "e0": "words"}


def test_answers_are_plain_values_in_the_given_order(snapshot):
    claims, events = snapshot.of("claim"), snapshot.of("event")
    found = audit(claims, events, snapshot.of("source"))[::-1]
    answers = answer_findings(found, claims, events)
    assert json.loads(json.dumps(answers, allow_nan=False)) == answers
    assert [answer["explanation"] for answer in answers] == [one.explanation for one in found]
    for answer in answers:
        assert list(answer) == ["kind", "severity", "claim_ids", "event_ids", "explanation", "quotes"]
        assert list(answer["quotes"]) == [*answer["claim_ids"], *answer["event_ids"]]
        assert all(answer["quotes"].values())


def test_as_a_table():
    found = [
        Finding("disputed", "tension", ("b", "c"), (), "So."),
        Finding("contested_event", "tension", (), ("e",), "And so."),
    ]
    table = findings_frame(found)
    assert table.to_dict("split", index=False) == {
        "columns": ["kind", "severity", "claim_ids", "event_ids", "explanation"],
        "data": [["disputed", "tension", "b;c", "", "So."], ["contested_event", "tension", "", "e", "And so."]],
    }
    pd.testing.assert_series_equal(findings_frame([]).dtypes, table.dtypes)


def test_every_kind_has_a_heading_of_its_own():
    assert len(set(KINDS.values())) == len(KINDS)
    assert all(heading[0].isupper() and not heading.endswith(".") for heading in KINDS.values())
