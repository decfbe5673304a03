from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts.labels import quoted
from data.pairings import name_each
from data.schema import KINDS, empty_records
from data.sites import group_sites
from data.snapshot import Snapshot
from tests.data.ledgers import make
from ui import site_history
from ui.site_history import FIRST_ENTRIES

ONE_DAY = timedelta(days=1)
REVISIONS = count(1000)  # two snapshots of one revision would be taken for the same


@pytest.fixture(autouse=True)
def _nothing_kept(seeded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(seeded_folder))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def _site(snapshot, compound_id) -> None:
    from ui.compound_view import list_sites
    from ui.site_history import show_site

    show_site(snapshot, list_sites(snapshot), snapshot.find("compound", compound_id))


def draw(snapshot: Snapshot, compound_id: str = "a") -> AppTest:
    given = {"snapshot": snapshot, "compound_id": compound_id}
    app = AppTest.from_function(_site, kwargs=given, default_timeout=30).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join([*app.subheader.values, *app.text.values, *app.caption.values])


def snapshot_of(compounds=({},), events=(), claims=()) -> Snapshot:
    """Return the records of sites a, b, …; events and claims are of the first where they name no other."""
    named = zip("abcdefgh", compounds, strict=False)
    rows = {
        "compound": [{"compound_id": name, "name": name, "listing": "suspected"} | row for name, row in named],
        "event": [{"event_id": f"e{n}", "compound_id": "a"} | row for n, row in enumerate(events)],
        "claim": [{"claim_id": f"c{n}", "compound_id": "a", "metric": "people_rescued", "stance": "states"} | row
                  for n, row in enumerate(claims)],
    }  # fmt: skip
    empty = {kind: empty_records(KINDS[kind]) for kind in KINDS}
    return Snapshot(next(REVISIONS), empty | {kind: make(KINDS[kind], *each) for kind, each in rows.items()})


def event(kind: str, day: int, **more: object) -> dict[str, object]:
    start, end = f"2023-03-{day:02}", f"2023-03-{day + 1:02}"
    return {"event_type": kind, "date_start": start, "date_end": end, "event_date_edtf": start} | more


class TestTheSeed:
    def test_a_history_is_told_with_words_sources_and_disputes(self, snapshot):
        text = words(draw(snapshot, "cmp-huang-le"))
        assert "Dated history (6 records)" in text
        assert "“only saying it happened a few months before authorities raided the compound”" in text
        assert "Whether the signs of activity came before or after a raid cannot be told" in text
        assert "Where accounts differ (1 party)" in text
        assert "Long Dimanche, deputy governor of Preah Sihanouk" in text
        assert "the owner says that he only rented out land and casino" in text
        assert "Majestic 2 casino: probably the same place" in text
        assert "not a finding of guilt" in text

    def test_it_says_of_which_row_the_raid_and_the_sign_are(self, snapshot):
        text = words(draw(snapshot, "cmp-mds-thmor-da"))
        assert "After a raid, later signs of activity are reported." in text
        assert "the sign of activity of “Henge Thmorda SEZ”" in text

    def test_of_every_site_every_record_is_on_the_page(self, snapshot, monkeypatch):
        monkeypatch.setattr(site_history, "draw_history", lambda *_: None)  # pictures hold no words
        monkeypatch.setattr(st, "altair_chart", lambda *_, **__: None)
        compounds, events, claims = (snapshot.of(kind) for kind in ("compound", "event", "claim"))
        sites = group_sites(compounds[compounds["listing"] != "context"])
        context = compounds.loc[compounds["listing"] == "context", "compound_id"]
        for compound_id in [*sites.unique(), *context]:
            text = words(draw(snapshot, compound_id))
            members = {compound_id, *sites.index[sites == compound_id]}
            for records, column in ((events, "description"), (claims, "quote")):
                about = name_each(records)
                for told in about.loc[about["compound_id"].isin(members), column].dropna():
                    assert (told if column == "description" else quoted(told)) in text, compound_id


