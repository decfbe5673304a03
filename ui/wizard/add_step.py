"""Last step: who says so and who adds it; then all rows or none, with a bar and a way to stop."""

from __future__ import annotations

from hashlib import sha256
from typing import cast

import streamlit as st

from data.best_view import find_measure, find_period
from data.drafts import Draft
from data.history import Batch
from data.ingest import ImportResult
from data.progress import Progress
from data.schema import SOURCE_IDS
from data.source_entry import SourceEntry, check_source
from data.store import Store
from errors import AtlasError
from locales import say, say_many
from ui.batch_list import show_undo
from ui.messages import show_error
from ui.state import change_choices
from ui.wizard.reading import examine, sight
from ui.wizard.source_form import ask_source
from ui.wizard.state import change_draft, end_draft
from ui.work import await_work, forget

_DONE = "import_done"
_ADDING = "adding"


def show_add(draft: Draft) -> None:
    """Draw the form, and the work once it was started."""
    # First of all: once the rows are in, a check of the file would find them all to be there already.
    if (adding := st.session_state.get(_ADDING)) is not None and adding[0] == draft.token:
        _add(draft, *adding[1:])
        return
    result = examine(draft)
    if result is None:
        return
    with st.container(key="lead_add"):
        aside = result.rows_rejected + result.rows_duplicate
        rest = (
            say_many(
                " {n} row stays out, with the reasons kept in your checked file.",
                " {n} rows stay out, with the reasons kept in your checked file.",
                aside,
            )
            if aside
            else ""
        )
        st.text(
            say_many("{n} row will be added.{rest}", "{n} rows will be added.{rest}", result.rows_accepted, rest=rest)
        )
    if result.rows_accepted == 0:
        st.text(say("No row is left to be added: go back to the review."))
        return
    source = _ask_source(draft, result)
    if source and source != draft.source:  # so that a reload does not lose it
        draft = change_draft(draft, source=source)
    st.subheader(say("Who adds it?"))
    left, right = st.columns(2)
    who = left.text_input(say("Your name or initials, for the history *"), key="upload_actor", max_chars=60)
    note = right.text_input(say("Note (shown with the batch)"), key="upload_note", max_chars=200)
    template = left.text_input(
        say("Keep the choice of columns as a template called"), key="upload_template", max_chars=60,
        help=say("The choice is remembered for files with the same columns in any case; a name makes it easy to find."),
    )  # fmt: skip
    remember = bool(draft.options.places) and right.checkbox(
        say_many(
            "Remember, for later files, what {n} place means",
            "Remember, for later files, what {n} places mean",
            len(draft.options.places),
        ),
        value=True,
        key="remember_places",
    )
    ready = source is not None and bool(who.strip())
    if st.button(
        say_many("Add {n} row", "Add {n} rows", result.rows_accepted),
        type="primary",
        key="upload_commit",
        disabled=not ready,
        icon=":material/check:",
    ):
        try:
            checked = check_source(source) if isinstance(source, SourceEntry) else source
        except AtlasError as error:
            show_error(error)
            return
        decided = checked or None, who.strip(), note.strip(), template.strip(), remember
        st.session_state[_ADDING] = draft.token, result, *decided
        st.rerun()
    if not ready:
        st.caption(say("Fill in the fields with a star to add the rows."))


def _ask_source(draft: Draft, result: ImportResult) -> str | SourceEntry | None:
    """Ask for the source; nothing is asked (and empty text returned) where each row is or names one."""
    if result.kind == "source":
        return ""
    named = result.accepted[SOURCE_IDS].fillna("") != ""
    if named.all():
        st.text(say("Every row names its own source."))
        return ""
    if named.any():
        st.text(
            say_many("{n} row names a source of their own.", "{n} rows name a source of their own.", int(named.sum()))
        )
    known = st.session_state.setdefault(f"source_known_{draft.token}", draft.source)
    return ask_source(draft.token, known)


def _add(
    draft: Draft,
    result: ImportResult,
    source: str | SourceEntry | None,
    who: str,
    note: str,
    template: str,
    remember: bool,
) -> None:
    """Store the rows beside the page; afterwards the draft is gone."""
    content = draft.content()
    told = sha256(f"{draft.options.to_json()} {source!r} {who} {note}".encode()).hexdigest()
    key = f"add {draft.token} {told}"
    mapping = _mapping(draft)

    def store_all(progress: Progress) -> tuple[Batch, str]:
        with Store.open() as store:
            batch = store.commit(result, actor=who, content=content, note=note, source=source, progress=progress)
            try:
                if remember:
                    store.remember_places(dict(draft.options.places), actor=who)
                if mapping is not None:
                    store.remember_mapping(mapping, draft.kind, draft.options, actor=who, name=template)
            except AtlasError as error:  # the rows are stored; only the convenience is not
                return batch, str(error)
            return batch, ""

    try:
        done = cast(
            "tuple[Batch, str] | None", await_work(key, store_all, label=say("Adding the rows: all of them or none"))
        )
    except Exception:  # whatever it was, it is not tried again by itself
        st.session_state.pop(_ADDING, None)
        raise
    if done is None:
        return
    forget(key)
    st.session_state.pop(_ADDING, None)
    st.session_state[_DONE] = (
        *done,
        who,
        find_measure(result.kind, result.accepted),
        find_period(result.kind, result.accepted),
    )
    end_draft(draft)
    st.rerun()


def _mapping(draft: Draft) -> str | None:
    """Return the fingerprint of the file's headers when columns were chosen for it."""
    sighted = sight(draft)
    return sighted.fingerprint if sighted is not None and draft.options.columns else None


def show_done() -> None:
    """Say what an import that has just ended has changed, and where to see it."""
    done = st.session_state.get(_DONE)
    if done is None:
        return
    batch, unkept, actor, measure, period = done
    with st.container(border=True, key="upload_done"):
        st.markdown(
            ":material/check_circle: "
            + say_many(
                "**{n} row was added** as batch {batch_id}; the data are now version {revision}.",
                "**{n} rows were added** as batch {batch_id}; the data are now version {revision}.",
                batch.rows_accepted,
                batch_id=str(batch.batch_id),
                revision=str(batch.revision),
            )
        )
        if unkept:
            st.text(say("The choice of columns or places was not remembered: {unkept}", unkept=unkept))
        with st.container(horizontal=True):
            if measure is not None and st.button(say("See them on the map"), key="see_map", icon=":material/map:"):
                change_choices(measure=measure, place="", compound="", **({"period": period} if period else {}))
                st.switch_page("pages/map.py")
            st.page_link("pages/records.py", label=say("See the records"), icon=":material/table_rows:")
            st.page_link("pages/history.py", label=say("See what changed"), icon=":material/history:")
        show_undo(batch, actor)
        if st.button(say("Upload another file"), key="another"):
            st.session_state.pop(_DONE, None)
            st.rerun()
