"""Each test of this folder ends in English, whatever it spoke."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from locales import use_language


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")
