"""Compound Atlas from a shell: ``python cli.py --help``. The commands are in ``shell/``."""

from __future__ import annotations

import secrets
import sys
import traceback

import typer

from data.database import data_dir
from shell import boundaries, briefings, counting, figures, places, storing, versions  # noqa: F401 – importing a module registers its commands
from shell.console import app


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
