"""The statements of a save, built once: many marks, one statement each."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.dialects import postgresql, sqlite

from school.core.database import db, new_id
from school.gradebook.journal import Journal
from school.gradebook.models import Column, Mark, MarkStep, SubjectTotal

mark = cast("Table", Mark.__table__)
step = cast("Table", MarkStep.__table__)
column = cast("Table", Column.__table__)
total = cast("Table", SubjectTotal.__table__)

_CHANGED = (
    "value",
    "code",
    "comment",
    "origin",
    "due_on",
    "replaced_at",
    "set_at",
    "set_by",
    "released_at",
    "released_value",
    "released_code",
    "released_comment",
    "released_origin",
    "released_due_on",
    "released_since",
    "version",
)


def _statements(insert: Any) -> tuple[Any, Any, Any, Any]:
    marks = insert(mark)
    marks = marks.on_conflict_do_update(
        index_elements=["school_id", "column_id", "pupil_id", "place"],
        set_={name: marks.excluded[name] for name in _CHANGED},
        where=(mark.c.school_id == marks.excluded.school_id) & (mark.c.version == marks.excluded.version - 1),
    ).returning(mark.c.column_id, mark.c.pupil_id, mark.c.place)
    totals = insert(total)
    totals = totals.on_conflict_do_update(
        index_elements=["school_id", "pupil_id", "subject_id", "term_id"],
        set_={name: total.c[name] + totals.excluded[name] for name in ("marks", "weight_sum", "value_sum")},
    ).returning(total.c.id)
    columns = insert(column).on_conflict_do_nothing().returning(column.c.id)
    steps = insert(step).returning(step.c.id)
    return marks, totals, columns, steps


_FOR = {"postgresql": _statements(postgresql.insert), "sqlite": _statements(sqlite.insert)}


def _run(which: int, rows: list[dict[str, Any]]) -> Any:
    statement = _FOR[db.session.get_bind().dialect.name][which]
    return db.session.execute(statement, rows)


def write_marks(rows: list[dict[str, Any]]) -> set[tuple[uuid.UUID, uuid.UUID, int]]:
    """Put or change marks whose version is still the one seen; which columns, pupils and places were written."""
    return {(row[0], row[1], row[2]) for row in _run(0, rows)}


def replace_marks(journal: Journal, marks: Iterable[uuid.UUID], moment: datetime | None) -> None:
    """Let marks count no more from a moment on, for a retake does instead; or, without a moment, let them count again."""
    ids = list(marks)
    if ids:
        db.session.execute(
            update(mark).where(mark.c.school_id == journal.school_id, mark.c.id.in_(ids)).values(replaced_at=moment)
        )


def add_to_totals(rows: list[dict[str, Any]]) -> None:
    """Add differences to the sums of pupils, subjects and terms."""
    for row in rows:
        row["id"] = new_id()
    _run(1, rows).all()


def make_columns(rows: list[dict[str, Any]]) -> None:
    """Make columns that are not there yet."""
    _run(2, rows).all()


def write_steps(rows: Iterable[dict[str, Any]]) -> None:
    """Keep the accepted steps."""
    _run(3, list(rows)).all()
