"""How many marks have been put for some people since a moment: what keeps an import of theirs from being taken back."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from school.core.database import db
from school.gradebook.models import Mark


def marks_since(school_id: int, members: Collection[uuid.UUID], moment: datetime) -> int:
    """Marks of these pupils that were put or changed since then."""
    changed = (Mark.school_id == school_id, Mark.set_at >= moment)
    found = db.session.execute(select(Mark.pupil_id, func.count()).where(*changed).group_by(Mark.pupil_id))
    return sum(count for pupil_id, count in found if pupil_id in members)
