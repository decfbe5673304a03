from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.candidates import BOTH
from data.columns import name_columns
from data.layouts import find_layout
from data.options import ImportOptions
from data.schema import COMPLAINT, EVENT, KINDS
from data.suggestions import accept_suggestions, recall_columns, suggest_columns, suggest_kind

SEED_FOLDER = Path(__file__).parents[2] / "data" / "files" / "seed"


def table(**cells: list[str] | str) -> pd.DataFrame:
    return pd.DataFrame({name: [cell] if isinstance(cell, str) else cell for name, cell in cells.items()}, dtype="str")


def suggested(rows: pd.DataFrame, kind=COMPLAINT, **more) -> dict[str, tuple[str | None, str]]:
    return {one.header: (one.column, one.why) for one in suggest_columns(rows, kind, **more)}


HOTLINE = table(
    **{
        "Ticket": ["synthetic-1", "synthetic-2", ""],
        "Day logged": ["03/04/2025", "04/04/2025", ""],
        "Spot": ["Bavet", "Poipet", "Bavet"],
        "GPS": ["11.07, 106.17", "", "13.65 102.56"],
        "Came through": ["hotline", "online", "hotline"],
        "Nationalty": ["Thai", "", "Vietnamese"],
        "Heads": ["3", "1", "2"],
    }
)


def test_each_header_has_a_suggestion_with_its_reason():
    assert suggested(HOTLINE) == {
        "Ticket": (None, "none"),
        "Day logged": ("received_date", "similar"),
        "Spot": ("place_text", "values"),
        "GPS": (BOTH, "values"),
        "Came through": ("channel", "values"),
        "Nationalty": ("nationality", "similar"),
        "Heads": ("people_affected", "similar"),
    }


def test_only_names_and_what_was_said_are_certain():
    confidence = {one.header: one.confidence for one in suggest_columns(HOTLINE, COMPLAINT)}
    assert 0.7 < confidence["Day logged"] < 0.95
    assert 0.3 < confidence["Spot"] < 0.7
    assert 0 < confidence["Heads"] < 0.5
    remembered = suggest_columns(HOTLINE, COMPLAINT, remembered={"Heads": "people_affected", "Spot": ""})
    assert [(one.column, one.confidence, one.why) for one in remembered if one.header in ("Heads", "Spot")] == [
        (None, 1.0, "remembered"),
        ("people_affected", 1.0, "remembered"),
    ]


def test_tags_go_before_names_and_spellings():
    rows = table(Zone="Kampot", Where="Bavet", note="x")
    tags = {"Zone": "#adm1+name+i_en", "note": "#meta+channel"}
    assert suggested(rows, hxl=tags) == {
        "Zone": ("place_text", "hxl"),
        "Where": (None, "none"),
        "note": ("channel", "hxl"),
    }


def test_number_columns_with_odd_names_are_proposed_from_their_cells_with_samples():
    rows = table(**{"Heads": ["3", "12", "40"], "GPS one": ["11.55"] * 3, "GPS two": ["104.9"] * 3})
    found = {one.header: one for one in suggest_columns(rows, COMPLAINT)}
    assert {header: one.column for header, one in found.items()} == {
        "Heads": "people_affected", "GPS one": "latitude", "GPS two": "longitude",
    }  # fmt: skip
    assert all(0 < one.confidence < 0.75 for one in found.values())
    assert found["Heads"].samples == ("3", "12", "40")


def test_samples_are_distinct_filled_short_and_hide_personal_data():
    rows = table(a=["x", "", "x", " ", "y" * 80 + " z", "call 012 345 678", "1", "2", "3"])
    assert suggest_columns(rows, COMPLAINT)[0].samples == ("x", "…", "(a telephone number)", "1", "2")


def test_a_column_filled_only_far_down_still_has_samples():
    rows = table(a=[""] * 10_001 + ["Bavet"])
    assert suggest_columns(rows, COMPLAINT)[0].samples == ("Bavet",)


def test_the_loser_of_a_column_says_which_it_was():
    first, second = suggest_columns(table(Province="Kampot", Location="Bokor"), COMPLAINT)
    assert (first.column, first.confidence, second.column, second.why) == ("place_text", 0.5, None, "none")
    assert second.others[0] == ("place_text", 0.95)


def test_a_case_number_goes_before_a_running_number():
    assert suggested(table(**{"No.": "1", "Case number": "C-7"}))["Case number"] == ("complaint_id", "spelling")


