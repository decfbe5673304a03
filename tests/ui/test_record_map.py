"""The map of some records: numbers by province, points in groups, nothing else."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def _map(codes: list[str | None], dots: list[dict]) -> None:
    import pandas as pd

    from ui.record_map import show_record_map

    show_record_map(
        pd.Series(codes, dtype="str"), dots, title="Rows", note="n", noun="row", footnote="Number: rows.", key="m"
    )


def _payload(codes, dots):
    app = AppTest.from_function(_map, args=(codes, dots), default_timeout=60).run()
    assert not app.exception
    return json.loads(app.get("component_instance")[0].proto.json_args)["atlas"]


def _group(label: str, *points: list[float]) -> dict:
    return {"color": "#123456", "hollow": False, "label": label, "at": list(points), "ids": ["a"] * len(points)}


def test_a_record_of_several_provinces_counts_in_each():
    provinces = _payload(["KH-7;KH-21", "KH-7", None], [])["provinces"]
    assert {code: one["label"] for code, one in provinces.items() if "label" in one} == {"KH-7": "2", "KH-21": "1"}
    assert provinces["KH-7"]["radius"] > provinces["KH-21"]["radius"]
    assert provinces["KH-1"]["tip"] == ["Banteay Meanchey", "0 rows"]
    assert len(provinces) == 25


def test_groups_without_a_point_are_not_in_the_legend():
    payload = _payload([None], [_group("seen", [10.6, 103.5]), _group("empty")])
    assert [(one["label"], one["n"]) for one in payload["legend"]["dots"]] == [("seen", 1)]
    assert [one["label"] for one in payload["dots"]] == ["seen"]


def test_without_any_record_all_provinces_are_there():
    assert len(_payload([], [])["provinces"]) == 25
