"""Each kind of figure of a briefing, drawn from the tables of the screen."""

from __future__ import annotations

from datetime import date

from charts.briefing_bars import draw_bars
from charts.briefing_ladder import draw_ladder_figure
from charts.briefing_lanes import draw_lanes_figure
from charts.briefing_rows import draw_table
from charts.briefing_tables import events_by_step, ladder_of, lanes_of, small_periods, words_of
from charts.figure import FigureText, Frame
from charts.small_multiples import draw_small_multiples
from charts.static_map import draw_static_map
from data.briefing import Item
from data.snapshot import Snapshot

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure


def draw_view(snapshot: Snapshot, item: Item, frame: Frame | str, text: FigureText, *, today: date) -> list[Figure]:
    """Return the figure of a view; a table that is too long for one frame is several.

    Parameters
    ----------
    snapshot : Snapshot
    item : Item
        Its view names a period.
    frame : Frame or str
    text : FigureText
        As `charts.briefing_text.text_of` gives it; it says whether the figure is for printers without colour.
    today : date
    """
    view, grey = item.view, text.print_safe
    if item.figure == "map":
        return [draw_static_map(snapshot, view, frame, today=today, text=text, print_safe=grey)]
    if item.figure == "multiples":
        periods = small_periods(view)
        return [draw_small_multiples(snapshot, view, periods, frame, today=today, text=text, print_safe=grey)]
    name = frame if isinstance(frame, str) else frame.name
    if item.figure == "timeline":
        assert view.period is not None
        return draw_bars(events_by_step(snapshot, view), view.period, name, text)
    if item.figure == "claims":
        return draw_ladder_figure(ladder_of(snapshot, view), view.measure.partition(":")[2], name, text)
    if item.figure == "lanes":
        return draw_lanes_figure(lanes_of(snapshot, view), name, text)
    return draw_table(words_of(snapshot, item), name, text)
