from __future__ import annotations

import pytest

from data.metrics import METRICS, check_addable, find_metric
from errors import MetricError


def test_every_metric_is_found_by_its_name():
    for name, metric in METRICS.items():
        assert find_metric(name) is metric
        assert metric.name == name
        assert metric.definition.endswith(".")
        assert metric.label != name


def test_labels_are_not_used_twice():
    assert len({metric.label for metric in METRICS.values()}) == len(METRICS)


def test_an_unknown_metric_names_those_that_there_are():
    with pytest.raises(MetricError, match="“victims”") as caught:
        find_metric("victims")
    assert all(name in caught.value.hint for name in METRICS)
    assert caught.value.context == {"metric": "victims"}


def test_different_metrics_are_never_added():
    with pytest.raises(MetricError, match="“People rescued” and “People repatriated” are different things"):
        check_addable(["people_rescued", "people_repatriated"])


def test_rescues_abroad_are_never_added_to_rescues_in_cambodia():
    with pytest.raises(MetricError):
        check_addable(["people_rescued", "nationals_rescued_abroad"])


def test_one_metric_named_twice_is_one_metric():
    assert check_addable(["people_rescued", "people_rescued"]).name == "people_rescued"


def test_no_metric_is_refused():
    with pytest.raises(MetricError, match="No metric"):
        check_addable([])


@pytest.mark.parametrize("over", ["places", "periods"])
@pytest.mark.parametrize("metric", METRICS.values(), ids=str)
def test_only_flows_add_up_over_time_and_only_flows_and_stocks_over_places(metric, over):
    addable = metric.nature == "flow" or (metric.nature == "stock" and over == "places")
    if addable:
        assert check_addable([metric.name], over=over) is metric
    else:
        with pytest.raises(MetricError, match="is not added over") as caught:
            check_addable([metric.name], over=over)
        assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("complaints_received", "flow"),
        ("people_held_estimate", "stock"),
        ("people_stranded", "stock"),
        ("complaints_true_percent", "share"),
        ("provinces_raided", "share"),
        ("tip_tier", "rank"),
    ],
)
def test_the_nature_of_what_is_counted(name, nature):
    assert METRICS[name].nature == nature
