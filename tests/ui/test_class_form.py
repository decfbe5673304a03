from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui.class_form import read_breaks


def _page():
    import streamlit as st

    from ui.class_form import show_class_form
    from ui.state import current_choices

    show_class_form(current_choices())
    chosen = current_choices()
    st.text(f"{chosen.scheme} {chosen.classes} {chosen.breaks}")


def _run(app):
    app.run()
    assert not app.exception
    return app.text[0].value


def test_scheme_and_number_are_kept_as_choices():
    app = AppTest.from_function(_page)
    assert _run(app) == "quantiles 5 ()"
    app.slider[0].set_value(7)
    _run(app)
    app.radio[0].set_value("natural")
    _run(app)
    assert _run(app) == "natural 7 ()"


def test_own_breaks_are_asked_for_and_nonsense_changes_nothing():
    app = AppTest.from_function(_page)
    app.query_params["scheme"] = "manual"
    app.query_params["breaks"] = "1,5"
    assert _run(app) == "manual 5 (1.0, 5.0)"
    assert app.text_input[0].value == "1; 5"
    app.text_input[0].input("2; 8; 1,000")
    assert _run(app) == "manual 5 (2.0, 8.0, 1000.0)"
    app.text_input[0].input("8; <b>2</b>")
    _run(app)
    assert app.warning[0].value.startswith("These are not up to 6 rising numbers")
    assert app.text[-1].value == "manual 5 (2.0, 8.0, 1000.0)"


@pytest.mark.parametrize("text", ["", "a", "3; 1", "1; 1", "-1; 2", "nan", "1e12", "1;2;3;4;5;6;7"])
def test_what_is_not_rising_numbers_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        read_breaks(text)
