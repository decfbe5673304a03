from __future__ import annotations

import pytest
import streamlit as st

from data.briefing import Briefing
from data.periods import parse_period
from ui.briefing_form import _best_month, _whole_months, current_briefing, put_briefing, turn

MONTH = parse_period("2022-09-01", "2022-10-01")
BRIEFING = Briefing("T", "en", "internal", MONTH)


@pytest.fixture(autouse=True)
def _own_session(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr("ui.state.st.session_state", st.session_state)


def test_fields_are_drawn_anew_only_when_asked():
    before = turn()
    put_briefing(BRIEFING)
    assert (current_briefing(), turn()) == (BRIEFING, before)
    put_briefing(None, anew=True)
    assert (current_briefing(), turn()) == (None, before + 1)


def test_months_are_whole(snapshot):
    assert _whole_months(parse_period("2022-08-19", "2022-09-19")) == parse_period("2022-08-01", "2022-10-01")
    months = [parse_period("2022-10-01", "2022-11-01"), MONTH]
    assert _best_month(snapshot, months) == MONTH
    assert _best_month(snapshot, months[:1]) == months[0]
    assert _best_month(snapshot, []) is None
