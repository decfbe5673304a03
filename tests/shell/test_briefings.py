from __future__ import annotations

import json
from zipfile import ZipFile

import pytest
from pptx import Presentation

from data.briefing import Briefing, Item, write_briefing
from data.periods import parse_period
from data.permalink import Choices
from tests.shell.commands import refused, run

MONTH = parse_period("2022-09-01", "2022-10-01")


@pytest.fixture(autouse=True)
def _own_data(data_folder):
    return data_folder


@pytest.fixture
def one(tmp_path):
    """A small briefing as a file."""
    item = Item("claims", Choices(measure="stated:people_rescued"), "Headline", "Text")
    path = tmp_path / "one.json"
    path.write_text(write_briefing(Briefing("One", "en", "internal", MONTH, (item,))), encoding="utf-8")
    return path


def test_a_template_becomes_a_zip_without_a_screen(tmp_path):
    out = tmp_path / "pack.zip"
    result = run(
        "briefing", "--template", "who_says_what", "--from", "2022-09-01", "--to", "2022-10-01", "--place", "KH-18",
        "--out", out, "--formats", "zip,html", "--profile", "public", "--language", "km",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert "public profile" in result.stderr
    manifest = json.loads(ZipFile(out).read("manifest.json"))
    assert manifest["profile"] == manifest["briefing"]["profile"] == "public"
    assert manifest["briefing"]["language"] == "km"
    for figure in manifest["figures"]:
        assert "profile=public" in figure["permalink"]
        assert figure["permalink"].startswith("http://localhost:8501/")


def test_one_format_is_one_file_with_its_own_slides(tmp_path, one):
    own = tmp_path / "own.pptx"
    Presentation().save(own)
    out = tmp_path / "one.pptx"
    result = run("briefing", "--briefing", one, "--out", out, "--formats", "pptx", "--slides", own)
    assert result.exit_code == 0, result.stderr
    assert Presentation(out).slide_width == Presentation(own).slide_width


def test_what_cannot_be_written_is_refused(tmp_path, one):
    out = tmp_path / "pack.zip"
    assert "cannot hold these formats" in refused("briefing", "--out", tmp_path / "a.pdf", "--briefing", one)
    assert "in these formats" in refused("briefing", "--out", out, "--briefing", one, "--formats", "doc")
    assert "one province" in refused("briefing", "--out", out, "--template", "province")
    assert "one site" in refused("briefing", "--out", out, "--template", "compound")
    assert "Only one end" in refused("briefing", "--out", out, "--from", "2022-09-01")
    one.write_text("{}", encoding="utf-8")
    assert "not a briefing" in refused("briefing", "--out", out, "--briefing", one)
    assert not out.exists()
