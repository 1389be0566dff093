"""Columns follow their lessons to another day: what was planned or marked for a lesson stays with it."""

from sqlalchemy import exists, select, update

from school.classes.hooks import LessonWent, follow_lessons
from school.classes.models import Lesson
from school.core.database import db
from school.gradebook.models import Column, Mark


@follow_lessons
def follow_moved_lessons(went: list[LessonWent]) -> None:
    """Columns and their marks go to the lesson's new day, or to the lesson in its place.

    Marks do not leave their term: its sums and its mark may be decided already. Such a column stays where it was.
    """
    for one in went:
        term_id = db.session.scalar(
            select(Lesson.term_id).where(Lesson.school_id == one.school_id, Lesson.id == one.new_id)
        )
        marked = exists().where(Mark.school_id == one.school_id, Mark.column_id == Column.id)
        columns = db.session.execute(
            select(Column, marked).where(Column.school_id == one.school_id, Column.lesson_id == one.lesson_id)
        )
        for column, has_marks in columns.all():
            if has_marks and column.term_id != term_id:
                continue
            column.lesson_id, column.on_date, column.term_id = one.new_id, one.on_date, term_id or column.term_id
            db.session.execute(
                update(Mark)
                .where(Mark.school_id == one.school_id, Mark.column_id == column.id)
                .values(on_date=one.on_date)
            )
    db.session.flush()
