"""what is unusual about marks: the rule, how far the record was looked through, what was found."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch_rule",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("owner", Id(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_watch_rule_school_id_school")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_watch_rule")),
        sa.UniqueConstraint("school_id", "from_on", name=op.f("uq_watch_rule_school_id_from_on")),
    )
    op.create_table(
        "watched_until",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_watched_until_school_id_school")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_watched_until")),
    )
    op.create_table(
        "odd_mark",
        sa.Column("mark_id", Id(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "mark_id"], ["mark.school_id", "mark.id"], name=op.f("fk_odd_mark_school_id_mark_id_mark")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_odd_mark")),
    )
    op.create_index("ix_odd_mark_at", "odd_mark", ["school_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_odd_mark_at", table_name="odd_mark")
    op.drop_table("odd_mark")
    op.drop_table("watched_until")
    op.drop_table("watch_rule")
