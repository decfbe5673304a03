"""The first tables: uploads, batches, revisions, and the rows of each kind of record. Frozen: never edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LIVE = 2_147_483_647
COLUMNS = {
    "source": {
        sa.Text: (
            "source_id title publisher author published_date accessed_date url archive_url language source_type "
            "source_reliability licence derived_from note"
        ),
    },
    "compound": {
        sa.Text: (
            "compound_id name name_km name_zh aliases compound_type listing province_code district place_text "
            "location_precision part_of same_as operator_as_reported status status_date_edtf sensitivity "
            "source_ids quote outside_knowledge note match_method"
        ),
        sa.Float: "latitude longitude coordinate_uncertainty_m distance_m",
    },
    "event": {
        sa.Text: (
            "event_id event_type event_date_edtf date_precision province_codes place_text location_precision "
            "compound_id nationality qualifier actor contested_by grading report_date description source_ids "
            "quote outside_knowledge note match_method"
        ),
        sa.Date: "date_start date_end",
        sa.Float: "latitude longitude distance_m",
        sa.BigInteger: "people_low people_best people_high",
    },
    "complaint": {
        sa.Text: (
            "complaint_id received_date date_precision province_code place_text location_precision compound_id "
            "nationality sex age_group channel trafficking_status outcome source_ids note match_method"
        ),
        sa.Date: "date_start date_end",
        sa.Float: "latitude longitude distance_m",
        sa.BigInteger: "people_affected",
    },
    "claim": {
        sa.Text: (
            "claim_id metric qualifier value_verbatim period_edtf date_precision province_code geography "
            "place_text nationality speaker speaker_type stance responds_to part_of restates stated_date "
            "information_credibility event_id compound_id source_ids quote outside_knowledge note match_method"
        ),
        sa.Float: "low best high distance_m",
        sa.Date: "period_start period_end",
    },
}


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_upload")),
    )
    op.create_table(
        "batch",
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("rows_read", sa.Integer, nullable=False),
        sa.Column("rows_accepted", sa.Integer, nullable=False),
        sa.Column("rows_rejected", sa.Integer, nullable=False),
        sa.CheckConstraint("rows_read = rows_accepted + rows_rejected", name=op.f("ck_batch_conservation")),
        sa.ForeignKeyConstraint(["sha256"], ["upload.sha256"], name=op.f("fk_batch_sha256")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch")),
    )
    op.create_index("ix_batch_sha256", "batch", ["sha256"])
    op.create_table(
        "revision",
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("rows_sha256", sa.String(64), nullable=False),
        sa.CheckConstraint("action IN ('import', 'correct', 'revert', 'reapply')", name=op.f("ck_revision_action")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.batch_id"], name=op.f("fk_revision_batch_id")),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_revision")),
    )
    op.create_index("ix_revision_batch_id", "revision", ["batch_id"])
    for kind, columns in COLUMNS.items():
        identifier = f"{kind}_id"
        op.create_table(
            kind,
            sa.Column("row_id", sa.Integer, nullable=False),
            *(
                sa.Column(name, column_type, nullable=name != identifier)
                for column_type, names in columns.items()
                for name in names.split()
            ),
            sa.Column("row_number", sa.Integer, nullable=False),
            sa.Column("extra", sa.Text, nullable=False),
            sa.Column("batch_id", sa.Integer, nullable=False),
            sa.Column("rev_in", sa.Integer, nullable=False),
            sa.Column("rev_out", sa.Integer, nullable=False),
            sa.CheckConstraint("rev_in < rev_out", name=op.f(f"ck_{kind}_revisions")),
            sa.ForeignKeyConstraint(["batch_id"], ["batch.batch_id"], name=op.f(f"fk_{kind}_batch_id")),
            sa.ForeignKeyConstraint(["rev_in"], ["revision.revision"], name=op.f(f"fk_{kind}_rev_in")),
            sa.PrimaryKeyConstraint("row_id", name=op.f(f"pk_{kind}")),
        )
        live = sa.text(f"rev_out = {LIVE}")
        op.create_index(f"ux_{kind}_live", kind, [identifier], unique=True, sqlite_where=live, postgresql_where=live)
        for column in (identifier, "batch_id", "rev_in", "rev_out"):
            op.create_index(f"ix_{kind}_{column}", kind, [column])


def downgrade() -> None:
    for table in (*COLUMNS, "revision", "batch", "upload"):
        op.drop_table(table)
