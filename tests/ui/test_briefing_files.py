from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _draw() -> None:
    from ui.briefing_files import _offer

    _offer({"a.zip": b"x" * 2_000_000, "a.pdf": b"x"})


def test_each_file_is_offered_with_its_size():
    app = AppTest.from_function(_draw).run()
    assert not app.exception
    assert [one.proto.label for one in app.get("download_button")] == ["Everything in one ZIP", "For print (PDF)"]
    assert [one.value for one in app.caption][:2] == ["2.0 MB", "less than 0.1 MB"]


def test_an_empty_briefing_offers_nothing(monkeypatch):
    from ui import briefing_files

    monkeypatch.setattr(briefing_files, "current_briefing", lambda: None)
    assert briefing_files.show_files() is None
