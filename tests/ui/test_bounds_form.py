from __future__ import annotations

from streamlit.testing.v1 import AppTest


def draw_reasons() -> None:
    """Draw the reasons of bounds with conflicts, on the seed data."""
    from data.bounds import Bounds
    from ui.bounds_form import _show_reasons
    from ui.cache import latest_snapshot

    sets = (("clm-20230323-victims",), ("clm-20220922-vietnamese", "clm-202309-chou-rescued"))
    _show_reasons(latest_snapshot(), Bounds(None, None, (), sets, more_conflicts=True))


def test_each_set_of_claims_that_cannot_all_be_true_is_named(data_folder):
    app = AppTest.from_function(draw_reasons, default_timeout=60).run()
    assert not app.exception
    text = "\n".join(app.text.values)
    assert "This claim cannot be true by itself:" in text
    assert "These 2 cannot all be true; any fewer of them can:" in text
    assert "there may be more such sets" in text
    assert text.count("Source: ") == 3
