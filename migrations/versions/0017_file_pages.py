"""pages of PDF files: a picture and the words of each."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_page",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("picture_sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_sha256"], ["stored_file.sha256"], name=op.f("fk_file_page_picture_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_file_page_sha256_stored_file")),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_file_page")),
    )
    op.create_index(op.f("ix_file_page_picture_sha256"), "file_page", ["picture_sha256"])


def downgrade() -> None:
    op.drop_index(op.f("ix_file_page_picture_sha256"), table_name="file_page")
    op.drop_table("file_page")
