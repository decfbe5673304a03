from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
import yaml

from data.ingest import ImportResult, ingest
from data.options import ImportOptions
from data.personal_data import find_personal_data
from data.read import read_table
from data.samples import SAMPLE_FOLDER, samples
from data.schema import COMPLAINT, KINDS
from data.suggestions import suggest_columns, suggest_kind
from errors import UnreadableFileError, UploadError

SAMPLES = {sample.file_name: sample for sample in samples()}


def take(name: str, **more) -> ImportResult:
    sample = SAMPLES[name]
    return ingest(sample.read(), name, sample.kind, sample.options, today=date(2026, 1, 1), **more)


def rejected(result: ImportResult) -> Counter[str]:
    reasons = result.issues[result.issues["severity"] == "reject"]
    return Counter(reasons.drop_duplicates(["row_number", "code"])["code"])


def test_every_file_is_described_and_every_description_has_its_file():
    files = {path.name for path in SAMPLE_FOLDER.iterdir() if not path.name.endswith(".source.yml")}
    assert files == SAMPLES.keys()
    assert len(files) >= 6


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_what_its_notes_say(name):
    sample = SAMPLES[name]
    notes = yaml.safe_load((SAMPLE_FOLDER / f"{name}.source.yml").read_text(encoding="utf-8"))
    assert notes["sha256"] == sha256(sample.read()).hexdigest()
    assert notes["licence"]
    assert "nobody in it exists" in notes["known_limits"][0]
    assert sample.kind in KINDS
    assert "synthetic" in name
    assert sample.title.startswith("Synthetic")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_says_that_it_is_synthetic_and_names_nobody(name):
    sample = SAMPLES[name]
    options = sample.options
    rows = read_table(sample.read(), name, encoding=options.encoding, header_row=options.header_row).whole
    whole = rows.agg(" ".join, axis="columns").str.casefold()
    records = whole[~whole.str.contains("#meta")]
    assert records.str.contains("synthetic").all()
    assert not any(find_personal_data(rows[header]) for header in rows)
    assert suggest_kind(list(rows), rows)[0][0] == sample.kind


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("complaints-synthetic.csv", 40),
        ("events-synthetic.xlsx", 24),
        ("embassy-list-synthetic.csv", 15),
        ("khmer-synthetic.csv", 20),
    ],
)
def test_a_tidy_sample_is_added_whole(name, rows):
    result = take(name)
    assert (result.rows_read, result.rows_accepted) == (rows, rows)
    assert result.issues.empty
    assert set(result.rows.columns) == set(result.mapping)
    assert str(rows) in SAMPLES[name].description


def test_the_list_of_the_embassy_needs_its_encoding():
    sample = SAMPLES["embassy-list-synthetic.csv"]
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        ingest(sample.read(), sample.file_name, sample.kind)
    result = take(sample.file_name)
    assert "Français" in set(result.accepted["nationality"])
    assert result.accepted["latitude"].between(10, 15).all()


def test_the_log_in_khmer_is_read_in_khmer():
    result = take("khmer-synthetic.csv")
    assert set(result.mapping.values()) == {
        "complaint_id", "received_date", "place_text", "nationality", "people_affected", "note"
    }  # fmt: skip
    assert result.accepted["province_code"].notna().all()
    assert result.accepted["people_affected"].between(1, 7).all()


def test_the_line_of_tags_is_no_record_and_says_what_the_columns_are():
    result = take("hxl-synthetic.csv")
    assert (result.rows_read, result.rows_accepted) == (12, 12)
    assert result.issues.empty
    rows = result.rows
    suggestions = suggest_columns(rows, COMPLAINT, hxl=result.reading.hxl)
    assert {one.header: one.column for one in suggestions if one.why == "hxl"} == {
        "Record": "complaint_id",
        "Reported on": "received_date",
        "Province name": "place_text",
        "P-code": "province_code",
        "Persons": "people_affected",
        "Remarks": "note",
    }


def test_the_workbook_keeps_dates_and_numbers_as_news_words_them():
    result = take("events-synthetic.xlsx")
    assert result.reading.sheet == "Events"
    assert {"day", "days", "month", "quarter", "year"} <= set(result.accepted["date_precision"])
    assert {"exact", "more_than", "between", "about", "up_to", "hundreds"} <= set(result.accepted["qualifier"].dropna())
    assert set(result.accepted["event_type"]) == {
        "raid", "rescue", "arrest", "closure", "repatriation", "escape", "inspection"
    }  # fmt: skip


def test_the_messy_log_is_sorted_out_as_its_description_says():
    sample = SAMPLES["messy-hotline-synthetic.csv"]
    with pytest.raises(UploadError, match="line 3"):
        ingest(sample.read(), sample.file_name, sample.kind)
    result = take(sample.file_name)
    reasons = rejected(result)
    assert result.rows_read == 28 + 1
    assert result.rows_accepted == 20
    assert result.rows_rejected + result.rows_duplicate == 9
    assert reasons["coordinates_swapped"] == 3
    assert reasons["place_unknown"] == 2
    assert reasons["number_unreadable"] == 1
    assert reasons["looks_like_total"] == 1
    assert [(one.header, one.day_first) for one in result.date_orders()] == [("Date", True)]
    assert {"KH-18", "KH-20", "KH-1", "KH-12", "KH-9", "KH-7"} <= set(result.accepted["province_code"])


def test_what_must_be_said_is_no_more_than_it_says():
    said = {name: sample.options for name, sample in SAMPLES.items() if sample.options != ImportOptions()}
    assert said == {
        "embassy-list-synthetic.csv": ImportOptions(encoding="cp1252"),
        "messy-hotline-synthetic.csv": ImportOptions(header_row=3),
    }
