"""marks: dots with their day, retakes that count instead, other systems of marks and criteria."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal_column", sa.Column("system", sa.String(), nullable=True))
    op.add_column("journal_column", sa.Column("criteria", sa.JSON(), nullable=True))
    op.add_column("mark", sa.Column("origin", sa.String(), nullable=True))
    op.add_column("mark", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("mark", sa.Column("replaced_at", Moment(), nullable=True))
    op.add_column("mark", sa.Column("released_origin", sa.String(), nullable=True))
    op.add_column("mark", sa.Column("released_due_on", sa.Date(), nullable=True))
    for name in ("old_origin", "new_origin"):
        op.add_column("mark_step", sa.Column(name, sa.String(), nullable=True))
    for name in ("old_due_on", "new_due_on"):
        op.add_column("mark_step", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("new_due_on", "old_due_on", "new_origin", "old_origin"):
        op.drop_column("mark_step", name)
    for name in ("released_due_on", "released_origin", "replaced_at", "due_on", "origin"):
        op.drop_column("mark", name)
    op.drop_column("journal_column", "criteria")
    op.drop_column("journal_column", "system")
