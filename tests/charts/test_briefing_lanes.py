from __future__ import annotations

from charts.briefing_lanes import draw_lanes_figure
from charts.briefing_tables import lanes_of
from charts.figure import FigureText, render
from data.permalink import Choices
from tests.charts.briefing_case import MONTH
from tests.charts.test_briefing_drawing import words_in

TEXT = FigureText("Title", "Subtitle", (), (), "Credit")


def test_every_site_and_every_kind_of_step_is_named(snapshot):
    marks = lanes_of(snapshot, Choices(period=MONTH))
    words = " ".join(words_in(render(figure, "svg")) for figure in draw_lanes_figure(marks, "a4", TEXT))
    for site in marks["site"].unique():
        assert site[:18] in words
    for label in marks["label"].unique():
        assert label in words


def test_each_mark_is_drawn_once(snapshot):
    marks = lanes_of(snapshot, Choices(period=MONTH))
    figures = draw_lanes_figure(marks, "a4", TEXT)
    symbols = [patch for figure in figures for axes in figure.axes for patch in axes.patches]
    legend = marks["label"].nunique() * len(figures)
    assert len(symbols) == len(marks) + legend


def test_open_sides_are_arrows(snapshot):
    marks = lanes_of(snapshot, Choices(period=MONTH))
    figures = draw_lanes_figure(marks, "a4", TEXT)
    arrows = [line for f in figures for axes in f.axes for line in axes.lines if line.get_marker() in ("<", ">")]
    assert len(arrows) == int(marks["open_start"].sum() + marks["open_end"].sum())
