"""The tables of the store, generated from the kinds of record in ``data/schema.py``.

::

    upload    the bytes of each file, once, under their sha256
    batch     one import of one file as one kind            → upload
    revision  the audit list: who did what, when, and why   → batch
    source, compound, event, complaint, claim
              one row per version of a record               → batch, revision

    boundary_use    which boundaries counted since when     → revision
    version_name    names that people gave to revisions     → revision
    place_decision  which place a written text means, as people have decided
    known_mapping   how the columns of files with the same headers were read

The last four are no records: they belong to no batch, and no hash tells of them.

A row is live at revision R when ``rev_in <= R < rev_out``. A live row has ``rev_out = LIVE`` rather than NULL, so that
"as of R" is one plain comparison, the column is never empty, and the same partial index works in SQLite and PostgreSQL.
Closing a row (setting its ``rev_out`` once) is the only change that ever happens to a stored row.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.schema import DISTANCE_M, KINDS, MATCH_METHOD, Dtype, Kind, record_dtypes

LIVE = 2_147_483_647
"""`rev_out` of a row that nothing has replaced."""

VERSION_COLUMNS = ("row_id", "batch_id", "row_number", "rev_in", "rev_out", "extra")
"""What a stored row has besides the columns of its record."""

ACTIONS = ("import", "correct", "revert", "reapply", "boundaries")

_TYPES: dict[Dtype, type[sa.types.TypeEngine[Any]]] = {
    "text": sa.Text,
    "list": sa.Text,
    "choice": sa.Text,
    "edtf": sa.Text,
    "integer": sa.BigInteger,
    "number": sa.Float,
    "date": sa.Date,
}

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

upload = sa.Table(
    "upload",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

batch = sa.Table(
    "batch",
    metadata,
    sa.Column("batch_id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.ForeignKey("upload.sha256"), nullable=False, index=True),
    sa.Column("rows_read", sa.Integer, nullable=False),
    sa.Column("rows_accepted", sa.Integer, nullable=False),
    sa.Column("rows_rejected", sa.Integer, nullable=False),
    sa.Column("rows_duplicate", sa.Integer, nullable=False, server_default="0"),
    sa.Column("options", sa.Text, nullable=False, server_default="{}"),
    sa.Column("source_id", sa.Text),
    sa.CheckConstraint("rows_read = rows_accepted + rows_rejected + rows_duplicate", name="conservation"),
)
"""`options` are the decisions about the file (JSON of ``ImportOptions``); `source_id` names the source behind it, and
is no foreign key: of a source there are several versions."""

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("batch_id", sa.ForeignKey("batch.batch_id"), index=True),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("rows_sha256", sa.String(64), nullable=False),
    sa.CheckConstraint("action IN ('import', 'correct', 'revert', 'reapply', 'boundaries')", name="action"),
    sa.CheckConstraint("batch_id IS NOT NULL OR action = 'boundaries'", name="batch"),
)
"""`batch_id` is empty where other boundaries placed records of many batches anew. `rows` counts the rows that the
revision opened and closed; `rows_sha256` is the digest of those it opened."""

boundary_use = sa.Table(
    "boundary_use",
    metadata,
    sa.Column("revision", sa.ForeignKey("revision.revision"), primary_key=True, autoincrement=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("checksum", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("undoes", sa.ForeignKey("boundary_use.revision")),
    sa.CheckConstraint("level IN (1, 2)", name="level"),
)
"""Which set of boundaries counts from a revision on: `checksum` names its folder, empty for the bundled set; `source`
is its source record (JSON); `undoes` is the use that was taken back, empty for an installation."""

version_name = sa.Table(
    "version_name",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("revision", sa.ForeignKey("revision.revision"), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)


def _decided() -> tuple[sa.Column[Any], ...]:
    """Return the columns that say who decided something and when, and who has taken it back and when."""
    return (
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Text),
    )


place_decision = sa.Table(
    "place_decision",
    metadata,
    sa.Column("decision_id", sa.Integer, primary_key=True),
    sa.Column("folded", sa.Text, nullable=False, index=True),
    sa.Column("place_text", sa.Text, nullable=False),
    sa.Column("place_code", sa.Text, nullable=False),
    *_decided(),
)
"""`folded` is the text as ``geo.normalise.fold`` leaves it; `place_code` is empty for a text that names no place."""

known_mapping = sa.Table(
    "known_mapping",
    metadata,
    sa.Column("mapping_id", sa.Integer, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("options", sa.Text, nullable=False),
    *_decided(),
)
"""`name` is empty unless it was kept as a template."""


def _record_table(kind: Kind) -> sa.Table:
    """Return the table of a kind: its record's columns, and which revisions each row belongs to."""
    types = {field.name: _TYPES[field.dtype] for field in kind.fields}
    types |= {MATCH_METHOD: sa.Text, DISTANCE_M: sa.Float}
    table = sa.Table(
        kind.name,
        metadata,
        sa.Column("row_id", sa.Integer, primary_key=True),
        *(sa.Column(name, types[name], nullable=name != kind.id_field) for name in record_dtypes(kind)),
        sa.Column("row_number", sa.Integer, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("batch_id", sa.ForeignKey("batch.batch_id"), nullable=False),
        sa.Column("rev_in", sa.ForeignKey("revision.revision"), nullable=False, index=True),
        sa.Column("rev_out", sa.Integer, nullable=False),
        sa.CheckConstraint("rev_in < rev_out", name="revisions"),
    )
    # Each index is paid for by every row of a large import. One revision ends at most one version of a record, so that
    # one index finds its versions and keeps two of them from being live; hardly any row of an import is ended.
    ended = table.c.rev_out != LIVE
    sa.Index(f"ux_{kind.name}_versions", table.c[kind.id_field], table.c.rev_out, unique=True)
    sa.Index(f"ix_{kind.name}_rev_out", table.c.rev_out, sqlite_where=ended, postgresql_where=ended)
    return table


RECORDS: dict[str, sa.Table] = {name: _record_table(kind) for name, kind in KINDS.items()}
"""The table of each kind of record."""


def live_at(table: sa.Table, at_revision: int) -> sa.ColumnElement[bool]:
    """Return the condition that a row of `table` belongs to the data as of `at_revision`."""
    return sa.and_(table.c.rev_in <= at_revision, table.c.rev_out > at_revision)


def ended_in(table: sa.Table, revision: int) -> sa.ColumnElement[bool]:
    """Return the condition that a row of `table` was live until `revision`, as the index of ended rows wants it."""
    return sa.and_(table.c.rev_out == revision, table.c.rev_out != sa.literal(LIVE, literal_execute=True))
