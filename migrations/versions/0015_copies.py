"""copies know what they were made of."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("copied_from", Id(), nullable=True))
    op.add_column("unit", sa.Column("merged_up_to", Id(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("unit") as unit:
        unit.drop_column("merged_up_to")
        unit.drop_column("copied_from")
