from __future__ import annotations

from tests.data.ledgers import NGO, at_least, exactly, find, in_province, kinds


def test_a_denial_beside_its_claim():
    (found,) = find(at_least(100), {"stance": "denies", "responds_to": "c0", **NGO})
    assert (found.kind, found.severity, found.claim_ids) == ("disputed", "tension", ("c0", "c1"))
    assert "Ministry says 100 or more" in found.explanation
    assert "NGO answers with a denial" in found.explanation


def test_assent_and_answers_to_nobody_are_no_disputes():
    assert kinds(at_least(100), at_least(100, stance="acknowledges", responds_to="c0", **NGO)) == []
    assert kinds(at_least(100), {"stance": "denies", "responds_to": "c9", **NGO}) == []


def test_a_share_and_a_denial_of_it():
    share = {"metric": "complaints_true_percent"}
    denial = {**share, "stance": "denies", **in_province("KH-7"), "period_start": None, "speaker": "Police"}
    true = {**share, "best": 95, "qualifier": "about"}
    assert kinds(true, denial) == [("contrary_shares", "tension")]
    assert kinds(true, denial | {"period_end": "2022-08-01"}) == []
    assert kinds(true, denial | {"speaker": "Ministry"}) == []
    assert kinds(true | in_province("KH-8"), denial) == []


def test_a_repetition_in_another_form():
    assert kinds(at_least(100), {"best": 100, "qualifier": "about", "restates": "c0"}) == [
        ("restated_differently", "info")
    ]
    assert kinds(exactly(200), exactly(300, restates="c0")) == [("restated_differently", "tension")]
    assert kinds(exactly(200), exactly(200, restates="c0")) == []
    assert kinds(at_least(100), {"best": 100, "restates": "c0", "stance": "acknowledges"}) == []


def test_one_that_is_contested():
    events = [{"event_id": "e1", "event_type": "raid", "contested_by": "Owner", "description": "A raid."}]
    (found,) = find(events=events)
    assert (found.kind, found.event_ids) == ("contested_event", ("e1",))
    assert found.explanation == "A raid. Contested by: Owner."
