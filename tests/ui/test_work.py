"""Work in the background: asked for once, told about, stopped, and its errors handed on."""

from __future__ import annotations

import time
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from errors import CancelledError, UploadError
from locales import language, use_language
from ui import work


@pytest.fixture(autouse=True)
def nothing_left():
    work._WORKS.clear()
    yield
    work._WORKS.clear()


def test_the_same_key_is_the_same_work():
    calls = []
    first = work.ask("a", lambda tell: calls.append(tell(0.5, "half")))
    again = work.ask("a", lambda _: calls.append("other"))
    assert first.wait(5)
    assert first is again
    assert calls == [None]
    assert (first.share, first.doing) == (0.5, "half")


def test_work_speaks_the_language_of_who_asked_for_it():
    use_language("km", "km")
    try:
        asked = work.ask("khmer", lambda _: language())
    finally:
        use_language("en")
    assert asked.wait(5)
    assert asked.result == "km"


def test_a_result_is_given_and_an_error_raised_once():
    assert work.await_work("b", lambda _: 7, label="Counting") == 7

    def fail(_):
        raise UploadError("no")

    for _ in range(2):  # not remembered: the next attempt starts anew
        with pytest.raises(UploadError):
            work.await_work("c", fail, label="Failing")
    assert "c" not in work._WORKS


def test_stopped_work_ends_at_its_next_step():
    go = Event()

    def long(tell):
        go.wait(5)
        tell(0.9, "too late")

    one = work.ask("d", long)
    one.stop()
    go.set()
    assert one.wait(5)
    assert isinstance(one.error, CancelledError)
    assert one.result is None


def test_only_the_latest_results_are_kept():
    for number in range(work.KEPT + 3):
        work.ask(str(number), lambda _: None).wait(5)
    work.ask("last", lambda _: None)
    assert "0" not in work._WORKS
    assert len(work._WORKS) <= work.KEPT + 2


def test_the_page_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(work, "PATIENCE_S", 0.0)
    hold = Event()

    def slow(tell):
        tell(0.25, "Reading dates")
        hold.wait(10)
        return True

    started = work.ask("slow", slow)
    while started.share < 0.25:
        time.sleep(0.01)
    app = AppTest.from_string(
        "from ui.work import await_work\nimport streamlit as st\n"
        "if await_work('slow', None, label='Reading'):\n    st.text('done')\n"
    ).run()
    assert not app.exception
    assert app.get("progress")[0].proto.text.startswith("Reading dates")
    hold.set()
    assert started.wait(5)
    app.run()
    assert [text.value for text in app.text] == ["done"]
