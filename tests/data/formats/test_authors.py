from __future__ import annotations

import io

import openpyxl
import pytest

from data.formats.authors import find_authors
from tests.attacks.made_files import add_to_archive


def book(creator: str | None, editor: str | None = None) -> bytes:
    made = openpyxl.Workbook()
    made.properties.creator, made.properties.lastModifiedBy = creator, editor
    made.active.append(["received_date"])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_author_and_last_editor_are_named_once_each():
    assert find_authors(book("Sok Dara", "Chan Lina")) == ("Sok Dara", "Chan Lina")
    assert find_authors(book("Sok Dara", "Sok Dara")) == ("Sok Dara",)


@pytest.mark.parametrize("creator", ["openpyxl", None, "  "])
def test_a_program_is_no_author(creator):
    assert find_authors(book(creator)) == ()


def test_other_files_name_nobody_here():
    assert find_authors(b"received_date,place_text\n") == ()
    assert find_authors(b"") == ()
    assert find_authors(b"PK\x03\x04 broken") == ()


def test_properties_that_define_entities_are_not_read():
    plain = book(None)
    hostile = b'<!DOCTYPE x [<!ENTITY e "boom">]><x><Manager>&e;</Manager></x>'
    assert find_authors(add_to_archive(plain, {"docProps/manager.xml": hostile})) == ()
    assert find_authors(_with_app(hostile)) == ()
    assert find_authors(_with_app(b"<x><Manager>A. Person</Manager></x>")) == ("A. Person",)


def _with_app(part: bytes) -> bytes:
    import zipfile

    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(None))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, part if name == "docProps/app.xml" else old.read(name))
    return content.getvalue()


def test_a_very_long_name_is_cut():
    assert len(find_authors(book("x" * 10_000))[0]) == 200
