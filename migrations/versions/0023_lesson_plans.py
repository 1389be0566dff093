"""lesson plans: topics of a course and their hours."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_topic",
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("is_control", sa.Boolean(), nullable=False),
        sa.Column("is_reserve", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_plan_topic_school_id_course_id_course"),
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_plan_topic_topic_id_topic")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_plan_topic")),
    )
    op.create_index("ix_plan_topic_course", "plan_topic", ["school_id", "course_id", "number"])
    op.create_table(
        "plan_hour",
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("plan_topic_id", Id(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("lesson_id", Id(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_plan_hour_school_id_course_id_course"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_topic_id"],
            ["plan_topic.school_id", "plan_topic.id"],
            name=op.f("fk_plan_hour_school_id_plan_topic_id_plan_topic"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_plan_hour")),
    )
    op.create_index("ix_plan_hour_course", "plan_hour", ["school_id", "course_id", "number"])
    op.create_index("ix_plan_hour_lesson", "plan_hour", ["school_id", "lesson_id"])


def downgrade() -> None:
    op.drop_index("ix_plan_hour_lesson", table_name="plan_hour")
    op.drop_index("ix_plan_hour_course", table_name="plan_hour")
    op.drop_table("plan_hour")
    op.drop_index("ix_plan_topic_course", table_name="plan_topic")
    op.drop_table("plan_topic")
