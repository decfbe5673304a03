from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from data import drafts
from data.ingest import ingest
from ui.wizard import review_step

HEADER = b"complaint_id,received_date,place_text,people_affected\n"
MIXED = (
    HEADER
    + b"a,2022-09-01,Takeo,1\nb,2022-09-02,Kampot,2\nc,2022-09-03,Atlantis,1\n"
    + b"d,2022-09-04,Takeo,1\nd,2022-09-04,Takeo,1\n"
)
GOOD = HEADER + b"a,2022-09-01,Takeo,1\nb,2022-09-02,Kampot,2\n"
PRIVATE = b"complaint_id,received_date,place_text,Contact\na,2022-09-01,Takeo,012 345 678\nb,2022-09-02,Kampot,none\n"


def _draw(draw, draft):
    app = draw("review_step", "show_review", draft)
    assert not app.exception
    return app


def _numbers(app):
    return {metric.label: int(metric.value.replace(",", "")) for metric in app.metric}


def test_the_totals_add_up(keep, draw):
    app = _draw(draw, keep(MIXED, step="review"))
    numbers = _numbers(app)
    assert (numbers["Rows read"], numbers["Accepted"], numbers["Rejected"], numbers["Duplicates"]) == (5, 3, 1, 1)
    assert "5 read = 3 accepted + 1 rejected + 1 duplicates." in app.caption.values


def test_problems_are_counted_by_the_columns_of_the_file(keep, draw):
    content = MIXED.replace(b"place_text", b"location")
    table = _draw(draw, keep(content, step="review")).dataframe[0].value
    row = table[table["Result"] == "Rejected"].iloc[0]
    assert (row["Your column"], row["Rows"], row["First in row"]) == ("location", 1, 4)
    assert "Atlantis" in row["For example"]
    assert row["What to do"]


def test_tabs_say_how_much_is_in_them(keep, draw):
    tabs = [tab.label for tab in _draw(draw, keep(MIXED, step="review")).tabs]
    assert tabs == ["Rows with problems (2)", "Duplicates (1)", "Map", "Accepted (3)"]
    assert [tab.label for tab in _draw(draw, keep(GOOD, step="review")).tabs] == [
        "Rows with problems (0)", "Map", "Accepted (2)",
    ]  # fmt: skip


def test_a_clean_file_says_so(keep, draw):
    app = _draw(draw, keep(GOOD, step="review"))
    assert ":material/check_circle: **No problem was found.**" in app.markdown.values
    accepted = next(table.value for table in app.dataframe if "province_code" in table.value)
    assert accepted["complaint_id"].tolist() == ["a", "b"]


def test_how_an_order_of_day_and_month_was_settled_is_said(keep, draw):
    content = HEADER + b"a,25/04/2024,Takeo,1\nb,03/04/2024,Takeo,1\n"
    app = _draw(draw, keep(content, step="review"))
    assert "Dates in “received_date” were read as day first, because row 2 has “25/04/2024”." in app.text.values


def test_the_file_comes_back_with_its_rows_and_the_reasons(keep, draw, monkeypatch):
    files = {}
    monkeypatch.setattr(review_step, "download", lambda label, make, name, mime, *, key: files.update({name: make}))
    _draw(draw, keep(MIXED, name="may list.xlsx.csv", step="review"))
    rows = list(csv.DictReader(io.StringIO(files["may list.xlsx-checked.csv"]().decode("utf-8-sig"))))
    assert [row["row_status"] for row in rows] == ["accepted", "accepted", "rejected", "accepted", "duplicate"]
    assert [row["complaint_id"] for row in rows] == ["a", "b", "c", "d", "d"]
    assert "Atlantis" in rows[2]["reason"]


def test_the_way_on_says_what_stays_out(keep, draw):
    draft = keep(MIXED, step="review")
    app = _draw(draw, draft)
    assert app.button(key="review_next").label == "Next: add 3 rows; 2 rows stay out"
    app.button(key="review_next").click().run()
    assert drafts.load(draft.token).step == "add"


def test_with_no_row_to_add_there_is_no_way_on(keep, draw):
    app = _draw(draw, keep(HEADER + b"c,2022-09-03,Atlantis,1\n", step="review"))
    assert any(text.startswith("No row can be added as it is.") for text in app.text.values)
    assert "No row was accepted." in app.text.values
    assert not [button for button in app.button if button.key == "review_next"]


def test_personal_data_bars_the_way_even_for_the_other_rows(keep, draw):
    draft = keep(PRIVATE, step="review")
    app = _draw(draw, draft)
    assert not [button for button in app.button if button.key == "review_next"]
    assert not any("345" in text for text in app.text.values)
    app.button(key="to_personal").click().run()
    assert drafts.load(draft.token).step == "questions"


@pytest.mark.parametrize("kind", ["event", "compound", "source"])
def test_numbers_are_held_against_each_other_for_statements_alone(keep, draw, kind):
    from data.templates import template

    app = _draw(draw, keep(template(kind), kind, step="review"))
    assert "Do the numbers fit?" not in [tab.label for tab in app.tabs]


def test_of_many_accepted_rows_the_first_are_shown(keep, draw, monkeypatch):
    monkeypatch.setattr(review_step, "MOST_ROWS", 1)
    app = _draw(draw, keep(GOOD, step="review"))
    assert "The first 1 rows are shown; the download holds all." in app.caption.values


def test_the_columns_of_the_accepted_rows_are_called_in_words(keep, draw):
    app = _draw(draw, keep(GOOD, step="review"))
    accepted = next(table for table in app.dataframe if "province_code" in table.value)
    assert "How many people it concerns" in accepted.proto.columns


def test_a_problem_is_told_with_the_persons_own_column(keep, draw):
    content = GOOD.replace(b"people_affected", b"victims") + b"c,2022-09-03,Takeo,many\n"
    table = _draw(draw, keep(content, step="review")).dataframe[0].value
    told = table[table["Result"] == "Rejected"].iloc[0]["For example"]
    assert "“victims”" in told
    assert "people_affected" not in told


def test_whom_a_workbook_names_as_its_author_is_said(keep, draw):
    book = openpyxl.Workbook()
    book.properties.creator = "Sok Dara"
    for row in csv.reader(io.StringIO(GOOD.decode())):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    app = _draw(draw, keep(content.getvalue(), name="log.xlsx", step="review"))
    assert "The file names its author (Sok Dara)." in app.text.values
    assert app.button(key="review_next")  # it is told, and bars nothing
    assert not any("names its author" in text for text in _draw(draw, keep(GOOD, step="review")).text.values)


def test_what_an_accepted_text_hides_is_shown_and_what_is_stored_stays(keep, draw):
    content = "complaint_id,received_date,place_text,note\na,2022-09-01,Takeo,gpj\u202eexe\n".encode()
    draft = keep(content, step="review")
    accepted = next(table.value for table in _draw(draw, draft).dataframe if "province_code" in table.value)
    assert accepted["note"].tolist() == ["gpj[U+202E]exe"]
    assert ingest(content, "c.csv", "complaint", draft.options).accepted["note"].tolist() == ["gpj\u202eexe"]
