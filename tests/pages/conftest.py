"""Fixtures for tests that open pages through ``app.py``, without a browser.

A test reads::

    def test_map_names_the_province(open_page):
        app = open_page("map", place="KH-18")     # page file, then what stands in the address
        assert "Preah Sihanouk" in app.subheader.values
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.app_pages import APP, run_through_app, scan_components_once
from ui import work


@pytest.fixture(scope="session", autouse=True)
def _components_scanned_once() -> Iterator[None]:
    with scan_components_once():
        yield


@pytest.fixture(autouse=True)
def _through_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run pages through ``app.py``, and share nothing with other tests."""
    run_through_app(monkeypatch)
    # However slow the machine is, work beside the page has ended when the page is looked at.
    monkeypatch.setattr(work, "PATIENCE_S", 120)
    work._WORKS.clear()
    st.cache_resource.clear()
    yield
    work._WORKS.clear()
    st.cache_resource.clear()


@pytest.fixture
def open_page(data_folder: Path) -> Callable[..., AppTest]:
    """Open a page of the app on a store of one's own (`data_folder`); keywords are parameters of the address."""

    def open_page(name: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=120)
        app.query_params.update(address)
        return app.switch_page(f"pages/{name}.py").run()

    return open_page
