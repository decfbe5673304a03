from __future__ import annotations

from pathlib import Path

import pytest

from data.store import Store
from geo.boundaries import use_boundaries
from tests.data.boundary_files import as_geojson, strip_of, synthetic_provinces
from tests.shell.commands import refused, run, run_json


@pytest.fixture(autouse=True)
def _bundled_again(data_folder):
    yield
    use_boundaries(None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "synthetic.geojson"
    path.write_bytes(as_geojson(synthetic_provinces()))
    return path


SAID = ["--title", "Synthetic", "--publisher", "Nobody", "--licence", "CC0", "--reason", "official", "--actor", "Dara"]


def test_a_set_is_checked_installed_listed_and_taken_back(file, tmp_path):
    point = strip_of().representative_point()
    table = tmp_path / "complaints.csv"
    table.write_text(f"complaint_id,received_date,latitude,longitude\nc-1,2023-01-02,{point.y},{point.x}\n")
    run_json("import", table, "--kind", "complaint", "--format", "json")
    checked = run_json("boundaries", "check", file, "--level", "1")
    assert checked["shapes"] == 25
    assert checked["refused"] == []
    assert [(move["record_id"], move["before"], move["after"]) for move in checked["moves"]] == [
        ("c-1", "KH-8", "KH-12")
    ]
    assert len(checked["areas"]) == 25
    assert run_json("boundaries", "list", "--format", "json") == []

    done = run("boundaries", "install", file, "--level", "1", *SAID)
    assert "Records that changed province: 1." in done.stdout
    assert run_json("locate", point.y, point.x)["province_code"] == "KH-12"
    listed = run_json("boundaries", "list", "--format", "json")
    assert [(use["actor"], use["source"]["publisher"], use["in_use"]) for use in listed] == [("Dara", "Nobody", True)]
    assert "Synthetic" in run("boundaries", "list").stdout

    back = run("boundaries", "rollback", "--level", "1", "--reason", "tried")
    assert "Records that changed province: 1." in back.stdout
    assert run_json("locate", point.y, point.x)["province_code"] == "KH-8"
    assert "nothing to go back to" in refused("boundaries", "rollback", "--level", "1", "--reason", "again")


def test_a_set_that_is_refused_changes_nothing(tmp_path):
    path = tmp_path / "synthetic.geojson"
    path.write_bytes(as_geojson(synthetic_provinces().iloc[1:]))
    assert run("boundaries", "check", path, "--level", "1").exit_code == 1
    assert "Banteay Meanchey (KH-1)" in refused("boundaries", "install", path, "--level", "1", *SAID)
    with Store.open() as store:
        assert store.boundary_uses().empty
