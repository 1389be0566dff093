"""orders of long reports."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_order",
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("class_id", Id(), nullable=True),
        sa.Column("term_ids", sa.JSON(), nullable=False),
        sa.Column("is_year", sa.Boolean(), nullable=False),
        sa.Column("total", sa.SmallInteger(), nullable=False),
        sa.Column("done", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'making', 'ready', 'failed', 'gone')", name=op.f("ck_report_order_state")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "asked_by"],
            ["member.school_id", "member.id"],
            name=op.f("fk_report_order_school_id_asked_by_member"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"],
            ["study_group.school_id", "study_group.id"],
            name=op.f("fk_report_order_school_id_class_id_study_group"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_report_order")),
    )
    op.create_index("ix_report_order_asked_by", "report_order", ["school_id", "asked_by", "asked_at"])
    op.create_index("ix_report_order_expires_at", "report_order", ["expires_at"])


def downgrade() -> None:
    op.drop_index("ix_report_order_expires_at", table_name="report_order")
    op.drop_index("ix_report_order_asked_by", table_name="report_order")
    op.drop_table("report_order")
