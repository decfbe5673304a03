from __future__ import annotations

import pytest

from data.plain import fold_header, is_missing, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a   b ", "a b"),
        ("១០.៦", "10.6"),
        ("๑๒", "12"),
        ("１２", "12"),
        ("2\u00a0000", "2 000"),
        ("12\u200b34", "1234"),
        ("ខេត្ត", "ខេត្ត"),
    ],
)
def test_text_is_made_plain(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize("text", ["", "  ", "N/A", "Unknown", "—", "NaN", "\u00a0"])
def test_markers_say_nothing(text):
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "nothing", "Nan Province"])
def test_anything_else_says_something(text):
    assert not is_missing(text)


@pytest.mark.parametrize(
    "header", ["Received Date", "received_date", "RECEIVED-DATE", "Réceived date:", " received\u00a0date"]
)
def test_headers_are_compared_without_case_spaces_punctuation_and_accents(header):
    assert fold_header(header) == "receiveddate"


def test_khmer_vowel_signs_count():
    assert fold_header("ខេត្ត") != fold_header("ខត្ត")
