"""errors that readers report."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "error_report",
        sa.Column("id", Id(), nullable=False),
        sa.Column("unit_id", Id(), nullable=False),
        sa.Column("version_id", Id(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("place_title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("made_as", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.Column("fixed_in", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('new', 'accepted', 'fixed', 'declined')", name=op.f("ck_error_report_state")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_error_report_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["unit_version.id"], name=op.f("fk_error_report_version_id_unit_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_report")),
    )
    op.create_index(op.f("ix_error_report_unit_id_error_report_state"), "error_report", ["unit_id", "state"])
    op.create_index(op.f("ix_error_report_made_by_error_report_id"), "error_report", ["made_by", "id"])
    op.create_index(op.f("ix_error_report_state_error_report_id"), "error_report", ["state", "id"])
    op.create_index(op.f("ix_error_report_version_id"), "error_report", ["version_id"])


def downgrade() -> None:
    for name in ("version_id", "state_error_report_id", "made_by_error_report_id", "unit_id_error_report_state"):
        op.drop_index(op.f(f"ix_error_report_{name}"), table_name="error_report")
    op.drop_table("error_report")
