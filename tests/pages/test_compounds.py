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


def test_a_province_and_a_status_narrow_the_sites(open_page):
    app = open_page("compounds", place="KH-18")
    assert "in Preah Sihanouk" in app.text[0].value
    assert set(app.dataframe[0].value["Province"]) == {"Preah Sihanouk"}
    app.selectbox(key="compound_status").select("contested").run()
    assert set(app.dataframe[0].value["Latest status reported"]) == {"Contested"}
    assert 0 < len(app.dataframe[0].value) < 5


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
    assert "“only saying it happened a few months before authorities raided the compound”" in text
    assert "Whether the signs of activity came before or after a raid cannot be told" in text
    assert "Where accounts differ (2)" in text
    assert "Majestic 2 casino: probably the same place" in text
    assert "not a finding of guilt" in text
    app.button(key="close_site").click().run()
    assert len(app.dataframe[0].value) == 13


def test_choosing_a_site_writes_it_into_the_address(open_page):
    app = open_page("compounds")
    app.selectbox(key="open_compound").select("cmp-mds-thmor-da").run()
    assert app.query_params["compound"] in ("cmp-mds-thmor-da", ["cmp-mds-thmor-da"])
    text = words(app)
    assert "After a raid, later signs of activity are reported." in text
    assert "the sign of activity of “Henge Thmorda SEZ”" in text


def test_every_row_has_a_page_of_its_own(open_page, snapshot):
    app = open_page("compounds")
    for compound_id in snapshot.of("compound")["compound_id"]:
        app.selectbox(key="open_compound").select(compound_id).run()
        assert not app.exception, compound_id
        assert "Something went wrong" not in words(app), compound_id


def test_an_unknown_site_in_the_address_is_said(open_page):
    app = open_page("compounds", compound="cmp-nowhere")
    assert "names a site that is not recorded" in words(app)
    assert len(app.dataframe[0].value) == 13


def test_the_map_panel_leads_to_the_history(open_page):
    app = open_page("map", compound="cmp-huang-le")
    assert not app.exception
    assert "Its dated history" in words(app)
