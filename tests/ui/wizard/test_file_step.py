from __future__ import annotations

from data import drafts
from data.schema import KINDS
from ui.wizard.file_step import KIND_LABELS

OWN = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\n"
SPOKEN = b"Seen by us,Spot\n2022-09-01,Takeo\n"
TWO_WAYS = "caf\u00e9,received_date\nSiem R\u00e9ap,2022-09-01\n".encode("latin-1")


def _overrides(app):
    return next(button for button in app.button if button.label == "Read it again")


def test_every_kind_has_words():
    assert set(KIND_LABELS) == set(KINDS)


def test_the_first_rows_and_the_likely_kind_are_shown(keep, draw):
    draft = keep(OWN, "")
    app = draw("file_step", "show_file", draft)
    assert app.text.values[0].startswith("1 rows, 3 columns.")
    assert app.dataframe[0].value["place_text"].tolist() == ["Takeo"]
    assert app.radio[0].value == "complaint"
    assert "Chosen by the names of the columns; change it when it is wrong." in app.caption.values


def test_own_names_go_past_the_columns(keep, draw):
    draft = keep(OWN, "")
    draw("file_step", "show_file", draft).button(key="file_next").click().run()
    changed = drafts.load(draft.token)
    assert (changed.step, changed.kind) == ("questions", "complaint")
    assert changed.options.columns["received_date"] == "received_date"


def test_other_names_are_asked_about(keep, draw):
    draft = keep(SPOKEN, "")
    app = draw("file_step", "show_file", draft)
    app.radio[0].set_value("complaint").run()
    app.button(key="file_next").click().run()
    assert (drafts.load(draft.token).step, drafts.load(draft.token).kind) == ("columns", "complaint")


def test_own_names_without_what_is_needed_go_to_the_columns(keep, draw):
    draft = keep(b"place_text,people_affected\nTakeo,1\n", "complaint")
    draw("file_step", "show_file", draft).button(key="file_next").click().run()
    assert drafts.load(draft.token).step == "columns"


def test_another_kind_forgets_what_was_decided_about_the_columns(keep, draw):
    draft = keep(
        OWN,
        columns={"received_date": "received_date"},
        constants={"channel": "online"},
        values={"channel": {"web": "online"}},
        places={"Atlantis": "KH-7"},
    )
    app = draw("file_step", "show_file", draft)
    app.radio[0].set_value("event").run()
    app.button(key="file_next").click().run()
    changed = drafts.load(draft.token)
    assert (changed.kind, changed.step) == ("event", "columns")
    assert (changed.options.columns, changed.options.constants, changed.options.values) == ({}, {}, {})
    assert changed.options.places == {"Atlantis": "KH-7"}


def test_what_can_be_read_in_more_than_one_way_is_asked_with_its_first_line(keep, draw):
    draft = keep(TWO_WAYS, "")
    app = draw("file_step", "show_file", draft)
    assert ":material/help: **The file can be read in more than one way**" in app.markdown.values
    way = next(box for box in app.selectbox if box.label == "Which is right?")
    assert way.value is None
    western = next(number for number, words in enumerate(way.options) if words.startswith("Western"))
    assert "café" in way.options[western]
    way.select_index(western).run()
    assert drafts.load(draft.token).options.encoding == "cp1252"
    assert app.dataframe[0].value.iloc[0, 0] == "Siem Réap"


def test_how_it_is_read_can_be_changed_and_single_rows_are_forgotten(keep, draw):
    draft = keep(b"a;b,c\nx;y,z\n", "", leave_out=(2,))
    app = draw("file_step", "show_file", draft)
    next(box for box in app.selectbox if box.label == "Cells are parted by").select(";")
    app.number_input[0].set_value(1)
    _overrides(app).click().run()
    options = drafts.load(draft.token).options
    assert (options.delimiter, options.header_row, options.encoding, options.leave_out) == (";", 1, None, ())
    assert list(app.dataframe[0].value.columns) == ["a", "b,c"]


def test_what_cannot_be_read_can_be_read_otherwise(keep, draw):
    draft = keep(b"just one line, no rows\n", "")
    app = draw("file_step", "show_file", draft)
    assert ":material/error: **This did not work**" in app.markdown.values
    assert _overrides(app)
    assert not [button for button in app.button if button.key == "file_next"]
