"""the pupil model."""

import sqlalchemy as sa
from alembic import op

from content_library.database import Id, Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("learned_until", Moment(), nullable=False),
        sa.Column("loss_before", sa.Double(), nullable=True),
        sa.Column("loss_after", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_version")),
    )
    op.create_table(
        "pupil_level",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("theta", sa.Double(), nullable=False),
        sa.Column("checkpoint", sa.LargeBinary(), nullable=False),
        sa.Column("checkpoint_at", sa.Double(), nullable=False),
        sa.Column("checkpoint_n", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("recent", sa.Double(), nullable=False),
        sa.Column("steady", sa.Double(), nullable=False),
        sa.Column("last", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_pupil_level_school_id_pupil_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_pupil_level_subject_id")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "subject_id", name=op.f("pk_pupil_level")),
    )
    op.create_table(
        "pupil_topic",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("delta", sa.Double(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("recent", sa.Double(), nullable=False),
        sa.Column("steady", sa.Double(), nullable=False),
        sa.Column("last", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["member.school_id", "member.id"], name=op.f("fk_pupil_topic_school_id_pupil_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_pupil_topic_subject_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_pupil_topic_topic_id")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "topic_id", name=op.f("pk_pupil_topic")),
    )
    op.create_table(
        "topic_override",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("mastered", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("lifted_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_topic_override_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_override_topic_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_topic_override")),
    )
    op.create_index("ix_topic_override_pupil", "topic_override", ["school_id", "pupil_id", "topic_id"])
    op.create_table(
        "topic_standing",
        sa.Column("beta", sa.Double(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_standing_topic_id")),
        sa.ForeignKeyConstraint(["version_id"], ["model_version.id"], name=op.f("fk_topic_standing_version_id")),
        sa.PrimaryKeyConstraint("topic_id", "version_id", name=op.f("pk_topic_standing")),
    )
    op.create_table(
        "item_standing",
        sa.Column("d", sa.Double(), nullable=False),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.Column("squares", sa.Double(), nullable=False),
        sa.Column("error", sa.Double(), nullable=False),
        sa.Column("product", sa.Double(), nullable=False),
        sa.Column("suspicion", sa.String(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("item_id", Id(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_standing_item_id")),
        sa.ForeignKeyConstraint(["version_id"], ["model_version.id"], name=op.f("fk_item_standing_version_id")),
        sa.PrimaryKeyConstraint("item_id", "version_id", name=op.f("pk_item_standing")),
    )
    op.create_table(
        "judged_answer",
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer_id", Id(), nullable=False),
        sa.Column("pupil_id", Id(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("item_id", Id(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("learned_at", Moment(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("guess", sa.Double(), nullable=False),
        sa.Column("hard", sa.Double(), nullable=False),
        sa.Column("strong", sa.Double(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_judged_answer_item_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["member.school_id", "member.id"],
            name=op.f("fk_judged_answer_school_id_pupil_id"),
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_judged_answer_subject_id")),
        sa.PrimaryKeyConstraint("school_id", "answer_id", name=op.f("pk_judged_answer")),
    )
    op.create_index("ix_judged_answer_learned", "judged_answer", ["school_id", "learned_at"])
    op.create_index("ix_judged_answer_pupil", "judged_answer", ["school_id", "pupil_id", "subject_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_judged_answer_pupil", table_name="judged_answer")
    op.drop_index("ix_judged_answer_learned", table_name="judged_answer")
    op.drop_table("judged_answer")
    op.drop_table("item_standing")
    op.drop_table("topic_standing")
    op.drop_index("ix_topic_override_pupil", table_name="topic_override")
    op.drop_table("topic_override")
    op.drop_table("pupil_topic")
    op.drop_table("pupil_level")
    op.drop_table("model_version")
