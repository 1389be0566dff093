"""the day of an extra lesson, and the course of each place in it."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    op.add_column("extra_lesson", sa.Column("on_date", sa.Date(), nullable=True))
    op.add_column("extra_place", sa.Column("course_id", Id(), nullable=True))
    if is_postgres:
        op.execute("UPDATE extra_lesson SET on_date = (starts_at AT TIME ZONE 'Europe/Moscow')::date")
    else:
        op.execute("UPDATE extra_lesson SET on_date = date(starts_at, '+3 hours')")
    op.execute(
        "UPDATE extra_place SET course_id = (SELECT extra_lesson.course_id FROM extra_lesson "
        "WHERE extra_lesson.school_id = extra_place.school_id AND extra_lesson.id = extra_place.extra_id)"
    )
    with op.batch_alter_table("extra_lesson") as table:
        table.alter_column("on_date", existing_type=sa.Date(), nullable=False)
        table.create_index("ix_extra_lesson_day", ["school_id", "on_date"])
    with op.batch_alter_table("extra_place") as table:
        table.alter_column("course_id", existing_type=Id(), nullable=False)
        table.create_foreign_key(
            op.f("fk_extra_place_school_id_course_id_course"),
            "course",
            ["school_id", "course_id"],
            ["school_id", "id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("extra_place") as table:
        table.drop_constraint(op.f("fk_extra_place_school_id_course_id_course"), type_="foreignkey")
        table.drop_column("course_id")
    with op.batch_alter_table("extra_lesson") as table:
        table.drop_index("ix_extra_lesson_day")
        table.drop_column("on_date")
