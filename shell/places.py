"""Commands about places: names and points to provinces."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from data import answers
from data.database import FILE_NAME, data_dir
from data.place_file import add_provinces, read_degrees
from data.seed import prepare as prepare_store
from geo.coordinates import locate as locate_point
from shell.console import app, print_json, read_bytes, write_bytes


@app.command()
def resolve(texts: Annotated[list[str], typer.Argument(help="Places as people write them.")]) -> None:
    """Say which province each text means: a match, an ambiguity or no match, never a guess."""
    print_json([answers.answer_place(text) for text in texts])


# Negative numbers look like options, so that unknown options are taken as arguments here, and refused as such.
@app.command(context_settings={"ignore_unknown_options": True})
def locate(
    latitude: Annotated[str | None, typer.Argument(help="Degrees north, WGS 84.")] = None,
    longitude: Annotated[str | None, typer.Argument(help="Degrees east, WGS 84.")] = None,
    source: Annotated[Path | None, typer.Option("--csv", help="A file with the columns latitude, longitude.")] = None,
    target: Annotated[Path | None, typer.Option("--out", help="Where to write it with the provinces added.")] = None,
) -> None:
    """Say in which province a point lies, or add provinces to a file of points."""
    if any(text and text.startswith("--") for text in (latitude, longitude)):
        raise typer.BadParameter("There is no such option.")
    if (data_dir() / FILE_NAME).exists():  # in which other boundaries may have been installed
        prepare_store().close()
    if source is not None and target is not None and latitude is None:
        write_bytes(target, add_provinces(read_bytes(source), source.name))
    elif latitude is not None and longitude is not None and source is None and target is None:
        place = locate_point(read_degrees(latitude, "latitude"), read_degrees(longitude, "longitude"))
        metres = None if math.isnan(place.distance_m) else answers.plain_value(round(place.distance_m, 1))
        answer = {"province_code": place.province_code, "match_method": place.match_method, "distance_m": metres}
        print_json(answer)
    else:
        raise typer.BadParameter("Give LATITUDE and LONGITUDE, or both --csv and --out.")
