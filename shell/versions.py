"""Commands on data versions: their list and names, what changed between two, the history of a record, corrections."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

import pandas as pd
import typer

from data import answers
from data.changes import Changes, compare
from data.correction import read_correction
from data.schema import KINDS, record_dtypes
from data.seed import prepare as prepare_store
from data.store import Store
from errors import StoreError
from locales import say
from shell.console import Actor, KindName, ListFormat, app, print_json, print_table, signed_in_user

Format = Annotated[ListFormat, typer.Option("--format")]


@app.command()
def reapply(
    batch: Annotated[int, typer.Argument(help="Number of a reverted batch, as `batches` lists it.")],
    reason: Annotated[str, typer.Option(help="Why, for the audit list.")] = "",
    actor: Actor = "",
) -> None:
    """Make the rows of a reverted batch live again, as they were."""
    with prepare_store() as store:
        live = store.reapply(batch, actor=actor or signed_in_user(), reason=reason)
        typer.echo(f"Batch {live.batch_id} ({live.file_name}) is live again; data version {store.revision()}.")


@app.command()
def history(
    kind: Annotated[KindName, typer.Argument(help="What the record is.")],
    record_id: Annotated[str, typer.Argument(help="Its identifier.")],
    output: Format = ListFormat.table,
) -> None:
    """List every version of one record: who made it, when and why, and what differs from the one before."""
    with prepare_store() as store:
        found = store.history(kind.value, record_id)
    if found.empty:
        raise StoreError(
            say("There is no {value} “{record_id}”.", value=kind.value, record_id=record_id),
            say("Look for its identifier with `export`."),
        )
    if output == ListFormat.json:
        print_json(answers.plain_rows(found))
        return
    print_table(
        [
            {name: row[name] for name in ("at", "by", "action", "reason")} | {"version": row["rev_in"], "says": says}
            for row, says in zip(answers.plain_rows(found), _differences(found, kind.value), strict=True)
        ]
    )


@app.command()
def versions(output: Format = ListFormat.table) -> None:
    """List the data versions with their names, oldest first."""
    with prepare_store() as store:
        listed = answers.plain_rows(store.versions())
    if output == ListFormat.json:
        print_json(listed)
    else:
        print_table(listed)


@app.command("name-version")
def name_version(
    name: Annotated[str, typer.Argument(help="A name that no other version has.")],
    revision: Annotated[int | None, typer.Option(help="Number of the version; the latest by default.")] = None,
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    actor: Actor = "",
) -> None:
    """Give a data version a name, so that a report can say what it rests on."""
    with prepare_store() as store:
        number = store.name_version(name, revision=revision, note=note, actor=actor or signed_in_user())
    typer.echo(f"Data version {number} is called “{' '.join(name.split())}”.")


@app.command()
def changes(
    start: Annotated[str, typer.Option("--from", help="Number or name of the earlier data version.")],
    end: Annotated[str, typer.Option("--to", help="Number or name of the later data version.")],
    output: Format = ListFormat.table,
) -> None:
    """Say what was added, removed and changed between two data versions, by whom and why."""
    with prepare_store() as store:
        found = compare(store, _read_version(store, start), _read_version(store, end))
    if output == ListFormat.json:
        print_json(_answer_changes(found))
        return
    totals = found.totals
    print_table(answers.plain_rows(totals[totals.drop(columns="kind").any(axis=1)]))
    print_table(answers.plain_rows(found.changed))


@app.command()
def correct(
    kind: Annotated[KindName, typer.Argument(help="What the record is.")],
    record_id: Annotated[str, typer.Argument(help="Its identifier.")],
    values: Annotated[list[str], typer.Argument(help="COLUMN=VALUE, several if need be; nothing empties a column.")],
    reason: Annotated[str, typer.Option(help="Why; those who read the history will want to know.")],
    actor: Actor = "",
) -> None:
    """Correct one record; the earlier version is kept. What is found from a column (days, province) is found anew."""
    given: dict[str, str] = {}
    for value in values:
        name, sign, text = value.partition("=")
        name = name.strip()
        if not sign:
            raise typer.BadParameter(f"“{value}” is not COLUMN=VALUE.", param_hint="VALUES")
        if name not in record_dtypes(KINDS[kind.value]) or name == KINDS[kind.value].id_field:
            raise typer.BadParameter(f"“{name}” is no column of {kind.value} to be corrected.", param_hint="VALUES")
        given[name] = text.strip()
    with prepare_store() as store:
        records = store.read(kind.value)
        record = records[records[KINDS[kind.value].id_field] == record_id]
        # What follows from the new values changes with them; a record that is not there is refused by the store.
        changes = read_correction(record, kind.value, given, store.place_aliases()) if len(record) else dict(given)
        number = store.correct(kind.value, record_id, changes, actor=actor or signed_in_user(), reason=reason)
    typer.echo(f"The {kind.value} “{record_id}” is corrected; data version {number}.")


def _read_version(store: Store, text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else store.find_version(text)


def _answer_changes(found: Changes) -> answers.Answer:
    def without_empty(frames: dict[str, pd.DataFrame]) -> answers.Answer:
        return {kind: answers.plain_rows(frame) for kind, frame in frames.items() if not frame.empty}

    return {
        "from": found.from_revision,
        "to": found.to_revision,
        "totals": answers.plain_rows(found.totals),
        "added": without_empty(found.added),
        "removed": without_empty(found.removed),
        "changed": answers.plain_rows(found.changed),
        "revisions": answers.plain_rows(found.revisions),
    }


def _differences(found: pd.DataFrame, kind: str) -> list[str]:
    """Return for each version what it says otherwise than the one before."""
    rows = answers.plain_rows(found[list(record_dtypes(KINDS[kind]))])
    told = ["first version"]
    for before, after in pairwise(rows):
        changed = [f"{name}: {before[name]} → {after[name]}" for name in after if before[name] != after[name]]
        told.append("; ".join(changed) or "as before")
    return told
