from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from hashlib import sha256
from zipfile import ZipFile

import pandas as pd
import pytest
from PIL import Image

from charts.pack import bundle, make_files, write_values
from data.briefing import FORMATS, read_briefing
from errors import CancelledError, ExportError
from tests.charts.briefing_case import make_case


@pytest.fixture(scope="module")
def made(snapshot):
    context, plates = make_case(snapshot, kinds=("map", "claims"))
    told = []
    files = make_files(context, ["zip", "html"], progress=lambda share, doing: told.append((share, doing)))
    return context, plates, files, told


def test_pictures_data_and_page_are_made(made):
    _, plates, files, told = made
    for plate in plates:
        assert Image.open(io.BytesIO(files[f"figures/{plate.name}.png"])).size == (3200, 1800)
        assert files[f"figures/{plate.name}.svg"].startswith(b"<?xml")
        rows = list(csv.DictReader(io.StringIO(files[f"data/{plate.name}.csv"].decode("utf-8-sig"))))
        assert len(rows) == len(plate.values)
    assert "cambodia-september-2022.html" in files
    assert told[0][0] == 0
    assert told[-1][0] == 1


def test_the_bundle_lists_what_is_in_it(made):
    context, plates, files, _ = made
    content = bundle(files, context)
    assert content == bundle(files, context)
    archive = ZipFile(io.BytesIO(content))
    manifest = json.loads(archive.read("manifest.json"))
    listed = {one["name"]: one["sha256"] for one in manifest["files"]}
    assert set(archive.namelist()) == {*listed, "manifest.json", "README.txt"}
    for name, checksum in listed.items():
        assert sha256(archive.read(name)).hexdigest() == checksum
    assert manifest["data_version"] == context.snapshot.revision
    assert manifest["profile"] == "internal"
    assert [one["permalink"] for one in manifest["figures"]] == [plate.link for plate in plates]
    assert all(one["sources"] and one["notes"] for one in manifest["figures"])
    assert read_briefing(json.dumps(manifest["briefing"])) == context.briefing
    read_me = archive.read("README.txt").decode("utf-8-sig")
    assert all(name in read_me for name in listed)


def test_numbers_stay_numbers_and_formulas_become_text():
    table = pd.DataFrame({"a": [-3.5, None], "=b": ["=cmd|' /C calc'!A0", "+1"]})
    rows = list(csv.reader(io.StringIO(write_values(table).decode("utf-8-sig"))))
    assert rows == [["a", "'=b"], ["-3.5", "'=cmd|' /C calc'!A0"], ["", "'+1"]]


def test_it_speaks_the_language_of_the_briefing(snapshot):
    context, _ = make_case(snapshot, kinds=("table",))
    khmer = replace(context, briefing=replace(context.briefing, language="km"))
    files = make_files(khmer, ["html"])
    told = json.loads(next(iter(files.values())).decode().split('id="atlas-data">')[1].split("</script>")[0])
    assert told["language"] == "km"
    assert told["words"]
    assert "lang=km" in told["plates"][0]["credit"]


def test_it_can_be_stopped(snapshot):
    context, _ = make_case(snapshot, kinds=("table",))

    def stop(_share: float, _doing: str) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        make_files(context, list(FORMATS), progress=stop)


@pytest.mark.parametrize("formats", [[], ["exe"], ["pptx", "doc"]])
def test_other_formats_are_refused(snapshot, formats):
    context, _ = make_case(snapshot, kinds=("table",))
    with pytest.raises(ExportError):
        make_files(context, formats)


def test_an_empty_briefing_is_refused(snapshot):
    context, _ = make_case(snapshot, kinds=("table",))
    with pytest.raises(ExportError):
        make_files(replace(context, briefing=replace(context.briefing, items=())), ["pdf"])
