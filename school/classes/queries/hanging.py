"""What hangs on a row, whatever feature it belongs to: the foreign keys themselves say where to look."""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, select

from school.classes.models import Lesson, Substitution
from school.core.database import db, metadata

lesson = cast("Table", Lesson.__table__)


def lessons_in_use(school_id: int, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the lessons that some row of any feature points at, or that have a topic; a substitution alone is no use."""
    wanted = list(ids)
    with_topic = select(lesson.c.id).where(
        lesson.c.school_id == school_id, lesson.c.id.in_(wanted), lesson.c.topic != ""
    )
    return rows_in_use(Lesson, school_id, wanted, but=(Substitution.__tablename__,)) | set(
        db.session.scalars(with_topic)
    )


def rows_in_use(model: Any, school_id: int, ids: Iterable[uuid.UUID], but: tuple[str, ...] = ()) -> set[uuid.UUID]:
    """Those of the rows of a school's table that rows of other tables, ``but`` for some, point at."""
    wanted = list(ids)
    used: set[uuid.UUID] = set()
    for table in metadata.tables.values():
        if table.name in but:
            continue
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table is model.__table__ and len(constraint.columns) > 1:
                column = constraint.columns[1]
                rows = select(column).where(table.c.school_id == school_id, column.in_(wanted)).distinct()
                used.update(db.session.scalars(rows))
    return used
