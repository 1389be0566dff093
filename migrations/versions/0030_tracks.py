"""individual tracks, practice chosen by the model, diagnostics, and one lesson on three levels."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diagnostic",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("error", sa.Double(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_diagnostic_school_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_diagnostic_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_diagnostic")),
    )
    with op.batch_alter_table("diagnostic", schema=None) as batch_op:
        batch_op.create_index("ix_diagnostic_pupil", ["school_id", "pupil_id"], unique=False)

    op.create_table(
        "track",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("approved_by", Id(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"], ["course.school_id", "course.id"], name=op.f("fk_track_school_id_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_track_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_track")),
    )
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.create_index("ix_track_course", ["school_id", "course_id", "state"], unique=False)
        batch_op.create_index("ix_track_pupil", ["school_id", "pupil_id", "state"], unique=False)

    op.create_table(
        "track_step",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("track_id", Id(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", Id(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("for_topic", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "track_id"], ["track.school_id", "track.id"], name=op.f("fk_track_step_school_id_track_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_track_step_topic_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_track_step_unit_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_track_step")),
    )
    with op.batch_alter_table("track_step", schema=None) as batch_op:
        batch_op.create_index("ix_track_step_track", ["school_id", "track_id", "position"], unique=False)

    op.create_table(
        "lesson_work",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("lesson_id", Id(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit_version_id", Id(), nullable=False),
        sa.Column("sets", sa.JSON(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "lesson_id"],
            ["lesson.school_id", "lesson.id"],
            name=op.f("fk_lesson_work_school_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_lesson_work_topic_id")),
        sa.ForeignKeyConstraint(["unit_version_id"], ["unit_version.id"], name=op.f("fk_lesson_work_unit_version_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_lesson_work")),
        sa.UniqueConstraint("school_id", "lesson_id", name=op.f("uq_lesson_work_school_id_lesson_id")),
    )
    op.create_table(
        "practice",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("attempt_id", Id(), nullable=False),
        sa.Column("step_id", Id(), nullable=True),
        sa.Column("diagnostic_id", Id(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempt.school_id", "attempt.id"],
            name=op.f("fk_practice_school_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "diagnostic_id"],
            ["diagnostic.school_id", "diagnostic.id"],
            name=op.f("fk_practice_school_id_diagnostic_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_practice_school_id_pupil_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "step_id"],
            ["track_step.school_id", "track_step.id"],
            name=op.f("fk_practice_school_id_step_id"),
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_practice_subject_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_practice")),
    )
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.create_index("ix_practice_pupil", ["school_id", "pupil_id", "made_at"], unique=False)

    op.create_table(
        "lesson_level",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("work_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_lesson_level_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "work_id"],
            ["lesson_work.school_id", "lesson_work.id"],
            name=op.f("fk_lesson_level_school_id_work_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_lesson_level")),
        sa.UniqueConstraint(
            "school_id", "work_id", "pupil_id", name=op.f("uq_lesson_level_school_id_work_id_pupil_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("lesson_level")
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.drop_index("ix_practice_pupil")

    op.drop_table("practice")
    op.drop_table("lesson_work")
    with op.batch_alter_table("track_step", schema=None) as batch_op:
        batch_op.drop_index("ix_track_step_track")

    op.drop_table("track_step")
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.drop_index("ix_track_pupil")
        batch_op.drop_index("ix_track_course")

    op.drop_table("track")
    with op.batch_alter_table("diagnostic", schema=None) as batch_op:
        batch_op.drop_index("ix_diagnostic_pupil")

    op.drop_table("diagnostic")
