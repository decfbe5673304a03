from __future__ import annotations

from dataclasses import fields

import pytest

from data.limits import MEGABYTE, VARIABLES, Limits, current_limits
from data.read import read_table
from errors import FileTooLargeError, UploadError


def test_without_settings_the_defaults_hold(monkeypatch):
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    assert current_limits() == Limits()
    assert set(VARIABLES) == {limit.name for limit in fields(Limits)}


def test_each_limit_can_be_set(monkeypatch):
    for number, variable in enumerate(VARIABLES.values(), start=3):
        monkeypatch.setenv(variable, str(number))
    limits = current_limits()
    assert (limits.bytes, limits.rows, limits.unpacked_bytes) == (3 * MEGABYTE, 4, 7 * MEGABYTE)
    assert limits.seconds == 3 + len(VARIABLES) - 1


@pytest.mark.parametrize("text", ["many", "0", "-1", "1.5", "１"])
def test_a_setting_that_is_no_number_is_named(monkeypatch, text):
    monkeypatch.setenv("ATLAS_MAX_ROWS", text)
    with pytest.raises(UploadError, match="ATLAS_MAX_ROWS") as caught:
        current_limits()
    assert caught.value.hint


def test_the_sentence_for_the_screen_names_the_limits(monkeypatch):
    monkeypatch.setenv("ATLAS_MAX_MB", "7")
    assert "7 MB, 1,000,000 rows, 200 columns and 10,000 characters" in current_limits().describe()


@pytest.mark.parametrize(
    ("variable", "content", "said"),
    [
        ("ATLAS_MAX_MB", b"a,b\n" + b"1,2\n" * 300_000, "limit is 1 MB"),
        ("ATLAS_MAX_ROWS", b"a,b\n1,2\n3,4\n", "more than 1 rows"),
        ("ATLAS_MAX_COLUMNS", b"a,b\n1,2\n", "limit is 1"),
        ("ATLAS_MAX_CELL_CHARACTERS", b"a,b\n1,22\n", "more than 1 characters"),
    ],
)
def test_a_set_limit_holds_for_text(monkeypatch, variable, content, said):
    read_table(content, "any.csv")
    monkeypatch.setenv(variable, "1")
    with pytest.raises(FileTooLargeError, match=said):
        read_table(content, "any.csv")
