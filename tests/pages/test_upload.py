from __future__ import annotations

import csv
import io

import pytest

from data.schema import KINDS
from data.store import Store
from data.templates import template
from errors import StoreBusyError
from ui.upload_form import KIND_LABELS

GOOD = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\nb,2022-09-02,Kampot\n"
BAD_ROW = b"c,2022-09-03,Atlantis\n"
BROKEN = ":material/error: **This did not work**"

BAD_FILES = {
    "empty": ("a.csv", b"", "is empty"),
    "header only": ("a.csv", b"received_date,place_text\n", "no rows"),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "a workbook of an old kind": ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a.csv"),
    "no needed column": ("a.csv", b"place_text,people_affected\nTakeo,1\n", "received_date"),
    "one column twice": ("a.csv", b"received_date,place,place\n2022-09-01,Takeo,Kampot\n", "place"),
    "two columns for one field": ("a.csv", b"received_date,place,location\n2022-09-01,Takeo,Kampot\n", "location"),
    "a cell without end": ("a.csv", b"received_date,place_text\n2022-09-01," + b"x" * 20_000, "10,000 characters"),
    "too many columns": ("a.csv", b",".join(b"c%d" % n for n in range(300)) + b"\n1\n", "200"),
}


def _choose(app, content=GOOD, name="complaints.csv"):
    return app.file_uploader[0].upload(name, content, "text/csv").run()


def _commit(app, who="Tester"):
    app.text_input(key="upload_actor").input(who).run()
    return app.button(key="upload_commit").click().run()


def _state(data_folder):
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        return store.revision(), len(store.batches())


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_cannot_be_taken_in_gets_a_sentence(open_page, data_folder, case):
    name, content, words = BAD_FILES[case]
    before = _state(data_folder)
    app = _choose(open_page("upload"), content, name)
    assert not app.exception
    assert BROKEN in app.markdown.values
    message, hint = app.text.values[-2:]
    assert words in message
    assert hint
    assert "Traceback" not in " ".join(app.text.values)
    assert not [button for button in app.button if button.key == "upload_commit"]
    assert _state(data_folder) == before


def test_a_file_that_is_too_large_gets_a_sentence(open_page, data_folder, monkeypatch):
    monkeypatch.setenv("ATLAS_MAX_MB", "1")
    app = _choose(open_page("upload"), GOOD + b"\n" * 2**20)
    assert BROKEN in app.markdown.values
    assert "the limit is" in app.text.values[-2]
    assert "at most 1 MB" in app.file_uploader[0].label


def test_what_would_happen_adds_up(open_page, data_folder):
    app = _choose(open_page("upload"), GOOD + BAD_ROW)
    assert [(metric.label, metric.value) for metric in app.metric][:3] == [
        ("Rows read", "3"),
        ("Accepted", "2"),
        ("Rejected", "1"),
    ]
    assert "3 read = 2 accepted + 1 rejected." in app.caption.values
    tables = [table.value for table in app.dataframe]
    reasons = next(table for table in tables if "For example" in table)
    assert "Atlantis" in reasons["For example"].iloc[0]
    assert any("complaint_id" in table and table["complaint_id"].tolist() == ["a", "b"] for table in tables)
    assert any("complaint_id" in table and table["complaint_id"].tolist() == ["c"] for table in tables)
    assert _state(data_folder) == (4, 4)


def test_the_checked_file_comes_back_with_reasons(open_page, monkeypatch):
    files = {}
    monkeypatch.setattr(
        "ui.import_report.download", lambda label, make, file_name, mime, *, key: files.update({file_name: make})
    )
    _choose(open_page("upload"), GOOD + BAD_ROW)
    rows = list(csv.DictReader(io.StringIO(files["complaints-checked.csv"]().decode("utf-8-sig"))))
    assert [row["row_status"] for row in rows] == ["accepted", "accepted", "rejected"]
    assert "Atlantis" in rows[2]["reason"]


def test_nobody_adds_rows_without_a_name(open_page):
    app = _choose(open_page("upload"))
    assert app.button(key="upload_commit").disabled
    assert "Fill in your name or initials to add the rows." in app.caption.values
    app.text_input(key="upload_actor").input("   ").run()
    assert app.button(key="upload_commit").disabled
    app.text_input(key="upload_actor").input("T").run()
    assert not app.button(key="upload_commit").disabled
    assert app.button(key="upload_commit").label == "Add 2 rows"


def test_a_file_without_a_good_row_offers_nothing_to_add(open_page):
    app = _choose(open_page("upload"), b"complaint_id,received_date,place_text\n" + BAD_ROW)
    assert "No row can be added. Correct the file and choose it again." in app.text.values
    assert not [button for button in app.button if button.key == "upload_commit"]


