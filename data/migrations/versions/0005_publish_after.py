"""A day up to which the public does not see a record. Frozen: never edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KINDS = ("compound", "event", "complaint")


def upgrade() -> None:
    for kind in KINDS:
        op.add_column(kind, sa.Column("publish_after", sa.Date))


def downgrade() -> None:
    for kind in KINDS:
        op.drop_column(kind, "publish_after")
