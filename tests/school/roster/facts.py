"""Facts that people make after an import, at a given moment."""

from datetime import datetime, timedelta
from typing import Any

from content_library.models import Item, Subject
from school.classes.models import Course
from school.core.database import db, new_id
from school.gradebook.models import Column
from school.homework.models import Assignment, Homework, Submission
from school.people.models import Member, School
from school.tasks.models import Answer, Attempt
from tests.factories import Make

ALGEBRA = 9


class Facts:
    """Adds one mark, answer or handed-in work of a pupil; a course of the school's own stands ready for them."""

    def __init__(self, make: Make, school: School) -> None:
        self.make = make
        self.school_id = school.id
        subject = db.session.get_one(Subject, ALGEBRA)
        self.course: Course = make.course(make.school_class(school, 5, "Я"), subject=subject)
        self.column: Column | None = None

    def add(self, fact: str, pupil: Member, at: datetime) -> None:
        {"marks": self.mark, "answers": self.answer, "submitted work": self.submission}[fact](pupil, at)

    def mark(self, pupil: Member, at: datetime) -> None:
        column = self.make.column(self.make.lesson(self.course, slot=self.make.next()))
        self.make.mark(column, pupil, 4, set_at=at)

    def answer(self, pupil: Member, at: datetime) -> None:
        version = self.make.task(ALGEBRA)
        item = db.session.scalars(db.select(Item).where(Item.version_id == version.id)).first()
        assert item is not None
        attempt = self.save(Attempt, pupil_id=pupil.id, unit_version_id=version.id, seed=1, started_at=at, max_points=1)
        self.save(
            Answer,
            attempt_id=attempt.id,
            item_id=item.id,
            given={"text": "7"},
            number=1,
            received_at=at,
            given_by=pupil.account_id,
            payload_hash="x",
        )

    def submission(self, pupil: Member, at: datetime) -> None:
        teacher = self.make.teacher_of(self.course)
        homework = self.save(
            Homework,
            course_id=self.course.id,
            due_on=(at + timedelta(days=1)).date(),
            text="№ 412",
            way="tick",
            minutes=10,
            set_at=at,
            set_by=teacher.id,
            payload_hash="x",
        )
        due_on = (at + timedelta(days=1)).date()
        assignment = self.save(Assignment, homework_id=homework.id, pupil_id=pupil.id, due_on=due_on)
        self.save(
            Submission, assignment_id=assignment.id, handed_in_at=at, handed_in_by=pupil.account_id, payload_hash="x"
        )

    def save(self, model: Any, **values: Any) -> Any:
        return self.make.save(model(school_id=self.school_id, id=new_id(), **values))
