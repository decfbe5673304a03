from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.ingest import ingest
from data.periods import parse_period
from data.permalink import Choices
from data.store import Store
from ui.page_head import view_link


@pytest.fixture(autouse=True)
def _nothing_cached():
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def _page():
    import streamlit as st

    from ui.cache import current_snapshot
    from ui.page_head import show_head

    snapshot = current_snapshot()
    st.session_state["share"] = True  # as when a person has opened it
    show_head("Map", snapshot, what="Raids, by province", find_sources=lambda: snapshot.of("source").head(1))
    st.text(f"shown: {snapshot.revision}, complaints: {len(snapshot.of('complaint'))}")


def _open(**address):
    app = AppTest.from_function(_page, default_timeout=60)
    app.query_params.update(address)
    app.run()
    assert not app.exception
    return app


def _add_complaint(folder):
    content = b"complaint_id,received_date,place_text\nmine,2022-09-01,Takeo\n"
    with Store.open(folder / "atlas.sqlite") as store:
        store.commit(ingest(content, "c.csv", "complaint"), actor="test", content=content)


def test_a_link_holds_the_choices():
    period = parse_period("2022-08-19", "2022-09-19")
    assert view_link("http://x/map", Choices()) == "http://x/map"
    link = view_link("http://x/map", Choices(place="KH-18", period=period, at=(12.5, 105.0, 7.0)))
    assert link == "http://x/map?from=2022-08-19&to=2022-09-19&place=KH-18&at=12.5,105,7"


def test_a_view_kept_to_a_version_shows_it_after_later_imports(data_folder):
    app = _open()
    assert app.toggle[0].label == "Keep this view at data version 4"
    app.toggle[0].set_value(True).run()
    _add_complaint(data_folder)
    app.run()
    assert app.text[0].value == "shown: 4, complaints: 0"
    assert "not the latest one, which is 5" in app.markdown[-1].value
    assert "version=4" in app.code[0].value
    app.button(key="show_latest").click().run()
    assert app.text[0].value == "shown: 5, complaints: 1"
    assert "version" not in app.code[0].value


def test_the_citation_names_view_version_and_source_and_links_to_that_version(data_folder, snapshot):
    app = _open()
    cited = app.code[1].value
    assert cited.startswith("Compound Atlas: Raids, by province, Cambodia. Data version 4 of ")
    assert str(snapshot.of("source")["title"].iloc[0]) in cited
    assert "version=4" in cited


def test_a_version_that_is_not_there_is_said(data_folder):
    app = _open(version="99")
    assert app.warning[0].value == "There is no data version 99 yet; the latest, 4, is shown."
    assert app.text[0].value == "shown: 4, complaints: 0"
