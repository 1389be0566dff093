"""bookmarks in textbooks."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bookmark",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("unit_id", Id(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_bookmark_unit_id_unit")),
        sa.PrimaryKeyConstraint("account_id", "unit_id", "place", name=op.f("pk_bookmark")),
    )
    op.create_index(op.f("ix_bookmark_unit_id"), "bookmark", ["unit_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_bookmark_unit_id"), table_name="bookmark")
    op.drop_table("bookmark")
