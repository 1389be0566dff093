"""days of year levels, and the city's tree of figures with what is hidden in it."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_cell",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year_level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("teachers", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("fives", sa.Integer(), nullable=False),
        sa.Column("homework", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.Integer(), nullable=False),
        sa.Column("handed_in", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("on_date", "district", "school_id", "year_level", name=op.f("pk_figure_cell")),
    )
    op.create_table(
        "level_day",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year_level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("fives", sa.Integer(), nullable=False),
        sa.Column("homework", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.Integer(), nullable=False),
        sa.Column("handed_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_level_day_school_id")),
        sa.PrimaryKeyConstraint("on_date", "school_id", "year_level", name=op.f("pk_level_day")),
    )


def downgrade() -> None:
    op.drop_table("level_day")
    op.drop_table("figure_cell")
