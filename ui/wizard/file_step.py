"""First step: choose a file, see how it was read, say what its rows are."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from data import drafts
from data.drafts import Draft
from data.encodings import preview_encodings
from data.limits import current_limits
from data.options import CRS, DEGREES
from data.personal_data import name_personal_data
from data.read import Reading
from data.samples import samples
from data.sniff import DELIMITER_NAMES, ENCODINGS
from data.suggestions import accept_suggestions
from data.templates import EXPLANATIONS, template
from errors import AtlasError, UploadError
from ui.cache import reading_store
from ui.downloads import download
from ui.messages import show_error
from ui.wizard.reading import Sighted, check_columns, sight, suggestions
from ui.wizard.repair_table import HIDDEN
from ui.wizard.state import change_draft, go, open_draft, start_draft

KIND_LABELS = {
    "complaint": "Complaints: one row per complaint or request for help",
    "event": "Events: raids, rescues, arrests … one row each",
    "compound": "Sites: one row per alleged site",
    "claim": "Statements: one row per number that someone stated",
    "source": "Sources: one row per report or article",
}
EXTENSIONS = ("csv", "tsv", "txt", "xlsx", "geojson", "json", "kml", "gpkg", "zip")
_FORMATS = {
    "csv": "table as text",
    "xlsx": "workbook (XLSX)",
    "geojson": "GeoJSON",
    "kml": "KML",
    "gpkg": "GeoPackage",
    "shapefile": "Shapefile (ZIP)",
}
_ENCODING_NAMES = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Western European (Windows-1252)",
    "cp874": "Thai (Windows-874)",
    "gb18030": "Chinese (GB 18030)",
    "cp1258": "Vietnamese (Windows-1258)",
    "big5": "Chinese (Big5)",
    "mac-roman": "Western European (Macintosh)",
}
_PREVIEW_ROWS = 8
_PROJECTIONS = {DEGREES: "longitude and latitude (WGS 84)"} | CRS


def show_start() -> None:
    """Draw the way in: a file, a template, or an upload that was not finished."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        file = st.file_uploader(
            "Choose a table: CSV, Excel (XLSX), GeoJSON, KML, GeoPackage or zipped Shapefile. "
            + current_limits().describe(),
            type=list(EXTENSIONS),
            max_upload_size=current_limits().bytes // 2**20,
            key="upload_file",
        )
        st.caption(
            "Take names, telephone numbers, passport numbers and e-mail addresses out first; they are looked for, and "
            "a file that holds them is not stored. The file stays on this machine."
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
    st.markdown("**Not finished yet**")
    for draft in open_ones:
        with st.container(horizontal=True, vertical_alignment="center", key=f"unfinished_{draft.token}"):
            st.text(f"{draft.file_name} · last changed {draft.changed_at:%d %B %Y, %H:%M} (UTC)")
            if st.button("Go on", key=f"resume_{draft.token}"):
                open_draft(draft.token)
                st.rerun()


def _show_templates() -> None:
    st.markdown("**No table yet? Start from a template**")
    for kind, label in KIND_LABELS.items():
        download(
            label.partition(":")[0], lambda kind=kind: template(kind), f"template-{kind}.csv", "text/csv",
            key=f"template_{kind}",
        )  # fmt: skip
        st.caption(EXPLANATIONS[kind])
    with st.expander("Files to practise with (invented, synthetic)"):
        for sample in samples():
            download(
                sample.title,
                sample.read,
                sample.file_name,
                "application/octet-stream",
                key=f"sample_{sample.file_name}",
            )
            st.caption(sample.description)


def show_file(draft: Draft) -> None:
    """Draw how the file was read, and ask what its rows are."""
    try:
        sighted = sight(draft)
    except UploadError as error:
        ways = _ways_out(draft, error)
        if ways:
            show_error(error, ":material/help: **The file can be read in more than one way**")
        else:
            show_error(error)
        _propose(draft, ways)
        _show_overrides(draft, None, expanded=not ways)
        return
    if sighted is None:
        return
    reading = sighted.table.reading
    st.subheader("How it was read")
    with st.container(key="lead_reading"):
        st.text(describe_reading(reading, len(sighted.table.rows)))
    _show_earlier(draft)
    _show_first_rows(sighted)
    _show_overrides(draft, reading, expanded=False)
    st.subheader("What is one row?")
    kinds = list(KIND_LABELS)
    likely = sighted.kinds[0] if sighted.kinds else None
    chosen = st.radio(
        "What is one row?",
        kinds,
        index=kinds.index(draft.kind or likely) if draft.kind or likely else None,
        format_func=KIND_LABELS.__getitem__,
        label_visibility="collapsed",
        key=f"kind_{draft.token}",
    )
    if likely and not draft.kind:
        st.caption("Chosen by the names of the columns; change it when it is wrong.")
    if sighted.layout is not None:
        st.caption(f"This looks like a table of {sighted.layout.name}. {' '.join(sighted.layout.notes)}")
    if st.button("Next", type="primary", key="file_next", disabled=chosen is None, icon=":material/arrow_forward:"):
        _next(draft, chosen, sighted)


def _show_earlier(draft: Draft) -> None:
    """Say when these very bytes are in the atlas already."""
    store = reading_store()
    for batch_id in store.find_upload(draft.sha256):
        batch = store.batches().set_index("batch_id").loc[batch_id]
        with st.container(border=True, key="earlier"):
            st.markdown(":material/info: **This very file was added before**")
            st.text(
                f"As batch {batch_id} on {batch['committed_at']:%d %B %Y} by {batch['actor']}, as {batch['kind']}s. "
                "It cannot be added twice as the same kind; take that batch back first (page History)."
            )


def _show_first_rows(sighted: Sighted) -> None:
    rows = sighted.table.rows.head(_PREVIEW_ROWS)
    hidden = rows.apply(lambda column: column.map(lambda text: name_personal_data(text) is not None))
    st.dataframe(
        rows.mask(hidden, HIDDEN).rename_axis("Row"),
        hide_index=False,
        height="content",
    )
    if hidden.to_numpy().any():
        st.markdown(
            ":material/shield_person: **Some cells seem to hold personal data.** They can be taken out in step 3."
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


def describe_reading(reading: Reading, rows: int) -> str:
    """Return in one sentence how a file was read."""
    parts = [_FORMATS.get(reading.file_format, reading.file_format)]
    if reading.file_format == "csv":
        parts += [
            f"characters: {_ENCODING_NAMES.get(reading.encoding, reading.encoding)}",
            f"cells parted by: {DELIMITER_NAMES.get(reading.delimiter, reading.delimiter)}",
        ]
    if reading.sheet:
        parts.append(f"sheet: {reading.sheet}")
    parts.append(f"column names in line {reading.header_row}")
    if reading.blank_lines:
        parts.append(f"{reading.blank_lines:,} blank lines passed over")
    if reading.hxl:
        parts.append("HXL tags found")
    how = "; ".join(parts)
    return f"{rows:,} rows, {len(reading.columns)} columns. {how[:1].upper()}{how[1:]}."


def _ways_out(draft: Draft, error: AtlasError) -> list[tuple[str, dict[str, object]]]:
    """Return what would settle the error: words (which may hold the name of a sheet), and the decision."""
    ways: list[tuple[str, dict[str, object]]] = []
    if row := error.context.get("header_row"):
        ways.append((f"The column names are in line {row}", {"header_row": row}))
    for delimiter in error.context.get("delimiters", ()):
        ways.append((f"Cells are parted by a {DELIMITER_NAMES[delimiter]}", {"delimiter": delimiter}))
    if "encoding" in error.context and draft.options.encoding is None:
        for encoding, line in preview_encodings(draft.content(), draft.file_name).items():
            ways.append((f"{_ENCODING_NAMES.get(encoding, encoding)}: {line}", {"encoding": encoding}))
    if error.context.get("missing") == "crs":
        ways += [(f"The coordinates are {name}", {"crs": crs}) for crs, name in _PROJECTIONS.items()]
    if error.context.get("missing") == "encoding":
        ways += [(f"The characters are {name}", {"encoding": code}) for code, name in _ENCODING_NAMES.items()]
    for sheet in error.context.get("sheets", ()):
        ways.append((f"The sheet or layer “{sheet}”", {"sheet": sheet}))
    return ways


def _propose(draft: Draft, ways: list[tuple[str, dict[str, object]]]) -> None:
    """Offer what would settle how the file is read."""
    if not ways:
        return
    chosen = st.selectbox(
        "Which is right?",
        range(len(ways)),
        index=None,
        placeholder="Choose one",
        format_func=lambda number: ways[number][0],
        key=f"way_{draft.token}_{len(draft.options.to_json())}",
    )
    if chosen is not None:
        go(draft, "read", options=ways[chosen][1])


def _show_overrides(draft: Draft, reading: Reading | None, *, expanded: bool) -> None:
    """Let a person say how the file is to be read."""
    options = draft.options
    with st.expander("Read it otherwise", expanded=expanded), st.form(f"overrides_{draft.token}", border=False):
        left, middle, right = st.columns(3)
        encodings = ["", *ENCODINGS]
        encoding = left.selectbox(
            "Characters",
            encodings,
            index=encodings.index(options.encoding or ""),
            format_func=lambda one: _ENCODING_NAMES.get(one, one) or "found by itself",
        )
        delimiters = ["", *DELIMITER_NAMES]
        delimiter = middle.selectbox(
            "Cells are parted by",
            delimiters,
            index=delimiters.index(options.delimiter or ""),
            format_func=lambda one: DELIMITER_NAMES.get(one, "found by itself"),
        )
        header = right.number_input(
            "Column names stand in line", min_value=1, value=options.header_row, placeholder="found by itself"
        )
        sheets = ["", *(reading.sheets if reading is not None else ())]
        sheet = options.sheet
        if len(sheets) > 2:
            sheet = left.selectbox(
                "Sheet",
                sheets,
                index=sheets.index(options.sheet or ""),
                format_func=lambda one: one or "found by itself",
            )
        if st.form_submit_button("Read it again"):
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
