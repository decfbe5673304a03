"""Revisions that place records by other boundaries, and the list of which boundaries counted. Frozen: never edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BEFORE = "action IN ('import', 'correct', 'revert', 'reapply')"
NOW = "action IN ('import', 'correct', 'revert', 'reapply', 'boundaries')"


def upgrade() -> None:
    with op.batch_alter_table("revision", recreate="always") as table:
        table.alter_column("batch_id", existing_type=sa.Integer, nullable=True)
        table.drop_constraint(op.f("ck_revision_action"), type_="check")
        table.create_check_constraint(op.f("ck_revision_action"), NOW)
        table.create_check_constraint(op.f("ck_revision_batch"), "batch_id IS NOT NULL OR action = 'boundaries'")
    op.create_table(
        "boundary_use",
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("checksum", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.CheckConstraint("level IN (1, 2)", name=op.f("ck_boundary_use_level")),
        sa.ForeignKeyConstraint(["revision"], ["revision.revision"], name=op.f("fk_boundary_use_revision")),
        sa.ForeignKeyConstraint(["undoes"], ["boundary_use.revision"], name=op.f("fk_boundary_use_undoes")),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_boundary_use")),
    )


def downgrade() -> None:
    op.drop_table("boundary_use")
    with op.batch_alter_table("revision", recreate="always") as table:
        table.drop_constraint(op.f("ck_revision_batch"), type_="check")
        table.drop_constraint(op.f("ck_revision_action"), type_="check")
        table.create_check_constraint(op.f("ck_revision_action"), BEFORE)
        table.alter_column("batch_id", existing_type=sa.Integer, nullable=False)
