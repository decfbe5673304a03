"""Second step: which column of the file holds what; nothing is taken before a person has seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from data.candidates import BOTH
from data.drafts import Draft
from data.schema import DATE_FIELD, KINDS, LATITUDE, LONGITUDE, PLACE_RESULT, PLACE_TEXT, Field, Kind
from data.suggestions import Suggestion, accept_suggestions, recall_columns
from errors import UploadError
from ui.messages import show_error
from ui.wizard.reading import Sighted, check_columns, sight, suggestions
from ui.wizard.state import change_draft, go

_WHY = {
    "name": "the same name",
    "spelling": "a known spelling",
    "hxl": "its HXL tag",
    "layout": "the layout of the file",
    "remembered": "as you decided before",
    "similar": "a similar name",
    "values": "what its cells hold",
    "none": "",
}
_SURE = 0.9
_NUMBERS = {"complaint": ("people_affected",), "event": ("people_best",), "claim": ("best",)}
_MISSED = {LATITUDE: "the position", "people_best": "how many people"}


def show_columns(draft: Draft) -> None:
    """Draw each column of the file with what it may hold, and take the decisions."""
    sighted = sight(draft)
    if sighted is None:
        return
    kind = KINDS[draft.kind]
    found = suggestions(draft, sighted)
    decided = recall_columns(draft.options, sighted.table.reading.columns)
    doubtful = [one for one in found if one.column and one.confidence < _SURE and one.header not in decided]
    recognised = [one for one in found if one.column and one not in doubtful]
    others = [one for one in found if not one.column]
    st.subheader("Which column holds what?")
    st.caption(
        "Whatever you choose, no column is lost: those that are not needed are kept with the record as they are."
    )
    if missed := missed_columns(kind, found, decided):
        st.text(f"Not recognised in your file: {missed}. If a column holds it, choose it below.")
    with st.form(f"columns_{draft.token}", border=False):
        chosen: dict[str, str] = {}
        for title, group in (
            (f"Please check ({len(doubtful)})", doubtful),
            (f"Recognised ({len(recognised)})", recognised),
            (f"Kept as they are ({len(others)})", others),
        ):
            if group:
                st.markdown(f"**{title}**")
                for one in group:
                    chosen[one.header] = _ask(one, found.index(one) + 1, kind, decided, draft.token)
        constants = _ask_constants(draft, kind, {one.column for one in found if one.column})
        submitted = st.form_submit_button("Next", type="primary", icon=":material/arrow_forward:")
    if submitted:
        _take(draft, sighted, found, chosen, constants)


def missed_columns(kind: Kind, found: Sequence[Suggestion], decided: Mapping[str, str]) -> str:
    """Return in words what most files of a kind say and this one seems not to; empty when all of it is there."""
    taken = {decided.get(one.header, one.column or "") for one in found}
    if BOTH in taken:
        taken |= {LATITUDE, LONGITUDE}
    wanted = [kind.id_field, DATE_FIELD.get(kind.name, ""), PLACE_TEXT, LATITUDE, *_NUMBERS.get(kind.name, ())]
    return "; ".join(
        _MISSED.get(name) or kind.field(name).meaning.lower()
        for name in wanted
        if name in kind.columns and name not in taken
    )


def _ask(one: Suggestion, number: int, kind: Kind, decided: dict[str, str], token: str) -> str:
    """Ask what the column with this number, from 1, holds."""
    columns = ["", *kind.columns, *([BOTH] if LATITUDE in kind.columns else []), *(PLACE_RESULT if kind.placed else ())]
    suggested = decided.get(one.header, one.column or "")
    left, middle, right = st.columns([3, 4, 4], vertical_alignment="center")
    with left:
        st.text(one.header)
    with middle, st.container(key=f"when_samples_{number}"):
        st.text(" · ".join(one.samples) or "(empty)")
    with right:
        answer = st.selectbox(
            f"Column {number} of the file holds",
            columns,
            index=columns.index(suggested),
            format_func=lambda name: _name_column(kind, name),
            key=f"column_{token}_{number}",
            label_visibility="collapsed",
        )
        why = _WHY[one.why]
        if one.column and why and one.confidence < 1:
            st.caption(f"Suggested by {why}, {one.confidence:.0%} sure")
        elif not one.column and one.others:
            st.caption(f"Perhaps {' or '.join(column for column, _ in one.others[:3])}")
    return answer


def _name_column(kind: Kind, name: str) -> str:
    if not name:
        return "— no column of the record: kept as it is"
    if name == BOTH:
        return "Latitude and longitude in one cell"
    if name in PLACE_RESULT:
        return f"How this atlas had found the province ({name})"
    field = kind.field(name)
    return f"{field.meaning}{' *' if field.required else ''} ({name})"


def _ask_constants(draft: Draft, kind: Kind, found: set[str]) -> dict[str, str]:
    """Ask what holds for all rows where no column says it: what is needed, and what is often left out of a file."""
    asked = [
        field
        for field in kind.fields
        if field.name not in found
        and (field.name in draft.options.constants or (field.choices and (field.required or field.name == "channel")))
    ]
    if not asked:
        return {}
    st.markdown("**The same for every row**")
    st.caption("Where no column of the file says it.")
    return {field.name: value for field in asked if (value := _ask_constant(draft, field))}


def _ask_constant(draft: Draft, field: Field) -> str:
    choices = ["", *field.choices]
    return st.selectbox(
        f"{field.meaning} ({field.name})",
        choices,
        index=choices.index(draft.options.constants.get(field.name, "")),
        format_func=lambda one: one or "— not said",
        key=f"constant_{draft.token}_{field.name}",
    )


def _take(
    draft: Draft, sighted: Sighted, found: list[Suggestion], chosen: dict[str, str], constants: dict[str, str]
) -> None:
    """Keep the decisions and go on; say what is missing or named twice."""
    confirmed = [replace(one, column=chosen[one.header] or None) for one in found]
    options = replace(accept_suggestions(confirmed, draft.options), constants=constants)
    changed = change_draft(draft, options=options)
    try:
        check_columns(changed, sighted)
    except UploadError as error:
        show_error(error)
        return
    go(changed, "questions")
