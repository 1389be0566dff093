"""notices inside the site, and families' words about absences."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("unread", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "notice",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=True),
        sa.Column("thing_id", Id(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_notice_school_id_school")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint("school_id", "account_id", "key", name=op.f("uq_notice_school_id_account_id_key")),
    )
    op.create_index("ix_notice_account", "notice", ["school_id", "account_id", "made_at"])
    op.create_table(
        "absence_note",
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("slots", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_absence_note_school_id_pupil_id_member"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_absence_note")),
    )
    op.create_index("ix_absence_note_pupil", "absence_note", ["school_id", "pupil_id", "first_on"])


def downgrade() -> None:
    op.drop_index("ix_absence_note_pupil", table_name="absence_note")
    op.drop_table("absence_note")
    op.drop_index("ix_notice_account", table_name="notice")
    op.drop_table("notice")
    op.drop_column("account", "unread")
