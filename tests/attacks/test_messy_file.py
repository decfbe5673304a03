"""A file in which everything is wrong at once: each fault is found as often as it is there, and can be settled."""

from __future__ import annotations

import io
from collections import Counter

import pandas as pd
import pytest

from data.dates import WrittenDate, order_of, parse_date
from data.ingest import ImportResult
from data.options import ImportOptions
from data.read import read_table
from data.schema import COMPLAINT
from data.suggestions import accept_suggestions, suggest_columns, suggest_kind
from errors import MissingColumnError, UnreadableFileError
from geo.resolve import Match, resolve
from tests.attacks.attack_files import bring_in
from tests.attacks.messy_file import HEADERS, MESSY, TITLES, messy_complaints

CONTENT = messy_complaints()
ROWS = pd.read_csv(io.BytesIO(CONTENT), skiprows=len(TITLES), dtype=str, keep_default_na=False)
SETTLED = {"header_row": MESSY.header_row, "columns": dict(MESSY.columns), "day_first": True}


@pytest.fixture(scope="module")
def settled() -> ImportResult:
    return bring_in(CONTENT, **SETTLED)


def rejected(result: ImportResult) -> Counter[str]:
    reasons = result.issues[result.issues["severity"] == "reject"]
    return Counter(reasons.drop_duplicates(["row_number", "code"])["code"])


def test_the_file_is_the_same_each_time_and_another_for_another_seed():
    assert messy_complaints() == CONTENT
    assert messy_complaints(seed=7) != CONTENT
    with pytest.raises(ValueError, match="room"):
        messy_complaints(10)


def test_the_file_holds_what_its_facts_say():
    body = ROWS.iloc[:-1]
    assert (len(body), ROWS.iloc[-1, 0]) == (MESSY.rows, "TOTAL")
    assert tuple(ROWS.columns) == HEADERS == tuple(MESSY.columns.values())
    assert body["Ticket"].str.fullmatch(r"(synthetic-\d{5})?").all()
    assert (body["Ticket"] == "").sum() == MESSY.near_duplicates
    assert body.duplicated().sum() == MESSY.exact_duplicates
    assert body["Spot"].isin(MESSY.places.keys()).sum() == MESSY.unknown_place_rows
    assert (pd.to_numeric(body["GPS one"]) > 100).sum() == MESSY.swapped_rows
    assert (~body["Heads"].str.isdecimal()).sum() == MESSY.unreadable_numbers


def test_nothing_in_the_file_proves_the_order_of_its_dates():
    days = ROWS["Day logged"].iloc[:-1].unique()
    assert all(order_of(day) is None for day in days)
    assert not any(isinstance(parse_date(day), WrittenDate) for day in days)
    read = sorted(parse_date(day, True).start for day in days)
    assert (read[0], read[-1]) == (MESSY.earliest, MESSY.latest)


def test_the_misspelt_places_are_unknown_and_there_are_seven():
    assert len(MESSY.places) == 7
    assert not any(isinstance(resolve(text), Match) for text in MESSY.places)


def test_the_header_is_asked_for_then_the_columns():
    with pytest.raises(UnreadableFileError, match=f"line {MESSY.header_row}"):
        bring_in(CONTENT)
    with pytest.raises(MissingColumnError) as caught:
        bring_in(CONTENT, header_row=MESSY.header_row)
    assert caught.value.context["missing"] == ["received_date"]


def test_what_is_suggested_leaves_few_columns_to_say():
    rows = read_table(CONTENT, "f.csv", header_row=MESSY.header_row).whole
    suggestions = {one.header: one for one in suggest_columns(rows, COMPLAINT)}
    proposed = {header: one.column for header, one in suggestions.items() if one.column}
    meant = {header: column for column, header in MESSY.columns.items()}
    assert proposed.items() <= meant.items()
    assert meant.keys() - proposed.keys() == {"Ticket"}
    assert len(MESSY.unfamiliar) >= 3
    assert all(suggestions[header].confidence < 0.95 for header in MESSY.unfamiliar)
    assert suggest_kind(list(rows), rows)[0][0] == "complaint"
    assert accept_suggestions(list(suggestions.values())).columns["received_date"] == "Day logged"


def test_without_the_order_of_the_dates_no_row_is_taken():
    result = bring_in(CONTENT, header_row=MESSY.header_row, columns=dict(MESSY.columns))
    assert rejected(result)["date_ambiguous"] == MESSY.rows
    assert result.rows_accepted == 0
    assert result.rows_read == MESSY.rows_read


def test_every_fault_is_found_as_often_as_it_is_there(settled):
    reasons = rejected(settled)
    assert reasons["place_unknown"] == MESSY.unknown_place_rows
    assert reasons["coordinates_swapped"] == MESSY.swapped_rows
    assert reasons["number_unreadable"] == MESSY.unreadable_numbers
    assert reasons["looks_like_total"] == MESSY.total_lines
    assert settled.rows_duplicate == MESSY.exact_duplicates
    assert settled.rows_accepted == MESSY.accepted - MESSY.unknown_place_rows
    assert settled.rows_read == MESSY.rows_read
    unknown = settled.issues.loc[settled.issues["code"] == "place_unknown", "value"]
    assert set(unknown) == MESSY.places.keys()


def test_near_duplicates_are_shown_and_kept(settled):
    assert len(settled.pairs) == MESSY.near_duplicates
    assert set(settled.pairs["likeness"]) == {"near"}
    assert settled.pairs["row_number"].isin(settled.accepted["row_number"]).all()


def test_once_the_places_are_said_all_that_can_be_read_is_taken():
    result = bring_in(CONTENT, **SETTLED, places=dict(MESSY.places))
    assert result.rows_accepted == MESSY.accepted
    assert "place_unknown" not in set(result.issues["code"])


def test_a_smaller_file_has_the_same_faults():
    result = bring_in(messy_complaints(1_000), **SETTLED)
    assert rejected(result)["coordinates_swapped"] == MESSY.swapped_rows
    assert result.rows_read == 1_000 + MESSY.total_lines


def test_the_decisions_can_be_kept():
    options = ImportOptions(**SETTLED, places=dict(MESSY.places))
    assert ImportOptions.from_json(options.to_json()) == options
