from __future__ import annotations

import pandas as pd
import pytest

from data.decisions import PlaceDecisions, check_decisions, check_left_out, choose_values, edit_cells
from data.options import Edit, ImportOptions
from data.read import read_table
from data.schema import KINDS
from errors import UploadError

FILE = b"date,province\n2023,Kampot\n2023\n2024,Bavet\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (ImportOptions(crs="EPSG:3857"), "EPSG:3857"),
        (ImportOptions(values={"channel": {"x": "pigeon"}}), "pigeon"),
        (ImportOptions(values={"note": {"x": "y"}}), "note"),
        (ImportOptions(values={"no such column": {"x": ""}}), "no such column"),
        (ImportOptions(places={"x": "KH-99"}), "KH-99"),
        (ImportOptions(constants={"note": "call 012 555 999"}), "note"),
        (ImportOptions(constants={"note": "x" * 10_001}), "note"),
        (ImportOptions(edits=(Edit(2, "date", "x" * 10_001),)), "10,000"),
        (ImportOptions(edits=(Edit(2, "date", "\ud800"),)), "characters"),
    ],
)
def test_decisions_that_fit_no_file_are_refused_by_name(options, said):
    with pytest.raises(UploadError) as caught:
        check_decisions(options, KINDS["complaint"])
    assert said in caught.value.message
    assert caught.value.hint
    assert "012" not in str(caught.value)


def test_decisions_that_fit_pass():
    options = ImportOptions(
        crs="EPSG:3148", values={"channel": {"x": "online", "y": ""}}, places={"a": "KH-1", "b": "", "c": "bavet"}
    )
    check_decisions(options, KINDS["complaint"])


def test_cells_are_rewritten_and_the_last_rewriting_counts():
    table = read_table(FILE, "x.csv")
    edited = edit_cells(table, [Edit(4, "province", "Takeo"), Edit(4, "province", "Kep"), Edit(2, "date", "2022")])
    assert edited.whole.to_numpy().tolist() == [["2022", "Kampot"], ["2024", "Kep"]]
    assert table.whole["province"].tolist() == ["Kampot", "Bavet"]
    assert edit_cells(table, ()) is table


@pytest.mark.parametrize(
    ("edit", "said"), [(Edit(9, "date", "x"), "row 9"), (Edit(2, "when", "x"), "when"), (Edit(3, "date", "x"), "Row 3")]
)
def test_cells_that_cannot_be_rewritten_are_named(edit, said):
    with pytest.raises(UploadError, match=said):
        edit_cells(read_table(FILE, "x.csv"), [edit])


def test_rows_that_are_left_out_must_be_there():
    rows = read_table(FILE, "x.csv").rows
    assert check_left_out(rows, (4, 2, 4)) == [2, 4]
    with pytest.raises(UploadError, match="row 1 "):
        check_left_out(rows, (1,))


def test_written_texts_are_replaced_by_what_they_mean():
    fields = pd.DataFrame({"channel": [" tg ", "hotline", "?"], "note": ["tg", "", ""]}, index=[2, 3, 4], dtype="str")
    chosen = choose_values(fields, {"channel": {"tg": "online", "?": ""}, "sex": {"f": "female"}})
    assert chosen["channel"].tolist() == ["online", "hotline", ""]
    assert chosen["note"].tolist() == ["tg", "", ""]
    assert chosen.index.tolist() == [2, 3, 4]


def test_a_place_is_what_a_person_said_here_before_what_was_said_elsewhere():
    decisions = PlaceDecisions({"Sihanouk Vile": "KH-18", "x": ""}, {"sihanoukvile": "KH-7", "Y": "KH-2", "z": "gone"})
    assert decisions.code_of(" SIHANOUK-VILE ") == "KH-18"
    assert decisions.code_of("x") == ""
    assert decisions.code_of("y") == "KH-2"
    assert decisions.code_of("z") is None
    assert PlaceDecisions({}, {}).code_of("x") is None