def test_add_then_see_then_take_back(open_page, data_folder):
    app = _choose(open_page("upload"), GOOD + BAD_ROW)
    app.text_input(key="upload_note").input("from the hotline").run()
    _commit(app)
    assert (
        ":material/check_circle: **2 rows were added** as batch 5; the data are now version 5." in app.markdown.values
    )
    batch = app.dataframe[-1].value.iloc[0]
    assert batch[["Batch", "Kind", "File", "Who", "Note", "Status"]].tolist() == [
        5,
        "complaint",
        "complaints.csv",
        "Tester",
        "from the hotline",
        "live",
    ]
    assert batch[["Read", "Accepted", "Rejected"]].tolist() == [3, 2, 1]

    app.switch_page("pages/records.py").run()
    app.segmented_control(key="record_kind").select("complaint").run()
    assert set(app.dataframe[0].value["complaint_id"]) == {"a", "b"}

    app.switch_page("pages/upload.py").run()
    app.selectbox(key="undo_batch").select(5).run()
    app.text_input(key="undo_actor").input("Other")
    app.text_input(key="undo_reason").input("wrong file")
    app.button(key="undo_submit").click().run()
    assert any("**Batch 5 was taken back.**" in text for text in app.markdown.values)
    assert app.dataframe[-1].value.iloc[0]["Status"] == "reverted"
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.read("complaint").empty
        assert store.revisions().iloc[-1]["actor"] == "Other"


def test_nobody_takes_a_batch_back_without_a_name(open_page, data_folder):
    app = open_page("upload")
    app.selectbox(key="undo_batch").select(4).run()
    app.button(key="undo_submit").click().run()
    assert "Fill in your name or initials first." in app.text.values
    assert _state(data_folder) == (4, 4)


def test_an_import_is_undone_where_it_was_made(open_page, data_folder):
    app = _commit(_choose(open_page("upload")))
    app.button(key="undo_import_submit").click().run()
    assert any("**Batch 5 was taken back.** The data are now version 6." in text for text in app.markdown.values)
    assert _state(data_folder) == (6, 5)


def test_a_column_that_is_not_recognised_can_be_chosen(open_page):
    app = _choose(open_page("upload"), b"Seen by us,Spot\n2022-09-01,Takeo\n")
    question = app.selectbox(key="upload_column_complaint_received_date")
    assert question.label == "Which column holds the date?"
    assert question.options == ["Seen by us", "Spot"]
    question.select("Seen by us").run()
    app.selectbox(key="upload_column_complaint_place_text").select("Spot").run()
    assert [metric.value for metric in app.metric][:3] == ["1", "1", "0"]
    assert BROKEN not in app.markdown.values


def test_the_same_file_is_not_added_twice(open_page, data_folder):
    content = b"received_date,place_text\n2022-09-01,Takeo\n"
    _commit(_choose(open_page("upload"), content))
    app = _choose(open_page("upload"), content)
    assert [metric.value for metric in app.metric][:3] == ["1", "0", "1"]
    assert "No row can be added. Correct the file and choose it again." in app.text.values
    assert _state(data_folder) == (5, 5)


def test_a_store_that_moved_on_refuses_with_a_sentence(open_page, data_folder, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise StoreBusyError("Someone else is writing.", "Try again shortly.")

    app = _choose(open_page("upload"))
    monkeypatch.setattr(Store, "commit", refuse)
    _commit(app)
    assert BROKEN in app.markdown.values
    assert "Someone else is writing." in app.text.values
    assert _state(data_folder) == (4, 4)


def test_one_row_is_one_row(open_page):
    app = _choose(open_page("upload"), b"received_date,place_text\n2022-09-01,Takeo\n")
    assert app.button(key="upload_commit").label == "Add 1 row"
    _commit(app)
    assert any("**1 row was added**" in text for text in app.markdown.values)


def test_the_order_of_day_and_month_can_be_said(open_page):
    app = _choose(open_page("upload"), b"received_date,place_text\n03/04/2022,Takeo\n")
    assert app.metric[2].value == "1"
    app.selectbox(key="upload_day_order").select("day").run()
    assert app.metric[1].value == "1"
    accepted = next(table.value for table in app.dataframe if "received_date" in table.value)
    assert accepted["received_date"].tolist() == ["2022-04-03"]


def test_every_kind_has_a_template_that_is_taken_in(open_page, monkeypatch):
    files = {}
    monkeypatch.setattr(
        "ui.upload_form.download", lambda label, make, file_name, mime, *, key: files.update({file_name: make})
    )
    assert set(KIND_LABELS) == set(KINDS)
    app = open_page("upload")
    for kind in KINDS:
        app.selectbox(key="upload_kind").select(kind).run()
        assert files[f"template-{kind}.csv"]() == template(kind)
        explained = app.dataframe[0].value
        assert explained["Column"].tolist() == list(KINDS[kind].columns)
        _choose(app, template(kind), "template.csv")
        assert app.metric[2].value == "0"
