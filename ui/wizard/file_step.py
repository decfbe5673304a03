"""First step: choose a file, see how it was read, say what its rows are."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from charts.visible import mark_cells, mark_invisible
from data import drafts
from data.drafts import Draft
from data.limits import current_limits
from data.personal_data import name_personal_data
from data.read import Reading
from data.samples import samples
from data.sniff import DELIMITER_NAMES, ENCODINGS
from data.suggestions import accept_suggestions
from data.templates import EXPLANATIONS, template
from errors import UploadError
from locales import later, say
from ui.cache import reading_store
from ui.downloads import download
from ui.messages import show_error
from ui.record_words import write_day
from ui.wizard.reading import Sighted, check_columns, sight, suggestions
from ui.wizard.reading_words import ENCODING_NAMES, describe_reading, ways_out
from ui.wizard.repair_table import HIDDEN
from ui.wizard.state import change_draft, go, open_draft, start_draft

KIND_LABELS = {
    "complaint": later("Complaints: one row per complaint or request for help"),
    "event": later("Events: raids, rescues, arrests … one row each"),
    "compound": later("Sites: one row per alleged site"),
    "claim": later("Statements: one row per number that someone stated"),
    "source": later("Sources: one row per report or article"),
}
_KINDS = {
    "complaint": later("complaints"),
    "event": later("events"),
    "compound": later("compounds"),
    "claim": later("claims"),
    "source": later("sources"),
}
EXTENSIONS = ("csv", "tsv", "txt", "xlsx", "geojson", "json", "kml", "gpkg", "zip")
_PREVIEW_ROWS = 8


def show_start() -> None:
    """Draw the way in: a file, a template, or an upload that was not finished."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        file = st.file_uploader(
            say("Choose a table: CSV, Excel (XLSX), GeoJSON, KML, GeoPackage or zipped Shapefile. ")
            + current_limits().describe(),
            type=list(EXTENSIONS),
            max_upload_size=current_limits().bytes // 2**20,
            key="upload_file",
        )
        st.caption(
            say(
                "Take names, telephone numbers, passport numbers and e-mail addresses out first; they are looked "
                "for, and a file that holds them is not stored. The file stays on this machine."
            )
        )
        if file is not None:
            start_draft(file.getvalue(), file.name)
            del st.session_state["upload_file"]
            st.rerun()
        _show_unfinished()
    with right:
        _show_templates()


def _show_unfinished() -> None:
    drafts.discard_old()
    open_ones = drafts.open_drafts()
    if not open_ones:
        return
    st.markdown(say("**Not finished yet**"))
    for draft in open_ones:
        with st.container(horizontal=True, vertical_alignment="center", key=f"unfinished_{draft.token}"):
            changed = f"{write_day(draft.changed_at)}, {draft.changed_at:%H:%M}"
            words = say("{file} · last changed {when} (UTC)", file=draft.file_name, when=changed)
            st.text(mark_invisible(words))
            if st.button(say("Go on"), key=f"resume_{draft.token}"):
                open_draft(draft.token)
                st.rerun()


def _show_templates() -> None:
    st.markdown(say("**No table yet? Start from a template**"))
    for kind, label in KIND_LABELS.items():
        download(
            say(label).partition(":")[0], lambda kind=kind: template(kind), f"template-{kind}.csv", "text/csv",
            key=f"template_{kind}",
        )  # fmt: skip
        st.caption(say(EXPLANATIONS[kind]))
    with st.expander(say("Files to practise with (invented, synthetic)")):
        for sample in samples():
            download(
                say(sample.title),
                sample.read,
                sample.file_name,
                "application/octet-stream",
                key=f"sample_{sample.file_name}",
            )
            st.caption(say(sample.description))


def show_file(draft: Draft) -> None:
    """Draw how the file was read, and ask what its rows are."""
    try:
        sighted = sight(draft)
    except UploadError as error:
        ways = ways_out(draft, error)
        if ways:
            show_error(error, ":material/help: " + say("**The file can be read in more than one way**"))
        else:
            show_error(error)
        _propose(draft, ways)
        _show_overrides(draft, None, expanded=not ways)
        return
    if sighted is None:
        return
    reading = sighted.table.reading
    st.subheader(say("How it was read"))
    with st.container(key="lead_reading"):
        st.text(describe_reading(reading, len(sighted.table.rows)))
    _show_earlier(draft)
    _show_first_rows(sighted)
    _show_overrides(draft, reading, expanded=False)
    st.subheader(say("What is one row?"))
    kinds = list(KIND_LABELS)
    likely = sighted.kinds[0] if sighted.kinds else None
    chosen = st.radio(
        say("What is one row?"),
        kinds,
        index=kinds.index(draft.kind or likely) if draft.kind or likely else None,
        format_func=lambda one: say(KIND_LABELS[one]),
        label_visibility="collapsed",
        key=f"kind_{draft.token}",
    )
    if likely and not draft.kind:
        st.caption(say("Chosen by the names of the columns; change it when it is wrong."))
    if sighted.layout is not None:
        st.caption(
            say(
                "This looks like a table of {name}. {notes}",
                name=sighted.layout.name,
                notes=" ".join(say(note) for note in sighted.layout.notes),
            )
        )
    if st.button(
        say("Next"), type="primary", key="file_next", disabled=chosen is None, icon=":material/arrow_forward:"
    ):
        _next(draft, chosen, sighted)


