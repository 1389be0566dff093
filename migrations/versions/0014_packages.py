"""packages and 3D models as kinds of unit, the parts of a package, and what a package says of somebody's work in it."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = ("textbook", "assignment", "test", "presentation", "video", "scenario")
AFTER = (*BEFORE, "package", "model")


def upgrade() -> None:
    _let_kinds_be(AFTER)
    op.create_table(
        "package_part",
        sa.Column("package_sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_sha256"], ["stored_file.sha256"], name=op.f("fk_package_part_package_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_package_part_sha256_stored_file")),
        sa.PrimaryKeyConstraint("package_sha256", "path", name=op.f("pk_package_part")),
    )
    op.create_index(op.f("ix_package_part_sha256"), "package_part", ["sha256"])
    op.create_table(
        "package_work",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("package", sa.String(length=64), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "package", name=op.f("pk_package_work")),
    )


def downgrade() -> None:
    op.drop_table("package_work")
    op.drop_index(op.f("ix_package_part_sha256"), table_name="package_part")
    op.drop_table("package_part")
    _let_kinds_be(BEFORE)


def _let_kinds_be(kinds: tuple[str, ...]) -> None:
    allowed = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    with op.batch_alter_table("unit") as table:
        table.drop_constraint(op.f("ck_unit_kind"), type_="check")
        table.create_check_constraint(op.f("ck_unit_kind"), allowed)
