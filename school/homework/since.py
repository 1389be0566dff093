"""How much work some people have handed in since a moment: what keeps an import of theirs from being taken back."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from school.core.database import db
from school.homework.models import Assignment, Submission


def submissions_since(school_id: int, members: Collection[uuid.UUID], moment: datetime) -> int:
    """Work of these pupils that was handed in since then."""
    theirs = (Assignment.school_id == Submission.school_id) & (Assignment.id == Submission.assignment_id)
    here = (Submission.school_id == school_id, Assignment.school_id == school_id, Submission.handed_in_at >= moment)
    counted = (
        select(Assignment.pupil_id, func.count()).join(Submission, theirs).where(*here).group_by(Assignment.pupil_id)
    )
    return sum(count for pupil_id, count in db.session.execute(counted) if pupil_id in members)
