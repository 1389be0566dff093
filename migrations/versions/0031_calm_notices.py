"""calm notices: how people are told, messages that left, how far news of marks were read."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispatch",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_dispatch_account_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_dispatch_school_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_dispatch")),
    )
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.create_index("ix_dispatch_account", ["school_id", "account_id", "made_at"], unique=False)

    op.create_table(
        "marks_told_until",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_marks_told_until_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_marks_told_until")),
    )
    op.create_table(
        "notice_setting",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_to", sa.Time(), nullable=False),
        sa.Column("quiet_weekends", sa.Boolean(), nullable=False),
        sa.Column("once_a_day", sa.Boolean(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("mail_asked", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_setting_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_setting")),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("sign_in_id", Id(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_push_subscription_account_id")),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name=op.f("fk_push_subscription_sign_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
    )
    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.create_index("ix_push_subscription_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_push_subscription_sign_in_id", ["sign_in_id"], unique=False)

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ready_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("look_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("dispatch_id", Id(), nullable=True))
        batch_op.create_index(
            "ix_notice_look_at",
            ["school_id", "look_at"],
            unique=False,
            sqlite_where=sa.text("look_at IS NOT NULL"),
            postgresql_where=sa.text("look_at IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_look_at",
            sqlite_where=sa.text("look_at IS NOT NULL"),
            postgresql_where=sa.text("look_at IS NOT NULL"),
        )
        batch_op.drop_column("dispatch_id")
        batch_op.drop_column("look_at")
        batch_op.drop_column("ready_at")

    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_push_subscription_sign_in_id")
        batch_op.drop_index("ix_push_subscription_account_id")

    op.drop_table("push_subscription")
    op.drop_table("notice_setting")
    op.drop_table("marks_told_until")
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.drop_index("ix_dispatch_account")

    op.drop_table("dispatch")
