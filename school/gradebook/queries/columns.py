"""Single columns and the lessons they can stand under."""

import uuid

from sqlalchemy import select

from school.classes.models import Lesson, LessonState
from school.core import clock
from school.core.database import db
from school.gradebook.journal import Journal, TermSpan
from school.gradebook.models import Column


def column_of(journal: Journal, column_id: uuid.UUID) -> Column | None:
    """A column of this journal."""
    return db.session.scalars(
        select(Column).where(
            Column.school_id == journal.school_id, Column.course_id == journal.id, Column.id == column_id
        )
    ).first()


def lessons_for_columns(journal: Journal, term: TermSpan) -> list[Lesson]:
    """The lessons of a term that a column can stand under, the last ones first; a fortnight of the coming ones too."""
    return list(
        db.session.scalars(
            select(Lesson)
            .where(
                Lesson.school_id == journal.school_id,
                Lesson.course_id == journal.id,
                Lesson.term_id == term.id,
                Lesson.state == LessonState.PLANNED,
            )
            .order_by(Lesson.on_date.desc(), Lesson.slot.desc())
        )
    )


def nearest(lessons: list[Lesson]) -> Lesson | None:
    """Today's lesson or the last before it; of lessons all to come, the first."""
    today = clock.today()
    return next((one for one in lessons if one.on_date <= today), lessons[-1] if lessons else None)
