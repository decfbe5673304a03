"""Unfinished uploads and single steps of the wizard, drawn without the app around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import drafts
from data.drafts import Draft
from data.options import ImportOptions
from ui import work


@pytest.fixture(autouse=True)
def _work_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wait for work beside the page however slow the machine is, and keep none of it for another test."""
    monkeypatch.setattr(work, "PATIENCE_S", 120)
    work._WORKS.clear()
    st.cache_resource.clear()
    yield
    work._WORKS.clear()
    st.cache_resource.clear()


@pytest.fixture
def keep(data_folder: Path) -> Callable[..., Draft]:
    """Keep a file as an unfinished upload; keywords are decisions about it."""

    def keep(
        content: bytes, kind: str = "complaint", *, name: str = "file.csv", step: str = "read", **decisions: object
    ) -> Draft:
        draft = drafts.new_draft(content, name, kind)
        return drafts.save(replace(draft, step=step, options=ImportOptions(**decisions)))

    return keep


def _page(module: str, function: str, token: str) -> None:
    from importlib import import_module

    import streamlit as st

    from data import drafts
    from ui.messages import calm_errors

    draft = drafts.load(token)
    if draft is None:
        st.text("The upload is gone.")
        return
    with calm_errors():
        getattr(import_module(module), function)(draft)


@pytest.fixture
def draw(data_folder: Path) -> Callable[..., AppTest]:
    """Draw one step, ``module`` and ``function``, for the upload as it stands at each run."""

    def draw(module: str, function: str, draft: Draft) -> AppTest:
        arguments = {"module": f"ui.wizard.{module}", "function": function, "token": draft.token}
        app = AppTest.from_function(_page, kwargs=arguments, default_timeout=120).run()
        assert ":material/error: **Something went wrong on our side**" not in app.markdown.values
        return app

    return draw
