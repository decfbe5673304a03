"""The command that draws the map of a view as a picture."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from charts.citation import PHNOM_PENH
from data.database import data_dir
from data.masking import read_secret
from data.periods import split_period
from data.permalink import COMPARISONS, Choices
from data.privacy import PROFILES, public_snapshot
from data.privacy import withheld as find_withheld
from data.seed import prepare as prepare_store
from data.snapshot import read_snapshot
from errors import ExportError, PeriodError
from geo.gazetteer import PROVINCE_CODES
from locales import say, use_language
from shell.console import app, read_period, write_bytes

Style = StrEnum("Style", {name: name for name in ("circles", "shades")})
Format = StrEnum("Format", {name: name for name in ("png", "svg", "pdf")})
Size = StrEnum("Size", {name: name for name in ("wide", "a4", "a4_landscape", "square", "half")})
Language = StrEnum("Language", {name: name for name in ("en", "km")})
Step = StrEnum("Step", {name: name for name in ("month", "quarter", "year")})
Profile = StrEnum("Profile", {name: name for name in PROFILES})
Comparison = StrEnum("Comparison", {name: name for name in COMPARISONS if name and name != "swipe"})


@app.command()
def figure(
    out: Annotated[Path, typer.Option(help="The file to write.")],
    measure: Annotated[str, typer.Option(help="What is drawn, as stated:complaints_received.")] = Choices.measure,
    start: Annotated[str | None, typer.Option("--from", help="First day, as 2022-08-19.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The day after the last day.")] = None,
    style: Annotated[Style, typer.Option(help="Circles by count, or shades by rate.")] = Style.circles,
    frame: Annotated[Size, typer.Option(help="Size of the picture.")] = Size.wide,
    output: Annotated[Format, typer.Option("--format")] = Format.png,
    scale: Annotated[int, typer.Option(min=1, max=4, help="How many times the pixels, for PNG.")] = 1,
    compare: Annotated[Comparison | None, typer.Option(help="With the period before, or --against-from/-to.")] = None,
    against_start: Annotated[str | None, typer.Option("--against-from")] = None,
    against_end: Annotated[str | None, typer.Option("--against-to")] = None,
    each: Annotated[Step | None, typer.Option(help="One small map for each month, quarter or year.")] = None,
    place: Annotated[str, typer.Option(help="One province close up, as KH-18.")] = "",
    grey: Annotated[bool, typer.Option("--grey", help="For printers without colour.")] = False,
    code: Annotated[bool, typer.Option("--code", help="With a code of the address for telephones.")] = False,
    link: Annotated[str, typer.Option(help="Address of the view; without it its path alone stands there.")] = "",
    language: Annotated[Language, typer.Option(help="Of the picture.")] = Language.en,
    profile: Annotated[Profile, typer.Option(help="internal, or public: what may be published.")] = Profile.internal,
) -> None:
    """Draw the map of a measure as a picture with its caveats, sources and credit."""
    # Drawing takes a second to load; no other command needs it.
    from charts.figure import render
    from charts.small_multiples import draw_small_multiples
    from charts.static_map import counts_of, draw_static_map

    if place and place not in PROVINCE_CODES:
        raise ExportError(
            say("There is no province “{place}”.", place=place), say("Give its ISO code, KH-1 to KH-25."), place=place
        )
    if against_start and not compare:
        raise PeriodError(
            say("A second period is given, but nothing is compared."), say("Give --compare side or difference.")
        )
    choices = Choices(
        measure=measure,
        period=read_period(start, end),
        style=style.value,
        compare=compare.value if compare else "",
        against=read_period(against_start, against_end),
        place=place,
        profile=profile.value,
    )
    today = datetime.now(PHNOM_PENH).date()
    with prepare_store() as store:
        snapshot = whole = read_snapshot(store)
    use_language(language.value)
    withheld = ""
    if profile == Profile.public:
        snapshot = public_snapshot(whole, read_secret(data_dir()), today=today)
        withheld = find_withheld(whole, snapshot, counts_of(snapshot, choices)).sentence()
    about = {"today": today, "link": link, "withheld": withheld, "print_safe": grey, "with_code": code}
    if each:
        periods = list(split_period(counts_of(snapshot, choices).period, each.value))
        drawn = draw_small_multiples(snapshot, choices, periods, frame.value, **about)
    else:
        drawn = draw_static_map(snapshot, choices, frame.value, **about)
    write_bytes(out, render(drawn, output.value, scale))
    typer.echo(f"{out}: {frame.value}, {output.value}, data version {snapshot.revision}", err=True)
