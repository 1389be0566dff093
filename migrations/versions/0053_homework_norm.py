"""the school's own stricter norms of homework as dated data."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "homework_norm",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("weekends_to", sa.SmallInteger(), nullable=True),
        sa.Column("owner", Id(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"]),
        sa.ForeignKeyConstraint(["school_id", "owner"], ["member.school_id", "member.id"]),
        sa.PrimaryKeyConstraint("school_id", "id"),
        sa.UniqueConstraint("school_id", "from_on"),
    )


def downgrade() -> None:
    op.drop_table("homework_norm")