def test_what_is_suggested_can_be_accepted_as_it_stands():
    options = accept_suggestions(suggest_columns(HOTLINE, COMPLAINT), ImportOptions(day_first=True))
    assert options == ImportOptions(
        day_first=True,
        columns={
            "received_date": "Day logged",
            "place_text": "Spot",
            "latitude": "GPS",
            "longitude": "GPS",
            "channel": "Came through",
            "nationality": "Nationalty",
            "people_affected": "Heads",
        },
        left_out=("Ticket",),
    )
    named = name_columns(HOTLINE, COMPLAINT, options.columns, options.left_out)
    assert named.fields["latitude"].tolist() == named.fields["longitude"].tolist() == HOTLINE["GPS"].tolist()
    assert list(named.others) == ["Ticket"]


def test_headers_that_a_layout_joins_are_accepted_together():
    rows = table(
        id="7", type_of_violence="3", where_prec="1", date_prec="1", date_start="2023-01-01", date_end="2023-01-03"
    )
    layout = find_layout(list(rows))
    assert accept_suggestions(suggest_columns(rows, EVENT, layout=layout)).columns == {
        "event_id": "id",
        "event_date_edtf": ("date_start", "date_end"),
    }


@pytest.mark.parametrize("headers", [["GPS", "date"], ["gps", "DATE "]])
def test_decisions_come_back_for_headers_written_otherwise(headers):
    options = ImportOptions(
        columns={"latitude": "GPS", "longitude": "GPS", "received_date": "date"}, left_out=("Heads",)
    )
    recalled = recall_columns(options, [*headers, "Heads", "new"])
    assert recalled == {headers[0]: BOTH, headers[1]: "received_date", "Heads": ""}


def test_of_two_headers_that_read_the_same_only_the_one_as_written_is_recalled():
    options = ImportOptions(columns={"received_date": "date"})
    assert recall_columns(options, ["date", "Date"]) == {"date": "received_date"}
    assert recall_columns(options, ["DATE", "Date"]) == {}


def test_joined_headers_are_recalled_and_accepted_again():
    options = ImportOptions(columns={"place_text": ("District", "Area"), "received_date": "When"})
    rows = table(Area="Svay Rieng", When="2023-01-01", District="Bavet")
    suggestions = suggest_columns(rows, COMPLAINT, remembered=recall_columns(options, list(rows)))
    assert accept_suggestions(suggestions).columns == options.columns


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (table(**{"Case no": "1", "Complaint date": "2023-01-01", "Province": "Kampot"}), "complaint"),
        (table(Type="raid", **{"Date of raid": "2023-01-01", "Province": "Kampot"}), "event"),
        (table(**{"Name of compound": "A", "Type of site": "hotel", "Location": "Bavet"}), "compound"),
        (table(metric="people_rescued", speaker="Ministry", value="7", period="2023"), "claim"),
        (table(source_id="s", title="t", publisher="p", url="u"), "source"),
    ],
)
def test_the_kind_that_headers_look_like_comes_first(rows, kind):
    rated = suggest_kind(list(rows), rows)
    assert rated[0][0] == kind
    assert {name for name, _, _ in rated} == set(KINDS)
    assert all(0 <= score <= 1 for _, score, _ in rated)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("event_id_cnty,event_date,event_type,sub_event_type,admin1,location,geo_precision,notes,fatalities", "event"),
        ("id,type_of_violence,where_prec,date_prec,date_start,date_end,best,high,low,adm_1", "event"),
        ("_uuid,_submission_time,_id,_index,g/Case number,g/Date of complaint,g/Province,g/Gender", "complaint"),
    ],
)
def test_the_kind_of_known_layouts(headers, kind):
    rows = table(**dict.fromkeys(headers.split(","), "1"))
    assert suggest_kind(list(rows), rows)[0][0] == kind


@pytest.mark.parametrize("name", ["compounds", "events", "claims", "sources"])
def test_the_kind_of_our_own_files(name):
    rows = pd.read_csv(SEED_FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)
    assert suggest_kind(list(rows), rows)[0][0] == name.removesuffix("s")
    assert all(one.column == one.header for one in suggest_columns(rows, KINDS[name.removesuffix("s")]))


def test_what_a_kind_would_lack_is_said():
    rows = table(Province="Kampot")
    reasons = {name: why for name, _, why in suggest_kind(list(rows), rows)}
    assert reasons["event"] == "1 of 1 headers fit; missing: event_type, event_date_edtf"
