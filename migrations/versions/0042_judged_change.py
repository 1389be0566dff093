"""answers that the pupil model takes otherwise once their verdict was put right."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("judged_answer", sa.Column("left_out", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "judged_change",
        sa.Column("answer_id", Id(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "answer_id"],
            ["judged_answer.school_id", "judged_answer.answer_id"],
            name=op.f("fk_judged_change_school_id_answer_id_judged_answer"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_judged_change")),
    )
    op.create_index("ix_judged_change_answer", "judged_change", ["school_id", "answer_id"])


def downgrade() -> None:
    op.drop_index("ix_judged_change_answer", table_name="judged_change")
    op.drop_table("judged_change")
    with op.batch_alter_table("judged_answer") as table:
        table.drop_column("left_out")
