"""facts of units: how they are used and how it goes."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_facts",
        sa.Column("unit_id", Id(), nullable=False),
        sa.Column("homeworks", sa.Integer(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("teachers", sa.Integer(), nullable=False),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("errors_fixed", sa.Integer(), nullable=False),
        sa.Column("liked", sa.SmallInteger(), nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_facts_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_facts")),
    )
    op.create_index(op.f("ix_unit_facts_counted_at"), "unit_facts", ["counted_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_unit_facts_counted_at"), table_name="unit_facts")
    op.drop_table("unit_facts")
