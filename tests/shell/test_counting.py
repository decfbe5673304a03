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


class TestBounds:
    def test_answers_as_json(self):
        slice_ = (*SEPTEMBER, "--places", "KH-7,KH-18", "--speakers", "government,ngo")
        answer = run_json("bounds", "--metric", "complaints_received", *slice_, "--format", "json")
        assert len(answer.pop("binding")) == 11
        assert answer.pop("data_version") > 0
        assert answer == {
            "metric": "complaints_received",
            "from": "2022-08-19",
            "to": "2022-09-19",
            "places": ["KH-7", "KH-18"],
            "low": 201,
            "high": 212,
            "conflicts": [],
            "relaxed_low": None,
            "relaxed_high": None,
            "more_conflicts": False,
        }

    def test_all_places_and_all_time_when_nothing_is_said(self):
        answer = run_json("bounds", "--metric", "complaints_received")
        assert (answer["places"], answer["from"], answer["to"]) == ("all", None, None)
        assert (answer["low"], answer["high"], answer["binding"]) == (601, None, ["clm-20221028-complaints"])

    def test_only_those_who_are_believed(self):
        answer = run_json("bounds", "--metric", "complaints_received", *SEPTEMBER, "--speakers", "ngo")
        assert (answer["low"], answer["high"], answer["binding"]) == (0, None, [])

    def test_answers_as_a_table(self):
        result = run("bounds", "--metric", "people_rescued", "--format", "table")
        assert result.exit_code == 0
        assert "people_rescued" in result.stdout

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--metric", "no_such_metric"], "Known metrics"),
            (["--metric", "complaints_true_percent"], "not added"),
            (["--metric", "people_rescued", "--places", "KH-99"], "KH-99"),
            (["--metric", "people_rescued", "--speakers", "king"], "Known types"),
            (["--metric", "people_rescued", "--from", "2022-01-01"], "--to"),
        ],
    )
    def test_says_why_it_refuses(self, arguments, words):
        assert words in refused("bounds", *arguments)


class TestSum:
    def test_what_may_be_added_is_added(self):
        claims = ["clm-20220919-complaints-svay-rieng", "clm-20220919-complaints-pursat"]
        answer = run_json("sum", *claims)
        assert (answer["low"], answer["best"], answer["high"]) == (22, 22, 22)
        assert (answer["claim_ids"], answer["basis"]) == (sorted(claims), "implied")
        assert answer["data_version"] > 0

    @pytest.mark.parametrize(
        ("claim_ids", "reason"),
        [
            (("clm-20221231-requests", "clm-202309-chou-requests"), "overlap"),
            (("clm-20220919-complaints-total", "clm-20221231-people"), "different things"),
            (("clm-20220919-complaints-total", "no-such-claim"), "no claim"),
        ],
    )
    def test_the_rest_is_refused(self, claim_ids, reason):
        assert reason in refused("sum", *claim_ids)


class TestAudit:
    def test_findings_are_listed_with_their_quotes(self, snapshot):
        answer = run_json("audit", "--format", "json")
        found = audit(snapshot.of("claim"), snapshot.of("event"), snapshot.of("source"))
        assert answer["data_version"] == len(SEED_FILES)
        assert [one["explanation"] for one in answer["findings"]] == [one.explanation for one in found]
        assert all(all(one["quotes"].values()) for one in answer["findings"])

    def test_findings_can_be_read_by_people(self):
        result = run("audit", "--format", "table")
        assert result.exit_code == 0
        assert "opposite_bounds" in result.stdout
        assert "quotes" not in result.stdout


class TestPublicCounts:
    def test_without_uploads_they_are_those_of_the_seed(self):
        about = ("counts", "--records", "events", "--type", "raid", *SEPTEMBER)
        assert run_json(*about, "--profile", "public") == run_json(*about)

    def test_stated_figures_are_the_same(self):
        about = ("counts", "--metric", "complaints_received", *SEPTEMBER)
        assert run_json(*about, "--profile", "public")["rows"] == run_json(*about)["rows"]

    def test_uploaded_rows_are_counted_by_fixed_periods_only(self, tmp_path):
        file = tmp_path / "log.csv"
        rows = "\n".join(f"h-{n},2024-03-{n % 28 + 1:02},KH-18" for n in range(30))
        file.write_text(f"complaint_id,received_date,province_code\n{rows}\n", encoding="utf-8")
        assert run("import", str(file), "--kind", "complaint").exit_code == 0
        public = ("counts", "--records", "complaints", "--profile", "public")
        year = run_json(*public, "--from", "2024-01-01", "--to", "2025-01-01")
        assert year["records"] == 30
        assert {row["basis"] for row in year["rows"]} <= {"withheld", "recorded"}
        for more in (("--from", "2024-01-01", "--to", "2024-03-20"), ("--people",), ("--ids",), ("--by", "month"), ()):
            assert "In the public version" in refused(*public, *more)
        assert "h-1" not in run("export", "--kind", "complaint", "--profile", "public").stdout
        assert "h-1" in run("export", "--kind", "complaint").stdout
