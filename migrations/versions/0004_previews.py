"""small pictures of files."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_preview",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("preview_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "ready", "failed", name="state", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preview_sha256"], ["stored_file.sha256"], name=op.f("fk_file_preview_preview_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_file_preview_sha256_stored_file")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_preview")),
    )
    op.create_index(op.f("ix_file_preview_preview_sha256"), "file_preview", ["preview_sha256"])


def downgrade() -> None:
    op.drop_index(op.f("ix_file_preview_preview_sha256"), table_name="file_preview")
    op.drop_table("file_preview")
