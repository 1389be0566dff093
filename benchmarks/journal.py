"""One journal of 30 pupils and 60 columns in the demo school, and endless marks to save in it."""

import json
import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from sqlalchemy import func, select

from benchmarks.cpu import Request
from school.classes.models import Course, Enrolment, Lesson, StudyGroup, TeachingPost
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.demo.building import SCHOOL_ID
from school.demo.rows import Rows
from school.gradebook.models import Column, Mark, SubjectTotal, WorkType
from school.people.models import Account, Member, Role

PUPILS, COLUMNS = 30, 60
LOGIN = "bench-teacher"


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of the benchmark and who writes it."""

    login: str
    course_id: uuid.UUID
    cells: tuple[tuple[uuid.UUID, uuid.UUID, uuid.UUID], ...]
    """Empty cells: lesson, column, pupil."""

    def save_one_mark(self, school_id: int) -> Request:
        """Each sending puts a new mark into the next empty cell."""
        numbers = count()

        def body() -> bytes:
            lesson, column, pupil = self.cells[next(numbers) % len(self.cells)]
            mark = {
                "id": str(new_id()),
                "lesson": str(lesson),
                "column": str(column),
                "pupil": str(pupil),
                "value": 4,
                "code": None,
                "comment": "",
                "seen": 0,
            }
            return json.dumps({"marks": [mark]}).encode()

        headers = (("Content-Type", "application/json"), ("Accept", "application/json"))
        return Request(f"/s/{school_id}/courses/{self.course_id}/journal/marks", "POST", headers, body)


def widen_journal() -> Journal:
    """Give the algebra of the class of thirty sixty columns in the running term, two thirds of their cells filled."""
    with unit_of_work():
        return _Widening().widen()


class _Widening:
    def __init__(self) -> None:
        self.today = clock.today()
        self.rows = Rows(60, SCHOOL_ID)
        self.chance = random.Random(60)

    def widen(self) -> Journal:
        course = self._course()
        pupils = self._pupils(course)
        work = db.session.scalars(
            select(WorkType).where(WorkType.school_id == SCHOOL_ID).order_by(WorkType.position)
        ).first()
        assert work is not None
        lessons = db.session.scalars(
            select(Lesson)
            .where(Lesson.school_id == SCHOOL_ID, Lesson.course_id == course.id, Lesson.on_date <= self.today)
            .order_by(Lesson.on_date.desc())
        ).all()
        term = lessons[0].term_id
        lessons = [one for one in lessons if one.term_id == term]
        there = db.session.scalar(
            select(func.count()).where(
                Column.school_id == SCHOOL_ID, Column.course_id == course.id, Column.term_id == term
            )
        )
        empty: list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]] = []
        for n in range(COLUMNS - (there or 0)):
            empty += self._column(course, lessons[n % len(lessons)], work, n, pupils)
        self.rows.write(db.session())
        self._recount(course, term)
        return Journal(self._login(course), course.id, tuple(empty))

    def _course(self) -> Course:
        found = db.session.scalars(
            select(Course)
            .join(StudyGroup, (StudyGroup.school_id == Course.school_id) & (StudyGroup.id == Course.group_id))
            .join(Lesson, (Lesson.school_id == Course.school_id) & (Lesson.course_id == Course.id))
            .where(
                Course.school_id == SCHOOL_ID,
                StudyGroup.school_id == SCHOOL_ID,
                Lesson.school_id == SCHOOL_ID,
                StudyGroup.name == "7 «Б»",
                Lesson.on_date > self.today,
                Course.hours_a_week == 3,
            )
        ).first()
        assert found is not None
        return found

    def _pupils(self, course: Course) -> list[uuid.UUID]:
        found = db.session.scalars(
            select(Enrolment.pupil_id).where(Enrolment.school_id == SCHOOL_ID, Enrolment.group_id == course.group_id)
        ).all()
        assert len(found) == PUPILS
        return list(found)

    def _column(
        self, course: Course, lesson: Lesson, work: WorkType, n: int, pupils: list[uuid.UUID]
    ) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
        column = self.rows.id_at(lesson.on_date)
        at = clock.now() - timedelta(hours=1)
        self.rows.add(
            Column,
            id=column,
            course_id=course.id,
            term_id=lesson.term_id,
            lesson_id=lesson.id,
            on_date=lesson.on_date,
            work_type_id=work.id,
            title="",
            homework_id=None,
            weight=work.weight,
            position=10 + n,
        )
        empty = []
        for pupil in pupils:
            if self.chance.random() < 1 / 3:
                empty.append((lesson.id, column, pupil))
                continue
            self.rows.add(
                Mark,
                id=self.rows.id_at(at),
                column_id=column,
                pupil_id=pupil,
                place=0,
                course_id=course.id,
                subject_id=course.subject_id,
                term_id=lesson.term_id,
                on_date=lesson.on_date,
                weight=work.weight,
                value=self.chance.choice((3, 4, 4, 5, 5)),
                code=None,
                comment="",
                set_at=at,
                set_by=course.id,
                released_at=at,
                released_value=None,
                released_code=None,
                released_comment="",
                version=1,
            )
        return empty

    def _recount(self, course: Course, term: uuid.UUID) -> None:
        """The totals that the marks' own transactions would have kept."""
        for total in db.session.scalars(
            select(SubjectTotal).where(
                SubjectTotal.school_id == SCHOOL_ID,
                SubjectTotal.term_id == term,
                SubjectTotal.subject_id == course.subject_id,
            )
        ):
            marks, weights, values = db.session.execute(
                select(func.count(), func.sum(Mark.weight), func.sum(Mark.value * Mark.weight)).where(
                    Mark.school_id == SCHOOL_ID,
                    Mark.pupil_id == total.pupil_id,
                    Mark.term_id == term,
                    Mark.subject_id == course.subject_id,
                    Mark.value.is_not(None),
                )
            ).one()
            total.marks, total.weight_sum, total.value_sum = marks, weights, values

    def _login(self, course: Course) -> str:
        """The login of the teacher of this course, given for the benchmark where there was none."""
        account = db.session.scalars(
            select(Account)
            .join(Role, Role.account_id == Account.id)
            .join(Member, (Member.school_id == Role.school_id) & (Member.id == Role.member_id))
            .join(TeachingPost, (TeachingPost.school_id == Member.school_id) & (TeachingPost.teacher_id == Member.id))
            .where(
                Member.school_id == SCHOOL_ID,
                TeachingPost.school_id == SCHOOL_ID,
                TeachingPost.course_id == course.id,
            )
        ).first()
        assert account is not None
        account.login = account.login or LOGIN
        return account.login
