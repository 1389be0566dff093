"""days in a row on which a topic went wrong, for each pupil."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pupil_topic", sa.Column("failed_days", sa.SmallInteger(), server_default="0", nullable=False))
    # The last answer was wrong: on one day at least.
    op.execute("UPDATE pupil_topic SET failed_days = 1 WHERE last = -1")
    _forget_checkpoints()


def downgrade() -> None:
    op.drop_column("pupil_topic", "failed_days")
    _forget_checkpoints()


def _forget_checkpoints() -> None:
    """A checkpoint of another shape cannot be unpacked; without one a late answer is replayed from the beginning."""
    level = sa.table("pupil_level", sa.column("checkpoint", sa.LargeBinary()), sa.column("checkpoint_at"), sa.column("checkpoint_n"))  # fmt: skip
    op.execute(level.update().values(checkpoint=b"", checkpoint_at=-1.0, checkpoint_n=0))
