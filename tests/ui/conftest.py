"""Parts of pages are drawn without a server: what each `AppTest` would look for anew is looked for once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pages.app_pages import scan_components_once


@pytest.fixture(scope="session", autouse=True)
def _components_scanned_once() -> Iterator[None]:
    with scan_components_once():
        yield
