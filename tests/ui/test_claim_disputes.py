from __future__ import annotations

from data.audit import audit
from data.claims import read_ledger, select_claims
from data.findings import make_finding
from ui.claim_disputes import _claim_pairs, _event_pairs, _quoted
from ui.claims_view import Ledger


def open_rows(snapshot) -> Ledger:
    claims, events, sources = (snapshot.of(kind) for kind in ("claim", "event", "source"))
    findings = tuple(audit(claims, events, sources))
    return Ledger(snapshot.version, read_ledger(claims, sources, findings), findings)


def test_what_is_disputed_most_stands_first_and_denials_before_other_answers(snapshot):
    ledger = open_rows(snapshot)
    pairs = _claim_pairs(ledger, select_claims(ledger.rows, None))
    assert pairs[0].said == ("clm-202309-ohchr-at-least-100000",)
    assert set(pairs[0].answers[:2]) == {"clm-202309-chou-denies-100000", "clm-202309-tower-doubts-100000"}
    answered = [one for cell in ledger.rows["responds_to"].dropna() for one in cell.split(";")]
    assert sum(len(pair.answers) for pair in pairs) == len(answered)


def test_a_pair_is_in_view_when_one_side_is(snapshot):
    ledger = open_rows(snapshot)
    pairs = _claim_pairs(ledger, select_claims(ledger.rows, None, speaker_type="research"))
    assert [pair.said for pair in pairs] == [("clm-202309-ohchr-at-least-100000",)]


def test_reports_stand_beside_the_statement_of_the_party_that_disputes_them(snapshot):
    pairs = _event_pairs(snapshot, snapshot.of("event"))
    letter = next(pair for pair in pairs if pair.answers == ("evt-20230418-sihanoukville-letter",))
    assert set(letter.said) == {"evt-20230308-bbc-documentary", "evt-20230308-huang-le-escape"}
    assert _event_pairs(snapshot, snapshot.of("event").head(0)) == []


def test_of_many_parts_two_are_quoted():
    few = make_finding("disputed", "tension", "x", ["a", "b"], ["e"])
    assert _quoted(few) == [("claim", "a"), ("claim", "b"), ("event", "e")]
    many = make_finding("implied_remainder", "info", "x", [f"c{n}" for n in range(9)])
    assert _quoted(many) == [("claim", "c0"), ("claim", "c8")]
