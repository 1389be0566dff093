"""highlights and notes of one's own in textbooks."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reader_note",
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("unit_id", Id(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("place_title", sa.String(length=200), nullable=False),
        sa.Column("quote", sa.String(length=600), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reader_note_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_note")),
    )
    op.create_index(op.f("ix_reader_note_unit_id"), "reader_note", ["unit_id"])
    op.create_index(op.f("ix_reader_note_account_id_reader_note_unit_id"), "reader_note", ["account_id", "unit_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reader_note_account_id_reader_note_unit_id"), table_name="reader_note")
    op.drop_index(op.f("ix_reader_note_unit_id"), table_name="reader_note")
    op.drop_table("reader_note")
