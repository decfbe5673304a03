"""The pages of the app as a server would run them, for `AppTest`."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import app_test

APP = Path(__file__).resolve().parents[2] / "app.py"


class _NavigatedPages(PagesManager):
    """`AppTest` forgets before each run that ``app.py`` starts the pages (see ``ui/__init__.py``); this does not."""


def run_through_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `AppTest` run pages through ``app.py``, as the server does."""
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", _NavigatedPages)


def listed_pages() -> dict[str, str]:
    """Title of each page that ``app.py`` lists, by its file (``pages/map.py``)."""
    calls = [node for node in ast.walk(ast.parse(APP.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    pages = [call for call in calls if getattr(call.func, "attr", "") == "Page"]
    titles = [next(word.value for word in call.keywords if word.arg == "title") for call in pages]
    return {call.args[0].value: title.args[0].value for call, title in zip(pages, titles, strict=True)}


@contextmanager
def scan_components_once() -> Iterator[None]:
    """Look through the installed packages for Streamlit components once, and not for every `AppTest`."""
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield
