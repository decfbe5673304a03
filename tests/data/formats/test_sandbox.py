from __future__ import annotations

import pytest

from data.formats import sandbox
from data.formats.sandbox import read_apart
from data.formats.workbook_cells import WORKBOOK
from errors import UnreadableFileError, UploadError
from tests.attacks.made_files import workbook


def test_the_answer_comes_back_as_plain_values():
    answer = read_apart("workbook", {WORKBOOK: workbook({"a": [["x", 1]]})}, "x.xlsx", sheet=None)
    assert (answer["sheet"], answer["rows"]) == ("a", [[1, ["x", "1"]]])


def test_a_refusal_comes_back_as_it_was_raised():
    with pytest.raises(UnreadableFileError, match="2 sheets") as caught:
        read_apart("workbook", {WORKBOOK: workbook({"a": [["x"]], "b": [["x"]]})}, "x.xlsx", sheet=None)
    assert caught.value.context["sheets"] == ["a", "b"]
    assert "(sheet=a)" in caught.value.hint


def test_what_needs_too_much_memory_is_refused(monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY_BYTES", 1)
    with pytest.raises(UnreadableFileError, match="memory or time"):
        read_apart("workbook", {WORKBOOK: workbook({"a": [["x"]]})}, "x.xlsx", sheet=None)


@pytest.mark.parametrize("said", ["SystemExit", "AtlasError", "json", "RoleError"])
def test_only_errors_of_files_are_made_of_what_the_process_says(said):
    error = sandbox._rebuild({"error": said, "message": "m", "hint": "h", "context": {}})
    assert isinstance(error, UploadError)
    assert (error.message, error.hint) == ("m", "h")
