"""The data versions: which there are, their names, and what differs between two of them, as a list and on the map."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import field_label, plural
from charts.map_payload import describe_dots
from charts.palette import COMPLAINT_DOT, EVENT_DOT, MUTED
from charts.visible import mark_cells, mark_invisible
from data.changes import Changes, compare
from data.guard import write_csv
from data.schema import KINDS, LATITUDE
from data.store import Store
from errors import AtlasError
from locales import language, later, say, say_many, write_number
from ui.cache import reading_store
from ui.downloads import download
from ui.messages import show_error
from ui.record_map import MOST_DOTS, show_record_map
from ui.record_table import KIND_NAMES
from ui.record_words import name_records, write_day

_ACTIONS = {
    "import": later("import"),
    "correct": later("correction"),
    "revert": later("undo"),
    "reapply": later("applied again"),
    "boundaries": later("other boundaries"),
}
_CHANGES = {
    "added": (later("Added"), COMPLAINT_DOT, False),
    "removed": (later("No longer there"), MUTED, True),
    "changed": (later("Changed"), EVENT_DOT, True),
}
_LINES = {
    "change": later("Change"),
    "kind": later("Kind"),
    "record_id": later("Record"),
    "field": later("Column"),
    "before": later("Before"),
    "after": later("After"),
    "by": later("Who"),
    "at": later("When (UTC)"),
    "reason": later("Why"),
}
_IDENTIFIER = later("Identifier")
MOST_ROWS = 500
_NAMED = "version_named_last"


def show_versions() -> None:
    """Draw the list of versions, the form that names one, and the comparison of two."""
    versions = reading_store().versions().sort_values("revision", ascending=False)
    st.subheader(say("Data versions"))
    shown = versions.assign(action=versions["action"].map(lambda one: say(_ACTIONS[one])))
    columns = {
        "revision": say("Version"),
        "name": say("Name"),
        "at": say("When (UTC)"),
        "actor": say("Who"),
        "action": say("What"),
        "rows": say("Records changed"),
        "note": say("Why"),
    }
    st.dataframe(
        mark_cells(shown[list(columns)].rename(columns=columns)),
        hide_index=True,
        height=280 if len(shown) > 7 else "auto",
        placeholder="",
        column_config={say("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
    )
    if versions.empty:
        return
    _show_naming(versions)
    _show_comparison(versions)


def describe_version(versions: pd.DataFrame, number: int) -> str:
    """Return a version in words: its number, its names, when and what."""
    rows = versions[versions["revision"] == number]
    first = rows.iloc[0]
    names = ", ".join(f"“{name}”" for name in rows["name"].dropna())
    named = f" {names}" if names else ""
    return say(
        "{number} · {day} · {action} by {actor}",
        number=f"{number}{named}",
        day=write_day(first["at"]),
        action=say(_ACTIONS[first["action"]]),
        actor=first["actor"],
    )


def _show_naming(versions: pd.DataFrame) -> None:
    with st.expander(say("Give a version a name, so that a report can say which data it rests on")):
        numbers = list(dict.fromkeys(int(number) for number in versions["revision"]))
        with st.form("name_version", border=False):
            number = st.selectbox(say("Version"), numbers, format_func=lambda one: describe_version(versions, one))
            left, right = st.columns(2)
            name = left.text_input(say("Name *"), max_chars=80, placeholder=say("Briefing of March 2026"))
            who = right.text_input(say("Your name or initials *"), max_chars=60)
            submitted = st.form_submit_button(say("Name it"))
        st.caption(say("A name stays with its version for good, so that what cites it stays true."))
    if submitted:
        try:
            with Store.open() as store:
                store.name_version(name, actor=who.strip(), revision=number)
        except AtlasError as error:
            show_error(error)
            return
        st.session_state[_NAMED] = number, " ".join(name.split())
        st.rerun()
    if (named := st.session_state.get(_NAMED)) is not None:
        with st.container(key="version_named", gap="xsmall"):
            st.markdown(":material/check_circle: " + say("**Version {named} has its name.**", named=named[0]))
            st.text(mark_invisible(f"From now on “{named[1]}” means data version {named[0]}, and no other."))


def _show_comparison(versions: pd.DataFrame) -> None:
    st.subheader(say("What changed since a version"))
    numbers = list(dict.fromkeys(int(number) for number in versions["revision"]))
    left, right = st.columns(2)
    later = right.selectbox(
        say("To"), numbers, format_func=lambda one: describe_version(versions, one), key="changes_to"
    )
    earlier_ones = [*(number for number in numbers if number < later), 0]
    earlier = left.selectbox(
        say("From"),
        earlier_ones,
        format_func=lambda one: describe_version(versions, one) if one else say("0 · nothing yet"),
        key="changes_from",
    )
    changes = compare(reading_store(), earlier, later)
    totals = changes.totals
    with st.container(key="lead_changes"):
        st.text(tell_totals(totals))
    if not totals[["added", "removed", "changed"]].to_numpy().any():
        return
    listed, mapped = st.tabs([say("List"), say("Map")])
    table = change_table(changes)
    with listed:
        shown = add_names(table.head(MOST_ROWS), changes)
        st.dataframe(
            mark_cells(_say_table(shown)), hide_index=True, height=360 if len(table) > 9 else "auto", placeholder=""
        )
        if len(table) > MOST_ROWS:
            st.caption(
                say(
                    "The first {most_rows} of {n} changes are shown; the download holds all.",
                    most_rows=MOST_ROWS,
                    n=len(table),
                )
            )
        download(
            say("All changes (CSV)"),
            lambda: _write(table),
            f"changes-{earlier}-to-{later}.csv",
            "text/csv",
            key="changes_csv",
        )
    with mapped:
        _show_map(changes.places)


def tell_totals(totals: pd.DataFrame) -> str:
    """Return how many records of each kind came, went and changed, as a sentence."""
    words = {"added": later("added"), "removed": later("no longer there"), "changed": later("changed")}
    many = language() == "en"
    parts = [
        f"{plural(int(row[change]), row['kind'])} {say(word)}"
        if many
        else f"{say(KIND_NAMES[row['kind']])} {write_number(int(row[change]))} {say(word)}"
        for row in totals.to_dict("records")
        for change, word in words.items()
        if row[change]
    ]
    return f"{', '.join(parts)}." if parts else say("Nothing differs between these two versions.")


def change_table(changes: Changes) -> pd.DataFrame:
    """Return every difference as one line: what, kind, record, column, before, after, who, when, why (all str)."""
    frames = []
    for change, records in (("added", changes.added), ("removed", changes.removed)):
        for kind, found in records.items():
            if len(found):
                lines = found.assign(kind=kind, record_id=found[KINDS[kind].id_field], field="", before="", after="")
                frames.append(lines.assign(change=_CHANGES[change][0]))
    if len(changes.changed):
        frames.append(changes.changed.assign(change=_CHANGES["changed"][0]))
    columns = _LINES
    if not frames:
        return pd.DataFrame(columns=list(columns.values()), dtype="str")
    table = pd.concat([frame[list(columns)] for frame in frames], ignore_index=True)
    table["at"] = table["at"].dt.strftime("%Y-%m-%d %H:%M")
    return table.astype("str").fillna("").rename(columns=columns)


def add_names(table: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """Return lines of `change_table` with what each record is, and columns of records in words.

    A record that changed is called as it is in the later version.
    """
    names: dict[tuple[str, str], str] = {}
    for kind, chosen in table.groupby("Kind"):
        identifier = KINDS[str(kind)].id_field
        for part in (changes.added, changes.removed, changes.changed_records):
            found = part[str(kind)]
            found = found[found[identifier].isin(chosen["Record"])]
            names |= {
                (str(kind), one): name
                for one, name in zip(found[identifier], name_records(found, str(kind)), strict=True)
            }
    said = [names.get(key, "") for key in zip(table["Kind"], table["Record"], strict=True)]
    columns = [field_label(kind, name) for kind, name in zip(table["Kind"], table["Column"], strict=True)]
    named = table.assign(Column=columns, Record=said).assign(**{_IDENTIFIER: table["Record"]})
    return named[["Change", "Kind", "Record", *table.columns[3:], _IDENTIFIER]]


def _say_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return lines with their headers, what happened and the kinds of record in the reader's language."""
    kinds = table["Kind"].map(lambda one: say(KIND_NAMES[one])) if language() == "km" else table["Kind"]
    said = table.assign(Kind=kinds, Change=table["Change"].map(say))
    return said.rename(columns=lambda name: say(name))


def _write(table: pd.DataFrame) -> bytes:
    return write_csv({name: table[name] for name in table})


def _show_map(places: pd.DataFrame) -> None:
    """Draw where records came, went and changed."""
    dots = [
        describe_dots(places[places["change"] == change].head(MOST_DOTS), "record_id", say(label), color, hollow=hollow)
        for change, (label, color, hollow) in _CHANGES.items()
    ]
    show_record_map(
        places["province_codes"],
        dots,
        title=say("What changed"),
        note=say("records"),
        noun=say("changed record"),
        footnote=say("Number in a province: records placed in it that changed."),
        key="change_map",
    )
    nowhere = int((places["province_codes"].isna() & places[LATITUDE].isna()).sum())
    st.caption(
        say_many(
            "{n} record; {nowhere} of them have no place.",
            "{n} records; {nowhere} of them have no place.",
            len(places),
            nowhere=nowhere,
        )
    )
