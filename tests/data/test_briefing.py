from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.briefing import (
    FIGURES,
    MOST_ITEMS,
    Briefing,
    Item,
    add_item,
    change_item,
    describe_briefing,
    drop_item,
    move_item,
    read_briefing,
    view_of,
    write_briefing,
)
from data.measures import MEASURES
from data.periods import Period
from data.permalink import Choices
from errors import ExportError

MONTH = Period(date(2022, 9, 1), date(2022, 10, 1))
ITEMS = tuple(Item("map", Choices(measure=name), name, "") for name in list(MEASURES)[:3])
BRIEFING = Briefing("T", "en", "internal", MONTH, ITEMS)

_texts = st.text(max_size=60)
_items = st.builds(
    Item,
    st.sampled_from(list(FIGURES)),
    st.builds(
        Choices, measure=st.sampled_from(list(MEASURES)), place=st.sampled_from(["", "KH-18"]), period=st.just(MONTH)
    ),
    _texts,
    _texts,
)


_briefings = st.builds(
    Briefing,
    _texts,
    st.sampled_from(["en", "km"]),
    st.sampled_from(["internal", "public"]),
    st.just(MONTH),
    st.lists(_items, max_size=4).map(tuple),
)


@given(_briefings)
def test_what_is_written_is_read_again(briefing):
    assert read_briefing(write_briefing(briefing)) == briefing


@pytest.mark.parametrize(
    "change",
    [
        {"briefing": 2},
        {"title": "x" * 201},
        {"title": 5},
        {"language": "fr"},
        {"profile": "secret"},
        {"from": "2022-13-01"},
        {"to": "2022-09-01"},
        {"items": [{}]},
        {"items": [describe_briefing(BRIEFING)["items"][0]] * (MOST_ITEMS + 1)},
        {"items": [{"figure": "spell", "view": {}, "headline": "", "text": ""}]},
    ],
)
def test_what_is_no_briefing_is_refused(change):
    with pytest.raises(ExportError):
        read_briefing(json.dumps(describe_briefing(BRIEFING) | change))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"a"', "[" * 5000, b"\xff\xfe"])
def test_a_broken_file_is_refused(text):
    with pytest.raises(ExportError):
        read_briefing(text)


def test_a_broken_view_opens_what_can_be_opened():
    told = describe_briefing(BRIEFING)
    told["items"][0]["view"] = {"measure": "stated:nonsense", "place": "KH-18", "period": 5}
    assert read_briefing(json.dumps(told)).items[0].view == Choices(place="KH-18")


def test_items_are_moved_changed_and_dropped():
    a, b, c = ITEMS
    assert move_item(BRIEFING, 0, 1).items == (b, a, c)
    assert move_item(BRIEFING, 0, 9).items == (b, c, a)
    assert move_item(BRIEFING, 1, -1).items == (b, a, c)
    assert drop_item(BRIEFING, 1).items == (a, c)
    assert change_item(BRIEFING, 2, text="x").items[2].text == "x"
    assert BRIEFING.items == ITEMS


def test_there_is_a_limit():
    full = Briefing("T", "en", "internal", MONTH, ITEMS[:1] * MOST_ITEMS)
    with pytest.raises(ExportError):
        add_item(full, ITEMS[0])


def test_a_view_gets_period_version_and_profile():
    view = view_of(ITEMS[0], Briefing("T", "en", "public", MONTH), 7)
    assert (view.period, view.version, view.profile) == (MONTH, 7, "public")
