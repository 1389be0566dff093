"""dates of topics, and what rests on what."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("topic") as topic:
        topic.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        topic.add_column(sa.Column("valid_to", sa.Date(), nullable=True))
        topic.create_check_constraint(op.f("ck_topic_valid"), "valid_from <= valid_to")
    op.create_table(
        "topic_need",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("needs_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("topic_id <> needs_id", name=op.f("ck_topic_need_another")),
        sa.ForeignKeyConstraint(["needs_id"], ["topic.id"], name=op.f("fk_topic_need_needs_id_topic")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_need_topic_id_topic")),
        sa.PrimaryKeyConstraint("topic_id", "needs_id", name=op.f("pk_topic_need")),
    )
    op.create_index(op.f("ix_topic_need_needs_id"), "topic_need", ["needs_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_topic_need_needs_id"), table_name="topic_need")
    op.drop_table("topic_need")
    with op.batch_alter_table("topic") as topic:
        topic.drop_constraint(op.f("ck_topic_valid"), type_="check")
        topic.drop_column("valid_to")
        topic.drop_column("valid_from")
