from __future__ import annotations

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
import yaml

from data.dates import WrittenDate, parse_date
from data.ingest import ingest
from data.metrics import METRICS
from data.schema import DATE_FIELD, KINDS, PERIOD_COLUMNS, split_list
from geo.gazetteer import PROVINCE_CODES
from geo.resolve import Match, resolve

SEED = Path(__file__).parents[2] / "data" / "files" / "seed"
NOT_NEEDED = {"publish_after"}
"""Columns that no seed record fills: everything in them is public."""

FILES = {"source": "sources.csv", "compound": "compounds.csv", "event": "events.csv", "claim": "claims.csv"}
DOCUMENTS = {"src-voa-khmer-2023", "src-camboja-20230616"}
REFERENCES = {
    "source_ids": "source", "derived_from": "source", "compound_id": "compound", "event_id": "event",
    "responds_to": "claim", "restates": "claim", "same_as": "compound",
}  # fmt: skip
HEADINGS = [
    "2022-07-13", "2022-07-14", "2022-07-20", "2022-08-01", "2022-08-16", "2022-08-18", "2022-08-22",
    "2022-08-26", "2022-08-30", "2022-09-13", "2022-09-19", "2022-09-22", "2022-09-27", "2022-09-29",
    "2022-10-04", "2022-10-13", "2022-10-27", "2022-10-28", "2022-11-01", "2022-11-14", "2022-12-29",
    "2022-12-31", "2023-01-20", "2023-01-23", "2023-02-07", "2023-02-12", "2023-02-25", "2023-03-01",
    "2023-03-08", "2023-03-21", "2023-03-23", "2023-04-05", "2023-04-12", "2023-04-18", "2023-04-20",
    "2023-05-18", "2023-05-26", "2023-06-07", "2023-06-10", "2023-06-14", "2023-06-16",
]  # fmt: skip
"""Dates of the 41 headings of the timeline that CamboJA published on 16 June 2023."""
SIDES = {"event": ("people_low", "people_best", "people_high"), "claim": ("low", "best", "high")}
SHAPES = {
    "exact": "low best high", "more_than": "low", "at_least": "low", "up_to": "high", "between": "low high",
    "nearly": "high", "about": "best", "hundreds": "low", "billions": "low", "": "",
}  # fmt: skip


