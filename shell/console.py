"""What every command shares: the application, the formats of answers, reading and writing files."""

from __future__ import annotations

import getpass
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from typer.core import TyperGroup

from data.answers import Answer, flat_csv, flat_table
from data.masking import read_secret
from data.periods import Period, parse_period
from data.privacy import PROFILES, public_snapshot
from data.schema import KINDS
from data.snapshot import Snapshot, read_snapshot
from data.store import Store
from errors import AtlasError, ExportError, PeriodError, UnreadableFileError
from locales import say

HELP = """Compound Atlas from a shell: the same operations as on screen.

Answers go to stdout as JSON, CSV or a table; messages go to stderr. The exit code is 0 when all went well, 1 when an
import rejected some rows or a check failed, 2 when nothing was done, 3 when the program itself failed.
"""


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


app = typer.Typer(cls=Shell, help=HELP, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

KindName = StrEnum("KindName", {name: name for name in KINDS})
CountFormat = StrEnum("CountFormat", {name: name for name in ("json", "csv", "table")})
ListFormat = StrEnum("ListFormat", {name: name for name in ("json", "table")})
ProfileName = StrEnum("ProfileName", {name: name for name in PROFILES})
ProfileOption = Annotated[ProfileName, typer.Option(help="What may be seen: everything, or what may be given away.")]
Actor = Annotated[str, typer.Option(help="Who does it, for the audit list; the signed-in user by default.")]


def read_period(start: str | None, end: str | None) -> Period | None:
    """Return the period between two dates; None when neither is given, PeriodError when only one is."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise PeriodError(say("Only one end of the period is given."), say("Give both --from and --to."))
    return parse_period(start, end)


def read_profile(store: Store, profile: ProfileName, *, revision: int | None = None) -> Snapshot:
    """Return the records of a store as a profile shows them."""
    snapshot = read_snapshot(store, revision)
    if profile == ProfileName.internal:
        return snapshot
    return public_snapshot(snapshot, read_secret(store.path.parent))


def read_records(store: Store, kind: str, profile: ProfileName, *, revision: int | None = None) -> pd.DataFrame:
    """Return the records of one kind as a profile shows them."""
    if profile == ProfileName.internal:
        return store.read(kind, revision=revision)
    return read_profile(store, profile, revision=revision).of(kind)


def signed_in_user() -> str:
    """Return the name of the signed-in user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a user without a name
        return "shell"


def read_bytes(path: Path) -> bytes:
    """Return the contents of a file; UnreadableFileError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(
            say("“{path}” cannot be read: {reason}.", path=path, reason=reason), say("Check the name."), path=path
        ) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; ExportError when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExportError(
            say("“{path}” cannot be written: {reason}.", path=path, reason=reason),
            say("Choose another place."),
            path=path,
        ) from error


def print_json(answer: object) -> None:
    """Print as UTF-8 whatever the console's encoding is."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False).encode())


def print_table(rows: list[Answer]) -> None:
    """Print rows as a table of text; nothing for no rows."""
    typer.echo(flat_table(rows).to_string(index=False) + "\n" if rows else "", nl=False)


def print_rows(rows: list[Answer], output: CountFormat) -> None:
    """Print rows as CSV or as a table."""
    if output == CountFormat.csv:
        typer.echo(flat_csv(rows), nl=False)
    else:
        print_table(rows)
