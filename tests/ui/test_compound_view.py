from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.schema import KINDS, empty_records
from data.snapshot import Snapshot
from tests.data.ledgers import make
from ui import compound_view
from ui.compound_view import MOST_LANES, SiteList, list_sites, show_table

REVISIONS = count(1000)  # two snapshots of one revision would be taken for the same


@pytest.fixture(autouse=True)
def _nothing_kept(seeded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(seeded_folder))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def snapshot_of(compounds: list[dict[str, object]], events: list[dict[str, object]] = ()) -> Snapshot:
    records = {kind: empty_records(KINDS[kind]) for kind in KINDS}
    listed = [{"name": row["compound_id"], "listing": "suspected", "source_ids": "s"} | row for row in compounds]
    return Snapshot(1, records | {"compound": make(KINDS["compound"], *listed), "event": make(KINDS["event"], *events)})


def raid(number: int, compound: str, start: str | None = "2023-03-10", end: str | None = "2023-03-11"):
    facts = {"event_id": f"e{number}", "event_type": "raid", "compound_id": compound, "source_ids": "s"}
    return facts | {"date_start": start, "date_end": end, "event_date_edtf": start}


def _lanes(snapshot) -> None:
    from ui.compound_view import list_sites, show_lanes, show_lead

    sites = list_sites(snapshot)
    show_lead(sites)
    show_lanes(snapshot, sites)


def _page(snapshot) -> None:
    from ui.compound_view import show_filters, show_table

    show_table(show_filters(snapshot))


def draw(script, snapshot: Snapshot, **address: str) -> AppTest:
    app = AppTest.from_function(script, kwargs={"snapshot": snapshot}, default_timeout=30)
    app.query_params.update(address)
    app.run()
    assert not app.exception
    return app


class TestSites:
    def test_every_row_that_is_alleged_belongs_to_one_site(self, snapshot):
        sites = list_sites(snapshot)
        compounds = snapshot.of("compound")
        alleged = compounds[compounds["listing"] != "context"]
        assert sites.table["rows"].sum() == len(alleged)
        assert set(sites.table["site_id"]) == set(sites.members[alleged["compound_id"]])
        assert sites.table["name"].is_monotonic_increasing

    def test_rows_of_context_have_a_page_but_no_line(self, snapshot):
        sites = list_sites(snapshot)
        assert set(sites.members.index) == set(snapshot.of("compound")["compound_id"])
        assert sites.members["cmp-detention-centres-2022"] == "cmp-detention-centres-2022"
        assert "cmp-detention-centres-2022" not in set(sites.table["site_id"])

    def test_parts_can_be_sites_of_their_own(self, snapshot):
        assert list_sites(snapshot).members["cmp-kb-casino"] == "cmp-kaibo"
        apart = list_sites(snapshot, parts=False)
        assert apart.members["cmp-kb-casino"] == "cmp-kb-casino"
        assert apart.members["cmp-majestic-2"] == "cmp-huang-le"
        assert (len(list_sites(snapshot).table), len(apart.table)) == (13, 16)

    def test_what_a_site_is_said_to_be(self, snapshot):
        row = list_sites(snapshot).table.set_index("site_id").loc["cmp-mds-thmor-da"]
        assert (row["status"], row["after"], row["province"], row["rows"]) == ("alleged_active", "later", "Pursat", 4)

    def test_a_site_of_several_provinces_is_in_each(self):
        whole = {"compound_id": "a", "province_code": "KH-1"}
        parts = [{"compound_id": "b", "part_of": "a", "province_code": "KH-2", "source_ids": "s;t"}]
        sites = list_sites(snapshot_of([whole, *parts, {"compound_id": "c"}]))
        row = sites.table.set_index("site_id").loc["a"]
        assert row["province_codes"] == ("KH-1", "KH-2")
        assert (row["rows"], row["sources"], row["status"], row["status_date"]) == (2, 2, "unknown", "")
        for code in ("KH-1", "KH-2"):
            assert sites.select(code, "").table["site_id"].tolist() == ["a"]
        assert sites.select("KH-3", "").table.empty

    def test_a_choice_narrows_table_and_history_alike(self, snapshot):
        everything = list_sites(snapshot)
        assert everything.select("", "").table.equals(everything.table)
        chosen = everything.select("KH-18", "contested")
        assert set(chosen.table["status"]) == {"contested"}
        assert 0 < len(chosen.table) < len(everything.select("KH-18", "").table) < len(everything.table)
        assert set(chosen.steps["site_id"]) <= set(chosen.table["site_id"])
        assert len(chosen.steps) > 0

    def test_no_compounds_no_sites(self):
        sites = list_sites(snapshot_of([]))
        assert sites.table.empty
        assert sites.select("KH-1", "raided").table.empty

    def test_it_is_made_anew_for_another_version_or_another_choice_of_speakers(self, snapshot):
        believed = Snapshot(snapshot.revision, snapshot.records | {"event": snapshot.of("event").head(0)}, ("ngo",))
        assert len(list_sites(believed).steps) < len(list_sites(snapshot).steps)


