"""Years, terms, classes, courses, lessons."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import inspect

from content_library.models import Subject
from school.classes.models import (
    Bell,
    BellSchedule,
    Building,
    ClassLeadership,
    Course,
    Enrolment,
    Lesson,
    Regime,
    SchoolYear,
    StudyGroup,
    TeachingPost,
    Term,
    TimetableSlot,
)
from school.core import clock
from school.core.database import db, new_id
from school.people.models import Member, School
from tests.factories.people import MakePeople


class MakeClasses(MakePeople):
    """The factories of ``school.classes``. By default the year is the one that holds today, in one term."""

    def subject(self, **values: Any) -> Subject:
        n = self.next()
        default = {
            "id": 100 + n,
            "name_ru": f"Предмет {n}",
            "name_en": f"Subject {n}",
            "short_ru": f"П{n}",
            "code": f"subject{n}",
            "tint": n % 12,
            "sort": n,
        }
        return self.save(Subject(**{**default, **values}))

    def year(self, school: School, **values: Any) -> SchoolYear:
        """A school year from 60 days ago for 200 days, with a building, bells, one regime and one open term."""
        today = clock.today()
        starts, ends = (
            values.pop("starts_on", today - timedelta(days=60)),
            values.pop("ends_on", today + timedelta(days=140)),
        )
        year = SchoolYear(
            school_id=school.id, id=new_id(), name=f"{starts.year}/{ends.year % 100}", starts_on=starts, ends_on=ends
        )
        building = Building(school_id=school.id, id=new_id(), name="Корпус 1")
        bells = BellSchedule(
            school_id=school.id, id=new_id(), building_id=building.id, name="Обычный день", from_on=starts
        )
        regime = Regime(school_id=school.id, id=new_id(), year_id=year.id, kind="quarters", name="Четверти")
        term = Term(
            school_id=school.id, regime_id=regime.id, number=1, name="1-я четверть", starts_on=starts, ends_on=ends
        )
        slots = [
            Bell(school_id=school.id, schedule_id=bells.id, slot=n, starts=time(8 + n - 1, 30), ends=time(8 + n, 15))
            for n in range(1, 8)
        ]
        self.save(year)
        self.save(building, regime)
        self.save(bells, term)
        self.save(*slots)
        return year

    def _one(self, model: Any, school_id: int, **where: Any) -> Any:
        statement = db.select(model).where(model.school_id == school_id)
        for name, value in where.items():
            statement = statement.where(getattr(model, name) == value)
        # The first that was made: without an order PostgreSQL may give any.
        return db.session.scalars(statement.order_by(*inspect(model).primary_key)).first()

    def school_class(self, school: School, year_level: int = 7, letter: str = "Б", **values: Any) -> StudyGroup:
        year = values.pop("year", None) or self._one(SchoolYear, school.id) or self.year(school)
        default = {
            "school_id": school.id,
            "year_id": year.id,
            "kind": "class",
            "name": f"{year_level} «{letter}»",
            "year_level": year_level,
            "letter": letter,
            "regime_id": self._one(Regime, school.id, year_id=year.id).id,
            "building_id": self._one(Building, school.id).id,
        }
        return self.save(StudyGroup(**{**default, **values}))

    def enrol(self, group: StudyGroup, *pupils: Member, from_on: date | None = None) -> None:
        year = self._one(SchoolYear, group.school_id, id=group.year_id)
        for pupil in pupils:
            self.save(
                Enrolment(
                    school_id=group.school_id, group_id=group.id, pupil_id=pupil.id, from_on=from_on or year.starts_on
                )
            )

    def lead(self, group: StudyGroup, teacher: Member) -> None:
        year = self._one(SchoolYear, group.school_id, id=group.year_id)
        self.save(
            ClassLeadership(school_id=group.school_id, class_id=group.id, teacher_id=teacher.id, from_on=year.starts_on)
        )

    def course(
        self,
        group: StudyGroup | None = None,
        *,
        teacher: Member | None = None,
        subject: Subject | None = None,
        pupils: int = 0,
    ) -> Course:
        """A course of a (new) class with ``pupils`` new pupils, taught by ``teacher``."""
        if group is None:
            group = self.school_class(self.school())
        school = db.session.get(School, group.school_id)
        assert school is not None
        teacher = teacher or self.teacher(school)
        subject = subject or self.subject()
        course = self.save(Course(school_id=school.id, group_id=group.id, subject_id=subject.id, hours_a_week=2))
        year = self._one(SchoolYear, school.id, id=group.year_id)
        self.save(TeachingPost(school_id=school.id, course_id=course.id, teacher_id=teacher.id, from_on=year.starts_on))
        self.enrol(group, *(self.pupil(school) for _ in range(pupils)))
        return course

    def teacher_of(self, course: Course) -> Member:
        post = self._one(TeachingPost, course.school_id, course_id=course.id)
        return self._one(Member, course.school_id, id=post.teacher_id)

    def pupils_of(self, course: Course) -> list[Member]:
        return list(
            db.session.scalars(
                db.select(Member)
                .join(Enrolment, (Enrolment.school_id == Member.school_id) & (Enrolment.pupil_id == Member.id))
                .where(
                    Member.school_id == course.school_id,
                    Enrolment.school_id == course.school_id,
                    Enrolment.group_id == course.group_id,
                )
                .order_by(Member.sort_name)
            )
        )

    def term_of(self, course: Course) -> Term:
        group = self._one(StudyGroup, course.school_id, id=course.group_id)
        return self._one(Term, course.school_id, regime_id=group.regime_id)

    def lesson(self, course: Course, days: int = 0, slot: int = 1, **values: Any) -> Lesson:
        """A lesson ``days`` from today (negative: past), in slot ``slot``."""
        day = values.pop("on_date", clock.today() + timedelta(days=days))
        default = {
            "school_id": course.school_id,
            "course_id": course.id,
            "group_id": course.group_id,
            "subject_id": course.subject_id,
            "term_id": self.term_of(course).id,
            "on_date": day,
            "slot": slot,
            "starts_at": clock.moscow(day, time(7 + slot, 30)),
            "ends_at": clock.moscow(day, time(8 + slot, 15)),
            "room": "205",
            "teacher_id": self.teacher_of(course).id,
            "state": "planned",
        }
        return self.save(Lesson(**{**default, **values}))

    def slot(self, course: Course, weekday: int, slot: int, **values: Any) -> TimetableSlot:
        """A weekly place of a course, with its teacher, since the year began."""
        group = self._one(StudyGroup, course.school_id, id=course.group_id)
        default = {
            "school_id": course.school_id,
            "course_id": course.id,
            "weekday": weekday,
            "slot": slot,
            "room": "205",
            "teacher_id": self.teacher_of(course).id,
            "from_on": self._one(SchoolYear, course.school_id, id=group.year_id).starts_on,
        }
        return self.save(TimetableSlot(**{**default, **values}))