class TestHistory:
    def test_a_row_without_records_has_none_and_that_proves_nothing(self):
        text = words(draw(snapshot_of()))
        assert "Dated history (0 records)" in text
        assert "No report about this row is read as a step. That does not mean that nothing happened." in text
        assert "Where accounts differ" not in text

    def test_a_site_of_context_has_a_page_without_a_history(self):
        text = words(draw(snapshot_of([{"listing": "context"}], [event("raid", 1, description="A raid.")])))
        assert "context only, not alleged to be a site" in text
        assert "Dated history (0 records)" in text
        assert "A raid." in text

    @pytest.mark.parametrize(
        ("events", "said"),
        [
            ([event("raid", 5), event("escape", 9)], "After a raid, later signs of activity are reported."),
            ([event("raid", 5), event("escape", 2)], "After the raid no later sign of activity is reported."),
            ([event("raid", 5), event("escape", 5)], "came before or after a raid cannot be told"),
        ],
    )
    def test_what_came_after_a_raid(self, events, said):
        assert said in words(draw(snapshot_of(events=events)))

    def test_without_a_raid_nothing_is_said_of_afterwards(self):
        assert "After" not in words(draw(snapshot_of(events=[event("escape", 2)])))

    def test_of_one_row_no_row_is_named(self):
        assert "The raid is recorded of" not in words(draw(snapshot_of(events=[event("raid", 5), event("escape", 9)])))
        two = snapshot_of([{}, {"same_as": "a"}], [event("raid", 5), event("escape", 9, compound_id="b")])
        assert "The raid is recorded of “a”, the sign of activity of “b”." in words(draw(two))

    def test_a_long_history_is_shown_whole_when_asked_for(self):
        n = FIRST_ENTRIES + 5
        days = [date(2023, 3, 1) + number * ONE_DAY for number in range(n)]
        events = [
            {
                "event_type": "escape",
                "date_start": day,
                "date_end": day + ONE_DAY,
                "description": f"Escape {day}",
            }
            for day in days
        ]
        app = draw(snapshot_of(events=events))
        assert sum(text.startswith("Escape ") for text in app.text.values) == FIRST_ENTRIES
        app.toggle(key="all_steps").set_value(True).run()
        assert sum(text.startswith("Escape ") for text in app.text.values) == n

    def test_records_of_one_day_and_step_stand_together(self):
        app = draw(snapshot_of(events=[event("raid", 5, description=one) for one in ("One.", "Two.")]))
        assert {"One.", "Two."} <= set(app.text.values)
        assert app.text.values.count("5 March 2023") == 1

    def test_a_status_that_repeats_an_event_takes_one_line(self):
        status = {"status": "raided", "status_date_edtf": "2023-03-05"}
        text = words(draw(snapshot_of([status], [event("raid", 5)])))
        assert "Also the latest status on the row of: a" in text
        assert "Status given on the row “a”" not in text
        assert "Status given on the row “a”" in words(draw(snapshot_of([status])))

    def test_whose_record_it_is_when_not_of_this_row(self):
        made = snapshot_of([{}, {"same_as": "a"}], [event("raid", 5, compound_id="b")])
        assert "About the row “b”" in words(draw(made, "a"))
        assert "About the row" not in words(draw(made, "b"))

    def test_a_claim_is_a_step_in_a_sentence(self):
        claim = {"metric": "people_rescued", "best": 12, "low": 12, "high": 12, "qualifier": "exact", "speaker": "NGO"}
        dated = {"period_start": "2023-03-01", "period_end": "2023-04-01", "period_edtf": "2023-03"}
        app = draw(snapshot_of(claims=[claim | dated]))
        (sentence,) = (text for text in app.text.values if "NGO" in text)
        assert "12" in sentence
        assert "March 2023" in sentence


