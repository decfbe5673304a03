from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data import drafts
from errors import CancelledError, UploadError
from ui.wizard import steps
from ui.wizard.state import STEPS

CONTENT = b"complaint_id,received_date,place_text,source_ids\na,2022-09-01,Takeo,src-1\n"


def _page() -> None:
    from ui.messages import calm_errors
    from ui.wizard.steps import show_wizard

    with calm_errors():
        show_wizard()


@pytest.fixture
def open_upload(keep):
    def open_upload(step):
        draft = keep(CONTENT, step=step, name="*my* file.csv")
        app = AppTest.from_function(_page, default_timeout=120)
        app.query_params["upload"] = draft.token
        return app.run(), draft

    return open_upload


def _head(app):
    return {step: app.button(key=f"step_{step}") for step in STEPS}


def test_without_an_upload_there_is_the_way_in(data_folder):
    app = AppTest.from_function(_page, default_timeout=120).run()
    assert not app.exception
    assert len(app.file_uploader) == 1
    assert not [button for button in app.button if button.key == "discard"]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_drawn_with_the_ways_back(open_upload, step):
    app, _ = open_upload(step)
    assert not app.exception
    assert not [text for text in app.markdown.values if text.startswith(":material/error:")]
    assert app.text.values[0] == "*my* file.csv"
    at = STEPS.index(step)
    assert [button.disabled for button in _head(app).values()] == [number > at for number in range(len(STEPS))]
    assert set(steps._DRAW) == set(STEPS)


def test_one_can_go_back_and_nothing_decided_is_lost(open_upload):
    app, draft = open_upload("review")
    app.button(key="step_columns").click().run()
    after = drafts.load(draft.token)
    assert (after.step, after.options) == ("columns", draft.options)
    assert not app.button(key="step_review").disabled
    assert app.button(key="step_add").disabled


def test_discard_leaves_nothing(open_upload, data_folder):
    app, _ = open_upload("review")
    app.button(key="discard").click().run()
    assert list((data_folder / "drafts").iterdir()) == []
    assert len(app.file_uploader) == 1
    assert "upload" not in app.query_params


def test_what_was_stopped_can_go_on(open_upload, monkeypatch):
    calls = []

    def stop_once(_draft):
        calls.append(1)
        if len(calls) == 1:
            raise CancelledError("Stopped; nothing was changed.", "Start again whenever you like.")

    monkeypatch.setitem(steps._DRAW, "review", stop_once)
    app, _ = open_upload("review")
    assert "Stopped; nothing was changed." in app.text.values
    app.button(key="after_stop").click().run()
    assert "Stopped; nothing was changed." not in app.text.values


def test_an_error_in_a_step_leaves_the_ways_back(open_upload, monkeypatch):
    def fail(_draft):
        raise UploadError("No.", "Go back.")

    monkeypatch.setitem(steps._DRAW, "review", fail)
    app, _ = open_upload("review")
    assert {"No.", "Go back."} <= set(app.text.values)
    assert not app.button(key="step_columns").disabled


def test_decisions_that_no_longer_fit_do_not_end_the_page(keep):
    draft = keep(CONTENT, step="review", leave_out=(99,))
    app = AppTest.from_function(_page, default_timeout=120)
    app.query_params["upload"] = draft.token
    app.run()
    assert any("no row 99" in text for text in app.text.values)
    app.button(key="step_read").click().run()
    next(button for button in app.button if button.label == "Read it again").click().run()
    assert drafts.load(draft.token).options.leave_out == ()
