"""files beside a homework, and what photographs of works look like."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "homework_file",
        sa.Column("homework_id", Id(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "homework_id"],
            ["homework.school_id", "homework.id"],
            name=op.f("fk_homework_file_school_id_homework_id_homework"),
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_homework_file_sha256_stored_file")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_homework_file")),
        sa.UniqueConstraint(
            "school_id",
            "homework_id",
            "position",
            name=op.f("uq_homework_file_school_id_homework_id_position"),
        ),
    )
    with op.batch_alter_table("submission_photo") as table:
        table.add_column(sa.Column("look", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("submission_photo") as table:
        table.drop_column("look")
    op.drop_table("homework_file")
