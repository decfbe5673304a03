"""The upload as a whole: which step is open, what stands above it, and the way from one to the next."""

from __future__ import annotations

import streamlit as st

from charts.visible import mark_invisible
from data.drafts import Draft
from errors import CancelledError, PersonalDataError
from locales import say
from ui.messages import show_error
from ui.wizard.add_step import show_add, show_done
from ui.wizard.columns_step import show_columns
from ui.wizard.file_step import show_file, show_start
from ui.wizard.questions_step import show_questions
from ui.wizard.redaction import replace_file
from ui.wizard.review_step import show_review
from ui.wizard.state import STEP_LABELS, STEPS, current_draft, end_draft, go

_DRAW = {
    "read": show_file,
    "columns": show_columns,
    "questions": show_questions,
    "review": show_review,
    "add": show_add,
}


def show_wizard() -> None:
    """Draw the open step of this session's upload; the way in when there is none."""
    draft = current_draft()
    if draft is None:
        show_done()
        show_start()
        return
    _show_head(draft)
    try:
        _DRAW[draft.step](draft)
    except PersonalDataError as error:
        show_error(error)
        _offer_one_sheet(draft)
    except CancelledError as error:
        show_error(error)
        if st.button(say("Go on"), key="after_stop"):
            st.rerun()


def _show_head(draft: Draft) -> None:
    """Draw the steps, those behind as ways back, and the way out."""
    with st.container(horizontal=True, vertical_alignment="center", key="wizard_head"):
        at = STEPS.index(draft.step)
        reached = max(at, st.session_state.get(f"reached_{draft.token}", 0))
        st.session_state[f"reached_{draft.token}"] = reached
        for number, step in enumerate(STEPS):
            label = f"{number + 1} · {say(STEP_LABELS[step])}"
            if st.button(
                label,
                key=f"step_{step}",
                type="primary" if number == at else "tertiary",
                icon=":material/check:" if number < at else None,
                disabled=number > reached,
            ):
                go(draft, step)
        with st.popover(say("Discard this upload"), icon=":material/delete:", type="tertiary"):
            st.markdown(say("The file and everything decided about it go; nothing was stored."))
            if st.button(say("Yes, discard it"), key="discard"):
                end_draft(draft)
                st.rerun()
    with st.container(key="when_file"):
        st.text(mark_invisible(draft.file_name))


def _offer_one_sheet(draft: Draft) -> None:
    """Offer to keep only what was read of a file whose other parts hold personal data."""
    if st.button(say("Keep only the part that is read"), key="one_sheet", type="primary"):
        replace_file(draft)
        st.rerun()
