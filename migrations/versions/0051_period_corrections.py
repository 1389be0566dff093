"""corrections of marks of closed terms and years; who closed a term."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("term", sa.Column("locked_by", Id(), nullable=True))
    op.create_table(
        "period_correction",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("term_id", Id(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("old_value", sa.SmallInteger(), nullable=True),
        sa.Column("old_code", sa.String(), nullable=True),
        sa.Column("value", sa.SmallInteger(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_order", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_period_correction_school_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_period_correction_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "term_id"],
            ["term.school_id", "term.id"],
            name=op.f("fk_period_correction_school_id_term_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_period_correction")),
    )
    with op.batch_alter_table("period_correction") as table:
        table.create_index("ix_period_correction_open", ["school_id", "state", "asked_at"])
        table.create_index("ix_period_correction_course", ["school_id", "course_id"])


def downgrade() -> None:
    op.drop_table("period_correction")
    with op.batch_alter_table("term") as table:
        table.drop_column("locked_by")
