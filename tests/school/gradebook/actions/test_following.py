"""A lesson that is moved takes its columns and marks with it."""

from datetime import timedelta

from school.classes.hooks import LessonWent, tell_followers
from school.classes.models import Term
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.models import Column, Mark
from tests.factories import Make
from tests.school.gradebook.rooms import room


def test_columns_and_marks_follow_their_lesson(make: Make) -> None:
    at = room(make)
    mark = make.mark(at.column, at.pupils[0], 4)
    other = make.lesson(at.course, days=3, slot=2)
    went = LessonWent(at.course.school_id, at.lesson.id, other.id, other.on_date, other.starts_at)
    with unit_of_work():
        tell_followers([went])
    db.session.expire_all()
    assert (at.column.lesson_id, at.column.on_date) == (other.id, other.on_date)
    assert mark.on_date == other.on_date
    assert db.session.get_one(Mark, (mark.school_id, mark.id)).column_id == at.column.id


def test_marks_do_not_leave_their_term(make: Make) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 4)
    empty = make.column(at.lesson, "Диктант", position=1)
    now = make.term_of(at.course)
    term = Term(
        school_id=now.school_id,
        id=new_id(),
        regime_id=now.regime_id,
        number=2,
        name="2-я четверть",
        starts_on=now.ends_on + timedelta(days=1),
        ends_on=now.ends_on + timedelta(days=60),
    )
    make.save(term)
    other = make.lesson(at.course, on_date=term.starts_on, term_id=term.id)
    with unit_of_work():
        tell_followers([LessonWent(at.course.school_id, at.lesson.id, other.id, other.on_date, other.starts_at)])
    db.session.expire_all()
    assert (at.column.lesson_id, at.column.term_id) == (at.lesson.id, now.id)
    moved = db.session.get_one(Column, (empty.school_id, empty.id))
    assert (moved.lesson_id, moved.term_id) == (other.id, term.id)
    assert at.lesson.on_date == clock.today() - timedelta(days=1)
