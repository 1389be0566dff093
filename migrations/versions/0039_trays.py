"""messages not read and questions not answered, kept with the account."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("unread_messages", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("account", sa.Column("open_asks", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("account", "open_asks")
    op.drop_column("account", "unread_messages")
