"""A pupil says what mark they want in a subject."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, delete
from sqlalchemy.dialects import postgresql, sqlite

from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.gradebook.models import SubjectGoal

TARGETS = (3, 4, 5)

goal = cast("Table", SubjectGoal.__table__)
_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def set_goals(_actor: Actor, pupil: SeenPupil, targets: Mapping[int, int | None]) -> None:
    """Keep the goals of these subjects; None takes one away."""
    gone = [subject for subject, target in targets.items() if target not in TARGETS]
    if gone:
        mine = (goal.c.school_id == pupil.school_id) & (goal.c.pupil_id == pupil.id)
        db.session.execute(delete(goal).where(mine, goal.c.subject_id.in_(gone)))
    insert = _INSERTS[db.session.get_bind().dialect.name](goal)
    insert = insert.on_conflict_do_update(
        index_elements=["school_id", "pupil_id", "subject_id"],
        set_={"target": insert.excluded.target, "set_at": insert.excluded.set_at},
    )
    rows = [
        {
            "school_id": pupil.school_id,
            "id": new_id(),
            "pupil_id": pupil.id,
            "subject_id": subject,
            "target": target,
            "set_at": clock.now(),
        }
        for subject, target in targets.items()
        if target in TARGETS
    ]
    if rows:
        db.session.execute(insert, rows)
