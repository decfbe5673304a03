"""The upload through the app: from the file to the rows in the atlas, back and forth, and what must never happen."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from data import drafts
from data.limits import current_limits
from data.samples import samples
from data.schema import KINDS
from data.store import Store
from data.templates import template
from errors import StoreBusyError
from tests.pages.shown import failures, shown
from ui.wizard import file_step, review_step
from ui.wizard.state import STEPS

GOOD = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\nb,2022-09-02,Kampot\n"
BAD_ROW = b"c,2022-09-03,Atlantis\n"
SPOKEN = b"Case,Seen by us,Spot\n1,2022-09-01,Takeo\n2,2022-09-02,Atlantis\n"
PRIVATE = b"complaint_id,received_date,place_text,Contact\na,2022-09-01,Takeo,012 345 678\nb,2022-09-02,Kampot,none\n"
BROKEN = ":material/error: **This did not work**"
PDF = b"%PDF-1.7\n" + bytes(50)

BAD_FILES = {
    "empty": ("a.csv", b"", "is empty"),
    "header only": ("a.csv", b"received_date,place_text\n", "no rows"),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "a document": ("a.csv", PDF, "PDF"),
    "a workbook of an old kind": ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a.csv"),
    "one column twice": ("a.csv", b"received_date,place,place\n2022-09-01,Takeo,Kampot\n", "place"),
    "a cell without end": ("a.csv", b"received_date,place_text\n2022-09-01," + b"x" * 20_000, "10,000 characters"),
    "too many columns": ("a.csv", b",".join(b"c%d" % n for n in range(300)) + b"\n1\n", "200"),
}


def _choose(app, content=GOOD, name="complaints.csv"):
    return app.file_uploader[0].upload(name, content, "text/csv").run()


def _token(app):
    return app.query_params["upload"]


def _at(app):
    """The step that is open."""
    assert not app.exception
    return drafts.load(_token(app)).step


def _press(app, key):
    return app.button(key=key).click().run()


def _submit(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def _has(app, key):
    return key in [button.key for button in app.button]


def _kind(app, kind):
    return app.radio(key=f"kind_{_token(app)}").set_value(kind).run()


def _to_review(app):
    _press(app, "file_next")
    if _at(app) == "columns":
        _submit(app, "Next")
    return _press(app, "questions_next" if _has(app, "questions_next") else "questions_skip")


def _to_add(app):
    return _press(_to_review(app), "review_next")


def _describe_source(app):
    token = _token(app)
    for name, text in {"publisher": "Hotline", "title": "Log", "published": "2022-10", "licence": "internal"}.items():
        app.text_input(key=f"source_{name}_{token}").input(text)
    app.selectbox(key=f"source_type_{token}").select("ngo")
    app.selectbox(key=f"source_reliability_{token}").select("B")
    return app.run()


def _commit(app, who="Tester"):
    app.text_input(key="upload_actor").input(who).run()
    return _press(app, "upload_commit")


def _add(app, content=GOOD, name="complaints.csv"):
    """Choose a file, describe a new source and add the rows."""
    return _commit(_describe_source(_to_add(_choose(app, content, name))))


def _numbers(app):
    return [metric.value for metric in app.metric][:4]


def _state(data_folder):
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        return store.revision(), len(store.batches())


# The way in


def test_the_way_in_says_what_can_be_chosen(open_page):
    app = open_page("upload")
    assert current_limits().describe() in app.file_uploader[0].label
    assert "upload" not in app.query_params
    assert not app.button


def test_every_kind_has_a_template_that_is_taken_in(open_page, monkeypatch):
    files = {}
    monkeypatch.setattr(
        file_step, "download", lambda label, make, file_name, mime, *, key: files.update({file_name: make})
    )
    open_page("upload")
    assert {f"template-{kind}.csv" for kind in KINDS} <= set(files)
    for kind in KINDS:
        content = files[f"template-{kind}.csv"]()
        assert content == template(kind)
        app = _choose(open_page("upload"), content, f"{kind}.csv")
        assert app.radio(key=f"kind_{_token(app)}").value == kind
        _to_review(app)
        assert _numbers(app)[2] == "0"


def test_the_files_to_practise_with_are_offered(open_page, monkeypatch):
    files = {}
    monkeypatch.setattr(
        file_step, "download", lambda label, make, file_name, mime, *, key: files.update({file_name: make})
    )
    open_page("upload")
    for sample in samples():
        assert files[sample.file_name]() == sample.read()


@pytest.mark.parametrize(
    "sample", [one for one in samples() if not one.options.encoding], ids=lambda one: one.file_name
)
def test_a_file_to_practise_with_can_be_added(open_page, sample):
    app = _choose(open_page("upload"), sample.read(), sample.file_name)
    assert failures(app) == []
    if sample.options.header_row:
        way = next(box for box in app.selectbox if box.label == "Which is right?")
        way.select_index(way.options.index(f"The column names are in line {sample.options.header_row}")).run()
    _kind(app, sample.kind)
    _to_review(app)
    read, accepted, rejected, duplicates = (int(value) for value in _numbers(app))
    assert read == accepted + rejected + duplicates
    assert accepted


# Files that cannot be read


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_cannot_be_taken_in_gets_a_sentence(open_page, data_folder, case):
    name, content, words = BAD_FILES[case]
    before = _state(data_folder)
    app = _choose(open_page("upload"), content, name)
    assert not app.exception
    assert any(text.startswith((BROKEN, ":material/help:")) for text in app.markdown.values)
    assert words in " ".join(app.text.values)
    assert "Traceback" not in " ".join(app.text.values)
    assert not _has(app, "file_next")
    assert _state(data_folder) == before
    _press(app, "discard")
    assert len(app.file_uploader) == 1


def test_a_file_that_is_too_large_gets_a_sentence(open_page, monkeypatch):
    monkeypatch.setenv("ATLAS_MAX_MB", "1")
    app = open_page("upload")
    assert "At most 1 MB" in app.file_uploader[0].label
    _choose(app, GOOD + b"\n" * 2**20)
    assert BROKEN in app.markdown.values
    assert any("the limit is" in text for text in app.text.values)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"place_text,people_affected\nTakeo,1\n", "When it was received *"),
        (b"received_date,place,location\n2022-09-01,Takeo,Kampot\n", "location"),
    ],
)
def test_columns_that_are_missing_or_in_doubt_are_asked_about(open_page, content, words):
    app = _kind(_choose(open_page("upload"), content), "complaint")
    _press(app, "file_next")
    assert _at(app) == "columns"
    assert words in " ".join([*app.text.values, *(option for box in app.selectbox for option in box.options)])


# From step to step


def test_a_file_with_our_own_names_goes_past_the_columns(open_page):
    app = _choose(open_page("upload"))
    assert _at(app) == "read"
    assert app.radio(key=f"kind_{_token(app)}").value == "complaint"
    _press(app, "file_next")
    assert _at(app) == "questions"
    assert ":material/check_circle: **The file leaves nothing open.**" in app.markdown.values
    _press(app, "questions_next")
    assert _at(app) == "review"
    _press(app, "review_next")
    assert _at(app) == "add"


def test_other_names_are_chosen_by_hand(open_page):
    app = _kind(_choose(open_page("upload"), SPOKEN), "complaint")
    _press(app, "file_next")
    assert _at(app) == "columns"
    for number, column in enumerate(("complaint_id", "received_date", "place_text"), start=1):
        app.selectbox(key=f"column_{_token(app)}_{number}").select(column)
    _submit(app, "Next")
    assert _at(app) == "questions"
    assert "“Atlantis”" in app.text.values


def test_back_and_forth_loses_no_decision(open_page):
    app = _choose(open_page("upload"), GOOD + BAD_ROW)
    _press(app, "file_next")
    next(box for box in app.selectbox if (box.key or "").startswith("value_place_text")).select("KH-7")
    _submit(app, "Take these answers")
    assert _numbers(app) == ["3", "3", "0", "0"]
    for step in ("questions", "columns", "read"):
        _press(app, f"step_{step}")
        assert _at(app) == step
    assert not app.button(key="step_review").disabled
    _press(app, "step_review")
    assert _numbers(app) == ["3", "3", "0", "0"]


def test_another_kind_can_be_chosen_later(open_page):
    app = _to_review(_choose(open_page("upload")))
    _press(app, "step_read")
    _kind(app, "event")
    _press(app, "file_next")
    assert failures(app) == []
    assert _at(app) == "columns"


def test_the_order_of_day_and_month_is_asked_for_all_rows(open_page):
    app = _choose(open_page("upload"), b"received_date,place_text\n03/04/2022,Takeo\n05/06/2022,Takeo\n")
    _press(app, "file_next")
    app.radio(key="question_date_order_received_date").set_value("day")
    _submit(app, "Take these answers")
    _press(app, "questions_next")
    assert _numbers(app) == ["2", "2", "0", "0"]
    accepted = next(table.value for table in app.dataframe if "date_start" in table.value)
    assert accepted["received_date"].tolist() == ["2022-04-03", "2022-06-05"]


def test_what_would_happen_adds_up_and_nothing_is_stored(open_page, data_folder):
    app = _to_review(_choose(open_page("upload"), GOOD + BAD_ROW))
    assert _numbers(app) == ["3", "2", "1", "0"]
    assert "3 read = 2 accepted + 1 rejected + 0 duplicates." in app.caption.values
    tables = [table.value for table in app.dataframe]
    reasons = next(table for table in tables if "For example" in table)
    assert "Atlantis" in reasons["For example"].iloc[0]
    assert any("complaint_id" in table and table["complaint_id"].tolist() == ["a", "b"] for table in tables)
    assert any("complaint_id" in table and table["complaint_id"].tolist() == ["c"] for table in tables)
    assert _state(data_folder) == (4, 4)


def test_the_checked_file_comes_back_with_reasons(open_page, monkeypatch):
    files = {}
    monkeypatch.setattr(
        review_step, "download", lambda label, make, file_name, mime, *, key: files.update({file_name: make})
    )
    _to_review(_choose(open_page("upload"), GOOD + BAD_ROW))
    rows = list(csv.DictReader(io.StringIO(files["complaints-checked.csv"]().decode("utf-8-sig"))))
    assert [row["row_status"] for row in rows] == ["accepted", "accepted", "rejected"]
    assert "Atlantis" in rows[2]["reason"]


def test_a_cell_is_put_right_and_checked_again(open_page, data_folder):
    app = _to_review(_choose(open_page("upload"), GOOD + BAD_ROW))
    editor = app.data_editor[0]
    app.session_state[editor.key] = {
        "edited_rows": {0: {"place_text": "Kep"}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    app.run()
    _press(app, "check_again")
    assert _numbers(app) == ["3", "3", "0", "0"]
    _press(app, "review_next")
    _commit(_describe_source(app))
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.read("complaint")["province_code"].tolist() == ["KH-21", "KH-7", "KH-23"]
        assert store.upload(5)[1] == GOOD + BAD_ROW  # the file itself stays as it came


def test_a_file_without_a_good_row_offers_nothing_to_add(open_page):
    app = _to_review(_choose(open_page("upload"), b"complaint_id,received_date,place_text\n" + BAD_ROW))
    assert any(text.startswith("No row can be added as it is.") for text in app.text.values)
    assert not _has(app, "review_next")


def test_the_numbers_of_a_file_of_statements_are_held_against_each_other(open_page):
    header = b"claim_id,metric,speaker,speaker_type,stance,geography,province_code,period_edtf,best,source_ids,quote\n"
    whole = b"x1,complaints_received,Police,police,states,national,,2019-09,10,s,q\n"
    part = b"x2,complaints_received,Police,police,states,province,KH-18,2019-09,20,s,q\n"
    app = _to_review(_choose(open_page("upload"), header + whole + part))
    assert "Do the numbers fit?" in [tab.label for tab in app.tabs]
    assert any("A part cannot be larger than its whole" in text for text in app.text.values)


# Unfinished uploads


def test_an_unfinished_upload_is_found_by_its_address_in_a_new_session(open_page):
    app = _to_review(_choose(open_page("upload"), GOOD + BAD_ROW))
    again = open_page("upload", upload=_token(app))
    assert _at(again) == "review"
    assert _numbers(again) == ["3", "2", "1", "0"]


def test_unfinished_uploads_are_listed_and_gone_on_with(open_page):
    token = _token(_to_review(_choose(open_page("upload"), name="*mine*.csv")))
    app = open_page("upload")
    assert any(text.startswith("*mine*.csv · last changed ") for text in app.text.values)
    _press(app, f"resume_{token}")
    assert (_token(app), _at(app)) == (token, "review")


def test_an_upload_stays_open_while_other_pages_are_looked_at(open_page):
    app = _to_review(_choose(open_page("upload")))
    token = _token(app)
    app.switch_page("pages/history.py").run()
    app.query_params.pop("upload", None)
    app.switch_page("pages/upload.py").run()
    assert (_token(app), _at(app)) == (token, "review")


@pytest.mark.parametrize("token", ["nonsense", "../../../etc/passwd", "0" * 32, "<script>", "0" * 10_000])
def test_garbage_in_the_address_is_ignored(open_page, token):
    app = open_page("upload", upload=token)
    assert failures(app) == []
    assert not app.exception
    assert len(app.file_uploader) == 1
    assert "upload" not in app.query_params


def test_discard_leaves_nothing(open_page, data_folder):
    app = _to_review(_choose(open_page("upload")))
    assert len(list((data_folder / "drafts").iterdir())) == 1
    _press(app, "discard")
    assert list((data_folder / "drafts").iterdir()) == []
    assert len(app.file_uploader) == 1


def test_an_upload_that_is_gone_ends_quietly(open_page):
    app = _to_review(_choose(open_page("upload")))
    drafts.discard(_token(app))
    app.run()
    assert not app.exception
    assert len(app.file_uploader) == 1


# Personal data


def test_a_file_with_personal_data_is_taken_in_without_them(open_page, data_folder):
    app = _choose(open_page("upload"), PRIVATE)
    _press(app, "file_next")
    if _at(app) == "columns":
        _submit(app, "Next")
    assert ":material/shield_person: **The file seems to hold personal data**" in app.markdown.values
    assert not _has(app, "questions_next")
    _press(app, "redact")
    assert ":material/check_circle: **The file leaves nothing open.**" in app.markdown.values
    assert drafts.load(_token(app)).file_name == "complaints (without personal data).csv"
    _press(app, "questions_next")
    assert _numbers(app) == ["2", "2", "0", "0"]
    _press(app, "review_next")
    _commit(_describe_source(app))
    assert any("**2 rows were added**" in text for text in app.markdown.values)
    everything = b"".join(path.read_bytes() for path in data_folder.rglob("*") if path.is_file())
    assert b"345 678" not in everything


def test_personal_data_are_never_repeated(open_page):
    app = _choose(open_page("upload"), PRIVATE)
    _press(app, "file_next")
    if _at(app) == "columns":
        assert "345" not in " ".join(text for _, text in shown(app))
        _submit(app, "Next")
    assert "345" not in " ".join(text for _, text in shown(app))


# Adding


def test_nobody_adds_rows_without_a_name_or_a_source(open_page):
    app = _to_add(_choose(open_page("upload")))
    assert app.button(key="upload_commit").disabled
    assert "Fill in the fields with a star to add the rows." in app.caption.values
    _describe_source(app)
    assert app.button(key="upload_commit").disabled
    app.text_input(key="upload_actor").input("   ").run()
    assert app.button(key="upload_commit").disabled
    app.text_input(key="upload_actor").input("T").run()
    assert not app.button(key="upload_commit").disabled
    assert app.button(key="upload_commit").label == "Add 2 rows"


def test_rows_that_name_their_source_need_no_other(open_page, data_folder):
    content = b"complaint_id,received_date,place_text,source_ids\na,2022-09-01,Takeo,src-x\n"
    app = _commit(_to_add(_choose(open_page("upload"), content)))
    assert any("**1 row was added**" in text for text in app.markdown.values)
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.read("complaint")["source_ids"].tolist() == ["src-x"]


def test_add_then_see_then_undo(open_page, data_folder):
    app = _to_add(_choose(open_page("upload"), GOOD + BAD_ROW))
    app.text_input(key="upload_note").input("from the hotline")
    _commit(_describe_source(app))
    assert (
        ":material/check_circle: **2 rows were added** as batch 5; the data are now version 5." in app.markdown.values
    )
    assert {link.proto.page for link in app.get("page_link")} >= {"records", "history"}
    assert list((data_folder / "drafts").iterdir()) == []
    assert "upload" not in app.query_params
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        (source_id,) = set(store.read("complaint")["source_ids"])
        source = store.read("source").set_index("source_id").loc[source_id]
        assert source[["publisher", "title", "published_date", "source_type", "licence"]].tolist() == [
            "Hotline", "Log", "2022-10", "ngo", "internal",
        ]  # fmt: skip
        assert store.batches().iloc[-1][["actor", "note", "rows_rejected"]].tolist() == [
            "Tester", "from the hotline", 1,
        ]  # fmt: skip

    app.switch_page("pages/records.py").run()
    app.segmented_control(key="record_kind").select("complaint").run()
    assert set(app.dataframe[0].value["complaint_id"]) == {"a", "b"}

    app.switch_page("pages/upload.py").run()
    assert app.text_input(key="undo_import_actor").value == "Tester"
    _press(app, "undo_import_submit")
    assert any(
        "**Batch 5 (2 rows) was taken back.** The data are now version 6." in text for text in app.markdown.values
    )
    assert not [text for text in app.markdown.values if "were added" in text]
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.read("complaint").empty
        assert source_id not in store.record_ids("source")


def test_what_was_added_is_seen_on_the_map(open_page):
    app = _add(open_page("upload"))
    _press(app, "see_map")
    assert not app.exception
    assert failures(app) == []
    assert app.query_params["measure"] == "recorded:complaint"


def test_another_file_can_follow(open_page):
    app = _add(open_page("upload"))
    _press(app, "another")
    assert not [text for text in app.markdown.values if "were added" in text]
    assert len(app.file_uploader) == 1


def test_columns_and_places_are_remembered_for_the_next_such_file(open_page):
    app = _kind(_choose(open_page("upload"), SPOKEN), "complaint")
    _press(app, "file_next")
    for number, column in enumerate(("complaint_id", "received_date", "place_text"), start=1):
        app.selectbox(key=f"column_{_token(app)}_{number}").select(column)
    _submit(app, "Next")
    next(box for box in app.selectbox if (box.key or "").startswith("value_place_text")).select("KH-7")
    _submit(app, "Take these answers")
    _press(app, "review_next")
    assert app.checkbox(key="remember_places").value
    _commit(_describe_source(app))
    assert any("**2 rows were added**" in text for text in app.markdown.values)

    later = SPOKEN.replace(b"1,2022", b"3,2023").replace(b"2,2022", b"4,2023")
    app = _kind(_choose(open_page("upload"), later), "complaint")
    _press(app, "file_next")
    assert _at(app) == "questions"
    assert ":material/check_circle: **The file leaves nothing open.**" in app.markdown.values
    _press(app, "questions_next")
    assert _numbers(app) == ["2", "2", "0", "0"]


def test_the_same_file_is_not_added_twice(open_page, data_folder):
    content = b"received_date,place_text\n2022-09-01,Takeo\n"
    _add(open_page("upload"), content)
    app = _to_review(_choose(open_page("upload"), content))
    assert _numbers(app) == ["1", "0", "0", "1"]
    assert not _has(app, "review_next")
    assert _state(data_folder) == (5, 5)


def test_a_store_that_is_busy_refuses_with_a_sentence_and_the_upload_stays(open_page, data_folder, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise StoreBusyError("Someone else is writing.", "Try again shortly.")

    app = _describe_source(_to_add(_choose(open_page("upload"))))
    monkeypatch.setattr(Store, "commit", refuse)
    _commit(app)
    assert BROKEN in app.markdown.values
    assert "Someone else is writing." in app.text.values
    assert _state(data_folder) == (4, 4)
    assert _at(app) == "add"


def test_every_step_can_be_opened_by_its_address(open_page):
    draft = drafts.new_draft(GOOD, "complaints.csv", "complaint")
    for step in STEPS:
        drafts.save(replace(draft, step=step))
        app = open_page("upload", upload=draft.token)
        assert failures(app) == []
        assert _at(app) == step
