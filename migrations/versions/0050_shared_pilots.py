"""shared pilots: protocols of the city that several schools carry out, and sums of their results; tests of another year."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_pilot",
        sa.Column("id", Id(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=2000), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("year_level", sa.SmallInteger(), nullable=False),
        sa.Column("main_test", sa.String(length=8), nullable=False),
        sa.Column("arms", sa.JSON(), nullable=False),
        sa.Column("tasks", sa.SmallInteger(), nullable=False),
        sa.Column("sets", sa.SmallInteger(), nullable=False),
        sa.Column("weeks", sa.SmallInteger(), nullable=False),
        sa.Column("n_planned", sa.SmallInteger(), nullable=False),
        sa.Column("stop_rule", sa.String(length=2000), nullable=False),
        sa.Column("most_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("most_lost", sa.SmallInteger(), nullable=False),
        sa.Column("other_year", sa.String(length=500), server_default="", nullable=False),
        sa.Column("tests", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("needed_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_shared_pilot_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_pilot")),
    )
    op.create_table(
        "shared_result",
        sa.Column("shared_id", Id(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_shared_result_school_id")),
        sa.ForeignKeyConstraint(["shared_id"], ["shared_pilot.id"], name=op.f("fk_shared_result_shared_id")),
        sa.PrimaryKeyConstraint("shared_id", "school_id", "pilot_id", "kind", "what", name=op.f("pk_shared_result")),
    )
    with op.batch_alter_table("pilot") as table:
        table.add_column(sa.Column("other_year", sa.String(length=500), server_default="", nullable=False))
        table.add_column(sa.Column("shared_id", Id(), nullable=True))
        table.create_foreign_key(op.f("fk_pilot_shared_id"), "shared_pilot", ["shared_id"], ["id"])
        table.create_index(op.f("ix_pilot_shared_id"), ["shared_id"])


def downgrade() -> None:
    with op.batch_alter_table("pilot") as table:
        table.drop_index(op.f("ix_pilot_shared_id"))
        table.drop_constraint(op.f("fk_pilot_shared_id"), type_="foreignkey")
        table.drop_column("shared_id")
        table.drop_column("other_year")
    op.drop_table("shared_result")
    op.drop_table("shared_pilot")
