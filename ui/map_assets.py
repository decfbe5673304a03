"""The one gate between the map and the browser: our own copies of its libraries, and data that is never code.

Importing this module wraps the component function of streamlit-folium, through which everything that it sends to the
browser passes. The wrapper replaces each script and style sheet by the copy under ``static/`` and refuses what has none
(`self_hosted`), refuses a map whose own code names an outside address (folium's default tiles, for instance), and adds
the payload of `st_map`.

**Why a payload.** folium renders every text twice as a Jinja template and then writes it into JavaScript template
literals; a name such as ``{{7*7}}`` or ``${…}`` taken from a file would run on the server or in the browser. So no text
of a record, and no value that depends on data, enters a folium object. The folium map and its script are the same in
every run of a release; what changes travels as a JSON argument of the Streamlit component protocol and is put on the
page as text.

**How it travels.** ``st_map(map, payload=…)`` → the argument ``atlas`` in the component's JSON arguments → Streamlit
posts ``{type: "streamlit:render", args: {…, atlas}}`` to the frame on every rerun → ``static/frame/atlas.js`` hands it
to the listeners. The map's own script is evaluated *inside* the first render, when that message has passed by;
therefore ``atlas.js`` calls ``Streamlit.setComponentReady()`` once more when it has loaded, which the page answers with
the latest arguments (streamlit-folium ignores the repetition, because the map exists or is being made). The component's
identity is a hash of the map's script and `key`, so another payload never remounts the frame: pan and zoom stay.
``returned_objects=[]`` keeps pan, zoom and clicks from starting reruns; only ``atlas.send`` starts one.

**In the frame**, a folium ``MacroElement`` or a file under ``static/frame/`` listed in its ``default_js`` may use

``atlas.onPayload(fn)``
    Calls ``fn(payload)`` with the first payload and with every other one; not when a rerun sends the same again.
``atlas.send(value)``
    Starts a rerun in which `st_map` returns ``{**value, "at": milliseconds}``; it returns the same in later reruns, so
    `at` tells a new click from an old one.
``atlas.text(string)``
    An element with that text. Leaflet tooltips and popups take a plain string as text too; ``L.divIcon({html})`` and
    attributions do not, give them elements or constants.

Libraries and their checksums are listed in ``static/vendor/index.json``; our own scripts lie in ``static/frame/``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import folium
import streamlit_folium

STATIC = Path(__file__).resolve().parent.parent / "static"

# From the frame's address, /component/streamlit_folium.st_folium/index.html; relative, so that it survives baseUrlPath.
_FROM_FRAME = "../../app/static/"

# Asked for by every folium map, needed only by its Icon and Popup classes, which must not be used (see above).
_UNUSED = frozenset(
    {
        "all.min.css",
        "bootstrap-glyphicons.css",
        "bootstrap.bundle.min.js",
        "bootstrap.min.css",
        "jquery-3.7.1.min.js",
        "leaflet.awesome-markers.css",
        "leaflet.awesome-markers.js",
        "leaflet.awesome.rotate.min.css",
    }
)
_OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"'<>`]*", re.IGNORECASE)  # w3.org names XML namespaces only

_preparing: ContextVar[bool] = ContextVar("preparing", default=False)


@dataclass(frozen=True)
class MapFrame:
    """A map without its payload, made by `prepare_map`: the component that shows it, and all its other arguments."""

    component: Callable[..., Any]
    args: dict[str, Any]


@cache
def asset_url(path: str) -> str:
    """Return the address, seen from the map's frame, of a file under ``static/``.

    The address ends in a checksum of the file, so the browser may keep it for ever and still sees a new release.

    Parameters
    ----------
    path : str
        Relative to ``static/``, with forward slashes: ``"geo/provinces.json"``.

    Raises
    ------
    ValueError
        When there is no such file under ``static/``.
    """
    file = (STATIC / path).resolve()
    if not (file.is_relative_to(STATIC) and file.is_file()):
        raise ValueError(f"No file {path!r} under static/.")
    return f"{_FROM_FRAME}{path}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


@cache
def vendored() -> dict[str, str]:
    """Return the vendored scripts and style sheets: file name in lower case → path under ``static/``."""
    packages = json.loads((STATIC / "vendor" / "index.json").read_text(encoding="utf-8"))
    paths = [PurePosixPath(path) for package in packages for path in package["files"]]
    return {path.name.lower(): str(path) for path in paths if path.suffix in {".css", ".js"}}


def self_hosted(links: list[str]) -> list[str]:
    """Replace links to scripts and style sheets by our own copies, found by file name.

    Parameters
    ----------
    links : list of str
        As folium asks for them; usually addresses at a CDN.

    Returns
    -------
    list of str
        Addresses under ``static/vendor/`` or ``static/frame/``, in the same order, without what no map of ours needs.

    Raises
    ------
    ValueError
        When a file has no copy of ours. Nothing is ever fetched from elsewhere instead.
    """
    names = [PurePosixPath(link).name for link in links]
    return [asset_url(_own_copy(name)) for name in names if name.lower() not in _UNUSED]


def _own_copy(name: str) -> str:
    if name.lower() in vendored():
        return vendored()[name.lower()]
    if (STATIC / "frame" / name).is_file():
        return f"frame/{name}"
    raise ValueError(
        f"The map asks for {name!r}, which is not vendored. Add it to static/vendor/ and its index.json, "
        "or do without the folium plugin that needs it."
    )


def _refuse_outside_addresses(args: dict[str, Any]) -> None:
    code = "".join(args.get(part) or "" for part in ("script", "header", "html", "feature_group", "layer_control"))
    if found := _OUTSIDE.search(code):
        raise ValueError(f"The map's code names the outside address {found[0]!r}; use folium.Map(tiles=None).")


def _gated(component: Callable[..., Any]) -> Callable[..., Any]:
    def gate(**args: Any) -> Any:
        _refuse_outside_addresses(args)
        args["js_links"] = [*self_hosted(args["js_links"]), asset_url("frame/atlas.js")]
        args["css_links"] = [*self_hosted(args["css_links"]), asset_url("frame/frame.css")]
        return MapFrame(component, args) if _preparing.get() else component(**args, atlas=None)

    gate.is_gate = True  # type: ignore[attr-defined]
    return gate


if not hasattr(streamlit_folium._component_func, "is_gate"):
    streamlit_folium._component_func = _gated(streamlit_folium._component_func)


def prepare_map(folium_map: folium.Map, *, key: str, height: int) -> MapFrame:
    """Return a map ready to be shown with any payload; arguments and errors are those of `st_map`.

    folium takes some 20 ms to write a script that is the same in every run, so what is shown often is prepared once.
    """
    token = _preparing.set(True)
    try:
        frame: MapFrame = streamlit_folium.st_folium(
            folium_map, key=key, height=height, use_container_width=True, returned_objects=[]
        )
    finally:
        _preparing.reset(token)
    return frame


def show_frame(frame: MapFrame, payload: dict[str, Any]) -> dict[str, Any] | None:
    """Show a map that was prepared; payload, result and errors are those of `st_map`."""
    json.dumps(payload, allow_nan=False)
    return frame.component(**frame.args, atlas=payload) or None


def st_map(folium_map: folium.Map, *, payload: dict[str, Any], key: str, height: int) -> dict[str, Any] | None:
    """Show a map whose data travel beside it, and return what the person last picked on it.

    Parameters
    ----------
    folium_map : folium.Map
        Made anew in every run (streamlit-folium changes it), always the same one, with ``tiles=None`` and no text or
        value from data in it.
    payload : dict
        What ``atlas.onPayload`` receives: anything that JSON can say.
    key : str
        Names the map on its page.
    height : int
        In pixels; the width is that of the container.

    Returns
    -------
    dict or None
        The last value given to ``atlas.send`` with the time `at` (milliseconds since 1970) added, or None. It comes
        from the browser: check it before use.

    Raises
    ------
    ValueError
        When the payload holds NaN or an infinity, which a browser cannot read, or the map needs something from outside.
    """
    return show_frame(prepare_map(folium_map, key=key, height=height), payload)
