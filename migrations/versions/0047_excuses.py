"""senders of excuses from outside, codes of pupils, and what was sent."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "excuse_sender",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("key_end", sa.String(4), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"]),
        sa.PrimaryKeyConstraint("school_id", "id"),
        sa.UniqueConstraint("school_id", "key_hash"),
    )
    op.create_table(
        "pupil_code",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["school_id", "pupil_id"], ["member.school_id", "member.id"]),
        sa.PrimaryKeyConstraint("school_id", "id"),
        sa.UniqueConstraint("school_id", "code"),
    )
    op.create_index("ix_pupil_code_pupil", "pupil_code", ["school_id", "pupil_id"])
    op.create_table(
        "outside_excuse",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("sender_id", Id(), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("note_id", Id(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["school_id", "sender_id"], ["excuse_sender.school_id", "excuse_sender.id"]),
        sa.ForeignKeyConstraint(["school_id", "pupil_id"], ["member.school_id", "member.id"]),
        sa.ForeignKeyConstraint(["school_id", "note_id"], ["absence_note.school_id", "absence_note.id"]),
        sa.PrimaryKeyConstraint("school_id", "id"),
        sa.UniqueConstraint("school_id", "sender_id", "number"),
    )
    op.create_index("ix_outside_excuse_pupil", "outside_excuse", ["school_id", "pupil_id"])


def downgrade() -> None:
    op.drop_table("outside_excuse")
    op.drop_table("pupil_code")
    op.drop_table("excuse_sender")
