"""acts in preparation with their rehearsal, changes of marks that wait for a second person, marks of the year."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "marking_act_draft",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("works", sa.JSON(), nullable=False),
        sa.Column("owner", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", Id(), nullable=False),
        sa.Column("asked_version", sa.Integer(), nullable=True),
        sa.Column("rehearsed_version", sa.Integer(), nullable=True),
        sa.Column("rehearsal", sa.JSON(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("approved_by", Id(), nullable=True),
        sa.Column("act_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_marking_act_draft_school_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_marking_act_draft")),
    )
    op.create_table(
        "year_mark",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("proposed", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("released_at", Moment(), nullable=False),
        sa.Column("released_value", sa.SmallInteger(), nullable=True),
        sa.Column("released_code", sa.String(), nullable=True),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"], ["course.school_id", "course.id"], name=op.f("fk_year_mark_school_id_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_year_mark_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_year_mark")),
        sa.UniqueConstraint(
            "school_id", "pupil_id", "course_id", "kind", name=op.f("uq_year_mark_school_id_pupil_id_course_id_kind")
        ),
    )
    op.create_index("ix_year_mark_course", "year_mark", ["school_id", "course_id"])

    op.create_table(
        "mark_correction",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("lesson_id", Id(), nullable=False),
        sa.Column("column_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("old_value", sa.SmallInteger(), nullable=True),
        sa.Column("old_code", sa.String(), nullable=True),
        sa.Column("value", sa.SmallInteger(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("asked_member", Id(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "column_id"],
            ["journal_column.school_id", "journal_column.id"],
            name=op.f("fk_mark_correction_school_id_column_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_mark_correction_school_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "lesson_id"],
            ["lesson.school_id", "lesson.id"],
            name=op.f("fk_mark_correction_school_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_mark_correction_school_id_pupil_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_mark_correction")),
    )
    op.create_index("ix_mark_correction_open", "mark_correction", ["school_id", "state", "asked_at"])


def downgrade() -> None:
    op.drop_index("ix_mark_correction_open", table_name="mark_correction")

    op.drop_table("mark_correction")
    op.drop_index("ix_year_mark_course", table_name="year_mark")

    op.drop_table("year_mark")
    op.drop_table("marking_act_draft")
