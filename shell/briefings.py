"""The command that writes a briefing: pictures, presentation, fact sheet, offline page and data, without a screen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from data.briefing import FORMATS, read_briefing
from data.briefing_templates import TEMPLATES
from data.database import data_dir
from data.masking import read_secret
from data.presets import default_period
from data.privacy import PROFILES, public_snapshot
from data.seed import prepare as prepare_store
from data.snapshot import read_snapshot
from errors import ExportError
from locales import LANGUAGES, say
from shell.console import app, read_bytes, read_period, write_bytes

Template = StrEnum("Template", {name: name for name in TEMPLATES})
Profile = StrEnum("Profile", {name: name for name in PROFILES})
Language = StrEnum("Language", {name: name for name in LANGUAGES})


@app.command()
def briefing(
    out: Annotated[Path, typer.Option(help="File to write: .zip, or the ending of the one format that is asked for.")],
    template: Annotated[Template, typer.Option(help="What the briefing tells.")] = Template.monthly,
    start: Annotated[str | None, typer.Option("--from", help="First day, as 2022-09-01; everything without.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The day after the last day.")] = None,
    place: Annotated[str, typer.Option(help="Province code as KH-18, for the template of one province.")] = "",
    compound: Annotated[str, typer.Option(help="Identifier of a site, for the template of one compound.")] = "",
    saved: Annotated[Path | None, typer.Option("--briefing", help="A briefing as JSON, instead of a template.")] = None,
    formats: Annotated[str, typer.Option(help="Any of pptx, docx, pdf, html, zip, with commas.")] = ",".join(FORMATS),
    profile: Annotated[Profile, typer.Option(help="For whom it is.")] = Profile.internal,
    language: Annotated[Language, typer.Option(help="In which language it speaks.")] = Language.en,
    address: Annotated[
        str, typer.Option(help="Where the atlas runs, for the links inside.")
    ] = "http://localhost:8501/",
    slides: Annotated[Path | None, typer.Option(help="A presentation of one's own, whose master is used.")] = None,
) -> None:
    """Write a briefing from a template, or from one that was saved as JSON."""
    # Drawing takes a second to load; no other command needs it.
    from charts.briefing_sentences import draft_briefing
    from charts.pack import bundle, make_files
    from charts.plates import Context, speaking

    wanted = [part.strip() for part in formats.split(",") if part.strip()]
    ending = out.suffix.lower().removeprefix(".")
    if ending != "zip" and wanted != [ending]:
        raise ExportError(
            say("“{name}” cannot hold these formats: {names}.", name=out.name, names=", ".join(wanted)),
            say("Name a .zip file, or ask for one format and end the name with it."),
        )
    period = read_period(start, end)
    chosen = read_briefing(read_bytes(saved)) if saved is not None else None
    with prepare_store() as store:
        store.follow_boundaries()
        internal = read_snapshot(store)
    public = (chosen.profile if chosen else profile.value) == "public"
    snapshot = public_snapshot(internal, read_secret(data_dir())) if public else internal
    speaks = chosen.language if chosen else language.value
    drafted = chosen or speaking(
        speaks,
        lambda: draft_briefing(
            template.value, snapshot, period or default_period(snapshot), place=place, compound=compound
        ),
    )
    today = pd.Timestamp.now("Asia/Phnom_Penh").date()
    context = Context(snapshot, drafted, today, link=address, internal=internal if public else None)
    files = make_files(context, wanted, template=read_bytes(slides) if slides is not None else None)
    write_bytes(out, bundle(files, context) if ending == "zip" else next(iter(files.values())))
    told = (
        f"{len(drafted.items)} figures, {len(files)} files, data version {snapshot.revision}, {drafted.profile} profile"
    )
    typer.echo(f"{out}: {told}", err=True)
