"""the marks that pupils aim at in their subjects."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject_goal",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.SmallInteger(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_subject_goal_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_goal_subject_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_subject_goal")),
        sa.UniqueConstraint(
            "school_id", "pupil_id", "subject_id", name=op.f("uq_subject_goal_school_id_pupil_id_subject_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("subject_goal")
