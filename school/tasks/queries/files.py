"""The pages and recordings of answers."""

import uuid

from sqlalchemy import func, select

from school.core.database import db
from school.tasks.models import AnswerFile
from school.tasks.seen import SeenAttempt


def are_own_files(attempt: SeenAttempt, item_id: uuid.UUID, names: list[str]) -> bool:
    """Whether all of these were made for this question of this attempt."""
    if not names:
        return True
    wanted = {uuid.UUID(name) for name in names}
    found = db.session.scalar(
        select(func.count())
        .select_from(AnswerFile)
        .where(
            AnswerFile.school_id == attempt.school_id,
            AnswerFile.attempt_id == attempt.id,
            AnswerFile.item_id == item_id,
            AnswerFile.id.in_(wanted),
        )
    )
    return found == len(wanted)
