"""collections of units."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_collection",
        sa.Column("id", Id(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("made_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("shared_with", sa.Integer(), nullable=True),
        sa.Column("shared_subject", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["shared_with"], ["school.id"], name=op.f("fk_unit_collection_shared_with_school")),
        sa.ForeignKeyConstraint(
            ["shared_subject"], ["subject.id"], name=op.f("fk_unit_collection_shared_subject_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_collection")),
    )
    op.create_index(op.f("ix_unit_collection_made_by"), "unit_collection", ["made_by"])
    op.create_index(op.f("ix_unit_collection_shared_with"), "unit_collection", ["shared_with"])
    op.create_table(
        "collected_unit",
        sa.Column("collection_id", Id(), nullable=False),
        sa.Column("unit_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["unit_collection.id"], name=op.f("fk_collected_unit_collection_id_unit_collection")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_collected_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("collection_id", "unit_id", name=op.f("pk_collected_unit")),
    )
    op.create_index(op.f("ix_collected_unit_unit_id"), "collected_unit", ["unit_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_collected_unit_unit_id"), table_name="collected_unit")
    op.drop_table("collected_unit")
    op.drop_index(op.f("ix_unit_collection_shared_with"), table_name="unit_collection")
    op.drop_index(op.f("ix_unit_collection_made_by"), table_name="unit_collection")
    op.drop_table("unit_collection")
