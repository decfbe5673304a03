"""Of the indexes of records those that a large import can afford. Frozen: never edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

LIVE = 2_147_483_647
KINDS = ("source", "compound", "event", "complaint", "claim")


def upgrade() -> None:
    ended = sa.text(f"rev_out != {LIVE}")
    for kind in KINDS:
        for name in (f"ix_{kind}_{kind}_id", f"ix_{kind}_batch_id", f"ix_{kind}_rev_out", f"ux_{kind}_live"):
            op.drop_index(name, kind)
        op.create_index(f"ux_{kind}_versions", kind, [f"{kind}_id", "rev_out"], unique=True)
        op.create_index(f"ix_{kind}_rev_out", kind, ["rev_out"], sqlite_where=ended, postgresql_where=ended)


def downgrade() -> None:
    live = sa.text(f"rev_out = {LIVE}")
    for kind in KINDS:
        for name in (f"ix_{kind}_rev_out", f"ux_{kind}_versions"):
            op.drop_index(name, kind)
        op.create_index(f"ux_{kind}_live", kind, [f"{kind}_id"], unique=True, sqlite_where=live, postgresql_where=live)
        for column in (f"{kind}_id", "batch_id", "rev_out"):
            op.create_index(f"ix_{kind}_{column}", kind, [column])
