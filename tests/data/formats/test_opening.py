from __future__ import annotations

import pytest

from data.formats.opening import open_contents
from errors import FileTooLargeError, UnreadableFileError
from tests.attacks.made_files import CELLS, NAMES, geojson, point, workbook


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"%PDF-1.7", b"<html>", b"MZ\x00"])
def test_text_and_what_is_no_format_of_ours_is_left_to_others(content):
    assert open_contents(content, "x") is None


def test_formats_are_read_whatever_the_name():
    assert open_contents(workbook({"a": [NAMES, CELLS]}), "x.csv").file_format == "xlsx"
    assert open_contents(geojson(point(104, 11)), "x.csv").file_format == "geojson"


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_what_no_text_can_hold_is_refused_naming_the_row(text):
    with pytest.raises(UnreadableFileError, match="Row 2"):
        open_contents(geojson(None, {"a": text}), "x")


def test_the_limit_of_size_and_the_names_of_encodings_hold(monkeypatch):
    with pytest.raises(UnreadableFileError, match="klingon"):
        open_contents(geojson(None, {"a": "x"}), "x", encoding="klingon")
    monkeypatch.setenv("ATLAS_MAX_MB", "1")
    with pytest.raises(FileTooLargeError, match="1 MB"):
        open_contents(geojson(None, {"a": "x" * 2**20}), "x")
