"""What the steps need of the file: its table, the suggested columns, what an import would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from data.columns import name_columns
from data.drafts import Draft
from data.fingerprint import fingerprint
from data.ingest import ImportResult, ingest
from data.layouts import Layout, find_layout
from data.progress import Progress
from data.read import Table, read_table
from data.schema import KINDS
from data.suggestions import Suggestion, recall_columns, suggest_columns, suggest_kind
from locales import say, voice
from ui.cache import latest_snapshot, reading_store
from ui.work import await_work


@dataclass(frozen=True)
class Sighted:
    """A file as it was read, before anything is made of its rows.

    Attributes
    ----------
    table : Table
    layout : Layout or None
        The known layout that its headers have.
    kinds : tuple of str
        Kinds of record that the headers look like, the likeliest first.
    fingerprint : str
        Of its headers.
    """

    table: Table
    layout: Layout | None
    kinds: tuple[str, ...]
    fingerprint: str


def sight(draft: Draft) -> Sighted | None:
    """Return the file as it was read; None while it is being read.

    Raises
    ------
    UploadError
        It cannot be read, or a person has to say how.
    """
    options = draft.options
    how = (options.encoding, options.delimiter, options.sheet, options.header_row, options.crs)

    def read(progress: Progress) -> Sighted:
        progress(0.1, say("Reading the file"))
        table = read_table(
            draft.content(),
            draft.file_name,
            encoding=options.encoding,
            delimiter=options.delimiter,
            sheet=options.sheet,
            header_row=options.header_row,
            crs=options.crs,
        )
        progress(0.8, say("Looking at the columns"))
        headers = list(table.reading.columns)
        kinds = tuple(kind for kind, _, _ in suggest_kind(headers, table.whole))
        return Sighted(table, find_layout(headers), kinds, fingerprint(headers))

    return cast(
        "Sighted | None", await_work(f"sight {draft.sha256} {how} {voice()}", read, label=say("Reading the file"))
    )


def suggestions(draft: Draft, sighted: Sighted) -> list[Suggestion]:
    """Return what each column of the file may hold, what was decided for such files before included."""
    kind = KINDS[draft.kind]
    remembered = reading_store().remembered_mapping(sighted.fingerprint, draft.kind)
    return suggest_columns(
        sighted.table.whole,
        kind,
        hxl=sighted.table.reading.hxl,
        layout=sighted.layout,
        remembered=recall_columns(remembered, sighted.table.reading.columns) if remembered is not None else {},
    )


def check_columns(draft: Draft, sighted: Sighted) -> None:
    """Raise the UploadError that names what is missing or in doubt, when the import would not find its columns."""
    options = draft.options
    name_columns(sighted.table.whole.head(1), KINDS[draft.kind], options.columns, options.left_out, options.constants)


def examine(draft: Draft) -> ImportResult | None:
    """Return what an import would do with the file as decided so far; None while that is being worked out."""
    store = reading_store()
    snapshot = latest_snapshot()
    aliases = store.place_aliases()

    def run(progress: Progress) -> ImportResult:
        return ingest(
            draft.content(),
            draft.file_name,
            draft.kind,
            draft.options,
            stored=snapshot.of(draft.kind),
            aliases=aliases,
            progress=progress,
        )

    key = f"examine {result_key(draft, snapshot.revision)} {hash(frozenset(aliases.items()))} {voice()}"
    return cast("ImportResult | None", await_work(key, run, label=say("Checking every row")))


def result_key(draft: Draft, revision: int) -> str:
    """Return all that the result of an import depends on, as one text."""
    return f"{draft.sha256} {draft.kind} {revision} {draft.options.to_json()}"
