"""what result a question to families is about."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ask", sa.Column("about", sa.String(80), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("ask", "about")
