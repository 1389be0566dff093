"""library changes."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id
from content_library.ids import uuid7

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    change = op.create_table(
        "library_change",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", Id(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_library_change_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_change")),
    )
    op.bulk_insert(change, [{"id": 1, "epoch": uuid7(), "last": 0}])
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_unit_changed"), ["changed"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_changed"))
        batch_op.drop_column("changed")
    op.drop_table("library_change")
