"""The page Boundaries through the app: what counts, and the way back. Installing is tried in a browser."""

from __future__ import annotations

import pytest

from data.boundary_sets import BoundarySource
from data.store import Store
from geo.boundaries import use_boundaries
from tests.data.boundary_files import synthetic_set
from tests.pages.shown import failures, markup

HOSTILE = "*Nobody* <img src=x onerror=alert(1)> {{7*7}}"


@pytest.fixture(autouse=True)
def _bundled_again():
    yield
    use_boundaries(None)


@pytest.fixture
def installed(data_folder) -> None:
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.install_boundaries(
            synthetic_set(), BoundarySource("Synthetic", HOSTILE, "CC0"), actor="Dara", reason="official",
            expected_revision=store.revision(),
        )  # fmt: skip
    use_boundaries(None)  # as a process that has not heard of it


def test_the_bundled_set_is_named_with_its_licence(open_page):
    app = open_page("boundaries")
    assert failures(app) == []
    assert "Licence: ODbL-1.0" in app.text.values
    assert "None are installed." in app.text.values
    assert not [button for button in app.button if button.label == "Go back"]


def test_an_installed_set_is_named_and_taken_back(open_page, installed, data_folder):
    app = open_page("boundaries")
    assert failures(app) == []
    assert f"Publisher: {HOSTILE}" in app.text.values
    assert not [text for _, text in markup(app) if "onerror" in text]
    next(box for box in app.text_input if box.key == "rollback_actor").input("T")
    next(box for box in app.text_input if box.key == "rollback_reason").input("tried")
    next(button for button in app.button if button.label == "Go back").click().run()
    assert failures(app) == []
    assert "Licence: ODbL-1.0" in app.text.values
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.boundary_folder(1) is None


def test_a_set_whose_folder_is_gone_can_still_be_taken_back(open_page, installed, data_folder):
    for file in (data_folder / "boundaries").rglob("*.*"):
        if file.is_file():
            file.unlink()
    app = open_page("boundaries")
    assert any("are not there" in text for text in app.text.values)
    assert [button for button in app.button if button.label == "Go back"]
