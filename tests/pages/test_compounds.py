from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.shown import shown


def words(app: AppTest) -> str:
    return "\n".join(text for _, text in shown(app))


def test_the_page_begins_with_what_is_seen(open_page):
    app = open_page("compounds")
    assert not app.exception
    assert app.title[0].value == "Compounds"
    assert "13 sites" in app.text[0].value
    assert "at 1 of these 2" in app.text[0].value
    assert len(app.dataframe[0].value) == 13


def test_a_province_in_the_address_narrows_the_sites(open_page):
    app = open_page("compounds", place="KH-18")
    assert "in Preah Sihanouk" in app.text[0].value
    assert set(app.dataframe[0].value["Province"]) == {"Preah Sihanouk"}


def test_parts_can_be_counted_on_their_own(open_page):
    app = open_page("compounds")
    app.toggle(key="compound_parts").set_value(True).run()
    assert "16 sites" in app.text[0].value
    assert len(app.dataframe[0].value) == 16


def test_a_province_without_sites_says_that_this_proves_nothing(open_page):
    app = open_page("compounds", place="KH-23")
    assert not app.exception
    assert "does not mean that nothing happened" in words(app)


def test_a_site_in_the_address_opens_its_history(open_page):
    app = open_page("compounds", compound="cmp-huang-le")
    assert not app.exception
    text = words(app)
    assert "Dated history (6 records)" in text
    app.button(key="close_site").click().run()
    assert len(app.dataframe[0].value) == 13


def test_choosing_a_site_writes_it_into_the_address(open_page):
    app = open_page("compounds")
    app.selectbox(key="open_compound").select("cmp-mds-thmor-da").run()
    assert app.query_params["compound"] in ("cmp-mds-thmor-da", ["cmp-mds-thmor-da"])
    assert "After a raid, later signs of activity are reported." in words(app)


def test_an_unknown_site_in_the_address_is_said(open_page):
    app = open_page("compounds", compound="cmp-nowhere")
    assert "names a site that is not recorded" in words(app)
    assert len(app.dataframe[0].value) == 13


def test_the_map_panel_leads_to_the_history(open_page):
    app = open_page("map", compound="cmp-huang-le")
    assert not app.exception
    assert "Its dated history" in words(app)
