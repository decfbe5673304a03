"""Commands on boundaries: which count, checking and installing official ones, going back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from data import answers
from data.boundary_moves import compare_areas
from data.boundary_sets import LEVELS, BoundarySet, BoundarySource, read_boundaries, trying
from data.boundary_uses import Placing
from data.seed import prepare as prepare_store
from data.store import Store
from shell.console import Actor, ListFormat, Shell, app, print_json, print_table, read_bytes, signed_in_user

group = typer.Typer(cls=Shell, no_args_is_help=True, help="Which boundaries count; install official ones, go back.")
app.add_typer(group, name="boundaries")

File = Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage or zipped Shapefile.")]
LevelOption = Annotated[int, typer.Option(min=1, max=2, help="1 for provinces (ADM1), 2 for districts (ADM2).")]
Layer = Annotated[str | None, typer.Option(help="The layer, where the file has several.")]
Crs = Annotated[str | None, typer.Option(help="EPSG:… of the coordinates, where the file does not say it.")]
Encoding = Annotated[str | None, typer.Option(help="Of the text, where the file does not say it.")]
Reason = Annotated[str, typer.Option(help="Why, for the audit list.")]


@group.command("list")
def list_uses(output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.table) -> None:
    """List what was installed and taken back, oldest first; an empty list means the bundled provinces."""
    with prepare_store() as store:
        uses = store.boundary_uses()
    rows = answers.plain_rows(uses.drop(columns="source"))
    if output == ListFormat.json:
        sources = [json.loads(text) for text in uses["source"]]
        print_json([row | {"source": source} for row, source in zip(rows, sources, strict=True)])
    elif rows:
        print_table([row | {"checksum": str(row["checksum"] or "")[:12] or "bundled"} for row in rows])
    else:
        typer.echo("The bundled provinces count; no districts are installed.", err=True)


@group.command()
def check(
    file: File,
    level: LevelOption,
    sheet: Layer = None,
    crs: Crs = None,
    encoding: Encoding = None,
) -> None:
    """Say what a file of boundaries holds, what its checks find, and which records would change province."""
    with prepare_store() as store:
        found = _read(file, level, sheet, crs, encoding)
        _print_check(store, found)
    if found.checked.refused:
        raise typer.Exit(1)


@group.command()
def install(
    file: File,
    level: LevelOption,
    title: Annotated[str, typer.Option(help="Of the set.")],
    publisher: Annotated[str, typer.Option(help="Whose it is.")],
    licence: Annotated[str, typer.Option(help="Its terms of use.")],
    reason: Reason,
    url: Annotated[str, typer.Option(help="Where it was found.")] = "",
    date: Annotated[str, typer.Option(help="Of the set, as its publisher gives it.")] = "",
    sheet: Layer = None,
    crs: Crs = None,
    encoding: Encoding = None,
    actor: Actor = "",
) -> None:
    """Let a set count from now on; records that their coordinates placed are placed by it, all in one data version."""
    with prepare_store() as store:
        version = store.revision()
        found = _read(file, level, sheet, crs, encoding)
        source = BoundarySource(title, publisher, licence, url, date)
        done = store.install_boundaries(
            found, source, actor=actor or signed_in_user(), reason=reason, expected_revision=version
        )
    _tell(done)


@group.command()
def rollback(
    level: LevelOption,
    reason: Reason,
    actor: Actor = "",
) -> None:
    """Go back to the boundaries before, and undo what they changed; what was corrected since is left and listed."""
    with prepare_store() as store:
        done = store.rollback_boundaries(level, actor=actor or signed_in_user(), reason=reason)
    _tell(done)
    if len(done.left):
        print_table(answers.plain_rows(done.left))


def _read(file: Path, level: int, sheet: str | None, crs: str | None, encoding: str | None) -> BoundarySet:
    return read_boundaries(read_bytes(file), file.name, level, sheet=sheet, crs=crs, encoding=encoding)


def _print_check(store: Store, found: BoundarySet) -> None:
    answer: answers.Answer = {
        "level": LEVELS[found.checked.level],
        "shapes": len(found.checked.shapes),
        "refused": [finding.message for finding in found.checked.findings if finding.refuses],
        "told": [*found.notes, *(finding.message for finding in found.checked.findings if not finding.refuses)],
    }
    if found.checked.level == 1 and not found.checked.refused:
        areas = compare_areas(found.checked.shapes)
        with trying(found):
            placed = store.preview_boundaries()
        columns = ["kind", "record_id", "label", "before", "after", "border_m"]
        answer["moves"] = answers.plain_rows(placed.loc[placed["before"] != placed["after"], columns])
        answer["areas"] = answers.plain_rows(areas)
    print_json(answer)


def _tell(done: Placing) -> None:
    moved = int((done.placed["before"] != done.placed["after"]).sum())
    typer.echo(
        f"Other boundaries count from now on; data version {done.revision}. Records that changed province: {moved}."
    )
