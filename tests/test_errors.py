from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path

import pytest

import errors
from errors import AtlasError

TREE = {
    "AtlasError": None,
    "UploadError": "AtlasError",
    "UnreadableFileError": "UploadError",
    "EmptyFileError": "UploadError",
    "FileTooLargeError": "UploadError",
    "MissingColumnError": "UploadError",
    "AmbiguousColumnError": "UploadError",
    "PersonalDataError": "UploadError",
    "PlaceDataError": "AtlasError",
    "BoundaryError": "PlaceDataError",
    "GazetteerError": "PlaceDataError",
    "AreaError": "PlaceDataError",
    "CountError": "AtlasError",
    "MetricError": "CountError",
    "PeriodError": "CountError",
    "StoreError": "AtlasError",
    "DuplicateFileError": "StoreError",
    "StoreBusyError": "StoreError",
    "StoreDamagedError": "StoreError",
    "MigrationError": "StoreError",
    "AccessError": "AtlasError",
    "SignInRequiredError": "AccessError",
    "RoleError": "AccessError",
    "ExportError": "AtlasError",
    "CancelledError": "AtlasError",
}
CLASSES = dict(inspect.getmembers(errors, inspect.isclass))
RAISED = {name: cls for name, cls in CLASSES.items() if issubclass(cls, BaseException)}


def test_the_tree_is_the_one_that_is_drawn():
    assert {name: cls.__base__.__name__ for name, cls in RAISED.items() if name != "AtlasError"} == {
        name: parent for name, parent in TREE.items() if parent
    }
    assert AtlasError.__base__ is Exception
    drawing = inspect.getdoc(errors)
    assert all(name in drawing for name in TREE)


@pytest.mark.parametrize("cls", RAISED.values(), ids=lambda cls: cls.__name__)
def test_every_error_keeps_message_hint_and_context(cls):
    error = cls("Row 7 of “a.csv” is broken.", "Mend it.", file="a.csv", row=7)
    assert (error.message, error.hint, error.context) == (
        "Row 7 of “a.csv” is broken.",
        "Mend it.",
        {"file": "a.csv", "row": 7},
    )
    assert str(error) == "Row 7 of “a.csv” is broken. Mend it."


def test_an_error_without_a_hint_ends_with_its_message():
    assert str(AtlasError("It is broken.")) == "It is broken."


def test_mistakes_of_the_program_are_not_errors_for_people():
    assert not issubclass(AtlasError, ValueError | TypeError)


def test_errors_import_only_the_standard_library():
    tree = ast.parse(Path(errors.__file__).read_text(encoding="utf-8"))
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules <= sys.stdlib_module_names
