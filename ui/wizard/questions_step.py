"""Third step: what the file leaves open, asked once for all rows; what is not answered is set aside, not guessed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import streamlit as st

from charts.visible import mark_invisible
from data.drafts import Draft
from data.ingest import ImportResult
from data.options import NOWHERE
from data.questions import LEAVE, YES, Question, answer
from errors import AtlasError
from geo.gazetteer import districts, province_name, provinces, towns
from locales import language, later, say, say_many
from ui.messages import show_error
from ui.wizard.given_answers import show_given
from ui.wizard.reading import examine
from ui.wizard.redaction import replace_file
from ui.wizard.state import go, keep_answer

_FILE_WIDE = {
    "date_order": later("In which order are day and month written?"),
    "buddhist_era": later("Are these years of the Buddhist era?"),
    "excel_dates": later("Are these a spreadsheet's day numbers?"),
    "crs": later("In which projection are the coordinates?"),
    "swapped": later("Are latitude and longitude exchanged?"),
    "decimal_comma": later("What does the comma mean in numbers?"),
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
            st.markdown(":material/check_circle: " + say("**The file leaves nothing open.**"))
            if st.button(say("Next"), type="primary", key="questions_next", icon=":material/arrow_forward:"):
                go(draft, "review")
        return
    rows = sum(one.rows for one in single)
    st.subheader(say("Questions that only you can answer"))
    st.caption(
        say(
            "Each answer holds for all rows that say the same. Rows whose question stays open are set aside and "
            "come back to you; nothing is guessed."
        )
    )
    for question in wide:
        _ask_wide(question, draft)
    if single:
        st.markdown(
            say_many(
                "**{n} value that we do not know, in {rows}**",
                "**{n} values that we do not know, in {rows}**",
                len(single),
                rows=say_many("{n} row", "{n} rows", rows),
            )
        )
        for number, question in enumerate(single[:_MOST], start=1):
            _ask_value(question, number, draft)
        if len(single) > _MOST:
            st.caption(say("{n} more come after these.", n=len(single) - _MOST))
    with st.container(horizontal=True):
        submitted = st.button(
            say("Take these answers"), type="primary", key="questions_take", icon=":material/arrow_forward:"
        )
        left_open = st.button(say("Take them and leave the rest open; those rows are set aside"), key="questions_skip")
    st.caption(say("What you choose is kept as you go: nothing of it is lost when the page is loaded anew."))
    if submitted or left_open:
        answers = [
            (question, value)
            for question in [*wide, *single[:_MOST]]
            if (value := _chosen(question, draft)) is not None
        ]
        options = draft.options
        for question, value in answers:
            options = answer(options, question, value)
        still_open = len(wide) + len(single) - len(answers)
        if left_open or (options == draft.options and not still_open):  # a “leave” changes nothing
            go(draft, "review", options=options, answers={})
        if answers and not still_open:
            go(draft, "questions" if wide else "review", options=options, answers={})
        st.session_state[_STILL_OPEN] = still_open
        go(draft, "questions", options=options, answers={})
    if still_open := st.session_state.pop(_STILL_OPEN, 0):
        st.text(say_many("{n} question is still open.", "{n} questions are still open.", still_open))


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
            (YES, say_many("Exchange them in these {n} row", "Exchange them in these {n} rows", len(single))),
            (LEAVE, say("Leave them as they are; these rows are set aside")),
        ),
    )
    return [one for one in questions if not one.edits] + [joined]


def question_key(question: Question) -> str:
    """Return the name by which a question is known on the page and in the unfinished upload."""
    if question.kind in _FILE_WIDE:
        return f"question_{question.kind}_{question.field}"
    return f"value_{question.field}_{sha256(question.text.encode()).hexdigest()[:16]}"


def _chosen(question: Question, draft: Draft) -> str | None:
    """Return the answer that is chosen so far, if it is one that there is."""
    key = question_key(question)
    value = st.session_state.get(key) if key in st.session_state else draft.answers.get(key)
    labels = dict(question.candidates) if question.kind in _FILE_WIDE else _choices(question)
    return value if value in labels else None


def _position(question: Question, draft: Draft, labels: dict[str, str]) -> int | None:
    value = _chosen(question, draft)
    return list(labels).index(value) if value is not None else None


def _keep(token: str, key: str) -> None:
    try:
        keep_answer(token, key, st.session_state.get(key))
    except AtlasError as error:  # it is still chosen on the page, and can be taken
        show_error(error)


@st.fragment
def _ask_wide(question: Question, draft: Draft) -> None:
    """Ask about the whole file; the answer is kept as soon as it is chosen."""
    labels = dict(question.candidates)
    key = question_key(question)
    with st.container(border=True):
        st.markdown(f"**{say(_FILE_WIDE[question.kind])}**")
        said = {"value": question.text, "row": str(question.first_row), "header": question.header}
        st.text(
            mark_invisible(
                say_many(
                    "{n} row; for example “{value}” in row {row}, column “{header}”.",
                    "{n} rows; for example “{value}” in row {row}, column “{header}”.",
                    question.rows,
                    **said,
                )
                if question.header
                else say_many(
                    "{n} row; for example “{value}” in row {row}.",
                    "{n} rows; for example “{value}” in row {row}.",
                    question.rows,
                    **said,
                )
            )
        )
        st.radio(
            say(_FILE_WIDE[question.kind]),
            list(labels),
            index=_position(question, draft, labels),
            format_func=labels.__getitem__,
            key=key,
            label_visibility="collapsed",
            on_change=_keep,
            args=(draft.token, key),
        )


@st.fragment
def _ask_value(question: Question, number: int, draft: Draft) -> None:
    """Ask what one written value means; the answer is kept as soon as it is chosen."""
    labels = _choices(question)
    key = question_key(question)
    left, middle, right = st.columns([3, 2, 4], vertical_alignment="center")
    with left:
        st.text(mark_invisible(f"“{question.text}”"))
    with middle, st.container(key=f"when_value_{number}"):
        st.text(
            say_many(
                "{n} row, first in row {first_row}",
                "{n} rows, first in row {first_row}",
                question.rows,
                first_row=str(question.first_row),
            )
        )
    with right:
        st.selectbox(
            say("Value {number} means", number=str(number)),
            list(labels),
            index=_position(question, draft, labels),
            placeholder=say("Choose what it means")
            if question.candidates
            else say("Unknown: choose, or leave it open"),
            format_func=labels.__getitem__,
            key=key,
            label_visibility="collapsed",
            on_change=_keep,
            args=(draft.token, key),
        )


def _choices(question: Question) -> dict[str, str]:
    """Return the codes that may be chosen with their words: what was suggested first, then every other place."""
    labels = dict(question.candidates)
    if question.kind == "place":
        labels = {NOWHERE: say("No place that can be known (counts for the country only)")} | labels
        labels = dict([*list(labels.items())[1:], *list(labels.items())[:1]])
        labels |= {code: words for code, words in _all_places(language()).items() if code not in labels}
    else:
        labels |= {"": say("Not known")}
    return labels


@st.cache_data(show_spinner=False)
def _all_places(spoken: str) -> dict[str, str]:
    """Return every province, town and district by its code, in words."""
    names = {code: province_name(code, spoken) for code in provinces()["province_code"]}
    found = {code: say("{name} (province)", name=name) for code, name in names.items()}
    for table, code, level in ((towns(), "town_id", None), (districts(), "district_code", later("district"))):
        for row in table.to_dict("records"):
            found[row[code]] = f"{row['name_en']}, {names[row['province_code']]} ({say(level or row['level'])})"
    return found


def _show_personal(draft: Draft, result: ImportResult, questions: list[Question]) -> None:
    """Say that there is personal data, never which, and offer the file without it."""
    rows = result.issues.loc[result.issues["code"] == "personal_data", "row_number"].unique()
    with st.container(border=True):
        st.markdown(":material/shield_person: " + say("**The file seems to hold personal data**"))
        first = ", ".join(str(row) for row in rows[:10]) + (" …" if len(rows) > 10 else "")
        st.text(
            say_many(
                "{n} row (row {first}), in the columns: {names}. Such a file is never stored, because its bytes "
                "would be kept too.",
                "{n} rows (row {first}), in the columns: {names}. Such a file is never stored, because its bytes "
                "would be kept too.",
                len(rows),
                first=first,
                names=", ".join(dict.fromkeys(question.header for question in questions)),
            )
        )
        if st.button(say("Take these cells out and go on"), key="redact", type="primary"):
            replace_file(draft)
            st.rerun()
        st.caption(
            say("Each such cell then reads “[removed]”; the file that is kept is that one, not the one you chose.")
        )
