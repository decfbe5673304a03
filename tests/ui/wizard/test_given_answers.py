"""Each answer is told in words and can be taken back alone."""

from __future__ import annotations

from data import drafts
from data.options import ImportOptions


def test_what_is_taken_back_is_asked_again(keep, draw):
    draft = keep(b"received_date,place_text\n03/04/2022,Takeo\n", step="questions", day_first=True)
    app = draw("questions_step", "show_questions", draft)
    assert not app.radio
    app.button(key="take_back_0").click().run()
    assert drafts.load(draft.token).options == ImportOptions()
