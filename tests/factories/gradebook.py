"""Acts, columns, marks."""

from datetime import date, timedelta
from typing import Any

from content_library.models import Subject
from school.classes.models import Absence, Course, Lesson, StudyGroup, Substitution, Term
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.actions import default_act
from school.gradebook.journal import Cell, Journal
from school.gradebook.models import Column, Mark, MarkingAct, WorkType
from school.gradebook.queries import Address, cells_at, get_journal
from school.gradebook.scale import Rules
from school.people.models import Member, School
from tests.factories.classes import MakeClasses
from tests.factories.people import LONG_AGO


class MakeGradebook(MakeClasses):
    """The factories of ``school.gradebook``."""

    def school_of(self, row: Any) -> School:
        found = db.session.get(School, row.school_id)
        assert found is not None
        return found

    def subject_of(self, course: Course) -> Subject:
        found = db.session.get(Subject, course.subject_id)
        assert found is not None
        return found

    def act(self, school: School, *, from_on: date = LONG_AGO, rules: Rules | None = None) -> MarkingAct:
        act, works = default_act(school, from_on, self.member(school, "head").id, rules)
        self.save(act)
        self.save(*works)
        return act

    def work_type(self, school_id: int, name: str) -> WorkType:
        found = db.session.scalars(
            db.select(WorkType).where(WorkType.school_id == school_id, WorkType.name == name)
        ).first()
        assert found is not None
        return found

    def column(self, lesson: Lesson, work: str = "Контрольная работа", **values: Any) -> Column:
        """A column of a lesson; the school gets an act when it has none."""
        if not db.session.scalar(db.select(MarkingAct.id).where(MarkingAct.school_id == lesson.school_id)):
            self.act(self.school_of(lesson))
        kind = self.work_type(lesson.school_id, work)
        default = {
            "school_id": lesson.school_id,
            "course_id": lesson.course_id,
            "term_id": lesson.term_id,
            "lesson_id": lesson.id,
            "on_date": lesson.on_date,
            "work_type_id": kind.id,
            "weight": kind.weight,
        }
        return self.save(Column(**{**default, **values}))

    def mark(
        self, column: Column, pupil: Member, value: int | None = 5, *, released: bool = True, **values: Any
    ) -> Mark:
        """A mark put two days ago and long released, or just now and not yet."""
        at = clock.now() - timedelta(days=2) if released else clock.now()
        course = db.session.get(Course, (column.school_id, column.course_id))
        assert course is not None
        default = {
            "school_id": column.school_id,
            "id": new_id(),
            "column_id": column.id,
            "pupil_id": pupil.id,
            "course_id": column.course_id,
            "subject_id": course.subject_id,
            "term_id": column.term_id,
            "on_date": column.on_date,
            "weight": column.weight,
            "value": value,
            "set_at": at,
            "set_by": pupil.account_id,
            "released_at": at + timedelta(minutes=10),
        }
        return self.save(Mark(**{**default, **values}))

    def journal(self, member: Member, course: Course, *roles: str) -> Journal:
        """The journal as this member meets it."""
        found = get_journal(self.actor(member, *roles or ("teacher",)), course.id)
        assert found is not None
        return found

    def cell(self, journal: Journal, lesson: Lesson, pupil: Member, column: Column | None = None) -> Cell:
        """The cell of a pupil in a column, or in the lesson's column for answers, as it stands now."""
        from_lesson = Address.answers(lesson.id, pupil.id)
        address = Address(lesson.id, column.id, pupil.id) if column else from_lesson
        actor = self.actor(pupil, "teacher")
        cells, _known = cells_at(actor, journal, [address], [])
        return cells[address]

    def lesson_of(self, column: Column) -> Lesson:
        found = db.session.get(Lesson, (column.school_id, column.lesson_id))
        assert found is not None
        return found

    def group_of(self, course: Course) -> StudyGroup:
        found = db.session.get(StudyGroup, (course.school_id, course.group_id))
        assert found is not None
        return found

    def absent(self, lesson: Lesson, pupil: Member, reason: str = "illness") -> None:
        self.save(
            Absence(
                school_id=lesson.school_id,
                lesson_id=lesson.id,
                pupil_id=pupil.id,
                on_date=lesson.on_date,
                fact="absent",
                reason=reason,
                noted_at=clock.now(),
                noted_by=pupil.account_id,
            )
        )

    def substitute(self, lesson: Lesson, teacher: Member) -> None:
        """Another teacher takes the lesson."""
        self.save(
            Substitution(
                school_id=lesson.school_id,
                lesson_id=lesson.id,
                teacher_id=teacher.id,
                made_at=clock.now(),
                made_by=teacher.account_id,
            )
        )

    def lock(self, term: Term) -> None:
        with unit_of_work():
            db.session.execute(
                db.update(Term)
                .where(Term.school_id == term.school_id, Term.id == term.id)
                .values(locked_at=clock.now() - timedelta(minutes=1))
            )
