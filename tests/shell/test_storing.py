from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from data.options import ImportOptions
from data.read import read_table
from data.store import Store
from tests.shell.commands import refused, run, run_json

pytestmark = pytest.mark.usefixtures("data_folder")

COMPLAINTS = "complaint_id,received_date,place_text,people_affected\n"


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
        assert "4 rows read = 1 accepted + 3 rejected + 0 duplicates; nothing was stored." in result.stdout
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


class TestDecisions:
    @pytest.fixture
    def odd(self, tmp_path: Path) -> Path:
        path = tmp_path / "odd.csv"
        path.write_text("Ref,When,Where\nc-1,03/04/2023,Foo Bar\n", encoding="utf-8")
        return path

    def test_a_file_of_decisions_is_followed_and_kept_with_the_batch(self, odd, tmp_path):
        assert run("import", odd, "--kind", "complaint", "--dry-run").exit_code in (1, 2)
        columns = {"complaint_id": "Ref", "received_date": "When", "place_text": "Where"}
        options = ImportOptions(day_first=True, columns=columns, places={"Foo Bar": "KH-7"})
        decisions = tmp_path / "decisions.json"
        decisions.write_text(options.to_json(), encoding="utf-8")
        run_json("import", odd, "--kind", "complaint", "--options", decisions, "--format", "json")
        with Store.open() as store:
            row = store.read("complaint").iloc[0]
            assert (str(row["date_start"].date()), row["province_code"]) == ("2023-04-03", "KH-7")
            assert ImportOptions.from_json(store.batches()["options"].iloc[-1]) == options

    def test_a_decision_that_is_given_by_itself_wins(self, odd, tmp_path):
        places = {"Foo Bar": "KH-7"}
        options = ImportOptions(day_first=True, swap_coordinates=True, columns={"received_date": "When"}, places=places)
        decisions = tmp_path / "decisions.json"
        decisions.write_text(options.to_json(), encoding="utf-8")
        flags = ("--column", "place_text=Where", "--month-first", "--keep-coordinates", "--no-excel-dates")
        done = run("import", odd, "--kind", "complaint", "--options", decisions, *flags, "--common-era")
        assert done.exit_code == 0, done.stderr
        with Store.open() as store:
            assert str(store.read("complaint")["date_start"].iloc[0].date()) == "2023-03-04"
            kept = ImportOptions.from_json(store.batches()["options"].iloc[-1])
        columns = {"received_date": "When", "place_text": "Where"}
        assert kept == ImportOptions(
            day_first=False, excel_dates=False, buddhist_era=False, columns=columns, places=places
        )

    def test_remembered_places_are_used_unless_one_says_no(self, odd):
        columns = ("--column", "received_date=When", "--column", "place_text=Where", "--day-first")
        assert run("import", odd, "--kind", "complaint", "--dry-run", *columns).exit_code == 1
        with Store.open() as store:
            store.remember_places({"foo BAR": "KH-7"}, actor="Dara")
        assert run("import", odd, "--kind", "complaint", "--dry-run", "--no-aliases", *columns).exit_code == 1
        assert run("import", odd, "--kind", "complaint", *columns).exit_code == 0
        with Store.open() as store:
            assert store.read("complaint")["province_code"].tolist() == ["KH-7"]

    @pytest.mark.parametrize("text", ["{", "[]", '{"day_first": "yes"}', '{"unknown": 1}', "\ufeffx"])
    def test_decisions_that_cannot_be_read_are_refused(self, odd, tmp_path, text):
        decisions = tmp_path / "decisions.json"
        decisions.write_text(text, encoding="utf-8")
        assert "cannot be read" in refused("import", odd, "--kind", "complaint", "--options", decisions)

    def test_an_unknown_projection_is_refused(self, odd):
        assert "EPSG:32648" in refused("import", odd, "--kind", "complaint", "--crs", "EPSG:9999")

    def test_rows_that_are_there_already_are_counted_as_duplicates(self, complaints, tmp_path):
        run("import", complaints, "--kind", "complaint")
        more = tmp_path / "more.csv"
        more.write_text(complaints.read_text(encoding="utf-8") + "c-3,2023-04-03,Takeo,1\n", encoding="utf-8")
        result = run("import", more, "--kind", "complaint")
        assert "3 rows read = 1 accepted + 0 rejected + 2 duplicates; stored as batch 6." in result.stdout
        answer = run_json("batches", "--format", "json")[-1]
        assert (answer["rows_read"], answer["rows_accepted"], answer["rows_duplicate"]) == (3, 1, 2)
        assert run_json("verify")["ok"] is True


class TestSource:
    def test_a_new_source_stands_behind_the_rows(self, complaints):
        given = ("--title", "Hotline log", "--publisher", "Example NGO", "--published", "April 2023")
        given += ("--source-type", "hotline", "--reliability", "B", "--licence", "CC BY 4.0", "--language", "km")
        run_json("import", complaints, "--kind", "complaint", *given, "--format", "json")
        with Store.open() as store:
            assert set(store.read("complaint")["source_ids"]) == {"src-example-ngo-202304"}
            assert store.batches()["source_id"].iloc[-1] == "src-example-ngo-202304"
            source = store.read("source").set_index("source_id").loc["src-example-ngo-202304"]
        assert source[["title", "source_reliability", "language"]].tolist() == ["Hotline log", "B", "km"]

    def test_a_stored_source_stands_behind_the_rows(self, complaints):
        given = ("--source-id", "src-voa-khmer-2023")
        assert run("import", complaints, "--kind", "complaint", *given).exit_code == 0
        with Store.open() as store:
            assert set(store.read("complaint")["source_ids"]) == {"src-voa-khmer-2023"}

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (("--source-id", "src-none"), "no source “src-none”"),
            (("--publisher", "Example NGO"), "has no title"),
            (("--title", "Log", "--reliability", "Z"), "source_reliability"),
            (("--title", "Log", "--published", "03/04/2025"), "date of the source"),
            (("--title", "Log", "--source-id", "src-voa-khmer-2023"), "not both"),
        ],
    )
    def test_a_source_that_does_not_hold_stores_nothing(self, complaints, given, said):
        with Store.open() as store:
            before = store.revision()
        error = refused("import", complaints, "--kind", "complaint", *given)
        assert said in " ".join(error.replace("│", " ").split())
        with Store.open() as store:
            assert store.revision() == before


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

    def test_a_workbook_holds_every_record(self, tmp_path):
        target = tmp_path / "events.xlsx"
        assert run("export", "--kind", "event", "--format", "xlsx", "--out", target).exit_code == 0
        with Store.open() as store:
            number = len(store.read("event"))
        assert len(read_table(target.read_bytes(), target.name).rows) == number

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


def test_a_person_may_say_which_header_holds_a_column(tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_text("Seen = when,place\n2022-09-01,Takeo\n", encoding="utf-8")
    assert "received_date" in refused("import", path, "--kind", "complaint", "--dry-run")
    told = run_json(
        "import", path, "--kind", "complaint", "--dry-run", "--format", "json", "--column", "received_date=Seen = when"
    )
    assert told["rows_accepted"] == 1


def test_a_pair_without_a_sign_is_refused(complaints: Path):
    assert "COLUMN=HEADER" in refused("import", complaints, "--kind", "complaint", "--column", "received_date")
