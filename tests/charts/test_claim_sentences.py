from __future__ import annotations

import pytest

from charts.claim_sentences import (
    answer_words,
    bounds_sentence,
    claim_figure,
    claim_place,
    claim_words,
    contest_words,
    ledger_sentence,
    repeat_speaker,
    repeat_words,
)
from data import schema
from data.bounds import Bounds
from data.claims import LedgerCounts
from tests.data.ledgers import at_least, exactly, in_province, make


def claim(**values: object) -> dict:
    base = {"metric": "people_rescued", "geography": "national", "speaker": "UN", "stance": "states"}
    return make(schema.CLAIM, base | values).to_dict("records")[0]


@pytest.mark.parametrize(
    ("values", "figure"),
    [
        (exactly(5), "5"),
        (at_least(5), "5 or more"),
        ({"stance": "denies", "low": 5}, "denied"),
        ({"stance": "doubts"}, "doubted"),
        ({}, "no number given"),
        (exactly(5, part_of="total"), "of which 5"),
        (exactly(3, metric="tip_tier"), "Tier 3"),
        ({"best": 95, "qualifier": "about", "metric": "complaints_true_percent"}, "about 95 %"),
    ],
)
def test_figure(values, figure):
    assert claim_figure(claim(**values)) == figure


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({}, "Cambodia"),
        ({"nationality": "Thai"}, "Cambodia, Thai"),
        (in_province("KH-8"), "Kandal"),
        ({"geography": "abroad", "place_text": "Thailand"}, "Thailand"),
        ({"geography": "world"}, "World"),
    ],
)
def test_place(values, place):
    assert claim_place(claim(**values)) == place


def test_a_claim_in_one_line():
    assert claim_words(claim(**exactly(5))) == "5 · People rescued · Cambodia · UN"


def test_an_answer_says_how_and_to_what():
    said = claim(**exactly(5))
    assert answer_words(said, claim(stance="denies")) == "answers with a denial"
    other = answer_words(said, claim(stance="doubts", metric="complaints_true_percent"))
    assert other == "answers with a doubt, as to “Complaints found true (%)”"


def test_a_repeat_says_what_became_of_the_number():
    said = claim(**at_least(5))
    assert repeat_words(said, claim(**at_least(5), speaker="VOA")) == "repeated by VOA"
    assert repeat_words(said, claim(best=5, qualifier="about", speaker="VOA")) == "repeated by VOA, as “about 5”"
    assert repeat_words(said, claim(**at_least(5), stance="acknowledges", speaker="NGO")) == "acknowledged by NGO"
    assert repeat_speaker(claim(speaker="VOA")) == "↳ repeated by VOA"


def test_who_contests():
    assert contest_words({"contested": False, "contested_by": ()}) == ""
    assert contest_words({"contested": True, "contested_by": ("A", "B")}) == "contested by A and B"
    assert "cannot be true beside" in contest_words({"contested": True, "contested_by": ()})


def test_what_a_view_holds():
    full = ledger_sentence(LedgerCounts(54, 4, 20, 3, 4))
    assert full == (
        "54 claims by 20 speakers (4 that only repeat another are not counted again). 3 are contested; "
        "4 doubt or deny what another one says."
    )
    one = ledger_sentence(LedgerCounts(1, 0, 1, 0, 0), about="People rescued", where="Kandal")
    assert one == "1 claim about “People rescued” in Kandal by 1 speaker. None is contested."
    assert "does not mean that nothing happened" in ledger_sentence(LedgerCounts(0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(601, None), "at least 601; no upper limit is stated"),
        (Bounds(601, 700), "between 601 and 700"),
        (Bounds(289, 289), "exactly 289"),
        (Bounds(0, 100), "at most 100"),
        (Bounds(0, 0), "at most 0"),
        (Bounds(0, None), "the claims state neither a lower nor an upper limit"),
    ],
)
def test_bounds_in_words(bounds, words):
    sentence = bounds_sentence(bounds, "people_rescued", ["Kandal"], "2022")
    assert sentence == f"People rescued, Kandal, 2022: {words}."


def test_bounds_of_money_name_the_currency():
    assert "at least US$ 5;" in bounds_sentence(Bounds(5, None), "usd_lost", [], "2022")


def test_conflicts_leave_no_total_and_say_what_remains():
    sentence = bounds_sentence(
        Bounds(None, None, (), (("a", "b"),), 3, 9, more_conflicts=True), "people_rescued", [], "2022"
    )
    assert "Cambodia" in sentence
    assert "no total is possible, because 1 set or more of claims cannot all be true" in sentence
    assert "between 3 and 9" in sentence
