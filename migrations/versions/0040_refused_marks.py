"""saves of marks that came too late."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_mark",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("mark_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("stood", sa.Integer(), nullable=False),
        sa.Column("wanted_value", sa.SmallInteger(), nullable=True),
        sa.Column("wanted_code", sa.String(), nullable=True),
        sa.Column("stood_value", sa.SmallInteger(), nullable=True),
        sa.Column("stood_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "mark_id"], ["mark.school_id", "mark.id"], name=op.f("fk_refused_mark_school_id_mark_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_refused_mark")),
    )
    with op.batch_alter_table("refused_mark") as batch_op:
        batch_op.create_index("ix_refused_mark_at", ["school_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("refused_mark")
