"""columns of the journal by day: the week's check works of a school."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_journal_column_day", "journal_column", ["school_id", "on_date"])


def downgrade() -> None:
    op.drop_index("ix_journal_column_day", table_name="journal_column")
