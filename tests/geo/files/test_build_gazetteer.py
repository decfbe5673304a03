from __future__ import annotations

import pandas as pd
import pytest

from geo.files import build_gazetteer
from geo.files.build_gazetteer import build_communes, build_districts, build_provinces, tidy
from geo.gazetteer import communes, districts, provinces


def test_the_bundled_tables_are_what_the_script_builds():
    for built, bundled in (
        (build_provinces(), provinces()),
        (build_districts(), districts()),
        (build_communes(), communes()),
    ):
        pd.testing.assert_frame_equal(built, bundled, check_dtype=False)


def test_another_numbering_stops_the_build(monkeypatch):
    swapped = {**build_gazetteer.PROVINCES, 2: build_gazetteer.PROVINCES[3], 3: build_gazetteer.PROVINCES[2]}
    monkeypatch.setattr(build_gazetteer, "PROVINCES", swapped)
    with pytest.raises(ValueError, match="02 is Battambang, not Kampong Cham"):
        build_provinces()


@pytest.mark.parametrize(
    ("raw", "tidied"), [('Kaoh Thum "Ka "', 'Kaoh Thum "Ka"'), ("ស្រែ  អំបិល", "ស្រែ អំបិល"), ("Bavet", "Bavet")]
)
def test_tidy(raw, tidied):
    assert tidy(raw) == tidied