class TestDisputes:
    def test_an_event_that_a_party_contests_without_a_record_of_its_words(self):
        text = words(draw(snapshot_of(events=[event("raid", 5, description="A raid.", contested_by="The owner")])))
        assert "Contested by: The owner" in text
        assert "Where accounts differ (1 party)" in text
        assert "The owner. No record holds this party's own words." in text

    def test_the_party_s_own_words_stand_beside_it(self):
        events = [
            event("raid", 5, description="A raid.", contested_by="The owner"),
            event("official_statement", 7, description="There was none.", actor="The owner"),
        ]
        text = words(draw(snapshot_of(events=events)))
        assert "No record holds" not in text
        assert "Who disputes it" in text
        assert "There was none." in text


class TestTheRest:
    def test_records_that_are_no_step_are_shown_all_the_same(self):
        events = [event("inspection", 1 + number, description=f"Visit {number}.") for number in range(2)]
        app = draw(snapshot_of(events=events, claims=[{"metric": "usd_lost", "quote": "he lost all"}]))
        assert [each.label for each in app.expander] == [
            "Other events about it (2), read as no step",
            "Other claims about it (1), read as no step",
        ]
        assert {"Visit 0.", "Visit 1.", "“he lost all”"} <= set(app.text.values)

    def test_of_very_many_the_number_of_those_not_shown_is_said(self):
        app = draw(snapshot_of(events=[
            event("inspection", 5, description=f"Visit {number}.") for number in range(FIRST_ENTRIES + 3)
        ]))  # fmt: skip
        assert sum(text.startswith("Visit ") for text in app.text.values) == FIRST_ENTRIES
        assert "3 more on the Records page." in app.caption.values

    def test_how_the_rows_of_a_site_hang_together(self):
        made = snapshot_of([{}, {"part_of": "a"}, {"same_as": "a"}, {"same_as": "c"}])
        text = words(draw(made, "a"))
        assert "Rows that share this history (3)" in text
        assert "b: a part of this one" in text
        assert "c: probably the same place" in text
        assert "d: tied through another row" in text
        assert "a: this one is a part of it" in words(draw(made, "b"))
        assert "Rows that share" not in words(draw(snapshot_of()))


class TestUnknowns:
    def unknowns(self, snapshot: Snapshot) -> list[str]:
        return next(text for text in draw(snapshot).text.values if text.startswith("Where it lies")).splitlines()

    def test_of_a_bare_row(self):
        assert self.unknowns(snapshot_of()) == [
            "Where it lies is known not at all.",
            "No owner or operator is reported.",
        ]

    def test_each_gap_is_named(self):
        undated = {"date_start": None, "date_end": None}
        reported = {"date_start": None, "event_date_edtf": "../2023-03-05"}
        site = {"location_precision": "town", "outside_knowledge": "province_code;latitude"}
        events = [event("raid", 5) | undated, event("escape", 5) | reported]
        assert self.unknowns(snapshot_of([site], events)) == [
            "Where it lies is known to the town (from general knowledge, not from the source).",
            "Of 1 of 2 records only the date of the report is known.",
            "1 record cannot be dated at all.",
            "No record says whether it was closed.",
            "No owner or operator is reported.",
            "From general knowledge, not from the source, to be verified: province code, latitude.",
        ]

    def test_what_is_known_is_no_gap(self):
        site = {"operator_as_reported": "Somebody", "location_precision": "exact"}
        assert self.unknowns(snapshot_of([site], [event("closure", 5)])) == ["Where it lies is known exactly."]

    def test_the_note_of_the_coders_is_shown(self):
        assert "Two maps differ." in draw(snapshot_of([{"note": "Two maps differ."}])).text.values
        assert "Note of the coders" not in draw(snapshot_of([{"note": ""}])).caption.values


def test_the_way_back_closes_the_site(snapshot):
    app = AppTest.from_function(_site, kwargs={"snapshot": snapshot, "compound_id": "cmp-kaibo"}, default_timeout=30)
    app.query_params["compound"] = "cmp-kaibo"
    app.run()
    app.button(key="close_site").click().run()
    assert app.session_state["choices"].compound == ""
