from __future__ import annotations

from charts.terms import COLUMNS, TERMS
from data.schema import KINDS

FIELDS = [field for kind in KINDS.values() for field in kind.fields]


def test_every_value_of_the_codebook_has_its_word():
    grades = {"source_reliability", "information_credibility", "metric"}  # a letter, a figure, a name of its own
    values = {value for field in FIELDS if field.choices and field.name not in grades for value in field.choices}
    assert values <= set(TERMS)


def test_every_column_has_its_name():
    assert {field.name for field in FIELDS} <= set(COLUMNS) | set(TERMS)
    assert not set(COLUMNS) & set(TERMS)
