from __future__ import annotations

import json

import pandas as pd
import pytest

from charts.palette import HEXAGONS
from charts.point_payload import FEW_POINTS, MOST_DOTS, describe_points
from data.periods import parse_period
from data.points import collect_points
from data.schema import KINDS, empty_records

YEAR = parse_period("2022-01-01", "2023-01-01")


def records(kind: str, n: int, precision: str = "exact") -> pd.DataFrame:
    """Return `n` records of 2022, spread over the middle of the country."""
    empty = empty_records(KINDS[kind])
    table = pd.DataFrame(
        {
            f"{kind}_id": [f"{kind}-{i}" for i in range(n)],
            "date_start": pd.Timestamp("2022-03-01"),
            "date_end": pd.Timestamp("2022-03-02"),
            "latitude": [11.5 + (i % 50) * 0.04 for i in range(n)],
            "longitude": [103.5 + (i // 50 % 40) * 0.05 for i in range(n)],
            "location_precision": precision,
            **({"province_code": "KH-5"} if kind == "complaint" else {"province_codes": "KH-5"}),
        }
    )
    return table.reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


def layers(complaints: int, events: int = 0, style: str = "", **more):
    frames = {"complaint": records("complaint", complaints), "event": records("event", events)}
    points = {kind: collect_points(frame, kind) for kind, frame in frames.items()}
    return describe_points(points, frames, YEAR, style, **more)


def test_few_records_are_dots_each_with_its_identifier():
    found = layers(FEW_POINTS, 3)
    assert found.hexagons is None
    assert [(group["label"], len(group["ids"])) for group in found.dots] == [
        ("Complaint, uploaded", FEW_POINTS),
        ("Event, recorded", 3),
    ]


def test_one_more_makes_hexagons_in_which_every_record_is_counted():
    found = layers(FEW_POINTS + 1, 3)
    assert [group["label"] for group in found.dots] == ["Event, recorded"]
    assert sum(n for _, _, n in found.hexagons["cells"]) == FEW_POINTS + 1
    assert sum(entry["n"] for entry in found.legend["classes"]) == len(found.hexagons["cells"])
    assert found.legend["title"] == f"Complaints in hexagons {found.hexagons['size']} km across"
    assert found.notes == ()


@pytest.mark.parametrize(("style", "hexagons"), [("hexagons", True), ("dots", False), ("none", False)])
def test_the_reader_may_choose(style, hexagons):
    found = layers(20, style=style)
    assert (found.hexagons is not None) == hexagons
    assert bool(found.dots) == (style == "dots")


def test_more_dots_than_can_be_seen_are_hexagons_and_that_is_said():
    found = layers(MOST_DOTS + 1, style="dots")
    assert found.dots == []
    assert found.hexagons["kind"] == "complaint"
    assert found.notes == ("More than 1,000 dots would hide each other: hexagons are drawn instead.",)


def test_what_is_not_in_hexagons_is_said():
    frame = pd.concat([records("complaint", 600), records("complaint", 70, "province")], ignore_index=True)
    found = describe_points(
        {"complaint": collect_points(frame, "complaint")}, {"complaint": frame}, YEAR, unplaced={"complaint": 5}
    )
    assert found.notes == (
        "Not known closely enough for a hexagon, counted by province only: 70 complaints (Kampong Speu 70).",
        "Without coordinates: 5 complaints.",
    )


def test_a_second_kind_with_too_many_records_is_not_left_out_silently():
    found = layers(1200, 1100)
    assert found.hexagons["kind"] == "complaint"
    assert found.notes == ("1,100 events with coordinates are not drawn beside the hexagons.",)
    assert layers(1200, 1100, first="event").hexagons["kind"] == "event"


def test_the_payload_is_small_json_of_whole_numbers():
    found = layers(2000)
    assert len(json.dumps(found.hexagons, allow_nan=False)) < 25_000
    assert {type(part) for cell in found.hexagons["cells"] for part in cell} == {int}
    assert set(found.hexagons["colors"]) <= set(HEXAGONS)
    assert len(found.hexagons["upper"]) == len(found.hexagons["colors"]) == len(found.legend["classes"])


def test_every_count_falls_into_the_class_that_names_it():
    found = layers(2000)
    held = [0] * len(found.hexagons["upper"])
    for _, _, n in found.hexagons["cells"]:
        held[next(i for i, top in enumerate(found.hexagons["upper"]) if n <= top)] += 1
    assert held == [entry["n"] for entry in found.legend["classes"]]
