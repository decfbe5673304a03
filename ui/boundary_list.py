"""Which boundaries count now, which counted before, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts.labels import place_label
from data.boundary_sets import LEVELS
from data.boundary_uses import Placing
from data.store import Store
from errors import AtlasError, BoundaryError
from geo.boundaries import boundary_source, read_source
from geo.gazetteer import PROVINCE_CODES
from locales import later, say, say_many
from ui.cache import reading_store
from ui.messages import show_error

DONE = "boundaries_done"
"""Key of the session under which the last change is kept until it was shown."""
_COLUMNS = {
    "revision": later("Version"),
    "at": later("When (UTC)"),
    "actor": later("Who"),
    "level": later("Level"),
    "note": later("What and why"),
    "rows": later("Records placed anew"),
}
_TOLD = {
    "title": later("Title"),
    "publisher": later("Publisher"),
    "date": later("Of"),
    "licence": later("Licence"),
    "url": later("Address"),
}


def name_place(code: object) -> str:
    """Return the name of a province by its code; what a record without one lies in."""
    return place_label(str(code)) if code in PROVINCE_CODES else say("no province")


def show_change() -> None:
    """Say what this session's last change of boundaries did, until something else changes."""
    done: Placing | None = st.session_state.get(DONE)
    if done is None or done.revision != reading_store().revision():
        return
    moved = int((done.placed["before"] != done.placed["after"]).sum())
    with st.container(border=True, key="boundaries_done"):
        st.markdown(":material/check_circle: " + say("**Other boundaries count from now on.**"))
        st.text(
            say_many(
                "{n} record changed province. The data are now version {revision}.",
                "{n} records changed province. The data are now version {revision}.",
                moved,
                revision=str(done.revision),
            )
        )
        if len(done.left):
            st.text(
                say_many(
                    "{n} record were corrected by somebody meanwhile and were left as they are. Look at them under "
                    "Records:",
                    "{n} records were corrected by somebody meanwhile and were left as they are. Look at them under "
                    "Records:",
                    len(done.left),
                )
            )
            shown = done.left.assign(province=done.left["province"].map(name_place))
            names = {
                "kind": say("Kind"),
                "record_id": say("Record"),
                "label": say("What it is"),
                "province": say("Stays in"),
            }
            st.dataframe(shown.rename(columns=names), hide_index=True)


def show_uses() -> None:
    """Draw whose boundaries count now, and the list of all changes."""
    st.subheader(say("In use"))
    left, right = st.columns(2)
    with left:
        st.markdown(say("**Provinces**"))
        _show_source(1)
    with right:
        st.markdown(say("**Districts**"))
        _show_source(2)
    uses = reading_store().boundary_uses()
    if uses.empty:
        return
    with st.expander(say("What was changed so far ({n})", n=len(uses))):
        shown = uses.sort_values("revision", ascending=False).assign(
            level=uses["level"].map(lambda level: say(LEVELS[level]))
        )
        st.dataframe(
            shown[list(_COLUMNS)].rename(columns={name: say(word) for name, word in _COLUMNS.items()}),
            hide_index=True,
            column_config={say("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
        )


def _show_source(level: int) -> None:
    folder = reading_store().boundary_folder(level)
    try:
        if folder is not None:
            record = read_source(folder)
        elif level == 1:
            record = boundary_source()
        else:
            st.text(say("None are installed."))
            return
    except BoundaryError as error:
        show_error(error)
        return
    with st.container(key=f"source_boundaries_{level}"):
        for name, word in _TOLD.items():
            if record.get(name):
                st.text(f"{say(word)}: {record[name]}")
        if folder is None:
            st.text(say("The simplified set that comes with the atlas."))
        else:
            st.text(
                say(
                    "Installed by {installed_by}, {installed_at}: {reason}",
                    installed_by=record["installed_by"],
                    installed_at=record["installed_at"][:10],
                    reason=record["reason"],
                )
            )
            st.text(
                say(
                    "File {file_name}, sha256 {file_sha256}",
                    file_name=record["file_name"],
                    file_sha256=record["file_sha256"],
                )
            )


def show_rollback() -> None:
    """Draw the form that goes back to the boundaries before, where some were installed."""
    levels = [level for level in LEVELS if reading_store().boundary_folder(level) is not None]
    if not levels:
        return
    with st.expander(say("Go back to the boundaries before")):
        st.text(
            say(
                "Records that the change placed in another province go back to theirs. Records that somebody "
                "corrected since are left as they are, and listed."
            )
        )
        with st.form("rollback_boundaries", border=False):
            level = st.radio(
                say("Which"), levels, format_func=lambda one: say(LEVELS[one]).capitalize(), horizontal=True
            )
            name, reason = st.columns(2)
            actor = name.text_input(say("Your name or initials *"), max_chars=60, key="rollback_actor")
            why = reason.text_input(say("Reason *"), max_chars=200, key="rollback_reason")
            submitted = st.form_submit_button(say("Go back"), key="rollback_submit")
    if submitted:
        change_boundaries(lambda store: store.rollback_boundaries(level, actor=actor, reason=why))


def change_boundaries(change: Callable[[Store], Placing]) -> None:
    """Carry out a change of boundaries on the store and run the page again; show why when it is refused."""
    try:
        with Store.open() as store:
            done = change(store)
    except AtlasError as error:
        show_error(error)
        return
    st.session_state[DONE] = done
    st.rerun()


def table_of_moves(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the records that change province as they are shown: what each is, from where to where, how near."""
    moved = placed[placed["before"] != placed["after"]]
    return pd.DataFrame(
        {
            later("Kind"): moved["kind"],
            later("Record"): moved["record_id"],
            later("What it is"): moved["label"],
            later("From"): [name_place(code) for code in moved["before"]],
            later("To"): [name_place(code) for code in moved["after"]],
            later("Km from the border"): (moved["border_m"].astype("float64") / 1000).round(2),
        }
    ).reset_index(drop=True)
