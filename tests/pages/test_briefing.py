from __future__ import annotations

import pytest

from data.briefing import Briefing, Item
from data.periods import parse_period
from data.permalink import Choices
from data.saved_views import save_briefing, save_view
from tests.pages.shown import failures

MONTH = parse_period("2022-09-01", "2022-10-01")
SMALL = Briefing(
    "Small",
    "en",
    "internal",
    MONTH,
    (
        Item("claims", Choices(measure="stated:people_rescued", period=MONTH), "First", "One."),
        Item("table", Choices(period=parse_period("2022-08-19", "2022-09-19")), "Second {{7*7}} <b>", "Two."),
    ),
)


@pytest.fixture
def open_small(open_page):
    """The page with a small briefing open."""

    def open_small(**address: str):
        app = open_page("briefing", **address)
        app.session_state["briefing"] = SMALL
        return app.run()

    return open_small


def test_the_page_begins_with_a_template_and_a_month_that_has_figures(open_page):
    app = open_page("briefing")
    assert not app.exception
    assert app.title[0].value == "Briefing"
    assert app.selectbox(key="briefing_template").value == "monthly"
    assert app.selectbox(key="briefing_period").value == MONTH
    assert not app.text_area


def test_a_template_is_drafted_and_its_words_can_be_edited(open_page):
    app = open_page("briefing")
    app.selectbox(key="briefing_template").set_value("compound").run()
    app.button(key="briefing_draft").click().run()
    assert not app.exception
    assert failures(app) == []
    briefing = app.session_state["briefing"]
    assert [item.figure for item in briefing.items] == ["lanes", "map", "timeline"]
    first = app.text_area[0]
    first.input("My own headline").run()
    assert app.session_state["briefing"].items[0].headline == "My own headline"
    assert app.session_state["briefing"].items[1:] == briefing.items[1:]


def test_figures_are_put_in_order_and_taken_out(open_small):
    app = open_small()
    app.button(key="move_0_1").click().run()
    assert [item.headline for item in app.session_state["briefing"].items][1] == "First"
    assert app.text_area[0].value == "Second {{7*7}} <b>"
    app.button(key="drop_0").click().run()
    assert [item.headline for item in app.session_state["briefing"].items] == ["First"]
    assert app.text_area[0].value == "First"


def test_files_are_made_and_offered(open_small):
    app = open_small()
    app.session_state["briefing_formats"] = ["pdf", "html"]
    app.run()
    app.button(key="briefing_make").click().run()
    assert not app.exception
    assert failures(app) == []
    labels = [one.proto.label for one in app.get("download_button")]
    assert labels[-3:] == ["Everything in one ZIP", "For print (PDF)", "Page with the map, works offline (HTML)"]
    app.text_input[0].input("Another title").run()
    assert len(app.get("download_button")) == 1


def test_the_public_version_makes_public_briefings_only(open_page):
    app = open_page("briefing", profile="public")
    app.selectbox(key="briefing_template").set_value("who_says_what").run()
    app.button(key="briefing_draft").click().run()
    assert not app.exception
    briefing = app.session_state["briefing"]
    assert briefing.profile == "public"
    (choice,) = [one for one in app.selectbox if one.key.startswith("briefing_profile")]
    assert choice.options == ["Public version"]


def test_an_internal_briefing_is_not_shown_in_the_public_version(open_small):
    app = open_small(profile="public")
    assert not app.exception
    assert not app.text_area


def test_another_profile_drafts_the_words_anew(open_small):
    app = open_small()
    (choice,) = [one for one in app.selectbox if (one.key or "").startswith("briefing_profile")]
    choice.set_value("public").run()
    assert not app.exception
    briefing = app.session_state["briefing"]
    assert briefing.profile == "public"
    assert [item.headline for item in briefing.items] != ["First", "Second {{7*7}} <b>"]


def test_what_was_kept_is_opened_again(open_page, data_folder):
    kept = save_briefing(SMALL, who="A")
    app = open_page("briefing")
    app.session_state["kept"] = True
    app.run()
    assert app.button(key=f"open_{kept.token}")
    app.button(key=f"open_{kept.token}").click().run()
    assert app.session_state["briefing"] == SMALL


def test_a_kept_view_becomes_a_figure(open_small, data_folder):
    save_view("Coast", "map", Choices(place="KH-18", period=MONTH), who="A")
    app = open_small()
    app.session_state["add_figure"] = True
    app.run()
    app.selectbox(key="add_view").select_index(1).run()
    app.button(key="add_item").click().run()
    assert not app.exception
    added = app.session_state["briefing"].items[-1]
    assert (added.figure, added.view.place) == ("map", "KH-18")
    assert added.headline
