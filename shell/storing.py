"""Commands on the data store: prepare, import, batches, revert, export, verify, backup, restore."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from data import answers
from data.backup import restore_file
from data.database import FILE_NAME, data_dir
from data.export import export_csv, export_geojson
from data.ingest import ImportOptions, ingest
from data.seed import prepare as prepare_store
from shell.console import (
    Actor,
    KindName,
    ListFormat,
    app,
    print_json,
    print_table,
    read_bytes,
    signed_in_user,
    write_bytes,
)

ExportFormat = StrEnum("ExportFormat", {name: name for name in ("csv", "geojson")})


@app.command()
def prepare() -> None:
    """Make the data store with the public reports in it, or bring it up to date."""
    with prepare_store() as store:
        typer.echo(f"The data store is ready: {store.path} (data version {store.revision()}).", err=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file.")],
    kind: Annotated[KindName, typer.Option(help="What a row of the file is.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check; store nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the file's rows with what was found to this CSV.")] = None,
    actor: Actor = "",
    encoding: Annotated[str | None, typer.Option(help="How the file is encoded, as utf-8 or cp1252.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="What stands between cells, as , or ;")] = None,
    header_row: Annotated[int | None, typer.Option(help="Line of the header, from 1.")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 03/04/2025 is read.")] = None,
    swap_coordinates: Annotated[bool, typer.Option("--swap-coordinates", help="Exchange the coordinates.")] = False,
    decimal_comma: Annotated[
        bool | None, typer.Option("--decimal-comma/--decimal-point", help="How 1,5 is read.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Which header holds a column: --column received_date=HEADER.")
    ] = None,
    output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.table,
) -> None:
    """Import a file: rows in = accepted + rejected, each rejected row with its reason."""
    content = read_bytes(file)
    columns = _read_columns(column or [])
    options = ImportOptions(encoding, delimiter, header_row, day_first, swap_coordinates, decimal_comma, columns)
    with prepare_store() as store:
        result = ingest(content, file.name, kind.value, options, known_ids=store.record_ids(kind.value))
        if report is not None:
            write_bytes(report, result.report())
        stored = bool(result.rows_accepted) and not dry_run
        batch = store.commit(result, actor=actor or signed_in_user(), content=content) if stored else None
    summary = answers.answer_import(result, batch, dry_run=dry_run)
    if output == ListFormat.json:
        print_json(summary)
    else:
        typer.echo(
            f"{result.rows_read} rows read = {result.rows_accepted} accepted + {result.rows_rejected} rejected; "
            + (f"stored as batch {batch.batch_id}." if batch else "nothing was stored.")
        )
        print_table(summary["issues"])
    raise typer.Exit(1 if result.rows_rejected else 0)


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
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout when it is not given.")] = None,
) -> None:
    """Write all live records of a kind."""
    with prepare_store() as store:
        records = store.read(kind.value)
    content = (export_csv if output == ExportFormat.csv else export_geojson)(records, kind.value)
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
