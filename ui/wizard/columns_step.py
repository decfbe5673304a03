"""Second step: which column of the file holds what; nothing is taken before a person has seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from charts.labels import field_label, how_sure, term
from charts.visible import mark_invisible
from data.candidates import BOTH
from data.drafts import Draft
from data.schema import DATE_FIELD, KINDS, LATITUDE, LONGITUDE, PLACE_RESULT, PLACE_TEXT, Field, Kind
from data.suggestions import Suggestion, accept_suggestions, recall_columns
from errors import UploadError
from locales import language, later, say
from ui.messages import show_error
from ui.wizard.reading import Sighted, check_columns, sight, suggestions
from ui.wizard.state import change_draft, go

_WHY = {
    "name": later("the same name"),
    "spelling": later("a known spelling"),
    "hxl": later("its HXL tag"),
    "layout": later("the layout of the file"),
    "remembered": later("as you decided before"),
    "similar": later("a similar name"),
    "values": later("what its cells hold"),
    "none": "",
}
_SURE = 0.9
_NUMBERS = {"complaint": ("people_affected",), "event": ("people_best",), "claim": ("best",)}
_MISSED = {LATITUDE: "the position", "people_best": later("how many people")}


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
    st.subheader(say("Which column holds what?"))
    st.caption(
        say("Whatever you choose, no column is lost: those that are not needed are kept with the record as they are.")
    )
    if missed := missed_columns(kind, found, decided):
        st.text(say("Not recognised in your file: {missed}. If a column holds it, choose it below.", missed=missed))
    with st.form(f"columns_{draft.token}", border=False):
        chosen: dict[str, str] = {}
        for title, group in (
            (say("Please check ({n})", n=len(doubtful)), doubtful),
            (say("Recognised ({n})", n=len(recognised)), recognised),
            (say("Kept as they are ({n})", n=len(others)), others),
        ):
            if group:
                st.markdown(f"**{title}**")
                for one in group:
                    chosen[one.header] = _ask(one, found.index(one) + 1, kind, decided, draft.token)
        constants = _ask_constants(draft, kind, {one.column for one in found if one.column})
        submitted = st.form_submit_button(say("Next"), type="primary", icon=":material/arrow_forward:")
    if submitted:
        _take(draft, sighted, found, chosen, constants)


def missed_columns(kind: Kind, found: Sequence[Suggestion], decided: Mapping[str, str]) -> str:
    """Return in words what most files of a kind say and this one seems not to; empty when all of it is there."""
    taken = {decided.get(one.header, one.column or "") for one in found}
    if BOTH in taken:
        taken |= {LATITUDE, LONGITUDE}
    wanted = [kind.id_field, DATE_FIELD.get(kind.name, ""), PLACE_TEXT, LATITUDE, *_NUMBERS.get(kind.name, ())]
    return "; ".join(
        say(_MISSED[name]) if name in _MISSED else _name_missed(kind, name)
        for name in wanted
        if name in kind.columns and name not in taken
    )


def _name_missed(kind: Kind, name: str) -> str:
    return (field_label(kind.name, name) if language() == "km" else kind.field(name).meaning).lower()


def _ask(one: Suggestion, number: int, kind: Kind, decided: dict[str, str], token: str) -> str:
    """Ask what the column with this number, from 1, holds."""
    columns = ["", *kind.columns, *([BOTH] if LATITUDE in kind.columns else []), *(PLACE_RESULT if kind.placed else ())]
    suggested = decided.get(one.header, one.column or "")
    left, middle, right = st.columns([3, 4, 4], vertical_alignment="center")
    with left:
        st.text(mark_invisible(one.header))
    with middle, st.container(key=f"when_samples_{number}"):
        st.text(mark_invisible(" · ".join(one.samples)) or say("(empty)"))
    with right:
        answer = st.selectbox(
            say("Column {number} of the file holds", number=str(number)),
            columns,
            index=columns.index(suggested),
            format_func=lambda name: _name_column(kind, name),
            key=f"column_{token}_{number}",
            label_visibility="collapsed",
        )
        why = say(_WHY[one.why])
        if one.column and why and one.confidence < 1:
            st.caption(
                say(
                    "{how_sure}, by {why} · {column}",
                    how_sure=how_sure(one.confidence).capitalize(),
                    why=why,
                    column=one.column,
                ),
                help=say(
                    "How sure the program is, by its own reckoning: {confidence}. Nothing is taken before you press "
                    "“Next”.",
                    confidence=f"{one.confidence:.0%}",
                ),
            )
        elif not one.column and one.others:
            # Only named: what is in doubt is not chosen for anyone.
            names = [_name_column(kind, column).removesuffix(" *") for column, _ in one.others[:3]]
            st.caption(
                say("Perhaps “{names}”", names=say("” or “").join(names)),
                help=", ".join(f"{column}: {likeness:.0%}" for column, likeness in one.others[:3]),
            )
    return answer


def _name_column(kind: Kind, name: str) -> str:
    if not name:
        return say("— no column of the record: kept as it is")
    if name == BOTH:
        return say("Latitude and longitude in one cell")
    star = " *" if name in kind.required else ""
    return f"{field_label(kind.name, name)}{star}"


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
    st.markdown(say("**The same for every row**"))
    st.caption(say("Where no column of the file says it."))
    return {field.name: value for field in asked if (value := _ask_constant(draft, kind, field))}


def _ask_constant(draft: Draft, kind: Kind, field: Field) -> str:
    choices = ["", *field.choices]
    return st.selectbox(
        field_label(kind.name, field.name),
        choices,
        index=choices.index(draft.options.constants.get(field.name, "")),
        format_func=lambda one: term(one) if one else say("— not said"),
        help=say("In files and exports: {name}", name=field.name),
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
