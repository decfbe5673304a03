from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data.permalink import Choices
from data.saved_views import saved_views
from ui.saved_view_form import page_of


@pytest.mark.parametrize(("address", "name"), [
    ("http://localhost:8501/map?place=KH-18", "map"),
    ("http://localhost:8501/claims/", "claims"),
    ("http://localhost:8501/", ""),
    ("http://localhost:8501/history", ""),
    ("", ""),
])  # fmt: skip
def test_only_pages_with_figures_are_kept(address, name):
    assert page_of(address) == name


def _draw() -> None:
    from data.permalink import Choices
    from ui.saved_view_form import show_keep_view

    show_keep_view("http://localhost:8501/map", Choices(place="KH-18"))


def test_a_view_is_kept_under_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    app = AppTest.from_function(_draw).run()
    app.button[0].click().run()
    assert saved_views() == []
    app.text_input(key="keep_view_name").input("Coast")
    app.text_input(key="keep_view_who").input("A")
    app.button[0].click().run()
    assert not app.exception
    (kept,) = saved_views()
    assert (kept.name, kept.page, kept.view, kept.who) == ("Coast", "map", Choices(place="KH-18"), "A")
