from __future__ import annotations

import pytest

from data.hxl import COLUMNS, hxl_columns, read_tag, take_tags
from data.read import read_table
from data.schema import KINDS
from tests.attacks.attack_files import bring_in

HEADER = "When,Province,lat,lon,People\n"
TAGS = "#date+received,#adm1+name,#geo+lat,#geo+lon,#affected\n"
ROW = "2023-04-01,Kampot,10.6112,104.1803,3\n"


@pytest.mark.parametrize(
    ("cell", "tag"),
    [
        ("#adm1", "#adm1"),
        (" #Affected +f +children ", "#affected+children+f"),
        ("#affected+children+f", "#affected+children+f"),
        ("#", ""),
        ("# 1", ""),
        ("#1", ""),
        ("adm1", ""),
        ("#adm1+", ""),
        ("#adm1 and more!", ""),
        ("", ""),
    ],
)
def test_tags_are_read_whatever_their_blanks_and_order(cell, tag):
    assert read_tag(cell) == tag


@pytest.mark.parametrize("content", [HEADER + TAGS + ROW, "\n" + HEADER + TAGS + ROW], ids=["below", "after-a-blank"])
def test_a_row_of_tags_is_no_record_and_not_lost(content):
    table = read_table(content.encode(), "any.csv")
    assert table.rows.to_numpy().tolist() == [ROW.strip().split(",")]
    assert table.reading.hxl == dict(zip(HEADER.strip().split(","), TAGS.strip().split(","), strict=True))
    assert table.rows.index.tolist() == [content[: content.index("2023")].count("\n") + 1]


def test_tags_above_the_header_are_taken_out_too():
    table = read_table((TAGS + "date,province,lat,lon,victims\n" + ROW).encode(), "any.csv")
    assert (table.reading.header_row, table.rows.index.tolist()) == (2, [3])
    assert table.reading.hxl["victims"] == "#affected"


def test_tags_without_a_header_are_the_header():
    table = read_table((TAGS + ROW).encode(), "any.csv")
    assert table.reading.columns == tuple(TAGS.strip().split(","))
    assert table.reading.hxl == {tag: tag for tag in table.reading.columns}
    assert len(table.rows) == 1


def test_blank_tags_and_a_quoted_large_file_are_no_obstacle():
    content = HEADER + "#date+received,,,,#affected\n" + ROW * 2_000 + '"2023-04-01",x,,,\n'
    table = read_table(content.encode(), "any.csv")
    assert len(table.rows) == 2_001
    assert table.reading.hxl == {"When": "#date+received", "People": "#affected"}


@pytest.mark.parametrize("row", ["#1,#2\n", "#a,b\n", "#a,\n"])
def test_rows_that_only_look_like_tags_stay_rows(row):
    table = read_table(("x,y\n" + row + "1,2\n").encode(), "any.csv")
    assert len(table.rows) == 2
    assert table.reading.hxl == {}


def test_a_row_of_tags_further_down_stays_a_row():
    head = [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["#adm1", "#adm2"])]
    assert take_tags(head, [True, False, False]) == (head, None)


def test_tags_propose_columns_of_the_kind():
    tags = dict(zip(HEADER.strip().split(","), TAGS.strip().split(","), strict=True))
    assert hxl_columns(tags, KINDS["complaint"]) == {
        "When": "received_date",
        "Province": "place_text",
        "lat": "latitude",
        "lon": "longitude",
        "People": "people_affected",
    }


def test_of_two_tags_the_closer_one_is_meant_and_equal_ones_are_left_open():
    complaint = KINDS["complaint"]
    assert hxl_columns({"a": "#date", "b": "#date+received"}, complaint) == {"b": "received_date"}
    assert hxl_columns({"a": "#affected", "b": "#affected"}, complaint) == {}
    assert hxl_columns({"a": "#adm1+name+i_km"}, complaint) == {"a": "place_text"}


@pytest.mark.parametrize("tag", ["#affected+f", "#affected+killed", "#affected+children", "#x_unknown"])
def test_a_tag_for_some_of_the_people_is_not_all_of_them(tag):
    assert hxl_columns({"a": tag}, KINDS["complaint"]) == {}


def test_every_column_named_here_is_one_of_a_record():
    known = {column for kind in KINDS.values() for column in kind.columns}
    assert set(COLUMNS) <= known
    assert all(read_tag(tag) for tags in COLUMNS.values() for tag in tags)


def test_an_import_follows_the_tags_where_no_header_says_it():
    content = "Quand,Où,lat,lon,Combien\n" + TAGS + ROW
    result = bring_in(content)
    assert result.mapping["Quand"] == "received_date"
    assert result.accepted[["received_date", "province_code", "people_affected"]].to_numpy().tolist() == [
        ["2023-04-01", "KH-7", 3]
    ]
    assert result.rows_read == 1


def test_a_person_and_a_known_header_go_before_a_tag():
    content = "date,When,province,victims\n#date,#date+received,#adm1+name,#x_unknown\n2023-04-01,2022-01-01,Kampot,3\n"
    assert bring_in(content).accepted["received_date"].tolist() == ["2023-04-01"]
    assert bring_in(content, columns={"received_date": "When"}).accepted["received_date"].tolist() == ["2022-01-01"]
