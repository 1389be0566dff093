"""how the variants of templates were tried out."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template_survey",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("different", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("job_id", Id(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_template_survey")),
    )


def downgrade() -> None:
    op.drop_table("template_survey")
