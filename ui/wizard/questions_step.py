"""Third step: what the file leaves open, asked once for all rows; what is not answered is set aside, not guessed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import streamlit as st

from charts.labels import plural
from data.drafts import Draft
from data.ingest import ImportResult
from data.options import NOWHERE
from data.questions import LEAVE, YES, Question, answer
from geo.gazetteer import districts, provinces, towns
from ui.wizard.given_answers import show_given
from ui.wizard.reading import examine
from ui.wizard.redaction import replace_file
from ui.wizard.state import go

_FILE_WIDE = {
    "date_order": "In which order are day and month written?",
    "buddhist_era": "Are these years of the Buddhist era?",
    "excel_dates": "Are these a spreadsheet's day numbers?",
    "crs": "In which projection are the coordinates?",
    "swapped": "Are latitude and longitude exchanged?",
    "decimal_comma": "What does the comma mean in numbers?",
}
_STILL_OPEN = "questions_still_open"
_MOST = 100
"""Distinct values that are asked at once; the rest comes after these."""


def show_questions(draft: Draft) -> None:
    """Draw the questions, most rows first, and take the answers."""
    result = examine(draft)
    if result is None:
        return
    questions = result.questions()
    personal = [one for one in questions if one.kind == "personal_data"]
    wide = join_swapped([one for one in questions if one.kind in _FILE_WIDE])
    single = [one for one in questions if one.kind in ("place", "choice")]
    if personal:
        _show_personal(draft, result, personal)
    show_given(draft)
    if not wide and not single:
        if not personal:  # with personal data there is nothing to go on with
            st.markdown(":material/check_circle: **The file leaves nothing open.**")
            if st.button("Next", type="primary", key="questions_next", icon=":material/arrow_forward:"):
                go(draft, "review")
        return
    rows = sum(one.rows for one in single)
    st.subheader("Questions that only you can answer")
    st.caption(
        "Each answer holds for all rows that say the same. Rows whose question stays open are set aside and come back "
        "to you; nothing is guessed."
    )
    with st.form(f"questions_{draft.token}", border=False):
        answers: list[tuple[Question, str]] = []
        for question in wide:
            answers += _ask_wide(question)
        if single:
            st.markdown(f"**{plural(len(single), 'value')} that we do not know, in {plural(rows, 'row')}**")
            for number, question in enumerate(single[:_MOST], start=1):
                answers += _ask_value(question, number)
            if len(single) > _MOST:
                st.caption(f"{len(single) - _MOST:,} more come after these.")
        with st.container(horizontal=True):
            submitted = st.form_submit_button("Take these answers", type="primary", icon=":material/arrow_forward:")
            left_open = st.form_submit_button(
                "Take them and leave the rest open; those rows are set aside", key="questions_skip"
            )
    if submitted or left_open:
        options = draft.options
        for question, value in answers:
            options = answer(options, question, value)
        still_open = len(wide) + len(single) - len(answers)
        if left_open or (options == draft.options and not still_open):  # a “leave” changes nothing
            go(draft, "review", options=options)
        if answers and not still_open:
            go(draft, "questions" if wide else "review", options=options)
        st.session_state[_STILL_OPEN] = still_open
        go(draft, "questions", options=options)
    if still_open := st.session_state.pop(_STILL_OPEN, 0):
        st.text(f"{plural(still_open, 'question is', 'questions are')} still open.")


def join_swapped(questions: list[Question]) -> list[Question]:
    """Return the questions with those about exchanged coordinates of single rows as one."""
    single = [one for one in questions if one.edits]
    if len(single) < 2:
        return questions
    joined = replace(
        single[0],
        rows=sum(one.rows for one in single),
        row_numbers=tuple(row for one in single for row in one.row_numbers),
        edits=tuple(edit for one in single for edit in one.edits),
        candidates=(
            (YES, f"Exchange them in these {plural(len(single), 'row')}"),
            (LEAVE, "Leave them as they are; these rows are set aside"),
        ),
    )
    return [one for one in questions if not one.edits] + [joined]


def _ask_wide(question: Question) -> list[tuple[Question, str]]:
    """Ask about the whole file; the answer, or nothing while it is open."""
    labels = dict(question.candidates)
    with st.container(border=True):
        st.markdown(f"**{_FILE_WIDE[question.kind]}**")
        example = f"{plural(question.rows, 'row')}; for example “{question.text}” in row {question.first_row}"
        st.text(f"{example}, column “{question.header}”." if question.header else f"{example}.")
        value = st.radio(
            _FILE_WIDE[question.kind],
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=f"question_{question.kind}_{question.field}",
            label_visibility="collapsed",
        )
    return [(question, value)] if value is not None else []


def _ask_value(question: Question, number: int) -> list[tuple[Question, str]]:
    """Ask what one written value means."""
    labels = _choices(question)
    left, middle, right = st.columns([3, 2, 4], vertical_alignment="center")
    with left:
        st.text(f"“{question.text}”")
    with middle, st.container(key=f"when_value_{number}"):
        st.text(f"{plural(question.rows, 'row')}, first in row {question.first_row}")
    with right:
        value = st.selectbox(
            f"Value {number} means",
            list(labels),
            index=None,
            placeholder="Choose what it means" if question.candidates else "Unknown: choose, or leave it open",
            format_func=labels.__getitem__,
            key=f"value_{question.field}_{sha256(question.text.encode()).hexdigest()[:16]}",
            label_visibility="collapsed",
        )
    return [(question, value)] if value is not None else []


def _choices(question: Question) -> dict[str, str]:
    """Return the codes that may be chosen with their words: what was suggested first, then every other place."""
    labels = dict(question.candidates)
    if question.kind == "place":
        labels = {NOWHERE: "No place that can be known (counts for the country only)"} | labels
        labels = dict([*list(labels.items())[1:], *list(labels.items())[:1]])
        labels |= {code: words for code, words in _all_places().items() if code not in labels}
    else:
        labels |= {"": "Not known"}
    return labels


@st.cache_data(show_spinner=False)
def _all_places() -> dict[str, str]:
    """Return every province, town and district by its code, in words."""
    names = dict(zip(provinces()["province_code"], provinces()["name_en"], strict=True))
    found = {code: f"{name} (province)" for code, name in names.items()}
    for table, code, level in ((towns(), "town_id", None), (districts(), "district_code", "district")):
        for row in table.to_dict("records"):
            found[row[code]] = f"{row['name_en']}, {names[row['province_code']]} ({level or row['level']})"
    return found


def _show_personal(draft: Draft, result: ImportResult, questions: list[Question]) -> None:
    """Say that there is personal data, never which, and offer the file without it."""
    rows = result.issues.loc[result.issues["code"] == "personal_data", "row_number"].unique()
    with st.container(border=True):
        st.markdown(":material/shield_person: **The file seems to hold personal data**")
        first = ", ".join(str(row) for row in rows[:10]) + (" …" if len(rows) > 10 else "")
        st.text(
            f"{plural(len(rows), 'row')} (row {first}), in the columns: "
            f"{', '.join(dict.fromkeys(question.header for question in questions))}. Such a file is never stored, "
            "because its bytes would be kept too."
        )
        if st.button("Take these cells out and go on", key="redact", type="primary"):
            replace_file(draft)
            st.rerun()
        st.caption("Each such cell then reads “[removed]”; the file that is kept is that one, not the one you chose.")
