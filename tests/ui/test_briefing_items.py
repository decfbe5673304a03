from __future__ import annotations

import pytest

from data.briefing import Briefing
from data.periods import parse_period
from data.permalink import Choices
from errors import ExportError
from ui import briefing_items

BRIEFING = Briefing("T", "en", "internal", parse_period("2022-09-01", "2022-10-01"))


def test_a_view_becomes_a_figure_without_version_and_place_of_the_map(snapshot, monkeypatch):
    monkeypatch.setattr(briefing_items, "briefing_snapshot", lambda _: snapshot)
    view = Choices(place="KH-18", version=3, at=(11.0, 104.0, 8.0), profile="public")
    item = briefing_items._make_item(BRIEFING, "map", view)
    assert item.view == Choices(place="KH-18")
    assert "Preah Sihanouk" in item.headline


def test_claims_need_a_stated_measure(snapshot, monkeypatch):
    monkeypatch.setattr(briefing_items, "briefing_snapshot", lambda _: snapshot)
    with pytest.raises(ExportError):
        briefing_items._make_item(BRIEFING, "claims", Choices(measure="recorded:raid"))
