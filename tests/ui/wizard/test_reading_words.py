from __future__ import annotations

import pytest

from data.formats.detection import FORMATS
from data.read import Reading
from data.sniff import DELIMITER_NAMES, DELIMITERS, ENCODINGS
from errors import UnreadableFileError
from ui.wizard import reading_words
from ui.wizard.reading_words import describe_reading, ways_out

OWN = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\n"


def test_every_format_separator_and_encoding_has_words():
    assert set(reading_words._FORMATS) == set(FORMATS)
    assert set(DELIMITER_NAMES) == set(DELIMITERS)
    assert set(reading_words.ENCODING_NAMES) <= set(ENCODINGS)


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        (
            Reading(columns=("a", "b")),
            "1,480 rows, 2 columns. Table as text; characters: Unicode (UTF-8); cells parted by: comma; column names "
            "in line 1.",
        ),
        (
            Reading("cp874", ";", 3, ("a",), blank_lines=2, hxl={"a": "#date"}),
            "1,480 rows, 1 columns. Table as text; characters: Thai (Windows-874); cells parted by: semicolon; column "
            "names in line 3; 2 blank lines passed over; HXL tags found.",
        ),
        (
            Reading("", "", 1, ("a",), file_format="xlsx", sheet="May"),
            "1,480 rows, 1 columns. Workbook (XLSX); sheet: May; column names in line 1.",
        ),
    ],
)
def test_how_a_file_was_read_in_words(reading, sentence):
    assert describe_reading(reading, 1480) == sentence


@pytest.mark.parametrize(
    ("context", "options"),
    [
        ({"header_row": 3}, ["The column names are in line 3"]),
        ({"delimiters": (";", "\t")}, ["Cells are parted by a semicolon", "Cells are parted by a tab"]),
        ({"sheets": ("May", "*June*")}, ["The sheet or layer “May”", "The sheet or layer “*June*”"]),
        ({"encoding": "cp874"}, []),  # the file is Unicode: there is nothing to choose
        ({}, []),
    ],
)
def test_the_ways_out_of_an_error(keep, context, options):
    error = UnreadableFileError("no", "try", **context)
    assert [words for words, _ in ways_out(keep(OWN), error)] == options
