"""results of diagnostics that come from outside the school."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outside_result",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("class_id", Id(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("brought_at", Moment(), nullable=False),
        sa.Column("brought_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"],
            ["study_group.school_id", "study_group.id"],
            name=op.f("fk_outside_result_school_id_class_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_outside_result_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_outside_result_subject_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_outside_result")),
        sa.UniqueConstraint(
            "school_id",
            "subject_id",
            "on_date",
            "name",
            "pupil_id",
            name=op.f("uq_outside_result_school_id_subject_id_on_date_name_pupil_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("outside_result")
