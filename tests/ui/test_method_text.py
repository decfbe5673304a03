from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ui import method_text
from ui.method_text import list_bundled

ROOT = Path(__file__).resolve().parents[2]


def test_every_bundled_data_file_says_who_made_it_and_under_which_terms():
    table = list_bundled()
    assert table["File"].is_unique or table.duplicated().sum() == 0
    for column in ("Title", "Publisher", "Licence"):
        assert (table[column].str.strip() != "").all(), column
    described = {path.name.removesuffix(".source.yml") for path in ROOT.glob("*/files/**/*.source.yml")}
    assert set(table["File"]) == described


def test_a_missing_entry_is_an_empty_cell(tmp_path, monkeypatch):
    folder = tmp_path / "geo" / "files"
    folder.mkdir(parents=True)
    (folder / "a.csv.source.yml").write_text(yaml.safe_dump({"title": "A"}), encoding="utf-8")
    monkeypatch.setattr(method_text, "ROOT", tmp_path)
    assert list_bundled().to_dict("records") == [
        {"File": "a.csv", "Title": "A", "Publisher": "", "Licence": "", "Address": ""}
    ]


@pytest.mark.parametrize("words", ["no report", "implied", "contested", "201 or more", "at most 100,000"])
def test_the_words_for_figures_are_explained(words):
    assert words in "\n".join(method_text._METHOD)
