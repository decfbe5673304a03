from __future__ import annotations

import pytest

from ui.wizard import claim_check

HEADER = b"claim_id,metric,speaker,speaker_type,stance,geography,province_code,period_edtf,best,source_ids,quote\n"
WHOLE = b"x1,complaints_received,Police,police,states,national,,2019-09,10,s,q\n"
PART = b"x2,complaints_received,Police,police,states,province,KH-18,2019-09,20,s,q\n"


def _texts(keep, draw, content):
    app = draw("review_step", "show_review", keep(content, "claim", step="review"))
    assert not app.exception
    assert "Do the numbers fit?" in [tab.label for tab in app.tabs]
    return app


def test_statements_that_cannot_both_be_true_are_named_with_their_rows(keep, draw):
    app = _texts(keep, draw, HEADER + WHOLE + PART)
    assert any(text.startswith("1 contradiction, ") for text in app.text.values)
    assert any("A part cannot be larger than its whole" in text for text in app.text.values)
    assert "In this file: row 2, row 3" in app.text.values
    assert "Contradiction: these cannot all be true" in app.caption.values
    assert app.metric[1].value == "2"  # nothing of it keeps them out


def test_statements_that_fit_say_so(keep, draw):
    app = _texts(keep, draw, HEADER + WHOLE)
    assert any(text.startswith("No contradiction, 0 tensions") for text in app.text.values)


@pytest.mark.parametrize("name", ["contradiction", "tension", "info"])
def test_every_severity_has_words(name):
    from data.findings import SEVERITIES

    assert name in claim_check._SEVERITIES
    assert set(claim_check._SEVERITIES) == set(SEVERITIES)


def test_of_many_findings_the_first_are_shown(keep, draw, monkeypatch):
    monkeypatch.setattr(claim_check, "MOST_FINDINGS", 0)
    app = _texts(keep, draw, HEADER + WHOLE + PART)
    assert any("more are found on the page Claims after the import." in text for text in app.caption.values)
    assert not any("larger than its whole" in text for text in app.text.values)