def read_rows(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {kind: read_rows(name) for kind, name in FILES.items()}
IDS = {kind: [row[KINDS[kind].id_field] for row in rows] for kind, rows in ROWS.items()}
CLAIMS = {row["claim_id"]: row for row in ROWS["claim"]}


def find_rows(*kinds: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    for kind in kinds:
        for row in ROWS[kind]:
            yield kind, row[KINDS[kind].id_field], row


@pytest.mark.parametrize("kind", FILES)
def test_the_columns_are_those_of_the_schema(kind):
    with (SEED / FILES[kind]).open(encoding="utf-8", newline="") as file:
        wanted = tuple(name for name in KINDS[kind].columns if name not in NOT_NEEDED)
        assert tuple(next(csv.reader(file))) == wanted


@pytest.mark.parametrize("kind", FILES)
def test_identifiers_occur_once_and_begin_with_their_kind(kind):
    prefix = {"source": "src-", "compound": "cmp-", "event": "evt-", "claim": "clm-"}[kind]
    assert len(set(IDS[kind])) == len(IDS[kind])
    assert all(identifier.startswith(prefix) for identifier in IDS[kind])


@pytest.mark.parametrize("kind", FILES)
def test_every_row_passes_the_import(kind):
    path = SEED / FILES[kind]
    result = ingest(path.read_bytes(), path.name, kind)
    assert result.rows_rejected == 0, result.issues.to_string()
    assert set(result.issues["code"]) <= {"place_missing"}


def test_every_reference_resolves():
    for kind, identifier, row in find_rows(*FILES):
        for field, target in {**REFERENCES, "part_of": kind}.items():
            if field in row and field != KINDS[kind].id_field:
                assert set(split_list(row[field])) <= set(IDS[target]), identifier
                assert identifier not in split_list(row[field]), identifier


def test_every_record_rests_on_a_short_quote_of_a_document():
    for _, identifier, row in find_rows("compound", "event", "claim"):
        assert 0 < len(row["quote"]) <= 300, identifier
        assert set(split_list(row["source_ids"])) & DOCUMENTS, identifier


def test_every_source_is_used():
    used = {
        source
        for kind in ("compound", "event", "claim")
        for row in ROWS[kind]
        for source in split_list(row["source_ids"])
    }
    assert used == set(IDS["source"])


def test_numbers_are_in_order_and_have_the_sides_of_their_wording():
    for kind, identifier, row in find_rows("event", "claim"):
        given = {side: float(row[side]) for side in SIDES[kind] if row[side]}
        assert list(given.values()) == sorted(given.values()), identifier
        assert [side.removeprefix("people_") for side in given] == SHAPES[row["qualifier"]].split(), identifier


def test_every_claim_says_what_is_counted_and_where_the_number_stands():
    for _, identifier, row in find_rows("claim"):
        assert row["metric"] in METRICS, identifier
        assert row["value_verbatim"].casefold() in row["quote"].casefold(), identifier
        if row["stance"] in ("doubts", "denies"):
            assert row["responds_to"], identifier
            assert not row["qualifier"], identifier
        else:
            assert row["qualifier"], identifier
            assert row["value_verbatim"], identifier


def test_every_heading_of_the_timeline_has_an_event():
    assert len(HEADINGS) == 41
    assert set(HEADINGS) <= {row["report_date"] for row in ROWS["event"]}


def test_the_written_date_gives_the_period():
    for kind, identifier, row in find_rows("event", "claim"):
        written, (start, end) = row[DATE_FIELD[kind]], PERIOD_COLUMNS[kind]
        if not written:
            assert (row[start], row[end], row["date_precision"]) == ("", "", "unknown"), identifier
            continue
        read = parse_date(written)
        assert isinstance(read, WrittenDate), identifier
        assert [row[start], row[end]] == [str(day or "") for day in (read.start, read.end)], identifier
        assert (row["date_precision"] == "before") == (not row[start]), identifier


def test_provinces_are_known_and_agree_with_the_place():
    for _, identifier, row in find_rows("compound", "event", "claim"):
        codes = split_list(row.get("province_codes", row.get("province_code")))
        assert set(codes) <= set(PROVINCE_CODES), identifier
        place = resolve(row["place_text"])
        if isinstance(place, Match):
            assert codes == (place.province_code,), identifier
        if row.get("geography") == "province":
            assert codes, identifier


def test_outside_knowledge_names_columns_that_are_filled():
    for kind, identifier, row in find_rows("compound", "event", "claim"):
        for column in split_list(row["outside_knowledge"]):
            assert column in KINDS[kind].columns, identifier
            assert row[column], identifier


def test_coordinates_are_marked_as_our_own_knowledge_and_never_look_exact():
    for _, identifier, row in find_rows("compound"):
        position = ("latitude", "longitude", "location_precision", "coordinate_uncertainty_m")
        if row["latitude"]:
            assert set(position) <= set(split_list(row["outside_knowledge"])), identifier
            assert row["location_precision"] in ("near", "town"), identifier
            assert float(row["coordinate_uncertainty_m"]) >= 500, identifier
            assert "Position from general knowledge, not from the source; to be verified." in row["note"], identifier
        else:
            assert row["coordinate_uncertainty_m"] == "", identifier


def test_ties_of_one_place_are_written_on_both_rows():
    same = {(row["compound_id"], other) for row in ROWS["compound"] for other in split_list(row["same_as"])}
    assert same
    assert {(other, one) for one, other in same} == same


def test_the_complaints_of_the_past_month_are_one_family():
    total = CLAIMS["clm-20220919-complaints-total"]
    parts = [row for row in CLAIMS.values() if row["part_of"] == total["claim_id"]]
    assert total["best"] == "289"
    assert len({row["province_code"] for row in parts}) == len(parts) == 10
    window = ("period_edtf", "period_start", "period_end", "date_precision", "speaker")
    assert {tuple(row[column] for column in window) for row in [total, *parts]} == {
        ("2022-08-19/2022-09-18", "2022-08-19", "2022-09-19", "month", "Sar Kheng, Minister of Interior")
    }
    assert sum(int(row["best"] or 0) for row in parts) == 77
    assert [(row["province_code"], row["low"]) for row in parts if not row["best"]] == [("KH-18", "201")]


def test_a_number_that_is_only_computed_is_never_stored():
    assert not {"212", "212.0"} & {row[side] for row in ROWS["claim"] for side in SIDES["claim"]}


def test_subsets_hang_on_their_total_and_say_so():
    subsets = [row for row in ROWS["claim"] if row["part_of"] and not row["province_code"]]
    assert {row["note"].split()[1] for row in subsets} == {"women", "foreigners"}
    for row in subsets:
        total = CLAIMS[row["part_of"]]
        assert row["note"].startswith("subset: ")
        assert row["metric"] == total["metric"]
        assert float(row["high"]) < float(total["low"])


def test_allegations_stay_allegations():
    assert all("according to" in row["description"] for row in ROWS["event"])
    assert all(row["listing"] and row["sensitivity"] and row["status"] for row in ROWS["compound"])


@pytest.mark.parametrize("path", sorted(SEED.rglob("*.csv")), ids=lambda path: str(path.relative_to(SEED)))
def test_every_file_has_a_sealed_record_of_its_origin(path):
    record = yaml.safe_load(path.with_name(f"{path.name}.source.yml").read_text(encoding="utf-8"))
    assert record["sha256"] == sha256(path.read_bytes()).hexdigest()
    for key in ("title", "publisher", "licence", "retrieved", "made_by", "how_made", "documents", "known_limits"):
        assert record[key], key


def test_dates_of_statements_are_dates():
    for kind, field in (("event", "report_date"), ("claim", "stated_date"), ("source", "published_date")):
        written = pd.Series([row[field] for row in ROWS[kind]])
        assert all(isinstance(parse_date(text), WrittenDate) for text in written[written != ""])
    assert all(row["report_date"] for row in ROWS["event"])
    assert all(row["stated_date"] for row in ROWS["claim"])
