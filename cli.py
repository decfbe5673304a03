"""Compound Atlas from a shell: the same operations as on screen.

Answers go to stdout as JSON, CSV or a table; messages go to stderr. The exit code is 0 when all went well, 1 when an
import rejected some rows or a check failed, 2 when nothing was done, 3 when the program itself failed.
"""

from __future__ import annotations

import getpass
import json
import math
import secrets
import sys
import traceback
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from data import answers
from data.audit import audit as find_findings
from data.backup import restore_file
from data.bounds import bound_total
from data.counts import Value, count_recorded, count_stated
from data.database import FILE_NAME, data_dir
from data.event_claims import date_by_events
from data.export import export_csv, export_geojson
from data.findings import answer_findings
from data.ingest import ImportOptions, ingest
from data.metrics import check_addable
from data.periods import Period, parse_period
from data.place_file import add_provinces, read_degrees
from data.schema import KINDS
from data.seed import prepare as prepare_store
from errors import AtlasError, ExportError, MetricError, PeriodError, UnreadableFileError
from geo.coordinates import locate as locate_point


class Shell(TyperGroup):
    """Says in two lines what went wrong and what to do, and never shows a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an `AtlasError` ends it with exit code 2."""
        try:
            return super().invoke(ctx)
        except AtlasError as error:
            typer.echo(error.message, err=True)
            if error.hint:
                typer.echo(error.hint, err=True)
            raise typer.Exit(2) from error


app = typer.Typer(cls=Shell, help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

KindName = StrEnum("KindName", {name: name for name in KINDS})
RecordKind = StrEnum("RecordKind", {"events": "events", "complaints": "complaints"})
By = StrEnum("By", {name: name for name in ("province", "day", "month", "quarter", "year")})
CountFormat = StrEnum("CountFormat", {name: name for name in ("json", "csv", "table")})
ListFormat = StrEnum("ListFormat", {name: name for name in ("json", "table")})
ExportFormat = StrEnum("ExportFormat", {name: name for name in ("csv", "geojson")})
Actor = Annotated[str, typer.Option(help="Who does it, for the audit list; the signed-in user by default.")]


@app.command()
def prepare() -> None:
    """Make the data store with the public reports in it, or bring it up to date."""
    with prepare_store() as store:
        typer.echo(f"The data store is ready: {store.path} (data version {store.revision()}).", err=True)


@app.command()
def counts(
    metric: Annotated[list[str] | None, typer.Option(help="Stated figures of this metric.")] = None,
    records: Annotated[RecordKind | None, typer.Option(help="Recorded counts of these records.")] = None,
    event_type: Annotated[str | None, typer.Option("--type", help="Only events of this type.")] = None,
    people: Annotated[bool, typer.Option("--people", help="Add up the people named instead of the records.")] = False,
    by: Annotated[By, typer.Option(help="What a row is.")] = By.province,
    start: Annotated[str | None, typer.Option("--from", help="First day, as 2022-08-19.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The day after the last day.")] = None,
    ids: Annotated[bool, typer.Option("--ids", help="Name the records behind each number.")] = False,
    output: Annotated[CountFormat, typer.Option("--format")] = CountFormat.json,
) -> None:
    """Count by province or by time: what was stated (--metric), or what was recorded (--records)."""
    period = _read_period(start, end)
    if bool(metric) == bool(records):
        raise MetricError("Stated and recorded numbers are never mixed.", "Give either --metric or --records.")
    with prepare_store() as store:
        version = store.revision()
        if metric:
            if len(set(metric)) > 1:
                check_addable(metric)
            if by != By.province or event_type or people or ids:
                raise MetricError("Stated figures are listed by province only.", "Leave the other options out.")
            if period is None:
                raise PeriodError("A stated figure belongs to a period.", "Give --from and --to.")
            claims, sources = store.read("claim", revision=version), store.read("source", revision=version)
            claims = date_by_events(claims, store.read("event", revision=version))
            answer = answers.answer_stated(count_stated(claims, metric[0], period, sources))
        else:
            kind = str(records).removesuffix("s")
            value: Value = "people" if people else "records"
            rows = store.read(kind, revision=version)
            counted = count_recorded(rows, kind, period, by=by.value, event_type=event_type, value=value)
            answer = answers.answer_recorded(counted, with_ids=ids)
            if counted.shared and by == By.province:
                typer.echo(f"{counted.shared} of the records count once in each of several provinces.", err=True)
    if output == CountFormat.json:
        _print_json(answer | {"data_version": version})
        return
    typer.echo(answers.flat_csv(answer["rows"]) if output == CountFormat.csv else _table(answer["rows"]), nl=False)
    apart = ", ".join(f"{name.replace('_', ' ')}: {answer[name]}" for name in answer if isinstance(answer[name], int))
    typer.echo(f"{apart}, data version: {version}", err=True)


def _read_period(start: str | None, end: str | None) -> Period | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise PeriodError("Only one end of the period is given.", "Give both --from and --to.")
    return parse_period(start, end)


@app.command()
def bounds(
    metric: Annotated[str, typer.Option(help="What is counted.")],
    start: Annotated[str | None, typer.Option("--from", help="First day, as 2022-08-19; all time without.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The day after the last day.")] = None,
    places: Annotated[str, typer.Option(help="Province codes as KH-1,KH-18, or all for the country.")] = "all",
    speakers: Annotated[str | None, typer.Option(help="Only believe these, as government,ngo.")] = None,
    output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.json,
) -> None:
    """Say which totals the claims allow, which claims decide that, and which cannot all be true."""
    period = _read_period(start, end)
    chosen = None if places == "all" else _split(places)
    believed = None if speakers is None else _split(speakers)
    with prepare_store() as store:
        version = store.revision()
        claims, sources = store.read("claim", revision=version), store.read("source", revision=version)
        found = bound_total(claims, metric, period, chosen, speakers=believed, sources=sources)
    answer = {
        "metric": metric,
        "from": period.start.isoformat() if period else None,
        "to": period.end.isoformat() if period else None,
        "places": chosen or "all",
        **{name: answers.plain_value(value) for name, value in asdict(found).items()},
        "data_version": version,
    }
    if output == ListFormat.json:
        _print_json(answer)
    else:
        typer.echo(_table([answer | {"conflicts": [" + ".join(claim_ids) for claim_ids in found.conflicts]}]), nl=False)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


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
    output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.table,
) -> None:
    """Import a file: rows in = accepted + rejected, each rejected row with its reason."""
    content = _read_bytes(file)
    options = ImportOptions(encoding, delimiter, header_row, day_first, swap_coordinates, decimal_comma)
    with prepare_store() as store:
        result = ingest(content, file.name, kind.value, options, known_ids=store.record_ids(kind.value))
        if report is not None:
            _write_bytes(report, result.report())
        stored = bool(result.rows_accepted) and not dry_run
        batch = store.commit(result, actor=actor or _user(), content=content) if stored else None
    summary = answers.answer_import(result, batch, dry_run=dry_run)
    if output == ListFormat.json:
        _print_json(summary)
    else:
        typer.echo(
            f"{result.rows_read} rows read = {result.rows_accepted} accepted + {result.rows_rejected} rejected; "
            + (f"stored as batch {batch.batch_id}." if batch else "nothing was stored.")
        )
        typer.echo(_table(summary["issues"]), nl=False)
    raise typer.Exit(1 if result.rows_rejected else 0)


