"""A teacher, pupils and lessons to put marks in, with another class and another school as noise."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from school.classes.models import Course, Lesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.actions import save_marks
from school.gradebook.entries import Answer, Entry
from school.gradebook.journal import Journal
from school.gradebook.models import Column, Mark, StepKind, answer_column_id
from school.gradebook.queries import get_journal
from school.gradebook.release import Sign
from school.people.models import Member
from tests.factories import Make


@dataclass
class Room:
    """A course with its teacher, three pupils, a lesson of yesterday and a control work in it."""

    make: Make
    course: Course
    teacher: Member
    pupils: list[Member]
    lesson: Lesson
    column: Column

    @property
    def actor(self) -> Actor:
        return self.make.actor(self.teacher, "teacher")

    @property
    def journal(self) -> Journal:
        found = get_journal(self.actor, self.course.id)
        assert found is not None
        return found

    def entry(
        self,
        value: int | None = 5,
        *,
        pupil: int = 0,
        seen: int = 0,
        client_id: uuid.UUID | None = None,
        column: uuid.UUID | None = None,
        lesson: Lesson | None = None,
        comment: str = "",
        code: str | None = None,
        kind: StepKind = StepKind.SET,
    ) -> Entry:
        at = lesson or self.lesson
        where = column or (answer_column_id(at.id) if lesson else self.column.id)
        sign = Sign(value, code, comment)
        return Entry(client_id or new_id(), at.id, where, self.pupils[pupil].id, sign, seen, kind)

    def save(self, *entries: Entry, actor: Actor | None = None) -> list[Answer]:
        """One request: its own transaction."""
        who = actor or self.actor
        journal = get_journal(who, self.course.id)
        assert journal is not None
        with unit_of_work():
            return save_marks(who, journal, entries)

    def mark(self, pupil: int = 0) -> Mark:
        db.session.rollback()
        found = db.session.scalars(
            db.select(Mark).where(
                Mark.school_id == self.course.school_id,
                Mark.pupil_id == self.pupils[pupil].id,
                Mark.column_id == self.column.id,
            )
        ).one()
        db.session.refresh(found)
        return found


def room(make: Make, *, days: int = -1, pupils: int = 3) -> Room:
    course = make.course(pupils=pupils)
    lesson = make.lesson(course, days=days)
    column = make.column(lesson)
    noise(make, course)
    return Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, column)


def noise(make: Make, beside: Course) -> None:
    """The same subject in another class of the school, and another school, with marks of their own."""
    others = [make.course(pupils=1)]
    school = make.school_of(beside)
    others.append(make.course(make.school_class(school, 8, "А"), subject=make.subject_of(beside), pupils=1))
    for other in others:
        column = make.column(make.lesson(other, days=-1))
        make.mark(column, make.pupils_of(other)[0], 2)


@contextmanager
def later(**span: float) -> Iterator[None]:
    """The same some time later."""
    with clock.stopped_at(clock.now() + timedelta(**span)):
        yield
