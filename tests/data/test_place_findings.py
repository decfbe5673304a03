from __future__ import annotations

import pandas as pd

from data.place_findings import find_disagreements, find_off_map, share_province


def answers(*rows: tuple[str | None, str | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["provinces", "method", "distance_m"], index=range(2, len(rows) + 2), dtype=object
    )


def test_rows_with_a_province_in_common():
    left = pd.Series(["KH-1;KH-2", "KH-1", None, None], dtype=object)
    right = pd.Series(["KH-2", "KH-2", "KH-1", None], dtype=object)
    assert share_province(left, right).tolist() == [True, False, False, False]


def test_code_text_and_coordinates_that_disagree():
    by_code = answers(("KH-7", "code", None), (None, None, None))
    by_text = answers(("KH-20", "name", None), ("KH-20", "name", None))
    by_point = answers((None, "outside", 250.0), ("KH-7", "coordinates", 0.0))
    written = pd.Series(["Bavet", "Bavet"], index=[2, 3], dtype="str")
    found = pd.concat(
        find_disagreements(by_code, by_text, by_point, "province_code", written, pd.Series([False, True], index=[2, 3]))
    )
    assert list(zip(found["row_number"], found["code"], strict=True)) == [
        (2, "code_disagrees"), (2, "code_disagrees"), (3, "place_disagrees"),
    ]  # fmt: skip
    assert "Svay Rieng" in found["detail"].iloc[0]
    assert "250 m" in found["detail"].iloc[1]
    assert "Kampot" in found["detail"].iloc[2]


def test_points_beside_a_province_and_outside_cambodia():
    by_point = answers(("KH-7", "nearest", 400.0), (None, "outside", 25_000.0), ("KH-7", "coordinates", 0.0))
    found = pd.concat(find_off_map(by_point, pd.Series(True, by_point.index)))
    assert found["code"].tolist() == ["nearest_province", "outside_cambodia"]
    assert found["detail"].tolist() == ["Kampot is 400 m away", "25.0 km"]
