from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.export import export_csv, export_geojson, export_xlsx
from data.ingest import ImportResult, ingest
from data.schema import KINDS, empty_records
from errors import ExportError

SEED = Path(__file__).parents[2] / "data" / "files" / "seed"
CONTENT = (
    b"id,date,province,lat,lon,victims,Shelter\n"
    b"a,2023-04,Kampot,10.6112,104.1803,3,=1+1\n"
    b"b,../2022-09-22,,13.7512,100.5018,,\n"
    b"c,2023,,,,,\n"
)


def take_in(content: bytes, kind: str = "complaint") -> ImportResult:
    return ingest(content, "x.csv", kind, today=date(2100, 1, 1))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sources.csv", "source"), ("compounds.csv", "compound"), ("events.csv", "event"), ("claims.csv", "claim")],
)
def test_the_seed_reads_back_from_its_export(name, kind):
    first = take_in((SEED / name).read_bytes(), kind)
    again = take_in(export_csv(first.accepted, kind), kind)
    assert first.rows_rejected == again.rows_rejected == 0
    pd.testing.assert_frame_equal(first.accepted.drop(columns="row_number"), again.accepted.drop(columns="row_number"))


def test_csv_has_all_columns_and_those_of_the_file_behind_them():
    first, second, third = read(export_csv(take_in(CONTENT).accepted, "complaint"))
    assert list(first)[: len(KINDS["complaint"].columns)] == list(KINDS["complaint"].columns)
    assert first["Shelter"] == "'=1+1"
    assert (first["date_start"], first["date_end"], first["people_affected"]) == ("2023-04-01", "2023-05-01", "3")
    assert (second["date_start"], second["province_code"], second["match_method"]) == ("", "", "outside")
    assert third["latitude"] == ""


@pytest.mark.parametrize("number", ["12.345", "0.00001", "1000000", "289", "0", "99.5"])
def test_numbers_are_written_so_that_they_have_one_reading(number):
    records = empty_records(KINDS["claim"]).reindex([0])
    records["best"] = pd.array([float(number)], dtype="Float64")
    records = records.assign(claim_id="c", metric="complaints_true_percent", speaker="Ministry")
    again = take_in(export_csv(records, "claim"), "claim")
    assert again.accepted["best"].tolist() == [float(number)]


def test_geojson_keeps_every_record_with_or_without_a_point():
    collection = json.loads(export_geojson(take_in(CONTENT).accepted, "complaint"))
    assert collection["type"] == "FeatureCollection"
    first, second, third = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [104.1803, 10.6112]}
    assert first["properties"]["people_affected"] == 3
    assert first["properties"]["date_start"] == "2023-04-01"
    assert first["properties"]["extra"] == {"Shelter": "=1+1"}
    assert first["properties"]["source_ids"] == []
    assert second["properties"]["people_affected"] is None
    assert third["geometry"] is None
    assert [feature["id"] for feature in collection["features"]] == ["a", "b", "c"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_records_are_a_header_and_an_empty_collection(kind):
    assert read(export_csv(empty_records(KINDS[kind]), kind)) == []
    assert json.loads(export_geojson(empty_records(KINDS[kind]), kind))["features"] == []


def test_a_workbook_reads_back_as_it_was():
    first = take_in(CONTENT)
    again = take_in(export_xlsx(first.accepted, "complaint"))
    pd.testing.assert_frame_equal(first.accepted.drop(columns="row_number"), again.accepted.drop(columns="row_number"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sources.csv", "source"), ("compounds.csv", "compound"), ("events.csv", "event"), ("claims.csv", "claim")],
)
def test_the_seed_reads_back_from_its_workbook(name, kind):
    first = take_in((SEED / name).read_bytes(), kind)
    again = take_in(export_xlsx(first.accepted, kind), kind)
    pd.testing.assert_frame_equal(first.accepted.drop(columns="row_number"), again.accepted.drop(columns="row_number"))


@pytest.mark.parametrize("number", [12.345, 1e-5, 0.1 + 0.2, 123456789.123456789, 5e-324, 1.7e308, -3.0])
def test_numbers_of_a_workbook_keep_every_digit(number):
    records = empty_records(KINDS["claim"]).reindex([0])
    records["best"] = pd.array([number], dtype="Float64")
    records = records.assign(claim_id="c", metric="complaints_true_percent", speaker="Ministry")
    sheet = openpyxl.load_workbook(io.BytesIO(export_xlsx(records, "claim"))).active
    header = [cell.value for cell in sheet[1]]
    assert float(sheet[2][header.index("best")].value) == number


def test_what_a_workbook_cannot_hold_is_refused(monkeypatch):
    records = take_in(CONTENT).accepted
    with pytest.raises(ExportError, match="32,767"):
        export_xlsx(records.assign(note="x" * 32_768), "complaint")
    monkeypatch.setattr("data.export._SHEET_ROWS", len(records))
    with pytest.raises(ExportError, match=f"{len(records) - 1:,}"):
        export_xlsx(records, "complaint")
