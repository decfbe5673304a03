from __future__ import annotations

import pandas as pd
import pytest

from data.briefing_templates import TEMPLATES, best_view, outline
from data.measures import MEASURES
from data.periods import parse_period
from errors import ExportError

MONTH = parse_period("2022-09-01", "2022-10-01")


def test_every_template_gives_figures(snapshot):
    site = snapshot.of("compound")["compound_id"].iloc[0]
    for template in TEMPLATES:
        items = outline(template, snapshot, MONTH, place="KH-18", compound=site)
        assert len(items) >= 2, template
        assert all(item.view.period is not None for item in items)
        assert all(item.view.measure in MEASURES for item in items)


def test_a_month_takes_the_window_of_a_statement_that_reaches_into_it(snapshot):
    view = best_view(snapshot, MONTH)
    assert (view.measure, view.period) == ("stated:complaints_received", parse_period("2022-08-19", "2022-09-19"))


def test_a_month_without_statements_shows_what_is_recorded_or_that_there_is_no_report(snapshot):
    view = best_view(snapshot, parse_period("2023-05-01", "2023-06-01"))
    assert view.measure.startswith("recorded:")
    empty = best_view(snapshot, parse_period("1999-01-01", "1999-02-01"))
    assert empty.measure == "stated:complaints_received"
    assert empty.period == parse_period("1999-01-01", "1999-02-01")


def test_ladders_are_of_different_metrics_that_somebody_stated(snapshot):
    items = [item for item in outline("who_says_what", snapshot, MONTH) if item.figure == "claims"]
    names = [item.view.measure for item in items]
    assert len(set(names)) == len(names) > 1
    stated = set("stated:" + snapshot.of("claim")["metric"])
    assert set(names) <= stated


def test_the_province_and_the_site_are_kept(snapshot):
    assert {item.view.place for item in outline("province", snapshot, MONTH, place="KH-18")} == {"KH-18"}
    site = snapshot.of("compound").iloc[0]
    lanes = outline("compound", snapshot, MONTH, compound=site["compound_id"])[0]
    assert (lanes.figure, lanes.view.compound) == ("lanes", site["compound_id"])
    assert pd.isna(site["province_code"]) or lanes.figure == "lanes"


@pytest.mark.parametrize(("template", "options"), [
    ("weekly", {}), ("province", {}), ("province", {"place": "KH-99"}), ("compound", {"compound": "none"}),
])  # fmt: skip
def test_what_cannot_be_drafted_is_refused(snapshot, template, options):
    with pytest.raises(ExportError):
        outline(template, snapshot, MONTH, **options)
