from __future__ import annotations

import pytest

from data.boundary_sets import LEVELS
from geo.projections import PROJECTIONS
from ui import boundary_form
from ui.boundary_form import _CRS, _NAMELY


def test_each_level_and_each_projection_that_we_know_can_be_said():
    assert set(_NAMELY) == set(LEVELS)
    assert set(PROJECTIONS) <= set(_CRS)


@pytest.mark.parametrize("level", [1, 2])
def test_a_set_is_compared_with_the_data_of_one_version(level, data_folder, monkeypatch):
    from data.store import Store
    from tests.data.boundary_files import NAME, as_geojson, synthetic_districts, synthetic_provinces

    store = Store.open(data_folder / "atlas.sqlite", read_only=True)
    monkeypatch.setattr(boundary_form, "reading_store", lambda: store)
    monkeypatch.setattr(boundary_form, "await_work", lambda key, work, label: work(lambda share, doing: None))
    frame = synthetic_provinces() if level == 1 else synthetic_districts()
    compared = boundary_form._compare(as_geojson(frame), NAME, level, "", "", "")
    assert compared is not None
    assert compared.revision == store.revision()
    assert not compared.found.checked.refused
    assert len(compared.areas) == (25 if level == 1 else 0)
