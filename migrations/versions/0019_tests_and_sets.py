"""conditions of tests, questions drawn and gathered, rulings on wrong keys, leaked questions, rubrics, own tasks."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "test_conditions",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("opens_at", Moment(), nullable=True),
        sa.Column("closes_at", Moment(), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("shows", sa.String(length=8), nullable=False),
        sa.Column("layout", sa.String(length=8), nullable=False),
        sa.Column("is_shuffled", sa.Boolean(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_test_conditions_school_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_test_conditions")),
    )
    op.create_table(
        "item_ruling",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("item_id", Id(), nullable=False),
        sa.Column("within", Id(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("accepts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_item_ruling_school_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_ruling_item_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_item_ruling")),
    )
    op.create_index("ix_item_ruling_within", "item_ruling", ["school_id", "within"])
    op.create_table(
        "item_watch",
        sa.Column("item_id", Id(), nullable=False),
        sa.Column("burnt_at", Moment(), nullable=False),
        sa.Column("n_before", sa.Integer(), nullable=False),
        sa.Column("n_since", sa.Integer(), nullable=False),
        sa.Column("share_before", sa.Double(), nullable=False),
        sa.Column("share_since", sa.Double(), nullable=False),
        sa.Column("seconds_before", sa.Double(), nullable=False),
        sa.Column("seconds_since", sa.Double(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=True),
        sa.Column("kept_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_watch_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_watch")),
    )
    op.create_table(
        "own_task",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_own_task_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_own_task")),
    )
    op.create_index("ix_own_task_pupil", "own_task", ["school_id", "pupil_id", "due_on"])
    with op.batch_alter_table("attempt") as table:
        table.add_column(sa.Column("sheet", sa.JSON(), nullable=True))
        table.add_column(sa.Column("given_for", Id(), nullable=True))
        table.add_column(sa.Column("conditions_id", Id(), nullable=True))
        table.add_column(sa.Column("closes_at", Moment(), nullable=True))
        table.add_column(sa.Column("corrects_id", Id(), nullable=True))
        table.add_column(sa.Column("carried", sa.Numeric(8, 2, asdecimal=False), nullable=False, server_default="0"))
        table.add_column(sa.Column("takes_late", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key(
            op.f("fk_attempt_school_id_conditions_id"),
            "test_conditions",
            ["school_id", "conditions_id"],
            ["school_id", "id"],
        )
        table.create_foreign_key(
            op.f("fk_attempt_school_id_corrects_id"), "attempt", ["school_id", "corrects_id"], ["school_id", "id"]
        )
        table.create_index("ix_attempt_given_for", ["school_id", "given_for"])
    op.execute(
        "UPDATE attempt SET given_for = assignment.homework_id FROM submission JOIN assignment"
        " ON assignment.school_id = submission.school_id AND assignment.id = submission.assignment_id"
        " WHERE submission.school_id = attempt.school_id AND submission.attempt_id = attempt.id"
    )
    with op.batch_alter_table("answer") as table:
        table.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("homework") as table:
        table.add_column(sa.Column("conditions_id", Id(), nullable=True))
        table.add_column(sa.Column("sheet", sa.JSON(), nullable=True))
        table.add_column(sa.Column("rubric", sa.JSON(), nullable=True))
        table.create_foreign_key(
            op.f("fk_homework_school_id_conditions_id"),
            "test_conditions",
            ["school_id", "conditions_id"],
            ["school_id", "id"],
        )
    with op.batch_alter_table("assignment") as table:
        table.add_column(sa.Column("sheet", sa.JSON(), nullable=True))
        table.add_column(sa.Column("rubric_points", sa.JSON(), nullable=True))
    op.create_table(
        "verdict_change",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("attempt_id", Id(), nullable=False),
        sa.Column("verdict_id", Id(), nullable=False),
        sa.Column("ruling_id", Id(), nullable=True),
        sa.Column("points_before", sa.Numeric(8, 2, asdecimal=False), nullable=False),
        sa.Column("points_after", sa.Numeric(8, 2, asdecimal=False), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempt.school_id", "attempt.id"],
            name=op.f("fk_verdict_change_school_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "verdict_id"],
            ["verdict.school_id", "verdict.id"],
            name=op.f("fk_verdict_change_school_id_verdict_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_verdict_change")),
    )
    op.create_index("ix_verdict_change_attempt", "verdict_change", ["school_id", "attempt_id"])


def downgrade() -> None:
    op.drop_table("verdict_change")
    with op.batch_alter_table("assignment") as table:
        table.drop_column("rubric_points")
        table.drop_column("sheet")
    with op.batch_alter_table("homework") as table:
        table.drop_constraint(op.f("fk_homework_school_id_conditions_id"), type_="foreignkey")
        table.drop_column("rubric")
        table.drop_column("sheet")
        table.drop_column("conditions_id")
    with op.batch_alter_table("answer") as table:
        table.drop_column("late")
    with op.batch_alter_table("attempt") as table:
        table.drop_constraint(op.f("fk_attempt_school_id_corrects_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_attempt_school_id_conditions_id"), type_="foreignkey")
        table.drop_index("ix_attempt_given_for")
        for name in ("takes_late", "carried", "corrects_id", "closes_at", "conditions_id", "given_for", "sheet"):
            table.drop_column(name)
    op.drop_table("own_task")
    op.drop_table("item_watch")
    op.drop_table("item_ruling")
    op.drop_table("test_conditions")
