"""rounds of review, and remarks bound to places."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_round",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version_id", Id(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("fine", sa.JSON(), nullable=False),
        sa.Column("why_other", sa.String(length=16), nullable=True),
        sa.Column("other_than", Id(), nullable=True),
        sa.Column("other_name", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("reader_id", Id(), nullable=True),
        sa.Column("reader_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("why_other IN ('second', 'appeal')", name=op.f("ck_review_round_why_other")),
        sa.CheckConstraint("verdict IN ('published', 'returned', 'taken_back')", name=op.f("ck_review_round_verdict")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["unit_version.id"], name=op.f("fk_review_round_version_id_unit_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
    )
    op.create_index(op.f("ix_review_round_version_id"), "review_round", ["version_id"])
    op.create_table(
        "review_remark",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version_id", Id(), nullable=False),
        sa.Column("criterion", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("place_title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("made_name", sa.String(length=200), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "criterion IN ('facts', 'programme', 'language', 'age', 'look', 'access', 'rights')",
            name=op.f("ck_review_remark_criterion"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["unit_version.id"], name=op.f("fk_review_remark_version_id_unit_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_remark")),
    )
    op.create_index(op.f("ix_review_remark_version_id"), "review_remark", ["version_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_review_remark_version_id"), table_name="review_remark")
    op.drop_table("review_remark")
    op.drop_index(op.f("ix_review_round_version_id"), table_name="review_round")
    op.drop_table("review_round")
