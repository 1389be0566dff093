"""A class in a period: pupils, courses, results and absences by a few statements, whatever its size."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import String, and_, case, cast, func, select

from school.classes.models import AbsenceFact, AbsenceReason, LessonState
from school.classes.queries.pupils import LEARNERS
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import read
from school.gradebook.queries import find_act
from school.gradebook.scale import Rules, hundredths, outcomes
from school.people.names import full_name, initials, short_name
from school.reports.queries.tables import (
    COURSES,
    GROUPS,
    OF_CLASS,
    SINCE,
    TERMS,
    TODAY,
    UNTIL,
    absence,
    course,
    group,
    leader_of,
    lesson,
    member,
    overlapping,
    place,
    post,
    school_name,
    subject,
    term_mark,
    total,
    year_mark,
)
from school.reports.seen import ClassBook, CourseOf, Missed, OfClass, Period, Pupil, Result

_SEATS = select(place.c.pupil_id, place.c.group_id).where(
    place.c.school_id == SCHOOL, place.c.pupil_id.in_(OF_CLASS), overlapping(place)
)
COURSE_CELLS = (
    course.c.id,
    course.c.subject_id,
    course.c.name,
    subject.c.name_ru,
    subject.c.name_en,
    group.c.id,
    group.c.name,
    course.c.hours_a_week,
)
COURSE_FROM = course.join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id)).join(
    subject, subject.c.id == course.c.subject_id
)
_COURSES = (
    select(*COURSE_CELLS)
    .select_from(COURSE_FROM)
    .where(course.c.school_id == SCHOOL, course.c.group_id.in_(GROUPS))
    .order_by(subject.c.name_ru, group.c.name, course.c.name, course.c.id)
)
_POSTS = (
    select(post.c.course_id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(post.join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id)))
    .where(post.c.school_id == SCHOOL, post.c.course_id.in_(COURSES), overlapping(post))
    .order_by(post.c.from_on, member.c.sort_name)
)
_LESSONS = (
    select(lesson.c.course_id, func.count(), func.sum(case((lesson.c.on_date <= TODAY, 1), else_=0)))
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id.in_(COURSES),
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(lesson.c.course_id)
)
_SET = select(
    term_mark.c.pupil_id, term_mark.c.course_id, term_mark.c.term_id, term_mark.c.value, term_mark.c.code
).where(term_mark.c.school_id == SCHOOL, term_mark.c.term_id.in_(TERMS), term_mark.c.pupil_id.in_(OF_CLASS))
_YEAR = (
    select(
        year_mark.c.pupil_id,
        course.c.subject_id,
        year_mark.c.kind,
        func.coalesce(cast(year_mark.c.value, String), year_mark.c.code),
    )
    .select_from(year_mark.join(course, and_(course.c.school_id == SCHOOL, course.c.id == year_mark.c.course_id)))
    .where(year_mark.c.school_id == SCHOOL, year_mark.c.course_id.in_(COURSES), year_mark.c.pupil_id.in_(OF_CLASS))
)
_TOTALS = select(
    total.c.pupil_id, total.c.subject_id, total.c.term_id, total.c.marks, total.c.value_sum, total.c.weight_sum
).where(total.c.school_id == SCHOOL, total.c.term_id.in_(TERMS), total.c.pupil_id.in_(OF_CLASS), total.c.weight_sum > 0)
ABSENCE_CELLS = (
    absence.c.pupil_id,
    absence.c.on_date,
    func.sum(case((absence.c.fact == AbsenceFact.ABSENT.value, 1), else_=0)),
    func.sum(
        case(
            (and_(absence.c.fact == AbsenceFact.ABSENT.value, absence.c.reason == AbsenceReason.ILLNESS.value), 1),
            else_=0,
        )
    ),
    func.sum(
        case(
            (
                and_(
                    absence.c.fact == AbsenceFact.ABSENT.value,
                    absence.c.reason.in_((AbsenceReason.UNKNOWN.value, AbsenceReason.TRUANCY.value)),
                ),
                1,
            ),
            else_=0,
        )
    ),
    func.sum(case((absence.c.fact == AbsenceFact.LATE.value, 1), else_=0)),
)
_ABSENCES = (
    select(*ABSENCE_CELLS)
    .select_from(absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)))
    .where(
        absence.c.school_id == SCHOOL,
        absence.c.pupil_id.in_(OF_CLASS),
        absence.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(absence.c.pupil_id, absence.c.on_date)
)
_DAYS = (
    select(lesson.c.group_id, lesson.c.on_date, func.count())
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.group_id.in_(GROUPS),
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(lesson.c.group_id, lesson.c.on_date)
)


def class_book(one: OfClass, period: Period, locale: str = "ru") -> ClassBook:
    """Ten statements."""
    today = clock.today()
    span = {"school": one.school_id, "class": one.id, "since": period.starts_on, "until": period.ends_on}
    seats = [(row[0], row[1]) for row in read(_SEATS, span)]
    groups = sorted({group_id for _pupil, group_id in seats})
    courses = courses_in(one.school_id, groups, period, today, locale)
    terms = {"terms": [term.id for term in period.terms], **span}
    leader = leader_of(one.school_id, one.id, period.starts_on, min(period.ends_on, max(today, period.starts_on)))
    return ClassBook(
        school_id=one.school_id,
        school=school_name(one.school_id),
        class_id=one.id,
        name=one.name,
        year_level=one.year_level,
        leader=full_name(*leader) if leader else "",
        period=period,
        today=today,
        pupils=pupils_in(one.school_id, one.id, period),
        courses=tuple(courses),
        learns=frozenset(seats),
        results=_results(one.school_id, period, courses, terms),
        missed=_missed(seats, span, groups),
        year_marks=_year_marks(courses, span) if period.is_year else {},
    )


def pupils_in(school_id: int, group_id: uuid.UUID, period: Period) -> tuple[Pupil, ...]:
    """Everybody of a group in the period, one line each."""
    values = {"school": school_id, "group": group_id, "since": period.starts_on, "until": period.ends_on}
    found = {}
    for _school, pupil_id, family, given, patronymic, from_on, to_on in read(LEARNERS, values):
        names = short_name(family, given), full_name(family, given, patronymic)
        found[pupil_id] = Pupil(pupil_id, *names, from_on, to_on)
    return tuple(found.values())


def courses_in(school_id: int, groups: list[uuid.UUID], period: Period, today: date, locale: str) -> list[CourseOf]:
    """The courses of these groups with their teachers and lessons."""
    if not groups:
        return []
    return courses_of(school_id, read(_COURSES, {"school": school_id, "groups": groups}), period, today, locale)


def courses_of(school_id: int, rows: Any, period: Period, today: date, locale: str) -> list[CourseOf]:
    """Rows of ``COURSE_CELLS`` with their teachers and lessons."""
    values = {"school": school_id, "courses": [row[0] for row in rows], "today": today}
    values |= {"since": period.starts_on, "until": period.ends_on}
    teachers: dict[uuid.UUID, list[str]] = defaultdict(list)
    for course_id, *name in read(_POSTS, values):
        if (written := initials(*name)) not in teachers[course_id]:
            teachers[course_id].append(written)
    lessons = {row[0]: (row[1], row[2] or 0) for row in read(_LESSONS, values)}
    return [
        CourseOf(
            course_id,
            subject_id,
            _title(in_english if locale == "en" else in_russian, name),
            group_id,
            group_name,
            hours,
            ", ".join(teachers[course_id]),
            *lessons.get(course_id, (0, 0)),
        )
        for course_id, subject_id, name, in_russian, in_english, group_id, group_name, hours in rows
    ]


def means_rules(school_id: int, period: Period) -> Rules:
    """The act by which means of the period become marks."""
    act = find_act(school_id, period.starts_on)
    return act.rules if act else Rules()


def result_of(totals: tuple[int, int, int], rules: Rules) -> Result:
    """What the act makes of a mean so far: where the teacher decides, the higher of the two."""
    marks, values, weights = totals
    shown = hundredths(values, weights)
    value = outcomes(shown, rules)[0] if shown is not None else None
    return Result(value, None, is_set=False, mean=Fraction(values, weights), marks=marks)


def _results(
    school_id: int, period: Period, courses: list[CourseOf], values: Mapping[str, Any]
) -> dict[tuple[uuid.UUID, int, uuid.UUID], Result]:
    rules = means_rules(school_id, period)
    found = {
        (pupil_id, subject_id, term_id): result_of((marks, value_sum, weight_sum), rules)
        for pupil_id, subject_id, term_id, marks, value_sum, weight_sum in read(_TOTALS, values)
    }
    subjects = {one.id: one.subject_id for one in courses}
    for pupil_id, course_id, term_id, value, code in read(_SET, values):
        if course_id in subjects and (value is not None or code is not None):
            key = (pupil_id, subjects[course_id], term_id)
            known = found.get(key)
            found[key] = Result(
                value, code, is_set=True, mean=known.mean if known else None, marks=known.marks if known else 0
            )
    return found


def _year_marks(courses: list[CourseOf], span: Mapping[str, Any]) -> dict[tuple[uuid.UUID, int, str], int | str]:
    rows = read(_YEAR, {**span, "courses": [one.id for one in courses]})
    return {(row[0], row[1], row[2]): int(row[3]) if row[3].isdigit() else row[3] for row in rows if row[3]}


def _missed(
    seats: list[tuple[uuid.UUID, uuid.UUID]], span: Mapping[str, Any], groups: list[uuid.UUID]
) -> dict[uuid.UUID, Missed]:
    rows = read(_ABSENCES, span)
    if not rows:
        return {}
    days = {(row[0], row[1]): row[2] for row in read(_DAYS, {**span, "groups": groups})}
    return sum_missed(rows, seats, days)


def sum_missed(
    rows: Any, seats: list[tuple[uuid.UUID, uuid.UUID]], days: Mapping[tuple[uuid.UUID, date], int]
) -> dict[uuid.UUID, Missed]:
    """Rows of ``ABSENCE_CELLS`` by pupil; ``days`` counts the lessons of a group and day."""
    own: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for pupil_id, group_id in seats:
        own[pupil_id].append(group_id)
    found: dict[uuid.UUID, Missed] = {}
    for pupil_id, day, lessons, ill, unexplained, late in rows:
        whole = lessons > 0 and lessons >= sum(days.get((group_id, day), 0) for group_id in own[pupil_id])
        one = Missed(int(whole), lessons, ill, lessons - ill - unexplained, unexplained, late)
        found[pupil_id] = found[pupil_id] + one if pupil_id in found else one
    return found


def _title(title: str, name: str) -> str:
    return f"{title} ({name})" if name else title
