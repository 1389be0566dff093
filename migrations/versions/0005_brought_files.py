"""Files of other programs that wait for their bringer's decision."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brought_file",
        sa.Column("id", Id(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("brought_at", Moment(), nullable=False),
        sa.Column("brought_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_brought_file_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_file")),
    )
    with op.batch_alter_table("brought_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brought_file_brought_by"), ["brought_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_brought_file_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("brought_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brought_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_brought_file_brought_by"))
    op.drop_table("brought_file")
