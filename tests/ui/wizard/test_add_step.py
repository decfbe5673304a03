from __future__ import annotations

import pytest

from data import drafts
from data.options import ImportOptions
from data.store import Store
from errors import CancelledError, StoreBusyError
from ui.wizard import add_step

HEADER = b"complaint_id,received_date,place_text,source_ids\n"
OWN_SOURCES = HEADER + b"a,2022-09-01,Takeo,src-1\nb,2022-09-02,Kampot,src-2\n"
SOME_SOURCES = HEADER + b"a,2022-09-01,Takeo,src-1\nb,2022-09-02,Kampot,\n"
NO_SOURCES = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\nb,2022-09-02,Atlantis\n"
SOURCE_FIELDS = {"publisher": "Hotline of *May*", "title": "Log", "published": "2022-10", "licence": "internal"}


def _draw(draw, draft):
    app = draw("add_step", "show_add", draft)
    assert not app.exception
    return app


def _describe_source(app, draft):
    for name, text in SOURCE_FIELDS.items():
        app.text_input(key=f"source_{name}_{draft.token}").input(text)
    app.selectbox(key=f"source_type_{draft.token}").select("ngo")
    app.selectbox(key=f"source_reliability_{draft.token}").select("B")
    return app.run()


def _commit(app, who="Tester"):
    app.text_input(key="upload_actor").input(who).run()
    return app.button(key="upload_commit").click().run()


@pytest.fixture
def stored(data_folder):
    def stored():
        return Store.open(data_folder / "atlas.sqlite", read_only=True)

    return stored


def test_what_will_be_added_and_what_stays_out_is_said(keep, draw):
    app = _draw(draw, keep(NO_SOURCES, step="add"))
    assert "1 row will be added. 1 row stays out, with the reasons kept in your checked file." in app.text.values
    assert app.button(key="upload_commit").label == "Add 1 row"


def test_rows_that_name_their_sources_need_no_other(keep, draw):
    app = _draw(draw, keep(OWN_SOURCES, step="add"))
    assert "Every row names its own source." in app.text.values
    assert app.button(key="upload_commit").disabled
    app.text_input(key="upload_actor").input("   ").run()
    assert app.button(key="upload_commit").disabled
    app.text_input(key="upload_actor").input("T").run()
    assert not app.button(key="upload_commit").disabled


def test_a_source_is_needed_when_some_row_names_none(keep, draw):
    draft = keep(SOME_SOURCES, step="add")
    app = _draw(draw, draft)
    assert "1 row names a source of their own." in app.text.values
    app.text_input(key="upload_actor").input("T").run()
    assert app.button(key="upload_commit").disabled
    assert "Fill in the fields with a star to add the rows." in app.caption.values
    _describe_source(app, draft)
    assert not app.button(key="upload_commit").disabled


def test_sources_themselves_need_no_source(keep, draw):
    app = _draw(draw, keep(b"source_id,title\ns-new,A report\n", "source", step="add"))
    assert not app.radio
    _commit(app)
    assert app.session_state["import_done"][0].rows_accepted == 1


def test_rows_are_added_with_their_source_and_the_upload_ends(keep, draw, stored):
    draft = keep(NO_SOURCES, step="add", places={"Atlantis": "KH-7"}, columns={"complaint_id": "complaint_id"})
    app = _draw(draw, draft)
    assert app.checkbox(key="remember_places").value
    _describe_source(app, draft)
    app.text_input(key="upload_note").input("from the hotline").run()
    _commit(app)
    assert app.text.values[0] == "The upload is gone."
    assert drafts.load(draft.token) is None
    batch, unkept, actor, *_ = app.session_state["import_done"]
    assert (batch.rows_accepted, unkept, actor) == (2, "", "Tester")
    assert "adding" not in app.session_state
    with stored() as store:
        records = store.read("complaint")
        assert records["complaint_id"].tolist() == ["a", "b"]
        assert records["province_code"].tolist() == ["KH-21", "KH-7"]
        (source_id,) = set(records["source_ids"])
        sources = store.read("source").set_index("source_id")
        assert sources.loc[source_id, "publisher"] == SOURCE_FIELDS["publisher"]
        assert store.batches().iloc[-1]["note"] == "from the hotline"
        assert set(store.place_aliases().values()) == {"KH-7"}
        assert store.upload(batch.batch_id)[1] == NO_SOURCES


