"""Installing official boundaries: choose a file, see what its checks find and what would change, then accept."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import cast

import pandas as pd
import streamlit as st

from data.boundary_moves import compare_areas
from data.boundary_sets import LEVELS, BoundarySet, BoundarySource, read_boundaries, trying
from data.guard import write_csv
from data.progress import Progress
from errors import UploadError
from locales import later, say, say_many, voice
from ui.boundary_list import DONE, change_boundaries, table_of_moves
from ui.cache import reading_store
from ui.downloads import download
from ui.messages import show_error
from ui.work import await_work

_CRS = {
    "": later("as the file says"),
    "EPSG:4326": later("degrees, WGS 84 (EPSG:4326)"),
    "EPSG:32648": later("metres, UTM zone 48 north (EPSG:32648)"),
    "EPSG:3148": later("metres, Indian 1960 / UTM zone 48 north (EPSG:3148)"),
}
_ENCODINGS = {
    "": later("as the file says"),
    "utf-8": later("UTF-8"),
    "cp1252": later("Western (cp1252)"),
    "cp874": later("Thai (cp874)"),
}
_NAMELY = {1: later("Provinces (ADM1): all 25"), 2: later("Districts (ADM2)")}
_MOST_ROWS = 500


@dataclass(frozen=True)
class Compared:
    """A set that was read, and what would change with it at a data version."""

    found: BoundarySet
    revision: int
    placed: pd.DataFrame
    areas: pd.DataFrame


def show_install() -> None:
    """Draw the form."""
    st.subheader(say("Install official boundaries"))
    st.caption(
        say(
            "For example COD-AB (OCHA, on HDX), geoBoundaries, or GADM, whose licence forbids commercial use. "
            "GeoJSON, GeoPackage or zipped Shapefile. The file is checked first; nothing changes before you "
            "accept."
        )
    )
    level = st.radio(
        say("What it holds"), list(LEVELS), format_func=lambda one: say(_NAMELY[one]), horizontal=True, key="level"
    )
    # After a change the chooser begins anew: another key is another chooser.
    changed = st.session_state[DONE].revision if DONE in st.session_state else 0
    file = st.file_uploader(
        say("Choose a file"), type=["geojson", "json", "gpkg", "zip"], key=f"boundary_file_{changed}"
    )  # fmt: skip
    with st.expander(say("If the file does not say so itself, or has several layers")):
        one, two, three = st.columns(3)
        layer = one.text_input(say("Name of the layer"), max_chars=120, key="boundary_layer")
        crs = two.selectbox(
            say("Its coordinates are"), list(_CRS), format_func=lambda one: say(_CRS[one]), key="boundary_crs"
        )
        encoding = three.selectbox(
            say("Its text is"), list(_ENCODINGS), format_func=lambda one: say(_ENCODINGS[one]), key="boundary_encoding"
        )
    if file is None:
        return
    try:
        compared = _compare(file.getvalue(), file.name, level, layer.strip(), crs, encoding)
    except UploadError as error:
        show_error(error)
        return
    if compared is None:
        return
    _show_findings(compared.found)
    if compared.found.checked.refused:
        return
    if level == 1:
        _show_comparison(compared)
    else:
        shapes = compared.found.checked.shapes
        st.text(
            say_many(
                "{n} district in {provinces}.",
                "{n} districts in {provinces}.",
                len(shapes),
                provinces=say_many("{n} province", "{n} provinces", shapes["province_code"].nunique()),
            )
        )
    _show_accept(compared)


def _compare(content: bytes, name: str, level: int, layer: str, crs: str, encoding: str) -> Compared | None:
    store = reading_store()
    version = store.revision()

    def compare(progress: Progress) -> Compared:
        progress(0.05, say("Reading and checking the shapes"))
        found = read_boundaries(
            content, name, level, sheet=layer or None, crs=crs or None, encoding=encoding or None
        )  # fmt: skip
        if found.checked.refused or level != 1:
            return Compared(found, version, pd.DataFrame(), pd.DataFrame())
        progress(0.6, say("Comparing areas"))
        areas = compare_areas(found.checked.shapes)
        progress(0.7, say("Placing the records anew"))
        with trying(found):
            return Compared(found, version, store.preview_boundaries(), areas)

    key = f"boundaries {sha256(content).hexdigest()} {name} {level} {layer} {crs} {encoding} {version} {voice()}"
    return cast("Compared | None", await_work(key, compare, label=say("Checking the boundaries")))


def _show_findings(found: BoundarySet) -> None:
    refused = [finding.message for finding in found.checked.findings if finding.refuses]
    told = [*found.notes, *(finding.message for finding in found.checked.findings if not finding.refuses)]
    with st.container(border=True, key="boundary_findings"):
        if refused:
            st.markdown(":material/error: " + say("**This set cannot be installed**"))
            for message in refused:
                st.text(message)
        else:
            st.markdown(":material/check_circle: " + say("**The set passes its checks**"))
        for message in told:
            st.text(message)


def _show_comparison(compared: Compared) -> None:
    st.markdown(say("**What would change**"))
    moves = table_of_moves(compared.placed)
    kept = len(compared.placed) - len(moves)
    with st.container(key="lead_boundaries"):
        more = say(" For {n} more only the distance to the country is measured anew.", n=kept) if kept else ""
        st.text(
            say_many(
                "{n} record placed by coordinates would change province. What names, codes or people say is not "
                "changed.{more}",
                "{n} records placed by coordinates would change province. What names, codes or people say is not "
                "changed.{more}",
                len(moves),
                more=more,
            )
        )
    if len(moves):
        st.dataframe(
            moves.head(_MOST_ROWS).rename(columns=say), hide_index=True, height=300 if len(moves) > 8 else "auto"
        )
        if len(moves) > _MOST_ROWS:
            st.caption(
                say(
                    "The first {most_rows} of {n} are shown; the download holds all.",
                    most_rows=_MOST_ROWS,
                    n=len(moves),
                )
            )
        download(
            say("These records (CSV)"),
            lambda: write_csv({name: moves[name].astype("str") for name in moves}),
            "boundary-changes.csv",
            "text/csv",
            key="boundary_moves_csv",
        )
    areas = compared.areas
    with st.expander(say("Area of each province, in use and in the file")):
        shown = pd.DataFrame(
            {
                say("Province"): areas["province"],
                say("In use, km²"): areas["before_km2"].round(1),
                say("In the file, km²"): areas["after_km2"].round(1),
                say("Difference, %"): (areas["change"] * 100).round(2),
            }
        )
        st.dataframe(shown, hide_index=True)
        st.caption(
            say(
                "In all {before} km² and {after} km².",
                before=f"{areas['before_km2'].sum():,.0f}",
                after=f"{areas['after_km2'].sum():,.0f}",
            )
        )


def _show_accept(compared: Compared) -> None:
    st.markdown(say("**Whose boundaries are they?**"))
    with st.form("install_boundaries", border=True):
        left, right = st.columns(2)
        title = left.text_input(say("Title *"), max_chars=200, key="boundary_title")
        publisher = right.text_input(say("Publisher *"), max_chars=200, key="boundary_publisher")
        licence = left.text_input(
            say("Licence *"), max_chars=200, key="boundary_licence", placeholder=say("CC BY-IGO 3.0")
        )
        date = right.text_input(say("Of which year or date"), max_chars=60, key="boundary_date")
        url = left.text_input(say("Address where it was found"), max_chars=300, key="boundary_url")
        actor = right.text_input(say("Your name or initials *"), max_chars=60, key="boundary_actor")
        reason = st.text_input(say("Reason *"), max_chars=200, key="boundary_reason")
        accepted = st.form_submit_button(say("Accept these boundaries"), key="boundary_accept", type="primary")
    if accepted:
        source = BoundarySource(title, publisher, licence, url, date)
        change_boundaries(
            lambda store: store.install_boundaries(
                compared.found, source, actor=actor, reason=reason, expected_revision=compared.revision
            )
        )
