"""pilots: protocols, draws, common tests, sets, alarms; units kept back for common tests."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("held_at", Moment(), nullable=True))
    op.create_table(
        "pilot",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=2000), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("main_test", sa.String(length=8), nullable=False),
        sa.Column("arms", sa.JSON(), nullable=False),
        sa.Column("tasks", sa.SmallInteger(), nullable=False),
        sa.Column("sets", sa.SmallInteger(), nullable=False),
        sa.Column("consent_until", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("weeks", sa.SmallInteger(), nullable=False),
        sa.Column("n_planned", sa.SmallInteger(), nullable=False),
        sa.Column("stop_rule", sa.String(length=2000), nullable=False),
        sa.Column("most_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("most_lost", sa.SmallInteger(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("registered_at", Moment(), nullable=True),
        sa.Column("registered_by", Id(), nullable=True),
        sa.Column("drawn_at", Moment(), nullable=True),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.Column("stopped_by", Id(), nullable=True),
        sa.Column("stopped_why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_pilot_school_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_pilot_subject_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot")),
    )
    op.create_index("ix_pilot_state", "pilot", ["school_id", "registered_at"])
    op.create_table(
        "pilot_course",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("ask_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "ask_id"], ["ask.school_id", "ask.id"], name=op.f("fk_pilot_course_school_id_ask_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_pilot_course_school_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"], ["pilot.school_id", "pilot.id"], name=op.f("fk_pilot_course_school_id_pilot_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_course")),
        sa.UniqueConstraint(
            "school_id", "pilot_id", "course_id", name=op.f("uq_pilot_course_school_id_pilot_id_course_id")
        ),
    )
    op.create_index("ix_pilot_course_course", "pilot_course", ["school_id", "course_id"])
    op.create_table(
        "pilot_test",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("unit_version_id", Id(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("conditions_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "conditions_id"],
            ["test_conditions.school_id", "test_conditions.id"],
            name=op.f("fk_pilot_test_school_id_conditions_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"], ["pilot.school_id", "pilot.id"], name=op.f("fk_pilot_test_school_id_pilot_id")
        ),
        sa.ForeignKeyConstraint(["unit_version_id"], ["unit_version.id"], name=op.f("fk_pilot_test_unit_version_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_test")),
        sa.UniqueConstraint("school_id", "pilot_id", "kind", name=op.f("uq_pilot_test_school_id_pilot_id_kind")),
    )
    op.create_table(
        "pilot_place",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("arm", sa.String(length=8), nullable=True),
        sa.Column("block", sa.SmallInteger(), nullable=True),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("left_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_pilot_place_school_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"], ["pilot.school_id", "pilot.id"], name=op.f("fk_pilot_place_school_id_pilot_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_pilot_place_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_place")),
        sa.UniqueConstraint(
            "school_id", "pilot_id", "pupil_id", name=op.f("uq_pilot_place_school_id_pilot_id_pupil_id")
        ),
    )
    op.create_index("ix_pilot_place_pupil", "pilot_place", ["school_id", "pupil_id"])
    op.create_table(
        "pilot_sitting",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("test_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("attempt_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempt.school_id", "attempt.id"],
            name=op.f("fk_pilot_sitting_school_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_pilot_sitting_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "test_id"],
            ["pilot_test.school_id", "pilot_test.id"],
            name=op.f("fk_pilot_sitting_school_id_test_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_sitting")),
        sa.UniqueConstraint(
            "school_id", "test_id", "pupil_id", name=op.f("uq_pilot_sitting_school_id_test_id_pupil_id")
        ),
    )
    op.create_index("ix_pilot_sitting_attempt", "pilot_sitting", ["school_id", "attempt_id"])
    op.create_table(
        "pilot_round",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("course_id", Id(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("homework_id", Id(), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "course_id"],
            ["course.school_id", "course.id"],
            name=op.f("fk_pilot_round_school_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "homework_id"],
            ["homework.school_id", "homework.id"],
            name=op.f("fk_pilot_round_school_id_homework_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"], ["pilot.school_id", "pilot.id"], name=op.f("fk_pilot_round_school_id_pilot_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_round")),
        sa.UniqueConstraint(
            "school_id",
            "pilot_id",
            "course_id",
            "number",
            name=op.f("uq_pilot_round_school_id_pilot_id_course_id_number"),
        ),
    )
    op.create_table(
        "pilot_amendment",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"],
            ["pilot.school_id", "pilot.id"],
            name=op.f("fk_pilot_amendment_school_id_pilot_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_amendment")),
    )
    op.create_index("ix_pilot_amendment_pilot", "pilot_amendment", ["school_id", "pilot_id"])
    op.create_table(
        "pilot_alert",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("arm", sa.String(length=8), nullable=False),
        sa.Column("week", sa.SmallInteger(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("rang_at", Moment(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"], ["pilot.school_id", "pilot.id"], name=op.f("fk_pilot_alert_school_id_pilot_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_alert")),
        sa.UniqueConstraint(
            "school_id", "pilot_id", "kind", "arm", "week", name=op.f("uq_pilot_alert_school_id_pilot_id_kind_arm_week")
        ),
    )
    op.create_table(
        "pilot_export",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pilot_id"], ["pilot.school_id", "pilot.id"], name=op.f("fk_pilot_export_school_id_pilot_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pilot_export")),
    )
    op.create_index("ix_pilot_export_pilot", "pilot_export", ["school_id", "pilot_id"])


def downgrade() -> None:
    op.drop_table("pilot_export")
    op.drop_table("pilot_alert")
    op.drop_table("pilot_amendment")
    op.drop_table("pilot_round")
    op.drop_table("pilot_sitting")
    op.drop_table("pilot_place")
    op.drop_table("pilot_test")
    op.drop_table("pilot_course")
    op.drop_table("pilot")
    with op.batch_alter_table("unit") as batch:
        batch.drop_column("held_at")
