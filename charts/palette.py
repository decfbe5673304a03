"""Colours and shapes, the same on screen and in print, readable with every common kind of colour blindness.

Categories use Okabe and Ito's set (https://jfly.uni-koeln.de/color/); every category also has a shape or a pattern, so
that nothing hangs on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from locales import later

INK = "#1d2733"
MUTED = "#5b6672"
PAPER = "#ffffff"
LAND = "#efece4"
SEA = "#dbe6ec"
ACCENT = "#0b5a7a"
RULE = "#d9d4c8"
NO_REPORT = "#d6cfc0"
CIRCLE = "#c2571a"
CIRCLE_EDGE = "#7a3208"
COMPLAINT_DOT = ACCENT
EVENT_DOT = "#4d5661"

SEQUENTIAL: dict[int, tuple[str, ...]] = {
    3: ("#fbe3c8", "#e8944f", "#9c3d10"),
    4: ("#fdeedd", "#f6c189", "#df7f3a", "#93380f"),
    5: ("#fdeedd", "#f9cf9f", "#ee9c5b", "#cc5f2a", "#85300f"),
    6: ("#fdf1e3", "#fad7ae", "#f3ae71", "#e1803f", "#bb5121", "#762a0c"),
    7: ("#fdf1e3", "#fbdcb9", "#f6bb84", "#ec9550", "#d66f30", "#ab461a", "#6a250a"),
}
"""Light to dark for shares and rates, by number of classes."""


HEXAGONS: tuple[str, ...] = ("#d5e6ee", "#a5cbdb", "#6ba8c1", "#2f7f9f", "#0a4a66")
"""Light to dark for counts of records in hexagons: blue, so that they are not taken for rates by province."""


FALLS: tuple[str, ...] = ("#d3e4ef", "#7fb0d0", "#1f5f8b")
RISES: tuple[str, ...] = ("#fbdcb9", "#ee9c5b", "#a8460f")
"""Small to large change of a rate: blue for less, orange for more, told apart with every kind of colour blindness."""
FALL, FALL_EDGE = "#2f79a8", "#123f5c"
UNCERTAIN, UNCERTAIN_EDGE = "#d9d6cf", "#5b6672"


@dataclass(frozen=True)
class Symbol:
    """How one category is drawn: a colour and a shape that ``static/frame/parts.js`` knows."""

    color: str
    shape: str


STATUS_SYMBOLS: dict[str, Symbol] = {
    "alleged_active": Symbol("#a3195b", "circle"),
    "raided": Symbol("#0072b2", "triangle"),
    "closed": Symbol("#4d5661", "square"),
    "reopened": Symbol("#d55e00", "inverted"),
    "relocated": Symbol("#b97a00", "diamond"),
    "licence_renewed": Symbol("#00785a", "star"),
    "licence_granted": Symbol("#00785a", "star"),
    "contested": Symbol("#1d2733", "cross"),
    "unknown": Symbol("#5b6672", "ring"),
}

VEGA_SHAPES: dict[str, str] = {
    "circle": "circle",
    "triangle": "triangle-up",
    "square": "square",
    "inverted": "triangle-down",
    "diamond": "diamond",
    "star": "M0,-1L0.25,-0.34L0.95,-0.31L0.4,0.13L0.59,0.81L0,0.42L-0.59,0.81L-0.4,0.13L-0.95,-0.31L-0.25,-0.34Z",
    "cross": "M-0.9,-0.5L-0.5,-0.9L0,-0.4L0.5,-0.9L0.9,-0.5L0.4,0L0.9,0.5L0.5,0.9L0,0.4L-0.5,0.9L-0.9,0.5L-0.4,0Z",
    "ring": "M-0.9,0A0.9,0.9,0,1,1,0.9,0A0.9,0.9,0,1,1,-0.9,0ZM-0.5,0A0.5,0.5,0,1,0,0.5,0A0.5,0.5,0,1,0,-0.5,0Z",
}
"""The same shapes in charts: names that Vega knows, or outlines in the square from −1 to 1."""

EVENT_COLORS: dict[str, str] = {
    later("Raids"): "#0072b2",
    later("Rescues and returns"): "#009e73",
    later("Escapes"): "#e69f00",
    later("Arrests and courts"): "#56b4e9",
    later("Other"): "#7d858e",
    later("Reports and statements"): "#d3d0c8",
}
"""Groups of event types in charts, by label."""

SPEAKER_COLORS: dict[str, str] = {
    "government": "#0072b2",
    "police": "#56b4e9",
    "court": "#56b4e9",
    "embassy": "#b0477f",
    "intergovernmental": "#009e73",
    "ngo": "#e69f00",
    "media": "#d55e00",
    "research": "#7a6a00",
    "testimony": "#4d5661",
    "hotline": "#b97a00",
}
"""Speaker types in charts."""
