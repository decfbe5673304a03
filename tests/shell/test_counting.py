from __future__ import annotations

import csv
import io

import pytest

from data.audit import audit
from data.seed import SEED_FILES
from data.store import Store
from geo.gazetteer import PROVINCE_CODES
from tests.shell.commands import refused, run, run_json

pytestmark = pytest.mark.usefixtures("data_folder")

SEPTEMBER = ("--from", "2022-08-19", "--to", "2022-09-19")
LISTED = {"KH-1": 2, "KH-15": 4, "KH-20": 18, "KH-9": 5, "KH-24": 1, "KH-22": 14, "KH-8": 18, "KH-17": 1, "KH-12": 14}


class TestCounts:
    def test_what_the_minister_stated_of_september_2022(self):
        answer = run_json("counts", "--metric", "complaints_received", "--by", "province", *SEPTEMBER)
        rows = {row["province_code"]: row for row in answer["rows"]}
        assert tuple(rows) == PROVINCE_CODES
        for code, number in LISTED.items():
            row = rows[code]
            assert (row["low"], row["best"], row["high"], row["basis"]) == (number, number, number, "stated")
            assert row["implied"] is None
        sihanouk = rows["KH-18"]
        assert (sihanouk["province"], sihanouk["basis"]) == ("Preah Sihanouk", "stated")
        assert (sihanouk["low"], sihanouk["best"], sihanouk["high"]) == (201, None, None)
        assert (sihanouk["implied"]["value"], sihanouk["implied"]["basis"]) == (212, "implied")
        assert len(sihanouk["implied"]["claim_ids"]) == 1 + len(LISTED)
        unlisted = [row for code, row in rows.items() if code not in {*LISTED, "KH-18"}]
        assert len(unlisted) == 15
        for row in unlisted:
            assert (row["low"], row["best"], row["high"], row["basis"]) == (None, None, None, "no_report")
        assert 289 in [claim["best"] for claim in answer["national"]]
        assert answer["data_version"] > 0

    def test_whole_numbers_have_no_decimal_point(self):
        result = run("counts", "--metric", "complaints_received", *SEPTEMBER)
        assert '"best": 18,' in result.stdout

    @pytest.mark.parametrize("kind", ["events", "complaints"])
    @pytest.mark.parametrize("by", ["province", "month", "quarter", "year"])
    def test_recorded_counts_account_for_every_record(self, kind, by):
        answer = run_json("counts", "--records", kind, "--by", by)
        with Store.open() as store:
            number = len(store.read(kind.removesuffix("s")))
        assert answer["located"] + answer["unlocated"] + answer["undated"] == number
        assert all(row["basis"] == "recorded" for row in answer["rows"])
        assert by != "province" or len(answer["rows"]) == 25

    def test_records_of_one_type_in_one_period(self):
        everything = run_json("counts", "--records", "events", "--type", "raid", "--ids")
        named = {record for row in everything["rows"] for record in row["record_ids"]}
        assert len(named) == everything["located"] > 0
        narrow = run_json(
            "counts", "--records", "events", "--type", "raid", "--from", "2022-01-01", "--to", "2023-01-01"
        )
        assert 0 < narrow["inside"] < everything["inside"]

    def test_csv_holds_the_same_rows(self):
        result = run("counts", "--metric", "complaints_received", *SEPTEMBER, "--format", "csv")
        rows = {row["province_code"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
        assert len(rows) == 25
        assert (rows["KH-18"]["low"], rows["KH-18"]["best"], rows["KH-18"]["implied"]) == ("201", "", "212")
        assert "unlocated: 0" in result.stderr

    def test_a_table_can_be_read_by_people(self):
        result = run("counts", "--metric", "complaints_received", *SEPTEMBER, "--format", "table")
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == 26

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--metric", "people_rescued", "--metric", "people_repatriated", *SEPTEMBER], "never added"),
            (["--metric", "people_rescued", "--records", "events", *SEPTEMBER], "never mixed"),
            ([], "never mixed"),
            (["--metric", "victims", *SEPTEMBER], "no metric called “victims”"),
            (["--metric", "people_rescued"], "belongs to a period"),
            (["--metric", "people_rescued", "--by", "month", *SEPTEMBER], "by province only"),
            (["--metric", "people_rescued", "--type", "raid", *SEPTEMBER], "by province only"),
            (["--metric", "people_rescued", "--from", "2022-08-19"], "Only one end"),
            (["--metric", "people_rescued", "--from", "2022-09-19", "--to", "2022-08-19"], "is empty"),
            (["--metric", "people_rescued", "--from", "19/8/2022", "--to", "2022-09-19"], "not a period"),
            (["--records", "events", "--type", "raids"], "no event type called “raids”"),
            (["--records", "complaints", "--type", "raid"], "no event type"),
            (["--records", "claims"], "claims"),
            (["--records", "events", "--by", "week"], "week"),
        ],
    )
    def test_what_must_not_be_counted_is_refused(self, arguments, message):
        assert message in refused("counts", *arguments)
