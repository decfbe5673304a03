from __future__ import annotations

from ui import downloads


def test_the_file_is_made_when_it_is_asked_for(monkeypatch):
    given = {}

    def button(label, data, file_name, mime, **options):
        given.update(label=label, data=data, file_name=file_name, mime=mime, **options)

    made = []
    monkeypatch.setattr(downloads.st, "download_button", button)
    downloads.download("Rows (CSV)", lambda: made.append(1) or b"a,b\n", "rows.csv", "text/csv", key="rows")
    assert made == []
    assert given["data"]() == b"a,b\n"
    assert (given["file_name"], given["mime"], given["key"]) == ("rows.csv", "text/csv", "rows")
    assert given["on_click"] == "ignore"
