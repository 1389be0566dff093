"""messages between staff and families, what a school asks, and the answers."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_talk_school_id_pupil_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"], ["member.school_id", "member.id"], name=op.f("fk_talk_school_id_staff_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_talk")),
        sa.UniqueConstraint("school_id", "pupil_id", "staff_id", name=op.f("uq_talk_school_id_pupil_id_staff_id")),
    )
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.create_index("ix_talk_staff", ["school_id", "staff_id", "last_at"], unique=False)

    op.create_table(
        "talk_message",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("talk_id", Id(), nullable=False),
        sa.Column("from_id", Id(), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("arrives_at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("read_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "from_id"], ["member.school_id", "member.id"], name=op.f("fk_talk_message_school_id_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "talk_id"], ["talk.school_id", "talk.id"], name=op.f("fk_talk_message_school_id_talk_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_talk_message")),
    )
    with op.batch_alter_table("talk_message", schema=None) as batch_op:
        batch_op.create_index("ix_talk_message_talk", ["school_id", "talk_id", "at"], unique=False)

    op.create_table(
        "ask",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'consent')", name=op.f("ck_ask_kind")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["study_group.school_id", "study_group.id"],
            name=op.f("fk_ask_school_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "made_by"], ["member.school_id", "member.id"], name=op.f("fk_ask_school_id_made_by")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_ask")),
    )
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index("ix_ask_group", ["school_id", "group_id", "made_at"], unique=False)

    op.create_table(
        "talk_report",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("by_id", Id(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "by_id"], ["member.school_id", "member.id"], name=op.f("fk_talk_report_school_id_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "message_id"],
            ["talk_message.school_id", "talk_message.id"],
            name=op.f("fk_talk_report_school_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_talk_report")),
        sa.UniqueConstraint("school_id", "message_id", name=op.f("uq_talk_report_school_id_message_id")),
    )
    with op.batch_alter_table("talk_report", schema=None) as batch_op:
        batch_op.create_index("ix_talk_report_at", ["school_id", "at"], unique=False)

    op.create_table(
        "ask_answer",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("ask_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("by_id", Id(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("event_id", Id(), nullable=False),
        sa.CheckConstraint("answer IN ('read', 'yes', 'no')", name=op.f("ck_ask_answer_answer")),
        sa.ForeignKeyConstraint(
            ["school_id", "ask_id"], ["ask.school_id", "ask.id"], name=op.f("fk_ask_answer_school_id_ask_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "by_id"], ["member.school_id", "member.id"], name=op.f("fk_ask_answer_school_id_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_ask_answer_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_ask_answer")),
        sa.UniqueConstraint("school_id", "ask_id", "pupil_id", name=op.f("uq_ask_answer_school_id_ask_id_pupil_id")),
    )
    with op.batch_alter_table("ask_answer", schema=None) as batch_op:
        batch_op.create_index("ix_ask_answer_pupil", ["school_id", "pupil_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ask_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_ask_answer_pupil")

    op.drop_table("ask_answer")
    with op.batch_alter_table("talk_report", schema=None) as batch_op:
        batch_op.drop_index("ix_talk_report_at")

    op.drop_table("talk_report")
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index("ix_ask_group")

    op.drop_table("ask")
    with op.batch_alter_table("talk_message", schema=None) as batch_op:
        batch_op.drop_index("ix_talk_message_talk")

    op.drop_table("talk_message")
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.drop_index("ix_talk_staff")

    op.drop_table("talk")
