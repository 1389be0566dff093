"""pupils handed over from school to school."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_offer",
        sa.Column("id", Id(), nullable=False),
        sa.Column("from_school_id", sa.Integer(), nullable=False),
        sa.Column("to_school_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("pupil_name", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("year_level", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", Moment(), nullable=False),
        sa.Column("offered_by", Id(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("new_member_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_school_id"], ["school.id"], name=op.f("fk_transfer_offer_from_school_id_school")
        ),
        sa.ForeignKeyConstraint(["to_school_id"], ["school.id"], name=op.f("fk_transfer_offer_to_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_offer")),
    )
    op.create_index("ix_transfer_offer_from", "transfer_offer", ["from_school_id", "offered_at"])
    op.create_index("ix_transfer_offer_to", "transfer_offer", ["to_school_id", "offered_at"])


def downgrade() -> None:
    op.drop_index("ix_transfer_offer_to", table_name="transfer_offer")
    op.drop_index("ix_transfer_offer_from", table_name="transfer_offer")
    op.drop_table("transfer_offer")