@app.command()
def resolve(texts: Annotated[list[str], typer.Argument(help="Places as people write them.")]) -> None:
    """Say which province each text means: a match, an ambiguity or no match, never a guess."""
    _print_json([answers.answer_place(text) for text in texts])


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
    if source is not None and target is not None and latitude is None:
        _write_bytes(target, add_provinces(_read_bytes(source), source.name))
    elif latitude is not None and longitude is not None and source is None and target is None:
        place = locate_point(read_degrees(latitude, "latitude"), read_degrees(longitude, "longitude"))
        metres = None if math.isnan(place.distance_m) else answers.plain_value(round(place.distance_m, 1))
        answer = {"province_code": place.province_code, "match_method": place.match_method, "distance_m": metres}
        _print_json(answer)
    else:
        raise typer.BadParameter("Give LATITUDE and LONGITUDE, or both --csv and --out.")


@app.command()
def batches(output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.table) -> None:
    """List the imports, oldest first."""
    with prepare_store() as store:
        listed = answers.plain_rows(store.batches())
    if output == ListFormat.json:
        _print_json(listed)
    else:
        typer.echo(_table(listed), nl=False)


@app.command()
def revert(
    batch: Annotated[int, typer.Argument(help="Number of the batch, as `batches` lists it.")],
    reason: Annotated[str, typer.Option(help="Why, for the audit list.")] = "",
    actor: Actor = "",
) -> None:
    """Take a batch back; what it had replaced is live again, and nothing is deleted."""
    with prepare_store() as store:
        reverted = store.revert(batch, actor=actor or _user(), reason=reason)
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
        _write_bytes(out, content)
        typer.echo(f"{len(records)} records written to {out}.", err=True)


@app.command()
def verify() -> None:
    """Check the whole data store, and that every record is counted once; exit code 1 when one is not."""
    with prepare_store() as store:
        answer = answers.answer_verification(store)
    _print_json(answer)
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


@app.command()
def audit(output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.json) -> None:
    """List what does not reconcile in claims and events, the gravest first; a finding is no failure (exit code 0)."""
    with prepare_store() as store:
        version = store.revision()
        claims, events, sources = (store.read(kind, revision=version) for kind in ("claim", "event", "source"))
    findings = answer_findings(find_findings(claims, events, sources), claims, events)
    if output == ListFormat.json:
        _print_json({"findings": findings, "data_version": version})
    else:
        typer.echo(_table([{name: one[name] for name in one if name != "quotes"} for one in findings]), nl=False)


def _user() -> str:
    """Return the name of the signed-in user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a user without a name
        return "shell"


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(f"“{path}” cannot be read: {reason}.", "Check the name.", path=path) from error


def _write_bytes(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExportError(f"“{path}” cannot be written: {reason}.", "Choose another place.", path=path) from error


def _print_json(answer: object) -> None:
    """Print as UTF-8 whatever the console's encoding is."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False).encode())


def _table(rows: list[answers.Answer]) -> str:
    return answers.flat_table(rows).to_string(index=False) + "\n" if rows else ""


def main() -> None:
    """Run the shell; what was not foreseen goes to a log file, without the contents of any cell."""
    try:
        app()
    except Exception as error:
        reference = secrets.token_hex(3)
        where = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        log = data_dir() / "errors.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{reference} {type(error).__name__} {' > '.join(where)}\n")
        typer.echo(f"Something went wrong on our side; nothing was stored by half. See {reference} in {log}.", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