class TestLanes:
    def test_what_is_not_drawn_is_accounted_for(self):
        names = [f"site {number:02}" for number in range(MOST_LANES + 5)]
        events = [raid(number, name) for number, name in enumerate(names[:-2])]
        app = draw(
            _lanes, snapshot_of([{"compound_id": name} for name in names], [*events, raid(99, names[-1], None, None)])
        )
        (account,) = (text for text in app.caption.values if "raided ones first" in text)
        assert f"{MOST_LANES} of {MOST_LANES + 5} sites" in account
        assert "2 sites without a dated report not drawn" in account
        assert "3 more than fit stand in the table only" in account
        assert "1 undated record cannot be drawn" in account

    def test_when_all_is_drawn_nothing_is_said_to_be_missing(self):
        app = draw(_lanes, snapshot_of([{"compound_id": "a"}], [raid(1, "a")]))
        (account,) = (text for text in app.caption.values if "raided ones first" in text)
        assert account.startswith("1 of 1 site, raided ones first. ")

    def test_without_dates_there_is_no_picture_and_that_proves_nothing(self):
        app = draw(_lanes, snapshot_of([{"compound_id": "a"}], [raid(1, "a", None, None)]))
        assert app.text.values[-1] == "No dated report fits these choices. That does not mean that nothing happened."
        assert not any("raided ones first" in text for text in app.caption.values)

    def test_the_sentence_names_the_chosen_province(self):
        made = snapshot_of([{"compound_id": "a", "province_code": "KH-18"}], [raid(1, "a")])
        assert "in Preah Sihanouk" in draw(_lanes, made, place="KH-18").text.values[0]
        assert draw(_lanes, made).text.values[0].startswith("1 site that sources name")


class TestChoices:
    def test_the_choices_narrow_the_table(self, snapshot):
        app = draw(_page, snapshot, place="KH-18")
        assert set(app.dataframe[0].value["Province"]) == {"Preah Sihanouk"}
        app.selectbox(key="compound_status").select("contested").run()
        assert set(app.dataframe[0].value["Latest status reported"]) == {"Contested"}

    def test_a_status_that_no_site_has_is_not_kept(self):
        made = snapshot_of(
            [
                {"compound_id": "a", "status": "raided", "status_date_edtf": "2023-03-10"},
                {"compound_id": "b", "part_of": "a", "status": "closed", "status_date_edtf": "2023-03-09"},
            ]
        )
        app = draw(_page, made)
        assert app.selectbox(key="compound_status").options == ["Any status", "Raided"]
        app.toggle(key="compound_parts").set_value(True).run()
        app.selectbox(key="compound_status").select("closed").run()
        assert app.dataframe[0].value["Name"].tolist() == ["b"]
        app.toggle(key="compound_parts").set_value(False).run()
        assert app.selectbox(key="compound_status").value == ""
        assert app.dataframe[0].value["Name"].tolist() == ["a"]

    def test_another_province_closes_the_site(self, snapshot):
        app = draw(_page, snapshot, compound="cmp-huang-le")
        assert app.selectbox(key="open_compound").value == "cmp-huang-le"
        app.selectbox(key="compound_place").select("KH-1").run()
        assert app.query_params == {"place": "KH-1"}
        assert app.selectbox(key="open_compound").value is None

    def test_a_site_can_be_opened_by_its_name(self, snapshot):
        app = draw(_page, snapshot, place="KH-18")
        assert len(app.selectbox(key="open_compound").options) == len(snapshot.of("compound"))
        app.selectbox(key="open_compound").select("cmp-kaibo").run()
        assert app.query_params == {"place": "KH-18", "compound": "cmp-kaibo"}

    def test_an_unknown_site_opens_none(self, snapshot):
        assert draw(_page, snapshot, compound="cmp-nowhere").selectbox(key="open_compound").value is None


class RunAgainError(Exception):
    """The page would run again."""


class TestTable:
    def choose(self, monkeypatch: pytest.MonkeyPatch, sites: SiteList, rows: list[int]) -> list[dict[str, str]]:
        changes: list[dict[str, str]] = []

        def run_again() -> None:
            raise RunAgainError

        monkeypatch.setattr(st, "dataframe", lambda *_, **__: {"selection": {"rows": rows}})
        monkeypatch.setattr(st, "rerun", run_again)
        monkeypatch.setattr(compound_view, "change_choices", lambda **change: changes.append(change))
        if rows:
            with pytest.raises(RunAgainError):
                show_table(sites)
        else:
            show_table(sites)
        return changes

    def test_a_click_opens_the_site_of_that_line(self, monkeypatch, snapshot):
        chosen = list_sites(snapshot).select("KH-18", "")
        assert self.choose(monkeypatch, chosen, [1]) == [{"compound": chosen.table["site_id"].iloc[1]}]

    def test_without_a_click_nothing_happens(self, monkeypatch, snapshot):
        assert self.choose(monkeypatch, list_sites(snapshot), []) == []

    def test_what_is_not_known_is_left_empty_and_codes_are_words(self):
        made = snapshot_of([{"compound_id": "a", "listing": "identified"}], [raid(1, "a")])
        table = draw(_page, made).dataframe[0].value
        assert table.to_dict("records") == [
            {
                "Name": "a",
                "Latest status reported": "Not known",
                "Date of that status": "",
                "Province": "—",
                "After a raid": "no later sign",
                "Type": "—",
                "Listed as": "named",
                "Placed to the": "—",
                "Rows": 1,
                "Sources": 1,
            }
        ]
