"""since when a family sees a mark, and marks by the moment of their release."""

import sqlalchemy as sa
from alembic import op

from school.core.database import Moment

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mark", sa.Column("released_since", Moment(), nullable=True))
    op.create_index("ix_mark_released", "mark", ["school_id", "pupil_id", "released_at"])
    # Of marks that were changed after a family had seen them: the last release before the change.
    op.execute(
        "UPDATE mark SET released_since = (SELECT max(s.released_at) FROM mark_step s WHERE s.school_id = mark.school_id"
        " AND s.mark_id = mark.id AND s.released_at <= mark.set_at)"
        " WHERE released_value IS NOT NULL OR released_code IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_index("ix_mark_released", "mark")
    op.drop_column("mark", "released_since")
