"""The upload: kind and template, file, reading, what would happen, commit. Nothing is stored before the last step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from charts.labels import plural
from data.ingest import ImportOptions, ImportResult, ingest
from data.personal_data import refuse_personal_data
from data.schema import KINDS
from data.sniff import MAX_BYTES
from data.store import Batch, Store
from data.templates import template
from errors import AmbiguousColumnError, AtlasError, MissingColumnError, PersonalDataError
from ui.batch_list import show_undo
from ui.cache import reading_store
from ui.downloads import download
from ui.import_report import show_report
from ui.messages import show_error

_RESULT = "import_result"
_DONE = "import_done"
KIND_LABELS = {
    "complaint": "Complaints: one row is one complaint or request for help",
    "event": "Events: raids, rescues, escapes, arrests …",
    "compound": "Compounds: named or unnamed sites",
    "claim": "Claims: numbers that someone stated",
    "source": "Sources: who says so",
}
_DELIMITERS = {"": "found by itself", ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_ENCODINGS = {
    "": "found by itself",
    "utf-8": "UTF-8",
    "cp1252": "Windows Western (1252)",
    "cp874": "Windows Thai (874)",
}
_DAY_ORDER = {
    "": "only dates that can be read one way",
    "day": "day first: 3/4 is 3 April",
    "month": "month first: 3/4 is 4 March",
}


_QUESTIONS = {"place_text": "the place", "name": "the name", "title": "the title", "speaker": "who states it"}
"""How the form asks for a column; any other is asked for by its name."""


def show_upload_form() -> None:
    """Draw the steps of an upload."""
    _show_done()
    st.subheader("1  Choose what the rows are")
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    kind = left.selectbox("Kind of record", list(KIND_LABELS), format_func=KIND_LABELS.__getitem__, key="upload_kind")
    with right:
        download(
            f"Template for {kind}s (CSV)", lambda: template(kind), f"template-{kind}.csv", "text/csv", key="template"
        )
    with st.expander("Columns of this kind and what they mean"):
        st.dataframe(
            [
                {"Column": field.name, "Needed": "yes" if field.required else "", "Meaning": field.meaning,
                 "Allowed values": ", ".join(field.choices), "Example": field.example}
                for field in KINDS[kind].fields
            ],
            hide_index=True,
        )  # fmt: skip
    st.subheader("2  Choose the file")
    file = st.file_uploader(
        f"CSV, TSV or text file, at most {MAX_BYTES // 2**20} MB", type=["csv", "tsv", "txt"], key="upload_file"
    )
    st.caption(
        "Take names, telephone numbers, passport numbers and e-mail addresses out first. "
        "The file stays on this machine."
    )
    options = _show_options()
    if file is None:
        st.session_state.pop(_RESULT, None)
        return
    content = file.getvalue()
    result = _read_file(content, file.name, kind, options)
    if result is None:
        return
    st.subheader("3  Check what would happen")
    show_report(result)
    st.subheader("4  Add the accepted rows")
    _show_commit(result, content)


def _read_file(content: bytes, name: str, kind: str, options: ImportOptions) -> ImportResult | None:
    """Return the rows of the file; where its headers leave a column open, ask which one holds it, and say why."""
    known = reading_store().record_ids(kind)
    while True:
        place = st.container()
        try:
            return ingest(content, name, kind, options, known_ids=known)
        except AtlasError as error:
            chosen = _ask_columns(error, kind, options.columns)
            if not chosen:
                with place:
                    show_error(error)
                return None
            options = replace(options, columns={**options.columns, **chosen})


def _ask_columns(error: AtlasError, kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for the columns that are missing or in doubt; nothing as long as one of them is not answered."""
    headers = [header for header in error.context.get("headers", ()) if header not in given.values()]
    asked = []
    if isinstance(error, MissingColumnError):
        asked = list(error.context.get("missing", ()))
    elif isinstance(error, AmbiguousColumnError):
        asked = [error.context.get("column")]
    asked = [name for name in asked if name in KINDS[kind].columns and name not in given]
    chosen = {}
    for name in asked:
        field = KINDS[kind].field(name)
        what = _QUESTIONS.get(name) or ("the date" if field.dtype == "edtf" else f"“{name}”: {field.meaning.lower()}")
        chosen[name] = st.selectbox(
            f"Which column holds {what}?",
            headers,
            index=None,
            placeholder="Choose a column of your file",
            key=f"upload_column_{kind}_{name}",
        )
    return {name: header for name, header in chosen.items() if header} if all(chosen.values()) else {}


def _show_options() -> ImportOptions:
    with st.expander("How the file is read: change this only when a message asks for it"):
        first, second = st.columns(2)
        encoding = first.selectbox(
            "Characters", list(_ENCODINGS), format_func=_ENCODINGS.__getitem__, key="upload_encoding"
        )
        delimiter = second.selectbox(
            "Cells are parted by", list(_DELIMITERS), format_func=_DELIMITERS.__getitem__, key="upload_delimiter"
        )
        order = first.selectbox(
            "Dates such as 3/4/2023", list(_DAY_ORDER), format_func=_DAY_ORDER.__getitem__, key="upload_day_order"
        )
        header = second.number_input(
            "Column names stand in line", min_value=1, value=None, placeholder="found by itself", key="upload_header"
        )
        swapped = st.checkbox("Latitude and longitude are swapped in this file", key="upload_swapped")
    return ImportOptions(
        encoding=encoding or None,
        delimiter=delimiter or None,
        header_row=None if header is None else int(header),
        day_first={"day": True, "month": False}.get(order),
        swap_coordinates=swapped,
    )


def _show_commit(result: ImportResult, content: bytes) -> None:
    try:
        refuse_personal_data(result.file_name, result.issues)
    except PersonalDataError as error:
        show_error(error)
        return
    if result.rows_accepted == 0:
        st.text("No row can be added. Correct the file and choose it again.")
        return
    who = st.text_input("Your name or initials, for the history", key="upload_actor", max_chars=60)
    note = st.text_input("Where the file comes from (shown with the batch)", key="upload_note", max_chars=200)
    rest = f"; the {result.rows_rejected:,} rejected stay out" if result.rows_rejected else ""
    if st.button(
        f"Add {plural(result.rows_accepted, 'row')}{rest}",
        type="primary",
        key="upload_commit",
        disabled=not who.strip(),
    ):
        try:
            batch = _commit(result, content, who.strip(), note.strip())
        except AtlasError as error:
            show_error(error)
            return
        st.session_state[_DONE] = batch, who.strip()
        st.session_state.pop("upload_file", None)
        st.rerun()
    if not who.strip():
        st.caption("Fill in your name or initials to add the rows.")


def _commit(result: ImportResult, content: bytes, actor: str, note: str) -> Batch:
    with Store.open() as store:
        return store.commit(result, actor=actor, content=content, note=note)


def _show_done() -> None:
    done = st.session_state.get(_DONE)
    if done is None:
        return
    batch, actor = done
    with st.container(border=True, key="upload_done"):
        st.markdown(
            f":material/check_circle: **{plural(batch.rows_accepted, 'row was', 'rows were')} added** "
            f"as batch {batch.batch_id}; "
            f"the data are now version {batch.revision}."
        )
        st.page_link("pages/map.py", label="See them on the map", icon=":material/map:")
        st.page_link("pages/records.py", label="See the records", icon=":material/table_rows:")
        show_undo(batch, actor)
