from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.boundary_sets import keep_set
from data.measures import DEFAULT_MEASURE, MEASURES, available_measures
from data.presets import default_period, preset_periods
from data.snapshot import Snapshot
from geo.districts import use_districts
from tests.data.boundary_files import synthetic_set
from ui.filter_bar import OWN_DATES, hidden_disputes, measure_words, order_measures


def _bar(snapshot) -> None:
    import streamlit as st

    from ui.filter_bar import chosen_measure, chosen_period, show_filter_bar

    show_filter_bar(snapshot, style=True, grain=True)
    period = chosen_period(snapshot)
    st.text(f"{chosen_measure().name} {period.start} {period.end}")


@pytest.fixture
def bar(snapshot, data_folder) -> AppTest:
    return AppTest.from_function(_bar, kwargs={"snapshot": snapshot}, default_timeout=30)


def test_it_begins_with_the_default_measure_and_the_period_that_suits_it(bar, snapshot):
    bar.run()
    period = default_period(snapshot, MEASURES[DEFAULT_MEASURE])
    assert bar.text.values == [f"{DEFAULT_MEASURE} {period.start} {period.end}"]
    assert bar.query_params == {}


def test_only_measures_with_records_are_offered(bar, snapshot):
    offered = bar.run().selectbox(key="choose_measure").options
    assert offered == [measure_words(measure) for measure in order_measures(available_measures(snapshot))]
    assert offered[0] == "Complaints received · as stated"
    assert offered[-1] == "Sites · named by a source"


def test_the_menu_is_grouped_by_where_numbers_come_from():
    ordered = order_measures(list(MEASURES.values()))
    assert {one.name for one in ordered} == set(MEASURES)
    suffixes = [measure_words(one).rsplit(" · ", 1)[1] for one in ordered]
    assert list(dict.fromkeys(suffixes)) == ["as stated", "recorded events", "uploaded rows", "named by a source"]


def test_hidden_denials_are_counted(snapshot):
    disputes = snapshot.of("claim")["stance"].isin(["denies", "doubts"])
    assert hidden_disputes(snapshot, snapshot) == 0
    none = Snapshot(snapshot.revision, snapshot.records | {"claim": snapshot.of("claim")[~disputes]})
    assert hidden_disputes(snapshot, none) == disputes.sum() > 0


def test_a_measure_without_records_from_an_address_is_kept(bar):
    bar.query_params["measure"] = "recorded:complaint"
    bar.run()
    assert bar.selectbox(key="choose_measure").value == "recorded:complaint"


def test_another_measure_brings_the_period_that_suits_it(bar, snapshot):
    bar.query_params.update({"from": "2022-09-01", "to": "2022-10-01"})
    bar.run()
    bar.selectbox(key="choose_measure").select("recorded:raid").run()
    period = default_period(snapshot, MEASURES["recorded:raid"])
    assert bar.text.values == [f"recorded:raid {period.start} {period.end}"]


def test_every_preset_can_be_chosen(bar, snapshot):
    bar.run()
    presets = preset_periods(snapshot, MEASURES[DEFAULT_MEASURE])
    for label, period in list(presets.items())[:4]:
        bar.selectbox(key="choose_preset").select(label).run()
        assert bar.text.values == [f"{DEFAULT_MEASURE} {period.start} {period.end}"]
        assert bar.date_input(key="choose_dates").value == (period.start, period.last_day)


def test_own_dates_include_their_last_day(bar):
    bar.run()
    bar.date_input(key="choose_dates").set_value((date(2022, 2, 3), date(2022, 2, 5))).run()
    assert bar.text.values == [f"{DEFAULT_MEASURE} 2022-02-03 2022-02-06"]
    assert bar.selectbox(key="choose_preset").value == OWN_DATES


def test_half_a_choice_of_dates_changes_nothing(bar):
    bar.run()
    before = bar.text.values
    bar.date_input(key="choose_dates").set_value((date(2022, 2, 3),)).run()
    assert bar.text.values == before


def test_another_province_closes_the_site(bar):
    bar.query_params["compound"] = "some-site"
    bar.run()
    assert bar.query_params == {"compound": "some-site"}
    bar.selectbox(key="choose_place").select("KH-18").run()
    assert bar.query_params == {"place": "KH-18"}


def test_areas_are_offered_while_districts_are_installed_and_rows_are_counted(bar, tmp_path):
    bar.query_params["measure"] = "recorded:raid"
    assert "choose_level" not in {one.key for one in bar.run().selectbox}
    use_districts(keep_set(tmp_path, synthetic_set(level=2), {"attribution": "Nobody"}))
    try:
        assert bar.run().selectbox(key="choose_level").options == ["Provinces", "Districts"]
        bar.selectbox(key="choose_level").select("district").run()
        assert bar.query_params == {"measure": "recorded:raid", "level": "district"}
        assert "choose_style" not in {one.key for one in bar.selectbox}
        bar.selectbox(key="choose_measure").select(DEFAULT_MEASURE).run()
        assert "choose_level" not in {one.key for one in bar.selectbox}
        assert any(caption.value.startswith("By province: ") for caption in bar.caption)
    finally:
        use_districts(None)