def test_places_are_not_remembered_against_a_persons_will(keep, draw, stored):
    draft = keep(OWN_SOURCES.replace(b"Takeo", b"Atlantis"), step="add", places={"Atlantis": "KH-7"})
    app = _draw(draw, draft)
    app.checkbox(key="remember_places").uncheck()
    _commit(app)
    with stored() as store:
        assert store.place_aliases() == {}
        assert store.mappings().empty  # no column was chosen either


def test_the_choice_of_columns_becomes_a_template(keep, draw, stored):
    content = b"Case,Seen,Spot,Who says\n1,2022-09-01,Takeo,src-1\n"
    columns = {"complaint_id": "Case", "received_date": "Seen", "place_text": "Spot", "source_ids": "Who says"}
    app = _draw(draw, keep(content, step="add", columns=columns))
    app.text_input(key="upload_template").input("Hotline")
    _commit(app)
    with stored() as store:
        (mapping,) = store.mappings().to_dict("records")
        assert (mapping["name"], mapping["kind"]) == ("Hotline", "complaint")
        assert ImportOptions.from_json(mapping["options"]).columns == columns


def test_rows_are_stored_even_when_the_template_is_not(keep, draw, data_folder):
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.remember_mapping("other", "complaint", ImportOptions(), actor="T", name="Hotline")
    columns = {name: name for name in ("complaint_id", "received_date", "place_text", "source_ids")}
    app = _draw(draw, keep(OWN_SOURCES, step="add", columns=columns))
    app.text_input(key="upload_template").input("Hotline")
    _commit(app)
    batch, unkept, *_ = app.session_state["import_done"]
    assert batch.rows_accepted == 2
    assert "is the name of another template" in unkept


def test_a_source_that_cannot_be_read_is_explained_before_anything_is_stored(keep, draw, stored):
    draft = keep(NO_SOURCES, step="add")
    app = _describe_source(_draw(draw, draft), draft)
    app.text_input(key=f"source_published_{draft.token}").input("03/04/2022").run()
    _commit(app)
    assert ":material/error: **This did not work**" in app.markdown.values
    assert "The date of the source cannot be read, or has two readings." in app.text.values
    with stored() as store:
        assert len(store.batches()) == 4


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoreBusyError("Someone else is writing.", "Try again shortly."), "Someone else is writing."),
        (RuntimeError("secret"), "Your data are unchanged."),
    ],
)
def test_what_fails_is_not_tried_again_by_itself(keep, draw, stored, monkeypatch, error, words):
    calls = []

    def refuse(*_args: object, **_options: object) -> None:
        calls.append(1)
        raise error

    monkeypatch.setattr(Store, "commit", refuse)
    draft = keep(OWN_SOURCES, step="add")
    app = _commit(_draw(draw, draft))
    assert any(words in text for text in app.text.values)
    assert not any("secret" in text for text in app.text.values)
    app.run()
    assert calls == [1]
    assert drafts.load(draft.token) is not None
    assert app.button(key="upload_commit")
    with stored() as store:
        assert len(store.batches()) == 4


def test_stopping_stores_nothing(keep, draw, stored, monkeypatch):
    def stop(store, result, *, progress, **_options: object) -> None:
        raise CancelledError("Stopped; nothing was changed.", "Start again whenever you like.")

    monkeypatch.setattr(Store, "commit", stop)
    app = _commit(_draw(draw, keep(OWN_SOURCES, step="add")))
    assert "Stopped; nothing was changed." in app.text.values
    with stored() as store:
        assert store.revision() == 4


def test_the_file_is_not_checked_again_once_its_rows_are_stored(keep, draw, monkeypatch):
    examined = []
    examine = add_step.examine
    monkeypatch.setattr(add_step, "examine", lambda draft: examined.append(draft.token) or examine(draft))
    app = _draw(draw, keep(OWN_SOURCES, step="add"))
    app.text_input(key="upload_actor").input("T").run()
    before = len(examined)
    app.button(key="upload_commit").click().run()
    assert len(examined) == before + 1  # the run in which the button was pressed
