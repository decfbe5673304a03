from __future__ import annotations

import pytest

from data.limits import current_limits
from data.sniff import ENCODINGS, decode, find_delimiter
from errors import EmptyFileError, FileTooLargeError, UnreadableFileError

TEXT = "id,ខេត្ត\n1,កំពត\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_unicode_is_recognised_without_being_told(encoding, found):
    text = (
        TEXT
        if encoding.startswith("utf-8") or encoding in ("utf-16", "utf-32")
        else "id,date,place\n1,2023-04-01,កំពត\n"
    )
    decoded = decode(text.encode(encoding), "a.csv")
    assert decoded.text == text
    assert decoded.encoding == found


def test_an_encoding_that_is_said_is_used():
    assert decode("Café\n".encode("cp1252"), "a.csv", "CP1252").text == "Café\n"
    assert decode("ไทย\n".encode("cp874"), "a.csv", "cp874").text == "ไทย\n"


def test_a_western_file_is_not_guessed_at():
    with pytest.raises(UnreadableFileError) as caught:
        decode("id\nCafé\n".encode("cp1252"), "a.csv")
    assert caught.value.context["line"] == 2


@pytest.mark.parametrize("encoding", ["rot13", "base64", "idna", "unicode_escape", "utf-7", "no such thing"])
def test_only_encodings_of_the_list_are_used(encoding):
    assert encoding not in ENCODINGS
    with pytest.raises(UnreadableFileError, match="encoding"):
        decode(b"id\n1\n", "a.csv", encoding)


def test_a_file_just_above_the_limit_is_refused_and_names_it():
    with pytest.raises(FileTooLargeError, match="50 MB"):
        decode(b"x" * (current_limits().bytes + 1), "a.csv")


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \t\r\n"])
def test_nothing_is_empty(content):
    with pytest.raises(EmptyFileError):
        decode(content, "a.csv")


def test_a_table_whose_first_header_looks_odd_is_still_a_table():
    for header in ("{{7*1234567}},b", "[x],y", "<b>,c", "MZ,a"):
        assert decode(f"{header}\n1,2\n".encode(), "a.csv").text.startswith(header)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2\n1,6;3\n", ";"),
        ("a\tb, c\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a\n1\n", ","),
        ("a,b,note\n1,2,x;y\n3,4,z;w\n", ","),
        ("a,b\n1,2\n1,2,3\n", ","),
        ('"a","b;c"\n"1","x;y"\n', ","),
        ("Title\na;b;c\n1;2;3\n1;2;3\n", ";"),
    ],
)
def test_the_separator_is_the_one_that_cuts_evenly(text, delimiter):
    assert find_delimiter(text, "a.csv") == delimiter


def test_a_separator_in_a_large_file_is_found_from_its_beginning():
    assert find_delimiter("a;b\n" + "1;2\n" * 100_000, "a.csv") == ";"
