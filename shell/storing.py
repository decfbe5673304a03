"""Commands on the data store: prepare, import, batches, revert, export, verify, backup, restore."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from data import answers
from data.backup import restore_file
from data.database import FILE_NAME, data_dir
from data.export import export_csv, export_geojson, export_xlsx
from data.ingest import ingest
from data.options import CRS, DEGREES, ImportOptions
from data.schema import SOURCE_TYPES
from data.seed import prepare as prepare_store
from data.source_entry import SourceEntry, check_source
from shell.console import (
    Actor,
    KindName,
    ListFormat,
    ProfileName,
    ProfileOption,
    app,
    print_json,
    print_table,
    read_bytes,
    read_records,
    signed_in_user,
    write_bytes,
)

EXPORTERS = {"csv": export_csv, "geojson": export_geojson, "xlsx": export_xlsx}
ExportFormat = StrEnum("ExportFormat", {name: name for name in EXPORTERS})


@app.command()
def prepare() -> None:
    """Make the data store with the public reports in it, or bring it up to date."""
    with prepare_store() as store:
        typer.echo(f"The data store is ready: {store.path} (data version {store.revision()}).", err=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="The file, in any of the formats that can be uploaded.")],
    kind: Annotated[KindName, typer.Option(help="What a row of the file is.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check; store nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the file's rows with what was found to this CSV.")] = None,
    actor: Actor = "",
    note: Annotated[str, typer.Option(help="Anything to remember about this import.")] = "",
    decisions: Annotated[
        Path | None, typer.Option("--options", help="Decisions about the file (JSON), as `batches` lists them.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="How the file is encoded, as utf-8 or cp1252.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="What stands between cells, as , or ;")] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook, or layer of a map file.")] = None,
    header_row: Annotated[int | None, typer.Option(help="Line of the header, from 1.")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 03/04/2025 is read.")] = None,
    buddhist_era: Annotated[
        bool | None, typer.Option("--buddhist-era/--common-era", help="Whether years as 2566 are Buddhist years.")
    ] = None,
    excel_dates: Annotated[
        bool | None, typer.Option("--excel-dates/--no-excel-dates", help="Whether 45352 in a date is a day number.")
    ] = None,
    decimal_comma: Annotated[
        bool | None, typer.Option("--decimal-comma/--decimal-point", help="How 1,5 is read.")
    ] = None,
    swap_coordinates: Annotated[
        bool | None, typer.Option("--swap-coordinates/--keep-coordinates", help="Exchange the coordinates.")
    ] = None,
    crs: Annotated[str | None, typer.Option(help=f"Projection of coordinates in metres: {', '.join(CRS)}.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Which header holds a column: --column received_date=HEADER.")
    ] = None,
    aliases: Annotated[
        bool, typer.Option("--aliases/--no-aliases", help="Use what was decided about written places before.")
    ] = True,
    source_id: Annotated[str | None, typer.Option(help="The stored source that stands behind the file.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of a new source that stands behind the file.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote or said it.")] = None,
    published: Annotated[str | None, typer.Option(help="When: 2023-04-01, 2023-04 or 2023.")] = None,
    url: Annotated[str | None, typer.Option(help="Its web address.")] = None,
    source_type: Annotated[str | None, typer.Option(help=f"Who is speaking: {', '.join(SOURCE_TYPES)}.")] = None,
    reliability: Annotated[str | None, typer.Option(help="Admiralty letter, A to F.")] = None,
    licence: Annotated[str | None, typer.Option(help="Terms of use.")] = None,
    language: Annotated[str | None, typer.Option(help="Code of its language, as km.")] = None,
    output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.table,
) -> None:
    """Import a file: rows read = accepted + rejected + duplicates, each rejected row with its reason."""
    content = read_bytes(file)
    flags = {
        "encoding": encoding,
        "delimiter": delimiter,
        "sheet": sheet,
        "header_row": header_row,
        "day_first": day_first,
        "buddhist_era": buddhist_era,
        "excel_dates": excel_dates,
        "decimal_comma": decimal_comma,
        "swap_coordinates": swap_coordinates,
        "crs": crs,
    }
    options = _read_options(decisions, flags, _read_columns(column or []))
    entered = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "published_date": published,
        "url": url,
        "source_type": source_type,
        "source_reliability": reliability,
        "licence": licence,
        "language": language,
    }
    source = _read_source(source_id, {name: text for name, text in entered.items() if text is not None})
    with prepare_store() as store:
        known = store.place_aliases() if aliases else {}
        result = ingest(content, file.name, kind.value, options, stored=store.read(kind.value), aliases=known)
        if report is not None:
            write_bytes(report, result.report())
        batch = None
        if result.rows_accepted and not dry_run:
            who = actor or signed_in_user()
            batch = store.commit(result, actor=who, content=content, note=note, source=source)
    summary = answers.answer_import(result, batch, dry_run=dry_run)
    if output == ListFormat.json:
        print_json(summary)
    else:
        typer.echo(
            f"{result.rows_read} rows read = {result.rows_accepted} accepted + {result.rows_rejected} rejected + "
            f"{result.rows_duplicate} duplicates; "
            + (f"stored as batch {batch.batch_id}." if batch else "nothing was stored.")
        )
        print_table(summary["issues"])
    raise typer.Exit(1 if result.rows_rejected else 0)


def _read_options(decisions: Path | None, flags: dict[str, Any], columns: dict[str, str]) -> ImportOptions:
    """Return the decisions of a file of decisions, those given one by one before them."""
    known = ImportOptions()
    if decisions is not None:
        known = ImportOptions.from_json(read_bytes(decisions).decode("utf-8-sig", errors="replace"))
    if (crs := flags["crs"]) is not None and crs not in (*CRS, DEGREES):
        raise typer.BadParameter(f"“{crs}” is none of {', '.join((*CRS, DEGREES))}.", param_hint="--crs")
    given = {name: value for name, value in flags.items() if value is not None}
    return replace(known, **given, columns={**known.columns, **columns})


def _read_source(source_id: str | None, entered: dict[str, str]) -> SourceEntry | str | None:
    """Return the source as it was given: one that is stored, a new one, or none."""
    if source_id is not None and entered:
        raise typer.BadParameter("Give a stored source or a new one, not both.", param_hint="--source-id")
    if not entered:
        return source_id
    return check_source(SourceEntry(**({"title": ""} | entered)))


def _read_columns(pairs: list[str]) -> dict[str, str]:
    """Return column → header; each pair is written ``COLUMN=HEADER``."""
    parts = [pair.partition("=") for pair in pairs]
    if wrong := next((pair for pair, (_, sign, _) in zip(pairs, parts, strict=True) if not sign), None):
        raise typer.BadParameter(f"“{wrong}” is not COLUMN=HEADER.", param_hint="--column")
    return {name.strip(): header.strip() for name, _, header in parts}


@app.command()
def batches(output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.table) -> None:
    """List the imports, oldest first."""
    with prepare_store() as store:
        listed = answers.plain_rows(store.batches())
    if output == ListFormat.json:
        print_json(listed)
    else:
        print_table(listed)


@app.command()
def revert(
    batch: Annotated[int, typer.Argument(help="Number of the batch, as `batches` lists it.")],
    reason: Annotated[str, typer.Option(help="Why, for the audit list.")] = "",
    actor: Actor = "",
) -> None:
    """Take a batch back; what it had replaced is live again, and nothing is deleted."""
    with prepare_store() as store:
        reverted = store.revert(batch, actor=actor or signed_in_user(), reason=reason)
        typer.echo(f"Batch {reverted.batch_id} ({reverted.file_name}) is reverted; data version {store.revision()}.")


@app.command()
def export(
    kind: Annotated[KindName, typer.Option(help="Which records.")],
    output: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.csv,
    profile: ProfileOption = ProfileName.internal,
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout when it is not given.")] = None,
) -> None:
    """Write all live records of a kind."""
    with prepare_store() as store:
        records = read_records(store, kind.value, profile)
    content = EXPORTERS[output.value](records, kind.value)
    if out is None:
        typer.echo(content, nl=False)
    else:
        write_bytes(out, content)
        typer.echo(f"{len(records)} records written to {out}.", err=True)


@app.command()
def verify() -> None:
    """Check the whole data store, and that every record is counted once; exit code 1 when one is not."""
    with prepare_store() as store:
        answer = answers.answer_verification(store)
    print_json(answer)
    raise typer.Exit(0 if answer["ok"] else 1)


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Write a copy of the data store, while others may go on working."""
    with prepare_store() as store:
        store.backup(target)


@app.command()
def restore(backup_file: Annotated[Path, typer.Argument(help="What `backup` has written.")]) -> None:
    """Put a backup in the place of the data store; stop the app first. The former store is kept beside it."""
    former = restore_file(backup_file, data_dir() / FILE_NAME)
    typer.echo(f"Restored; the former store is {former}." if former else "Restored.", err=True)
