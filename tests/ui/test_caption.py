from __future__ import annotations

from streamlit.testing.v1 import AppTest

from charts.sentences import count_note
from data.measures import MEASURES, count_measure


def _caption(snapshot, counts, note) -> None:
    from ui.caption import show_caption

    show_caption(snapshot, counts, note)


def test_it_says_what_is_counted_what_is_missing_and_which_data(snapshot):
    counts = count_measure(snapshot, MEASURES["recorded:raid"], snapshot.extent())
    note = count_note(counts)
    app = AppTest.from_function(_caption, kwargs={"snapshot": snapshot, "counts": counts, "note": note}).run()
    (caption,) = app.caption.values
    assert caption.startswith(counts.measure.definition)
    assert note in caption
    assert "no report; that is not zero" in caption
    assert caption.endswith(f"Data version {snapshot.revision}.")
