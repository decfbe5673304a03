from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from data.store import Store
from geo.gazetteer import PROVINCE_CODES

pytestmark = pytest.mark.usefixtures("data_folder")

SEPTEMBER = ("--from", "2022-08-19", "--to", "2022-09-19")
LISTED = {"KH-1": 2, "KH-15": 4, "KH-20": 18, "KH-9": 5, "KH-24": 1, "KH-22": 14, "KH-8": 18, "KH-17": 1, "KH-12": 14}
COMPLAINTS = "complaint_id,received_date,place_text,people_affected\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], catch_exceptions=False)


def run_json(*arguments: object):
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refused(*arguments: object) -> str:
    """Return what is said on stderr by a command that does nothing."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.fixture
def complaints(tmp_path: Path) -> Path:
    path = tmp_path / "complaints.csv"
    path.write_text(COMPLAINTS + 'c-1,2023-04-01,"Bavet, Svay Rieng",3\nc-2,2023-04-02,Kampot,1\n', encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.csv"
    rows = ["c-1,2023-04-01,Kampot,3", "c-2,yesterday,Kampot,1", "c-3,tomorrow,Kampot,1", "c-4,2023-04-01,Kampot,many"]
    path.write_text(COMPLAINTS + "\n".join(rows) + "\n", encoding="utf-8")
    return path


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


class TestImport:
    def test_a_clean_file_is_stored(self, complaints):
        answer = run_json("import", complaints, "--kind", "complaint", "--actor", "Dara", "--format", "json")
        assert (answer["rows_read"], answer["rows_accepted"], answer["rows_rejected"]) == (2, 2, 0)
        with Store.open() as store:
            assert len(store.read("complaint")) == 2
            stored = store.batches().iloc[-1]
        assert (stored["batch_id"], stored["actor"]) == (answer["batch_id"], "Dara")
        rows = run_json("counts", "--records", "complaints", "--people")["rows"]
        assert {row["province_code"]: row["best"] for row in rows if row["best"]} == {"KH-20": 3, "KH-7": 1}

    def test_rejected_rows_are_grouped_by_reason(self, mixed):
        result = run("import", mixed, "--kind", "complaint", "--format", "json")
        assert result.exit_code == 1
        answer = json.loads(result.stdout)
        assert (answer["rows_read"], answer["rows_accepted"], answer["rows_rejected"]) == (4, 1, 3)
        issues = {issue["code"]: issue for issue in answer["issues"] if issue["severity"] == "reject"}
        assert issues["date_unreadable"]["rows"] == 2
        assert issues["date_unreadable"]["first_row"] == 3
        assert issues["number_unreadable"]["rows"] == 1
        assert issues["date_unreadable"]["hint"]

    def test_a_dry_run_stores_nothing(self, complaints):
        with Store.open() as store:
            before = store.snapshot_hash()
        answer = run_json("import", complaints, "--kind", "complaint", "--dry-run", "--format", "json")
        assert (answer["rows_accepted"], answer["batch_id"]) == (2, None)
        with Store.open() as store:
            assert store.snapshot_hash() == before

    def test_the_report_holds_every_row(self, mixed, tmp_path):
        run("import", mixed, "--kind", "complaint", "--dry-run", "--report", tmp_path / "report.csv")
        rows = list(csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text(encoding="utf-8-sig"))))
        assert [row["complaint_id"] for row in rows] == ["c-1", "c-2", "c-3", "c-4"]
        assert [row["row_status"] for row in rows][1:] == ["rejected"] * 3

    def test_totals_are_printed_for_people(self, mixed):
        result = run("import", mixed, "--kind", "complaint", "--dry-run")
        assert "4 rows read = 1 accepted + 3 rejected; nothing was stored." in result.stdout
        assert "date_unreadable" in result.stdout

    def test_options_settle_how_a_file_is_read(self, tmp_path):
        path = tmp_path / "options.csv"
        path.write_bytes(b"Log\nname\n" + COMPLAINTS.replace(",", "|").encode() + b"c-1|03/04/2023|Kampot|3\n")
        options = ("--encoding", "utf-8", "--delimiter", "|", "--header-row", "3", "--day-first")
        assert run("import", path, "--kind", "complaint", *options).exit_code == 0
        with Store.open() as store:
            assert str(store.read("complaint")["date_start"].iloc[0].date()) == "2023-04-03"

    def test_the_same_file_is_not_stored_twice(self, complaints):
        assert run("import", complaints, "--kind", "complaint").exit_code == 0
        run("import", complaints, "--kind", "complaint")
        with Store.open() as store:
            assert len(store.read("complaint")) == 2
            assert len(store.batches().query("kind == 'complaint'")) == 1

    @pytest.mark.parametrize(
        "content", [b"", b"\n", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"colour,size\nred,1\n", COMPLAINTS.encode()]
    )
    def test_what_cannot_be_taken_in_is_refused(self, content, tmp_path):
        path = tmp_path / "odd.csv"
        path.write_bytes(content)
        assert refused("import", path, "--kind", "complaint").strip()

    def test_a_file_that_is_not_there(self, tmp_path):
        assert "cannot be read" in refused("import", tmp_path / "absent.csv", "--kind", "complaint")
        assert "cannot be read" in refused("import", tmp_path, "--kind", "complaint")

    def test_an_unknown_kind_is_refused(self, complaints):
        assert "victim" in refused("import", complaints, "--kind", "victim")


class TestBatches:
    def test_a_reverted_batch_leaves_the_data_as_they_were(self, complaints):
        with Store.open() as store:
            before = store.snapshot_hash()
        batch = run_json("import", complaints, "--kind", "complaint", "--format", "json")["batch_id"]
        assert run("revert", batch, "--reason", "wrong file").exit_code == 0
        with Store.open() as store:
            assert store.snapshot_hash() == before
        listed = {row["batch_id"]: row for row in run_json("batches", "--format", "json")}
        assert listed[batch]["status"] == "reverted"
        assert listed[batch]["rows_read"] == 2
        assert refused("revert", batch)

    def test_an_unknown_batch_is_refused(self):
        assert refused("revert", 999)

    def test_batches_are_listed_for_people(self):
        result = run("batches")
        assert result.exit_code == 0
        assert "claims.csv" in result.stdout


class TestPlaces:
    def test_each_text_gets_one_answer(self):
        found = run_json("resolve", "Sihanoukville province", "Bavet", "Atlantis", "ខេត្តកំពត")
        assert [(each["result"], each["province_code"]) for each in found] == [
            ("match", "KH-18"),
            ("match", "KH-20"),
            ("no_match", None),
            ("match", "KH-7"),
        ]
        assert all({"text", "result", "province_code", "method", "candidates"} <= set(each) for each in found)

    @pytest.mark.parametrize(
        ("latitude", "longitude", "code", "method"),
        [
            ("11.56", "104.92", "KH-12", "coordinates"),
            ("13.75", "100.50", None, "outside"),
            ("-11.56", "-104.92", None, "outside"),
            ("-.5", "-0", None, "outside"),
            ("11°33'36\"N", "104°55'12\"E", "KH-12", "coordinates"),
            ("abc", "104.92", None, "invalid"),
            ("95", "104.92", None, "invalid"),
        ],
    )
    def test_a_point_is_located(self, latitude, longitude, code, method):
        answer = run_json("locate", latitude, longitude)
        assert (answer["province_code"], answer["match_method"]) == (code, method)
        assert (answer["distance_m"] is None) == (method == "invalid")
        assert code is None or answer["distance_m"] == 0

    def test_provinces_are_added_to_a_file(self, tmp_path):
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text('id,latitude,longitude,"no te"\n007,11.56,104.92,"=1+1, x"\n008,,,\n', encoding="utf-8")
        assert run("locate", "--csv", source, "--out", target).exit_code == 0
        rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
        assert [(row["id"], row["no te"], row["province_code"], row["match_method"]) for row in rows] == [
            ("007", "=1+1, x", "KH-12", "coordinates"),
            ("008", "", "", "invalid"),
        ]

    @pytest.mark.parametrize(
        "arguments", [[], ["11.5"], ["--csv", "in.csv"], ["11.5", "104.9", "--out", "x"], ["--lat", "11.5"]]
    )
    def test_half_a_question_is_refused(self, arguments):
        assert refused("locate", *arguments)

    def test_a_place_that_cannot_be_written_is_said(self, tmp_path):
        source = tmp_path / "in.csv"
        source.write_text("latitude,longitude\n11.56,104.92\n", encoding="utf-8")
        assert "cannot be written" in refused("locate", "--csv", source, "--out", tmp_path / "no" / "out.csv")


class TestExport:
    def test_every_record_is_written(self, tmp_path):
        target = tmp_path / "events.csv"
        assert run("export", "--kind", "event", "--format", "csv", "--out", target).exit_code == 0
        with Store.open() as store:
            number = len(store.read("event"))
        assert len(list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))) == number + 1

    def test_geojson_goes_to_stdout(self):
        answer = run_json("export", "--kind", "compound", "--format", "geojson")
        assert answer["type"] == "FeatureCollection"
        assert answer["features"]

    def test_an_unknown_format_is_refused(self):
        assert refused("export", "--kind", "event", "--format", "pdf")


def test_verify_finds_nothing_wrong():
    answer = run_json("verify")
    assert answer["ok"] is True
    assert answer["records"]["claim"] > 0
    assert sum(answer["counted"]["event"].values()) == answer["records"]["event"]


def test_verify_says_what_is_damaged(data_folder):
    path = data_folder / "atlas.sqlite"
    path.write_bytes(b"this is no data store" * 50)
    assert refused("verify")
    assert path.read_bytes().startswith(b"this is no data store")


def test_a_backup_can_be_restored(tmp_path, complaints):
    assert run("backup", tmp_path / "backup.sqlite").exit_code == 0
    assert refused("backup", tmp_path / "backup.sqlite")
    run("import", complaints, "--kind", "complaint")
    assert run("restore", tmp_path / "backup.sqlite").exit_code == 0
    assert run_json("verify")["records"]["complaint"] == 0
    assert refused("restore", tmp_path / "absent.sqlite")


def test_prepare_seeds_an_empty_folder_once(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "fresh"))
    for _ in range(2):
        result = run("prepare")
        assert result.exit_code == 0
        assert result.stdout == ""
    assert len(run_json("batches", "--format", "json")) == 4


def test_what_was_not_foreseen_ends_calmly_and_logs_no_contents(monkeypatch, capsys, data_folder):
    def fail() -> None:
        raise RuntimeError("012 555 999")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 3
    said = capsys.readouterr().err
    log = (data_folder / "errors.log").read_text(encoding="utf-8")
    assert "Traceback" not in said + log
    assert "012 555 999" not in said + log
    assert "RuntimeError" in log
    assert log.split()[0] in said
