"""secret addresses of calendars."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "member_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_calendar_feed_school_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "owner_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_calendar_feed_school_id_owner_id_member"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("school_id", "token_hash", name=op.f("uq_calendar_feed_school_id_token_hash")),
    )
    op.create_index("ix_calendar_feed_owner", "calendar_feed", ["school_id", "owner_id", "member_id"])


def downgrade() -> None:
    op.drop_index("ix_calendar_feed_owner", table_name="calendar_feed")
    op.drop_table("calendar_feed")
