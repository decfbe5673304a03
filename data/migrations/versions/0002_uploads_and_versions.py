"""Duplicates, decisions and source of a batch; remembered decisions; names of versions. Frozen: never edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("batch", recreate="always") as table:
        table.add_column(sa.Column("rows_duplicate", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("options", sa.Text, nullable=False, server_default="{}"))
        table.add_column(sa.Column("source_id", sa.Text))
        table.drop_constraint(op.f("ck_batch_conservation"), type_="check")
        table.create_check_constraint(
            op.f("ck_batch_conservation"), "rows_read = rows_accepted + rows_rejected + rows_duplicate"
        )
    op.create_table(
        "version_name",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revision.revision"], name=op.f("fk_version_name_revision")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_version_name")),
    )
    op.create_table(
        "place_decision",
        sa.Column("decision_id", sa.Integer, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("place_text", sa.Text, nullable=False),
        sa.Column("place_code", sa.Text, nullable=False),
        *_decided(),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_place_decision")),
    )
    op.create_index("ix_place_decision_folded", "place_decision", ["folded"])
    op.create_table(
        "known_mapping",
        sa.Column("mapping_id", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        *_decided(),
        sa.PrimaryKeyConstraint("mapping_id", name=op.f("pk_known_mapping")),
    )
    op.create_index("ix_known_mapping_fingerprint", "known_mapping", ["fingerprint"])


def downgrade() -> None:
    for table in ("known_mapping", "place_decision", "version_name"):
        op.drop_table(table)
    with op.batch_alter_table("batch", recreate="always") as table:
        table.drop_constraint(op.f("ck_batch_conservation"), type_="check")
        for column in ("rows_duplicate", "options", "source_id"):
            table.drop_column(column)
        table.create_check_constraint(op.f("ck_batch_conservation"), "rows_read = rows_accepted + rows_rejected")


def _decided() -> tuple[sa.Column, ...]:
    return (
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Text),
    )
