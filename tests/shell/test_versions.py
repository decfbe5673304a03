from __future__ import annotations

from pathlib import Path

import pytest

from data.store import Store
from tests.shell.commands import refused, run, run_json

pytestmark = pytest.mark.usefixtures("data_folder")


@pytest.fixture
def complaints(tmp_path: Path) -> int:
    """The number of a batch of two complaints."""
    path = tmp_path / "complaints.csv"
    path.write_text(
        "complaint_id,received_date,place_text,people_affected\nc-1,2023-04-01,Kampot,3\nc-2,2023-04-02,Takeo,1\n",
        encoding="utf-8",
    )
    return int(run_json("import", path, "--kind", "complaint", "--actor", "Dara", "--format", "json")["batch_id"])


def latest() -> int:
    with Store.open() as store:
        return store.revision()


def test_a_reverted_batch_can_be_applied_again(complaints):
    with Store.open() as store:
        before = store.snapshot_hash()
    assert "is live" in refused("reapply", complaints)
    run("revert", complaints)
    result = run("reapply", complaints, "--actor", "Sok", "--reason", "it was right")
    assert f"Batch {complaints} (complaints.csv) is live again; data version {latest()}." in result.stdout
    with Store.open() as store:
        assert store.snapshot_hash() == before
        assert store.revisions().iloc[-1][["action", "actor", "note"]].tolist() == ["reapply", "Sok", "it was right"]


def test_a_correction_and_the_history_of_its_record(complaints):
    given = ("people_affected=4", "outcome= released = home ", "latitude=10.61", "longitude=103.53", "note=")
    result = run("correct", "complaint", "c-1", *given, "--reason", "recount", "--actor", "Sok")
    assert result.stdout == f"The complaint “c-1” is corrected; data version {latest()}.\n"
    versions = run_json("history", "complaint", "c-1", "--format", "json")
    assert [row["people_affected"] for row in versions] == [3, 4]
    assert (versions[1]["outcome"], versions[1]["latitude"]) == ("released = home", 10.61)
    assert (versions[1]["by"], versions[1]["reason"]) == ("Sok", "recount")
    shown = run("history", "complaint", "c-1").stdout
    assert "people_affected: 3 → 4" in shown
    assert "recount" in shown
    assert "no complaint “c-9”" in refused("history", "complaint", "c-9")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("people_affected",), "COLUMN=VALUE"),
        (("people=4",), "is no column of complaint"),
        (("complaint_id=c-7",), "is no column of complaint"),
        (("people_affected=many",), "is not a number"),
        (("people_affected=1.5",), "is not a number"),
        (("sex=x",), "is not one of the values"),
        (("received_date=",), "is empty"),
        (("people_affected=3",), "says so already"),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing(complaints, given, said):
    before = latest()
    error = refused("correct", "complaint", "c-1", *given, "--reason", "recount")
    assert said in " ".join(error.replace("│", " ").split())
    assert latest() == before


def test_a_correction_needs_a_reason(complaints):
    assert "--reason" in refused("correct", "complaint", "c-1", "people_affected=4")


def test_versions_have_names_that_can_be_asked_for(complaints):
    number = latest()
    assert run("name-version", "Report  of March", "--note", "donors").stdout == (
        f"Data version {number} is called “Report of March”.\n"
    )
    run("name-version", "Start", "--revision", 1)
    named = {row["name"]: row["revision"] for row in run_json("versions", "--format", "json") if row["name"]}
    assert named == {"Report of March": number, "Start": 1}
    assert "Report of March" in run("versions").stdout
    assert "is the name of version" in refused("name-version", "start")
    assert "no revision 99" in refused("name-version", "Other", "--revision", 99)
    assert run_json("changes", "--from", "start", "--to", "Report of March", "--format", "json")["to"] == number
    assert "No data version is called" in refused("changes", "--from", "Nowhere", "--to", 1)


def test_changes_between_versions(complaints):
    before = latest()
    run("correct", "complaint", "c-1", "people_affected=4", "--reason", "recount", "--actor", "Sok")
    answer = run_json("changes", "--from", before - 1, "--to", latest(), "--format", "json")
    assert {row["kind"]: row["added"] for row in answer["totals"]}["complaint"] == 2
    assert [row["complaint_id"] for row in answer["added"]["complaint"]] == ["c-1", "c-2"]
    (changed,) = run_json("changes", "--from", before, "--to", latest(), "--format", "json")["changed"]
    assert (changed["record_id"], changed["before"], changed["after"]) == ("c-1", "3", "4")
    assert (changed["by"], changed["reason"]) == ("Sok", "recount")
    shown = run("changes", "--from", before, "--to", latest()).stdout
    assert "people_affected" in shown
    assert "recount" in shown
    assert run("changes", "--from", before, "--to", before).stdout == ""
    assert "Exchange" in refused("changes", "--from", latest(), "--to", before)
