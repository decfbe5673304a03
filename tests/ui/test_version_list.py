from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.changes import TOTAL_COLUMNS, compare
from data.ingest import ingest
from data.store import Store
from ui import version_list
from ui.version_list import add_names, change_table, describe_version, tell_totals

HEADER = b"complaint_id,received_date,place_text,latitude,longitude,note\n"
FIRST = HEADER + b"a,2022-09-01,Takeo,,,\nb,2022-09-02,,10.61,103.52,\nc,2022-09-03,Kampot,,,first\n"
SECOND = HEADER + b"c,2022-09-03,Kampot,,,*second*\nd,2022-09-04,Kampot,,,\n"


def _page() -> None:
    from ui.messages import calm_errors
    from ui.version_list import show_versions

    with calm_errors():
        show_versions()


@pytest.fixture
def store(data_folder):
    """Five versions more: an import, one that changes a record of it, a correction, two undone."""
    st.cache_resource.clear()
    with Store.open(data_folder / "atlas.sqlite") as store:
        first = store.commit(ingest(FIRST, "first.csv", "complaint"), actor="Dara", content=FIRST)
        second = store.commit(ingest(SECOND, "second.csv", "complaint"), actor="*Sok*", content=SECOND, note="more")
        store.correct("complaint", "a", {"note": "checked"}, actor="Dara", reason="asked again")
        store.revert(second.batch_id, actor="Sok", reason="wrong")
        assert first.batch_id == 5
        yield store
    st.cache_resource.clear()


@pytest.fixture
def page(store) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert not app.exception
    return app


def _between(app: AppTest, earlier: int, later: int) -> AppTest:
    app.selectbox(key="changes_to").select(later).run()
    return app.selectbox(key="changes_from").select(earlier).run()


def _listed(app: AppTest) -> pd.DataFrame:
    return next(table.value for table in app.dataframe if "Change" in table.value)


def test_totals_as_a_sentence():
    rows = [("source", 0, 0, 0), ("complaint", 1480, 1, 0), ("claim", 0, 0, 2)]
    assert tell_totals(pd.DataFrame(rows, columns=TOTAL_COLUMNS)) == (
        "1,480 complaints added, 1 complaint no longer there, 2 claims changed."
    )
    none = pd.DataFrame([("source", 0, 0, 0)], columns=TOTAL_COLUMNS)
    assert tell_totals(none) == "Nothing differs between these two versions."


def test_every_difference_is_one_line(store):
    table = change_table(compare(store, 5, 6))
    assert table[["Change", "Kind", "Record", "Column", "Before", "After", "Who", "Why"]].values.tolist() == [
        ["Added", "complaint", "d", "", "", "", "*Sok*", "more"],
        ["Changed", "complaint", "c", "note", "first", "*second*", "*Sok*", "more"],
    ]
    undone = change_table(compare(store, 7, 8)).set_index("Record")
    assert undone.loc["d", "Change"] == "No longer there"
    assert undone.loc["c", ["Change", "Before", "After"]].tolist() == ["Changed", "*second*", "first"]
    assert undone["Why"].tolist() == ["wrong", "wrong"]


def test_nothing_differs_from_itself(store):
    assert change_table(compare(store, 6, 6)).empty
    assert list(change_table(compare(store, 6, 6)).columns) == list(change_table(compare(store, 5, 6)).columns)


def test_a_version_in_words(store):
    store.name_version("Briefing", actor="T", revision=6)
    store.name_version("Annual report", actor="T", revision=6)
    versions = store.versions()
    assert describe_version(versions, 6).startswith("6 “Briefing”, “Annual report” · ")
    assert describe_version(versions, 6).endswith(" · import by *Sok*")
    assert describe_version(versions, 7).endswith(" · correction by Dara")
    assert describe_version(versions, 8).endswith(" · undo by Sok")


def test_all_versions_are_listed_the_latest_first(page, store):
    table = page.dataframe[0].value
    assert table["Version"].tolist() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert table["What"].tolist()[:4] == ["undo", "correction", "import", "import"]
    assert table.iloc[1][["Who", "Why", "Records changed"]].tolist() == ["Dara", "asked again", 1]


def _name(app: AppTest, number: int, name: str, who: str) -> AppTest:
    next(box for box in app.selectbox if box.label == "Version").select(number)
    next(box for box in app.text_input if box.label == "Name *").input(name)
    next(box for box in app.text_input if box.label.startswith("Your name")).input(who)
    return next(button for button in app.button if button.label == "Name it").click().run()