def _show_earlier(draft: Draft) -> None:
    """Say when these very bytes are in the atlas already."""
    store = reading_store()
    for batch_id in store.find_upload(draft.sha256):
        batch = store.batches().set_index("batch_id").loc[batch_id]
        with st.container(border=True, key="earlier"):
            st.markdown(":material/info: " + say("**This very file was added before**"))
            st.text(
                say(
                    "As batch {batch_id} on {committed_at} by {actor}, as {kinds}. It cannot be added twice as the "
                    "same kind; take that batch back first (page History).",
                    batch_id=str(batch_id),
                    committed_at=write_day(batch["committed_at"]),
                    actor=batch["actor"],
                    kinds=say_kinds(str(batch["kind"])),
                )
            )


def say_kinds(kind: str) -> str:
    """Return what records of a kind are called in a sentence, many of them."""
    return say(_KINDS[kind])


def _show_first_rows(sighted: Sighted) -> None:
    rows = sighted.table.rows.head(_PREVIEW_ROWS)
    hidden = rows.apply(lambda column: column.map(lambda text: name_personal_data(text) is not None))
    st.dataframe(
        mark_cells(rows.mask(hidden, say(HIDDEN))).rename_axis(say("Row")),
        hide_index=False,
        height="content",
    )
    if hidden.to_numpy().any():
        st.markdown(
            ":material/shield_person: "
            + say("**Some cells seem to hold personal data.** They can be taken out in step 3.")
        )


def _next(draft: Draft, kind: str, sighted: Sighted) -> None:
    """Go on to the columns; past them when each of them has the name of a column, or was decided before."""
    # What was decided about the columns of one kind says nothing about another.
    anew = {} if kind == draft.kind else {"columns": {}, "left_out": (), "constants": {}, "values": {}}
    changed = change_draft(draft, kind=kind, options=anew)
    found = suggestions(changed, sighted)
    if all(one.confidence == 1 for one in found):
        changed = change_draft(changed, options=accept_suggestions(found, changed.options))
        with suppress(UploadError):
            check_columns(changed, sighted)
            go(changed, "questions")
    go(changed, "columns")


def _propose(draft: Draft, ways: list[tuple[str, dict[str, object]]]) -> None:
    """Offer what would settle how the file is read."""
    if not ways:
        return
    chosen = st.selectbox(
        say("Which is right?"),
        range(len(ways)),
        index=None,
        placeholder=say("Choose one"),
        format_func=lambda number: ways[number][0],
        key=f"way_{draft.token}_{len(draft.options.to_json())}",
    )
    if chosen is not None:
        go(draft, "read", options=ways[chosen][1])


def _show_overrides(draft: Draft, reading: Reading | None, *, expanded: bool) -> None:
    """Let a person say how the file is to be read."""
    options = draft.options
    with st.expander(say("Read it otherwise"), expanded=expanded), st.form(f"overrides_{draft.token}", border=False):
        left, middle, right = st.columns(3)
        encodings = ["", *ENCODINGS]
        encoding = left.selectbox(
            say("Characters"),
            encodings,
            index=encodings.index(options.encoding or ""),
            format_func=lambda one: say(ENCODING_NAMES.get(one, one) or "found by itself"),
        )
        delimiters = ["", *DELIMITER_NAMES]
        delimiter = middle.selectbox(
            say("Cells are parted by"),
            delimiters,
            index=delimiters.index(options.delimiter or ""),
            format_func=lambda one: say(DELIMITER_NAMES.get(one, "found by itself")),
        )
        header = right.number_input(
            say("Column names stand in line"), min_value=1, value=options.header_row, placeholder=say("found by itself")
        )
        sheets = ["", *(reading.sheets if reading is not None else ())]
        sheet = options.sheet
        if len(sheets) > 2:
            sheet = left.selectbox(
                say("Sheet"),
                sheets,
                index=sheets.index(options.sheet or ""),
                format_func=lambda one: one or say("found by itself"),
            )
        if st.form_submit_button(say("Read it again")):
            go(
                draft,
                "read",
                options={
                    "encoding": encoding or None,
                    "delimiter": delimiter or None,
                    "header_row": None if header is None else int(header),
                    "sheet": sheet or None,
                    # Rows and cells have other numbers and names now.
                    "edits": (),
                    "leave_out": (),
                },
            )
