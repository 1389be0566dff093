"""what makes tasks easier for a pupil."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accommodation",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("more_time", sa.SmallInteger(), nullable=False),
        sa.Column("larger_print", sa.Boolean(), nullable=False),
        sa.Column("fewer", sa.SmallInteger(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_accommodation_school_id_pupil_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_accommodation")),
    )
    op.create_index("ix_accommodation_pupil", "accommodation", ["school_id", "pupil_id", "set_at"])
    op.add_column("attempt", sa.Column("eased", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("attempt") as batch:
        batch.drop_column("eased")
    op.drop_table("accommodation")
