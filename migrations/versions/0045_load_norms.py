"""norms of load as the school's dated data."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "load_norm",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("norms", sa.JSON(), nullable=False),
        sa.Column("owner", Id(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_load_norm_school_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "owner"], ["member.school_id", "member.id"], name=op.f("fk_load_norm_school_id_owner")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_load_norm")),
        sa.UniqueConstraint("school_id", "from_on", name=op.f("uq_load_norm_school_id_from_on")),
    )


def downgrade() -> None:
    op.drop_table("load_norm")
