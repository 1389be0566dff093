"""subjects with heavy homework as the school's dated data."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heavy_norm",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("most", sa.SmallInteger(), nullable=False),
        sa.Column("owner", Id(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"]),
        sa.ForeignKeyConstraint(["school_id", "owner"], ["member.school_id", "member.id"]),
        sa.PrimaryKeyConstraint("school_id", "id"),
        sa.UniqueConstraint("school_id", "from_on"),
    )


def downgrade() -> None:
    op.drop_table("heavy_norm")
