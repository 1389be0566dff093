"""What imports brought: links to their sources, runs with what they changed, files that wait."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_link",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("thing_id", Id(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_roster_link_school_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_link")),
        sa.UniqueConstraint(
            "school_id", "source", "kind", "external_id", name=op.f("uq_roster_link_school_id_source_kind_external_id")
        ),
    )
    with op.batch_alter_table("roster_link", schema=None) as batch_op:
        batch_op.create_index("ix_roster_link_thing", ["school_id", "thing_id"], unique=False)

    op.create_table(
        "roster_run",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("batch_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_roster_run_school_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_run")),
    )
    with op.batch_alter_table("roster_run", schema=None) as batch_op:
        batch_op.create_index("ix_roster_run_made_at", ["school_id", "made_at"], unique=False)

    op.create_table(
        "roster_upload",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("batch_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_roster_upload_school_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_upload")),
    )
    with op.batch_alter_table("roster_upload", schema=None) as batch_op:
        batch_op.create_index("ix_roster_upload_made_at", ["school_id", "made_at"], unique=False)

    op.create_table(
        "roster_change",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("run_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", Id(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "run_id"],
            ["roster_run.school_id", "roster_run.id"],
            name=op.f("fk_roster_change_school_id_run_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_change")),
    )
    with op.batch_alter_table("roster_change", schema=None) as batch_op:
        batch_op.create_index("ix_roster_change_run", ["school_id", "run_id", "position"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roster_change", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_change_run")

    op.drop_table("roster_change")
    with op.batch_alter_table("roster_upload", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_upload_made_at")

    op.drop_table("roster_upload")
    with op.batch_alter_table("roster_run", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_run_made_at")

    op.drop_table("roster_run")
    with op.batch_alter_table("roster_link", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_link_thing")

    op.drop_table("roster_link")
