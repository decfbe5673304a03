"""How shades are parted into classes: scheme, number of classes, own breaks. Kept in the address like every choice."""

from __future__ import annotations

import streamlit as st

from charts.classes import SCHEMES
from charts.labels import format_number
from data.permalink import FEWEST_CLASSES, MOST_CLASSES, Choices
from locales import say
from ui.state import change_choices

_MOST_BREAKS = MOST_CLASSES - 1
_LARGEST = 1e9


def show_class_form(choices: Choices) -> None:
    """Draw the button that opens the choice of classes."""
    with st.popover(say("Classes"), icon=":material/palette:", key="classes"):
        st.session_state["class_scheme"] = choices.scheme
        st.radio(
            say("How values are parted into classes"),
            list(SCHEMES),
            key="class_scheme",
            format_func=lambda scheme: say(SCHEMES[scheme]),
            on_change=lambda: change_choices(scheme=st.session_state["class_scheme"]),
        )
        if choices.scheme == "manual":
            _ask_breaks(choices)
        else:
            st.session_state["class_count"] = choices.classes
            st.slider(
                say("Number of classes"),
                FEWEST_CLASSES,
                MOST_CLASSES,
                key="class_count",
                on_change=lambda: change_choices(classes=st.session_state["class_count"]),
            )
        st.caption(say("A colour means the same in every period: classes are made from all periods together."))


def read_breaks(text: str) -> tuple[float, ...]:
    """Return the numbers of a list such as ``1; 5; 20``.

    Raises
    ------
    ValueError
        When a part is no number, the numbers do not rise, or there are none or too many.
    """
    numbers = tuple(float(part.strip().replace(",", "")) for part in text.split(";") if part.strip())
    rising = list(numbers) == sorted(set(numbers))
    if not (numbers and rising and len(numbers) <= _MOST_BREAKS and all(0 <= one < _LARGEST for one in numbers)):
        raise ValueError(text)
    return numbers


def _ask_breaks(choices: Choices) -> None:
    st.session_state["class_breaks"] = "; ".join(format_number(edge) for edge in choices.breaks)

    def keep() -> None:
        try:
            change_choices(breaks=read_breaks(st.session_state["class_breaks"]))
        except ValueError:
            st.session_state["class_breaks_refused"] = st.session_state["class_breaks"]

    st.text_input(
        say("Where each class ends"), key="class_breaks", placeholder="1; 5; 20", on_change=keep,
        help=say("Up to {n} rising numbers, parted by semicolons. A last class holds what is above them.",
                 n=_MOST_BREAKS),
    )  # fmt: skip
    refused = st.session_state.pop("class_breaks_refused", "")
    if refused:
        st.warning(say("These are not up to {n} rising numbers parted by semicolons; nothing was changed.",
                       n=_MOST_BREAKS))  # fmt: skip
        st.text(refused)
