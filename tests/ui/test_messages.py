from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from ui.messages import calm_errors


def _fails(kind: str) -> None:
    import streamlit as st

    from errors import EmptyFileError
    from ui.messages import calm_errors

    with calm_errors():
        st.text("before")
        if kind == "foreseen":
            raise EmptyFileError("“:red[a].csv” is empty.", "Export it $again$.", file_name="a")
        if kind == "unforeseen":
            raise KeyError("a name in row 3")
        if kind == "stop":
            st.stop()
    st.text("after")


def _run(kind: str) -> AppTest:
    return AppTest.from_function(_fails, kwargs={"kind": kind}).run()


def test_what_was_foreseen_is_told_word_for_word_as_plain_text():
    app = _run("foreseen")
    assert not app.exception
    assert app.text.values == ["before", "“:red[a].csv” is empty.", "Export it $again$.", "after"]
    assert app.markdown.values == [":material/error: **This did not work**"]


def test_what_was_not_foreseen_is_told_without_its_contents(caplog):
    with caplog.at_level(logging.ERROR, "atlas"):
        app = _run("unforeseen")
    assert not app.exception
    assert "row 3" not in str(app.text.values + app.markdown.values)
    reference = next(record.args[0] for record in caplog.records if record.name == "atlas")
    assert app.text.values[1].endswith(f"report reference {reference}.")
    assert caplog.records[-1].exc_info is not None


def test_each_failure_has_its_own_reference():
    assert _run("unforeseen").text.values[1] != _run("unforeseen").text.values[1]


def test_stopping_a_page_is_not_an_error():
    app = _run("stop")
    assert app.text.values == ["before"]
    assert app.markdown.values == []


def test_a_demand_to_leave_the_program_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt), calm_errors():
        raise KeyboardInterrupt
