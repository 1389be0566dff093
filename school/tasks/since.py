"""How many answers some people have given since a moment: what keeps an import of theirs from being taken back."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from school.core.database import db
from school.tasks.models import Answer, Attempt


def answers_since(school_id: int, members: Collection[uuid.UUID], moment: datetime) -> int:
    """Answers of these pupils that came in since then."""
    theirs = (Attempt.school_id == Answer.school_id) & (Attempt.id == Answer.attempt_id)
    here = (Answer.school_id == school_id, Attempt.school_id == school_id, Answer.received_at >= moment)
    counted = select(Attempt.pupil_id, func.count()).join(Answer, theirs).where(*here).group_by(Attempt.pupil_id)
    return sum(count for pupil_id, count in db.session.execute(counted) if pupil_id in members)
