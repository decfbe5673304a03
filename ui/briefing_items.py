"""The figures of a briefing on its page: each drawn as it will be beside its words; ordered, added, taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from charts.briefing_sentences import draft_item
from charts.figure import render
from charts.plates import Context, make_plates, speaking
from data.briefing import (
    FIGURES,
    LONGEST_HEADLINE,
    LONGEST_TEXT,
    PAGES,
    Briefing,
    FigureKind,
    Item,
    add_item,
    change_item,
    drop_item,
    move_item,
    read_briefing,
    write_briefing,
)
from data.database import data_dir
from data.permalink import Choices
from data.saved_views import saved_views
from data.snapshot import Snapshot
from errors import ExportError
from geo.boundaries import boundary_version
from locales import later, say
from ui.briefing_form import briefing_snapshot, current_briefing, put_briefing, turn
from ui.cache import latest_snapshot
from ui.messages import show_error
from ui.state import current_choices

_FRAME = "half"
_SCREEN = later("What I chose on the pages")


def make_context(briefing: Briefing) -> Context:
    """Return what the figures of a briefing share."""
    today = pd.Timestamp.now("Asia/Phnom_Penh").date()
    internal = latest_snapshot() if briefing.profile == "public" else None
    link = (st.context.url or "").split("?")[0].rpartition("/")[0]
    return Context(briefing_snapshot(briefing), briefing, today, f"{link}/" if link else "", internal)


@st.cache_data(max_entries=64, show_spinner=False)
def _preview(
    told: str,
    version: tuple[int, tuple[str, ...], str],  # noqa: ARG001 – a part of the key, as the next one
    drawn_with: tuple[str, str],  # noqa: ARG001
    today: str,
    link: str,
    _snapshot: Snapshot,
    _internal: Snapshot | None,
) -> list[bytes]:
    """Return the figure of a briefing of one in small, a picture for each of its pages.

    Parameters
    ----------
    told : str
        The briefing as JSON.
    version : tuple
        `Snapshot.version`.
    drawn_with : tuple of str
        Data folder and boundaries.
    today, link : str
        As in `charts.plates.Context`.
    """
    briefing = read_briefing(told)
    context = Context(_snapshot, briefing, date.fromisoformat(today), link, _internal)

    def draw() -> list[bytes]:
        return [render(figure, "png", 2) for figure in make_plates(context)[0].draw(_FRAME)]

    return speaking(briefing.language, draw)


def show_items() -> None:
    """Draw the figures in order, and the way to add one."""
    briefing = current_briefing()
    assert briefing is not None
    for place in range(len(briefing.items)):
        with st.container(key=f"event_item_{place}"):
            _show_item(briefing, place)
    _offer_more(briefing)


def _show_item(briefing: Briefing, place: int) -> None:
    item, at = briefing.items[place], turn()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"item_head_{place}"):
        st.markdown(f"**{place + 1} · {say(FIGURES[item.figure])}**", width="stretch")
        for icon, step, words in (("arrow_upward", -1, later("Move up")), ("arrow_downward", 1, later("Move down"))):
            st.button(
                "", icon=f":material/{icon}:", key=f"move_{place}_{step}", help=say(words), type="tertiary",
                disabled=not 0 <= place + step < len(briefing.items), on_click=_move, args=(place, step),
            )  # fmt: skip
        st.button(
            "", icon=":material/delete:", key=f"drop_{place}", help=say("Take it out"), type="tertiary",
            on_click=_drop, args=(place,),
        )  # fmt: skip
    picture, words = st.columns([5, 4], gap="medium")
    with words:
        keys = {name: f"item_{name}_{at}_{place}" for name in ("headline", "text")}
        st.text_area(
            say("Headline: states the finding"), value=item.headline, max_chars=LONGEST_HEADLINE, height=100,
            key=keys["headline"], on_change=_take, args=(place, "headline", keys["headline"]),
        )  # fmt: skip
        st.text_area(
            say("Text"), value=item.text, max_chars=LONGEST_TEXT, height=190, key=keys["text"],
            on_change=_take, args=(place, "text", keys["text"]),
        )  # fmt: skip
    with picture:
        _show_preview(briefing, place)


def _show_preview(briefing: Briefing, place: int) -> None:
    one = replace(briefing, items=(briefing.items[place],))
    context = make_context(one)
    told = write_briefing(replace(one, title=""))
    drawn_with = (str(data_dir()), str(boundary_version()))
    try:
        with st.spinner(say("Drawing …")):
            pictures = _preview(
                told, context.snapshot.version, drawn_with, context.today.isoformat(), context.link, context.snapshot,
                context.internal,
            )  # fmt: skip
    except ExportError as error:
        show_error(error)
        return
    st.image(pictures[0], width="stretch")
    rest = say(" Page 1 of {n}.", n=len(pictures)) if len(pictures) > 1 else ""
    st.caption(say("As it will stand in the files; larger ones have more room for names.") + rest)


def _take(place: int, field: str, key: str) -> None:
    briefing = current_briefing()
    if briefing is not None:
        put_briefing(change_item(briefing, place, **{field: " ".join(str(st.session_state[key]).split())}))


def _move(place: int, steps: int) -> None:
    briefing = current_briefing()
    if briefing is not None:
        put_briefing(move_item(briefing, place, steps), anew=True)


def _drop(place: int) -> None:
    briefing = current_briefing()
    if briefing is not None:
        put_briefing(drop_item(briefing, place), anew=True)


def _offer_more(briefing: Briefing) -> None:
    """Offer figures of a view: the one chosen on the other pages, or one that was kept under a name."""
    with st.popover(say("Add a figure"), icon=":material/add:", on_change="rerun", key="add_figure") as more:
        if not more.open:
            return
        kept = saved_views()
        views = {"": current_choices()} | {one.token: one.view for one in kept}
        names = {"": say(_SCREEN)} | {one.token: f"{one.name} · {one.who}" for one in kept}
        pages = {one.token: one.page for one in kept}
        token = st.selectbox(say("View"), list(views), format_func=names.__getitem__, key="add_view")
        kinds = [kind for kind in FIGURES if not token or PAGES[kind] == pages[token]]
        kind: FigureKind = st.selectbox(
            say("Drawn as"), kinds, format_func=lambda name: say(FIGURES[name]), key="add_kind"
        )  # fmt: skip
        st.caption(say("Measure, period, province and the rest are those of the view."))
        if st.button(say("Add"), type="primary", key="add_item"):
            try:
                put_briefing(add_item(briefing, _make_item(briefing, kind, views[token])), anew=True)
            except ExportError as error:
                show_error(error)
                return
            st.rerun()


def _make_item(briefing: Briefing, kind: FigureKind, view: Choices) -> Item:
    """Return an item with its words drafted; ExportError when its claims are not asked for by a stated measure."""
    if kind == "claims" and not view.measure.startswith("stated:"):
        raise ExportError(
            say("Each speaker's number is drawn for stated figures only."), say("Choose a stated measure on the map.")
        )
    snapshot: Snapshot = briefing_snapshot(briefing)
    plain = replace(view, version=0, profile="internal", at=())
    return speaking(briefing.language, lambda: draft_item(snapshot, Item(kind, plain), briefing.period))
