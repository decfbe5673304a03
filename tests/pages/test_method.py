from __future__ import annotations

from pathlib import Path

import yaml

from data.metrics import METRICS

ROOT = Path(__file__).resolve().parents[2]


def test_every_metric_is_defined(open_page):
    app = open_page("method")
    assert not app.exception
    table = app.dataframe[0].value
    assert table["Metric"].tolist() == [metric.label for metric in METRICS.values()]
    assert table["Definition"].tolist() == [metric.definition for metric in METRICS.values()]


def test_every_source_is_listed(open_page, snapshot):
    table = open_page("method").dataframe[1].value
    assert sorted(table["title"]) == sorted(snapshot.of("source")["title"])


def test_every_bundled_file_is_listed_with_its_licence(open_page):
    table = open_page("method").dataframe[2].value
    described = [path for folder in ("data", "geo") for path in (ROOT / folder / "files").rglob("*.source.yml")]
    assert len(table) == len(described) > 0
    assert (table["Licence"].str.len() > 0).all()
    licences = {yaml.safe_load(path.read_text(encoding="utf-8"))["licence"] for path in described}
    assert set(table["Licence"]) == licences


def test_the_words_about_guilt_and_silence_are_there(open_page):
    words = open_page("method").markdown[0].value
    assert "does not find anyone guilty" in words
    assert "It is not zero" in words
