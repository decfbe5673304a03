from __future__ import annotations

import json
from datetime import date

import pytest

from data.briefing import Briefing, Item
from data.periods import Period
from data.permalink import Choices
from data.saved_views import forget_saved, save_briefing, save_view, saved_briefings, saved_views
from errors import ExportError

BRIEFING = Briefing("T", "en", "internal", Period(date(2022, 9, 1), date(2022, 10, 1)), (Item("map", Choices()),))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    return tmp_path / "saved"


def test_a_view_is_kept_with_who_and_when(folder):
    assert saved_views() == []
    saved = save_view("  My\nview ", "map", Choices(place="KH-18", style="shades"), who="A")
    assert saved_views() == [saved]
    assert (saved.name, saved.who, saved.view.place) == ("My view", "A", "KH-18")
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    forget_saved(saved.token)
    assert saved_views() == []


def test_a_briefing_is_kept_and_replaced_under_its_token():
    first = save_briefing(BRIEFING, who="A")
    again = save_briefing(Briefing("U", "km", "public", BRIEFING.period), who="B", token=first.token)
    assert saved_briefings() == [again]
    assert save_briefing(BRIEFING, who="C").token != first.token
    assert [one.briefing.title for one in saved_briefings()] == ["T", "U"]


def test_what_was_not_written_here_is_left_out(folder):
    folder.mkdir()
    for number, text in enumerate(["", "{}", "[]", '{"kind": "view"}', '{"kind": "briefing", "briefing": 1}']):
        (folder / f"{number:016x}.json").write_text(text)
    (folder / "other.json").write_text("{}")
    assert saved_views() == []
    assert saved_briefings() == []


def test_a_view_that_was_tampered_with_opens_what_can_be_opened(folder):
    saved = save_view("a", "map", Choices(place="KH-18"), who="A")
    file = folder / f"{saved.token}.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"view": {"place": "KH-99", "measure": 5}}))
    assert saved_views()[0].view == Choices()


@pytest.mark.parametrize(("name", "page"), [("", "map"), (" \n", "map"), ("a", "history"), ("a", "../x")])
def test_a_view_without_name_or_figure_is_refused(name, page):
    with pytest.raises(ExportError):
        save_view(name, page, Choices(), who="A")


def test_no_other_file_can_be_reached(tmp_path):
    victim = tmp_path / "victim.json"
    victim.write_text("{}")
    forget_saved("../victim")
    assert victim.exists()
    with pytest.raises(ValueError, match="token"):
        save_briefing(BRIEFING, who="A", token="../victim")
