"""Runs the migrations on the connection that ``data/database.py`` hands over, in its transaction.

A new column or kind in ``data/schema.py`` needs a new file in ``versions/``, never a change to an old one::

    revision, down_revision = "0002", "0001"

    def upgrade():
        with op.batch_alter_table("complaint") as table:
            table.add_column(sa.Column("referred_to", sa.Text))

``tests/data/test_database.py`` fails until the migrated tables are those of ``data/tables.py``.
"""

from __future__ import annotations

from alembic import context

from data.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
