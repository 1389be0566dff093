"""the game: switches, days, badges, the wardrobe, goals of classes, words about the list."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "game_kept",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_game_kept_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_game_kept")),
    )
    op.create_table(
        "game_avatar",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("worn", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_game_avatar_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", name=op.f("pk_game_avatar")),
    )
    op.create_table(
        "game_badge",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("thing", sa.String(length=40), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_game_badge_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "kind", "thing", name=op.f("pk_game_badge")),
    )
    op.create_table(
        "game_day",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("told", sa.Double(), nullable=False),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.Column("steps", sa.SmallInteger(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_game_day_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "on_date", name=op.f("pk_game_day")),
    )
    op.create_table(
        "game_part",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("price", sa.SmallInteger(), nullable=False),
        sa.Column("bought_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_game_part_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "part", name=op.f("pk_game_part")),
    )
    op.create_table(
        "game_pupil",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_game_pupil_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "side", name=op.f("pk_game_pupil")),
    )
    op.create_table(
        "game_class",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["study_group.school_id", "study_group.id"],
            name=op.f("fk_game_class_school_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "group_id", name=op.f("pk_game_class")),
    )
    op.create_table(
        "game_goal",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("target", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("dropped_at", Moment(), nullable=True),
        sa.CheckConstraint("kind IN ('topics', 'days')", name=op.f("ck_game_goal_kind")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["study_group.school_id", "study_group.id"],
            name=op.f("fk_game_goal_school_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_game_goal")),
    )
    op.create_index("ix_game_goal_group", "game_goal", ["school_id", "group_id", "starts_on"])

    op.create_table(
        "game_word",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("by_id", Id(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "by_id"], ["member.school_id", "member.id"], name=op.f("fk_game_word_school_id_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["study_group.school_id", "study_group.id"],
            name=op.f("fk_game_word_school_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_game_word_school_id_pupil_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "group_id", "pupil_id", "by_id", name=op.f("pk_game_word")),
    )


def downgrade() -> None:
    op.drop_table("game_word")
    op.drop_index("ix_game_goal_group", table_name="game_goal")
    op.drop_table("game_goal")
    op.drop_table("game_class")
    op.drop_table("game_pupil")
    op.drop_table("game_part")
    op.drop_table("game_day")
    op.drop_table("game_badge")
    op.drop_table("game_avatar")
    op.drop_table("game_kept")
