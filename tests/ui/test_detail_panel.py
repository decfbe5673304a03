from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.measures import MEASURES, count_measure
from data.metrics import METRICS
from data.periods import parse_period
from data.permalink import Choices
from data.schema import EVENT_TYPES
from ui.detail_panel import RELATED_METRICS, in_province

MONTH = parse_period("2022-08-19", "2022-09-19")


def test_a_record_of_several_provinces_belongs_to_each():
    records = pd.DataFrame({"codes": ["KH-1", "KH-1;KH-18", " KH-18 ; KH-2", None, "KH-180", ""]})
    assert in_province(records, "codes", "KH-18").index.tolist() == [1, 2]
    assert in_province(records, "codes", "KH-1").index.tolist() == [0, 1]
    assert list(in_province(records.head(0), "codes", "KH-1").columns) == ["codes"]


def _panel(snapshot, counts, choices) -> None:
    from ui.detail_panel import show_detail

    show_detail(snapshot, counts, choices)


def _show(snapshot, measure="stated:complaints_received", period=MONTH, **choices) -> AppTest:
    counts = count_measure(snapshot, MEASURES[measure], period)
    given = {"snapshot": snapshot, "counts": counts, "choices": Choices(**choices)}
    app = AppTest.from_function(_panel, kwargs=given, default_timeout=30).run()
    assert not app.exception
    return app


def test_nothing_chosen_shows_the_statements_about_the_country(snapshot):
    app = _show(snapshot)
    assert app.subheader.values == ["Cambodia"]
    assert any("289" in text for text in app.text.values)


@pytest.mark.parametrize("code", ["KH-18", "KH-12", "KH-21", "KH-24"])
def test_a_province_says_what_is_not_known(snapshot, code):
    app = _show(snapshot, place=code)
    assert "**What we do not know**" in app.markdown.values
    assert "No complaint records have been uploaded for this province." in app.text.values[-1]


def test_a_province_without_a_figure_is_not_zero(snapshot):
    app = _show(snapshot, place="KH-21")
    assert app.metric[0].value == "no report"
    assert "This is not zero." in app.text.values[-1]


def test_an_unknown_site_shows_the_country(snapshot):
    assert _show(snapshot, compound="no such site").subheader.values == ["Cambodia"]


def test_records_without_a_province_and_related_statements_are_listed(snapshot):
    quarter = parse_period("2022-10-01", "2023-01-01")
    app = _show(snapshot, "recorded:raid", quarter)
    assert "**Records that name no province (2)**" in app.markdown.values
    assert any("across 10 provinces after complaints" in text for text in app.text.values)
    assert any(text.startswith("VOD (media) states this") for text in app.text.values)
    assert count_measure(snapshot, MEASURES["recorded:raid"], quarter).records == 3
    assert count_measure(snapshot, MEASURES["listed:compound"], quarter).records is None


@pytest.mark.parametrize("measure", ["recorded:complaint", "recorded:rescue", "recorded:warning", "listed:compound"])
def test_every_basis_has_a_country_panel(snapshot, measure):
    assert _show(snapshot, measure, snapshot.extent()).subheader.values == ["Cambodia"]


def test_related_metrics_exist():
    assert set(RELATED_METRICS) <= {"complaint", *EVENT_TYPES}
    assert {name for names in RELATED_METRICS.values() for name in names} <= set(METRICS)
