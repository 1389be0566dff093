"""Other schools of the demo's city: a few classes and three weeks of lessons each, so that the city's figures have parts to compare.

Their people have no logins: they are there for the tree of districts, schools and year levels, and for what is hidden in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library.models import Subject
from school.classes.models import Course, TeachingPost
from school.core import clock
from school.demo.calendar import YearPlan, first_year_of, plan_year
from school.demo.classes import DemoClass, DemoCourse, add_lesson, build_class, build_house
from school.demo.homework import HomeworkOfSchool
from school.demo.journal import Journal, Talent, write_default_act
from school.demo.people import Cast, Person
from school.demo.programmes import lay_out
from school.demo.rows import Rows
from school.people.models import School

SEED = 2380
WEEKS = timedelta(weeks=3)
SUBJECTS = ("russian", "history", "english", "biology")
"""Each is given three times a week by one teacher of the school."""
WEEKDAYS = ((1, 3, 5), (1, 2, 4), (2, 3, 5), (2, 4, 5))


@dataclass(frozen=True, slots=True)
class SmallSchool:
    """What is made of it."""

    name: str
    short_name: str
    district: str
    classes: tuple[tuple[int, str, int], ...]
    """Year level, letter, pupils."""


SCHOOLS = (
    SmallSchool(
        "Школа № 1826 имени Д. И. Менделеева", "Школа № 1826", "ЮЗАО", ((5, "А", 22), (6, "А", 21), (7, "А", 19))
    ),
    SmallSchool("Школа № 2047", "Школа № 2047", "САО", ((5, "А", 24), (6, "А", 20), (7, "А", 23))),
    SmallSchool("Школа № 94 при детской больнице", "Школа № 94", "САО", ((5, "А", 3), (6, "А", 7))),
    SmallSchool("Школа № 1660 имени С. П. Королёва", "Школа № 1660", "ВАО", ((6, "А", 20), (7, "А", 18))),
)


def write_small_schools(session: Session, now: datetime) -> None:
    """All of them, numbered after the demo school; subjects must be there already."""
    subjects = {subject.code: subject.id for subject in session.scalars(select(Subject))}
    for number, school in enumerate(SCHOOLS, 2):
        session.add(School(id=number, name=school.name, short_name=school.short_name, district=school.district))
    session.flush()
    for number, school in enumerate(SCHOOLS, 2):
        rows = Rows(SEED + number, number)
        _write(rows, school, subjects, now)
        rows.write(session)


def _write(rows: Rows, school: SmallSchool, subjects: dict[str, int], now: datetime) -> None:
    today = clock.local(now).date()
    year = plan_year(rows, first_year_of(today), today)
    house = build_house(rows, year.starts_on, "ул. Школьная, д. 2")
    cast = Cast(rows, year.starts_on, now)
    cast.person(cast.new_name(is_female=True), "head")
    teachers = [cast.person(cast.new_name(is_female=n != 1), "teacher") for n in range(len(SUBJECTS))]
    last = min(today, year.ends_on)
    courses: list[DemoCourse] = []
    for n, (level, letter, size) in enumerate(school.classes):
        pupils = [cast.person(cast.new_name(is_female=k % 2 == 0), "pupil", grown_up=False) for k in range(size)]
        leader = teachers[n % len(teachers)]
        made = build_class(
            rows, year, house, year_level=level, letter=letter, pupils=pupils, leader=n, leader_person=leader
        )
        courses += [_course(rows, year, made, subjects, teachers, place, n, last) for place in range(len(SUBJECTS))]
    everybody = [pupil for course in courses[:: len(SUBJECTS)] for pupil in course.pupils]
    since = last - WEEKS
    journal = Journal(rows, write_default_act(rows, year.starts_on), Talent(rows.chance, everybody), since, now)
    homework = HomeworkOfSchool(rows, {}, subjects["maths"], since, now)
    days = sorted({lesson.day for course in courses for lesson in course.lessons if lesson.day < today})
    journal.plan_absences(everybody, days, (0, 0, 0, 1))
    for course in courses:
        journal.fill(course)
        homework.fill(course)
    journal.write_totals()


def _course(
    rows: Rows,
    year: YearPlan,
    group: DemoClass,
    subjects: dict[str, int],
    teachers: list[Person],
    place: int,
    n: int,
    last: date,
) -> DemoCourse:
    """A subject of a class with its lessons of the last weeks; no teacher is in two rooms at once."""
    subject, teacher = SUBJECTS[place], teachers[place]
    course = DemoCourse(rows.id_at(year.starts_on), group.id, group, subject, subjects[subject], teacher, group.pupils)
    rows.add(Course, id=course.id, group_id=group.id, subject_id=course.subject_id, name="", hours_a_week=3)
    rows.add(
        TeachingPost,
        id=rows.id_at(year.starts_on),
        course_id=course.id,
        teacher_id=teacher.member,
        from_on=year.starts_on,
        to_on=year.last_day,
    )
    days = [day for day in year.school_days() if day.isoweekday() in WEEKDAYS[place]]
    laid = lay_out(subject, group.year_level, len(days), ())
    for day, hour in zip(days, laid, strict=True):
        if last - WEEKS <= day <= last:
            add_lesson(rows, year, course, day, 1 + (place + n) % 5, None, "", hour, None, last)
    return course
