"""teachers' words at places of photographed pages."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo_note",
        sa.Column("photo_id", Id(), nullable=False),
        sa.Column("x", sa.SmallInteger(), nullable=False),
        sa.Column("y", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "photo_id"],
            ["submission_photo.school_id", "submission_photo.id"],
            name=op.f("fk_photo_note_school_id_photo_id_submission_photo"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_photo_note")),
    )
    op.create_index("ix_photo_note_photo", "photo_note", ["school_id", "photo_id"])


def downgrade() -> None:
    op.drop_index("ix_photo_note_photo", table_name="photo_note")
    op.drop_table("photo_note")