def test_a_version_gets_a_name(page, store):
    _name(page, 6, "Briefing *March*", "T")
    assert store.find_version("briefing *march*") == 6
    assert page.dataframe[0].value.set_index("Version").loc[6, "Name"] == "Briefing *March*"
    assert ":material/check_circle: **Version 6 has its name.**" in page.markdown.values
    assert "From now on “Briefing *March*” means data version 6, and no other." in page.text.values


@pytest.mark.parametrize(("name", "who"), [("", "T"), ("A", ""), ("  ", "T"), ("A", "  ")])
def test_a_name_needs_a_name_and_someone_who_gives_it(page, store, name, who):
    _name(page, 6, name, who)
    assert ":material/error: **This did not work**" in page.markdown.values
    assert store.versions()["name"].isna().all()
    assert not any("has its name" in text for text in page.markdown.values)


def test_the_latest_change_is_shown_first(page):
    assert (page.selectbox(key="changes_to").value, page.selectbox(key="changes_from").value) == (8, 7)
    assert "1 complaint no longer there, 1 complaint changed." in page.text.values


def test_two_versions_are_compared_as_a_list_and_on_the_map(page):
    _between(page, 4, 6)
    assert "4 complaints added." in page.text.values
    assert sorted(_listed(page)["Identifier"]) == ["a", "b", "c", "d"]
    assert "Complaint · Kampot · 4 September 2022" in set(_listed(page)["Record"])
    payload = json.loads(page.get("component_instance")[0].proto.json_args)["atlas"]
    assert payload["provinces"]["KH-21"]["label"] == "1"
    assert payload["provinces"]["KH-7"]["label"] == "2"
    assert payload["provinces"]["KH-7"]["tip"] == ["Kampot", "2 changed records"]
    assert "label" not in payload["provinces"]["KH-1"]
    (dots,) = payload["dots"]
    assert (dots["label"], dots["ids"], dots["at"]) == ("Added", ["b"], [[10.61, 103.52]])
    assert "4 records; 0 of them have no place." in page.caption.values


def test_the_first_version_is_compared_with_nothing(page, snapshot):
    _between(page, 0, 4)
    total = sum(len(snapshot.of(kind)) for kind in ("source", "compound", "event", "claim"))
    assert len(_listed(page)) == min(total, version_list.MOST_ROWS)
    assert set(_listed(page)["Change"]) == {"Added"}


def test_an_earlier_end_leaves_only_versions_before_it(page):
    _between(page, 7, 8)
    page.selectbox(key="changes_to").select(5).run()
    assert not page.exception
    assert not [text for text in page.markdown.values if text.startswith(":material/error:")]
    assert page.selectbox(key="changes_from").value < 5
    assert "3 complaints added." in page.text.values


def test_all_changes_come_as_a_file(page, monkeypatch):
    files = {}
    monkeypatch.setattr(version_list, "download", lambda label, make, name, mime, *, key: files.update({name: make}))
    _between(page, 5, 7)
    rows = list(csv.DictReader(io.StringIO(files["changes-5-to-7.csv"]().decode("utf-8-sig"))))
    assert {(row["Record"], row["Column"], row["Before"], row["After"]) for row in rows} == {
        ("d", "", "", ""), ("c", "note", "first", "*second*"), ("a", "note", "", "checked"),
    }  # fmt: skip


def test_of_many_changes_the_first_are_shown(page, monkeypatch):
    monkeypatch.setattr(version_list, "MOST_ROWS", 2)
    _between(page, 4, 6)
    assert len(_listed(page)) == 2
    assert "The first 2 of 4 changes are shown; the download holds all." in page.caption.values


def test_an_empty_atlas_has_no_version(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    Store.open(tmp_path / "atlas.sqlite").close()
    monkeypatch.setattr("ui.cache.prepare", Store.open)
    st.cache_resource.clear()
    app = AppTest.from_function(_page, default_timeout=60).run()
    st.cache_resource.clear()
    assert not app.exception
    assert app.dataframe[0].value.empty
    assert not app.selectbox


def test_each_difference_says_what_the_record_is(store, snapshot):
    table = change_table(compare(store, 5, 7))
    named = add_names(table, compare(store, 5, 7)).set_index("Identifier")
    assert named.loc["a", "Record"] == "Complaint · Takeo · 1 September 2022"
    assert named.loc["a", "Column"] == "Anything a reader must know"
    assert (named["Record"] != "").all()
    first = compare(store, 0, 4)
    everything = add_names(change_table(first), first)
    assert (everything["Record"] != "").all()
    assert not set(snapshot.of("event")["event_id"]) & set(everything["Record"])
