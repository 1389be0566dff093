"""extra lessons and their places."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extra_lesson",
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("teacher_id", Id(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("building_id", Id(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("unit_id", Id(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("from_evidence", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("held_at", Moment(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("cancelled_why", sa.String(length=300), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_extra_lesson_school_id_course_id_course"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "teacher_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_extra_lesson_school_id_teacher_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "building_id"],
            ["building.school_id", "building.id"],
            name=op.f("fk_extra_lesson_school_id_building_id_building"),
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_extra_lesson_topic_id_topic")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extra_lesson_unit_id_unit")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_extra_lesson")),
    )
    op.create_index("ix_extra_lesson_course", "extra_lesson", ["school_id", "course_id"])
    op.create_index("ix_extra_lesson_starts", "extra_lesson", ["school_id", "starts_at"])
    op.create_table(
        "extra_place",
        sa.Column("extra_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("right", sa.SmallInteger(), nullable=False),
        sa.Column("answers", sa.SmallInteger(), nullable=False),
        sa.Column("invited_at", Moment(), nullable=False),
        sa.Column("reply", sa.String(length=3), nullable=False),
        sa.Column("replied_at", Moment(), nullable=True),
        sa.Column("by_family", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("says", sa.String(length=200), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "extra_id"],
            ["extra_lesson.school_id", "extra_lesson.id"],
            name=op.f("fk_extra_place_school_id_extra_id_extra_lesson"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_extra_place_school_id_pupil_id_member"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_extra_place")),
        sa.UniqueConstraint(
            "school_id", "extra_id", "pupil_id", name=op.f("uq_extra_place_school_id_extra_id_pupil_id")
        ),
    )
    op.create_index("ix_extra_place_pupil", "extra_place", ["school_id", "pupil_id"])


def downgrade() -> None:
    op.drop_index("ix_extra_place_pupil", table_name="extra_place")
    op.drop_table("extra_place")
    op.drop_index("ix_extra_lesson_starts", table_name="extra_lesson")
    op.drop_index("ix_extra_lesson_course", table_name="extra_lesson")
    op.drop_table("extra_lesson")
