"""What hangs on a lesson, whatever feature it belongs to."""

import uuid
from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, select

from school.classes.models import Lesson, Substitution
from school.core.database import db, metadata

lesson = cast("Table", Lesson.__table__)


def lessons_in_use(school_id: int, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the lessons that some row of any feature points at, or that have a topic.

    The foreign keys themselves say where to look, so a feature above needs no word here.
    """
    wanted = list(ids)
    used = set(
        db.session.scalars(
            select(lesson.c.id).where(lesson.c.school_id == school_id, lesson.c.id.in_(wanted), lesson.c.topic != "")
        )
    )
    for table in metadata.tables.values():
        if table.name == Substitution.__tablename__:
            continue
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table is lesson:
                column = constraint.columns[1]
                used.update(
                    db.session.scalars(
                        select(column).where(table.c.school_id == school_id, column.in_(wanted)).distinct()
                    )
                )
    return used
