"""files of answers, hints opened, and what teachers made of answers."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _own(table: str) -> tuple[object, ...]:
    """What rows about one question of one attempt have."""
    return (
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("attempt_id", Id(), nullable=False),
        sa.Column("item_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f(f"fk_{table}_item_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempt.school_id", "attempt.id"],
            name=op.f(f"fk_{table}_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    op.create_table(
        "answer_file",
        *_own("answer_file"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("given_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_answer_file_sha256")),
    )
    op.create_index("ix_answer_file_attempt", "answer_file", ["school_id", "attempt_id"])
    op.create_table(
        "hint_opened",
        *_own("hint_opened"),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.UniqueConstraint(
            "school_id",
            "attempt_id",
            "item_id",
            "number",
            name=op.f("uq_hint_opened_school_id_attempt_id_item_id_number"),
        ),
    )
    op.create_table(
        "judgement",
        *_own("judgement"),
        sa.Column("answer_id", Id(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("says", sa.String(length=2000), nullable=False),
        sa.Column("judged_at", Moment(), nullable=False),
        sa.Column("judged_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "answer_id"], ["answer.school_id", "answer.id"], name=op.f("fk_judgement_school_id_answer_id")
        ),
    )
    op.create_index("ix_judgement_attempt", "judgement", ["school_id", "attempt_id", "item_id"])
    op.add_column("verdict", sa.Column("waits", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("verdict") as batch:
        batch.drop_column("waits")
    op.drop_table("judgement")
    op.drop_table("hint_opened")
    op.drop_table("answer_file")
