"""files on their way: uploads in parts, how far a film is, what was watched of it, what a playlist says of a rendition."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "film_seen",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "film", name=op.f("pk_film_seen")),
    )
    op.create_table(
        "library_upload",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version_id", Id(), nullable=False),
        sa.Column("incoming", sa.String(length=80), nullable=False),
        sa.Column("upload_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("begun_by", Id(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["unit_version.id"], name=op.f("fk_library_upload_version_id_unit_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_upload")),
    )
    op.create_index(op.f("ix_library_upload_begun_at"), "library_upload", ["begun_at"])
    op.create_index(op.f("ix_library_upload_version_id"), "library_upload", ["version_id"])
    op.add_column("film_work", sa.Column("parts_sum", sa.String(length=64), server_default="", nullable=False))
    op.add_column("film_work", sa.Column("percent", sa.Integer(), server_default="0", nullable=False))
    op.add_column("stored_file", sa.Column("facts", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("stored_file", "facts")
    op.drop_column("film_work", "percent")
    op.drop_column("film_work", "parts_sum")
    op.drop_index(op.f("ix_library_upload_version_id"), table_name="library_upload")
    op.drop_index(op.f("ix_library_upload_begun_at"), table_name="library_upload")
    op.drop_table("library_upload")
    op.drop_table("film_seen")
