"""Each answer is told in words and can be taken back alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data import drafts
from data.options import NOWHERE, Edit, ImportOptions
from ui.wizard.given_answers import list_given

ANSWERED = ImportOptions(
    day_first=False,
    buddhist_era=True,
    excel_dates=False,
    decimal_comma=True,
    swap_coordinates=True,
    crs="EPSG:32648",
    places={"Snookville": "KH-18", "Nowhere land": NOWHERE},
    values={"channel": {"pigeon": ""}},
    edits=(Edit(4, "Heads", "3"), Edit(4, "Spot", "Takeo")),
    leave_out=(7, 9),
)


def test_every_answer_is_told():
    words = [one.words for one in list_given(ANSWERED)]
    assert words[0] == "In dates such as 3/4/2023 the month comes first."
    assert "“Snookville” is Preah Sihanouk (province)." in words
    assert "“Nowhere land” is no place that can be known." in words
    assert "“pigeon” means not known." in words
    assert "2 cells in 1 row changed, exchanged coordinates included." in words
    assert words[-1] == "2 rows left out as duplicates."
    assert list_given(ImportOptions()) == []


@pytest.mark.parametrize("number", range(len(list_given(ANSWERED))))
def test_one_taken_back_leaves_the_others(number):
    given = list_given(ANSWERED)
    rest = list_given(replace(ANSWERED, **given[number].without))
    assert [one.words for one in rest] == [one.words for place, one in enumerate(given) if place != number]


def test_what_is_taken_back_is_asked_again(keep, draw):
    draft = keep(b"received_date,place_text\n03/04/2022,Takeo\n", step="questions", day_first=True)
    app = draw("questions_step", "show_questions", draft)
    assert not app.radio
    app.button(key="take_back_0").click().run()
    assert drafts.load(draft.token).options == ImportOptions()
