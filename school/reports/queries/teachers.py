"""A teacher in a period: each course with what its pupils have."""

import uuid
from collections import defaultdict
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.people.names import full_name
from school.reports.queries.classes import COURSE_CELLS, COURSE_FROM, courses_of, means_rules, result_of
from school.reports.queries.tables import (
    COURSES,
    TERMS,
    UNTIL,
    course,
    group,
    mark,
    member,
    overlapping,
    place,
    post,
    school_name,
    subject,
    term,
    term_mark,
    total,
)
from school.reports.scale import Tally
from school.reports.seen import Period, Result, SeenTeacher, TaughtCourse, TeacherBook

TEACHER = bindparam("teacher", type_=Id)
_TEACHER = select(member.c.family_name, member.c.given_name, member.c.patronymic).where(
    member.c.school_id == SCHOOL,
    member.c.id == TEACHER,
    member.c.id.in_(select(post.c.teacher_id).where(post.c.school_id == SCHOOL)),
)
_COURSES = (
    select(*COURSE_CELLS, group.c.year_level)
    .select_from(
        COURSE_FROM.join(term, and_(term.c.school_id == SCHOOL, term.c.regime_id == group.c.regime_id)).join(
            post, and_(post.c.school_id == SCHOOL, post.c.course_id == course.c.id)
        )
    )
    .where(
        course.c.school_id == SCHOOL,
        post.c.teacher_id == TEACHER,
        term.c.id == bindparam("term", type_=Id),
        overlapping(post),
    )
    .distinct()
    .order_by(subject.c.name_ru, group.c.year_level, group.c.name)
)
_SEATS = (
    select(course.c.id, place.c.pupil_id, course.c.subject_id)
    .select_from(course.join(place, and_(place.c.school_id == SCHOOL, place.c.group_id == course.c.group_id)))
    .where(
        course.c.school_id == SCHOOL,
        course.c.id.in_(COURSES),
        place.c.from_on <= UNTIL,
        (place.c.to_on.is_(None)) | (place.c.to_on >= UNTIL),
    )
)
_SET = select(term_mark.c.course_id, term_mark.c.pupil_id, term_mark.c.value, term_mark.c.code).where(
    term_mark.c.school_id == SCHOOL, term_mark.c.course_id.in_(COURSES), term_mark.c.term_id.in_(TERMS)
)
_TOTALS = select(total.c.pupil_id, total.c.subject_id, total.c.marks, total.c.value_sum, total.c.weight_sum).where(
    total.c.school_id == SCHOOL,
    total.c.term_id.in_(TERMS),
    total.c.weight_sum > 0,
    total.c.subject_id.in_(select(course.c.subject_id).where(course.c.school_id == SCHOOL, course.c.id.in_(COURSES))),
    total.c.pupil_id.in_(
        select(place.c.pupil_id)
        .select_from(course.join(place, and_(place.c.school_id == SCHOOL, place.c.group_id == course.c.group_id)))
        .where(course.c.school_id == SCHOOL, course.c.id.in_(COURSES))
    ),
)
_MARKS = (
    select(mark.c.course_id, func.count(), func.sum(mark.c.value * mark.c.weight), func.sum(mark.c.weight))
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.course_id.in_(COURSES),
        mark.c.term_id.in_(TERMS),
        mark.c.value.is_not(None),
        mark.c.replaced_at.is_(None),
        mark.c.weight > 0,
    )
    .group_by(mark.c.course_id)
)


def get_teacher(actor: Actor, member_id: uuid.UUID) -> SeenTeacher | None:
    """Somebody of the actor's school who teaches or taught here."""
    rows = read(_TEACHER, {"school": actor.school_id, "teacher": member_id})
    if not rows or actor.school_id is None:
        return None
    return SeenTeacher(actor.school_id, member_id, full_name(*rows[0]), is_self=member_id == actor.member_id)


def teacher_book(teacher: SeenTeacher, period: Period, locale: str = "ru") -> TeacherBook:
    """Seven statements, whatever the number of courses. Of a year: what stands in its last begun term."""
    today = clock.today()
    last = period.terms[-1]
    end = min(last.ends_on, max(today, last.starts_on))
    span: dict[str, Any] = {"school": teacher.school_id, "since": period.starts_on, "until": end}
    rows = read(_COURSES, {**span, "teacher": teacher.id, "term": last.id})
    school = school_name(teacher.school_id)
    if not rows:
        return TeacherBook(teacher.school_id, school, teacher.id, teacher.full_name, period, ())
    courses = courses_of(teacher.school_id, [row[:-1] for row in rows], period, today, locale)
    values = {**span, "courses": [one.id for one in courses], "terms": [last.id]}
    rules = means_rules(teacher.school_id, period)
    by_mean = {(row[0], row[1]): result_of(tuple(row[2:]), rules) for row in read(_TOTALS, values)}
    decided = {(row[0], row[1]): Result(row[2], row[3], is_set=True, mean=None, marks=0) for row in read(_SET, values)}
    pupils: dict[uuid.UUID, list[Result | None]] = defaultdict(list)
    for course_id, pupil_id, subject_id in read(_SEATS, values):
        pupils[course_id].append(decided.get((course_id, pupil_id)) or by_mean.get((pupil_id, subject_id)))
    in_lessons = {row[0]: (row[1], Fraction(row[2], row[3])) for row in read(_MARKS, values)}
    taught = [
        TaughtCourse(
            one,
            row[-1],
            len(pupils[one.id]),
            Tally.of(found.sign for found in pupils[one.id] if found is not None),
            any(found is not None and not found.is_set for found in pupils[one.id]),
            in_lessons.get(one.id, (0, None))[1],
            in_lessons.get(one.id, (0, None))[0],
        )
        for one, row in zip(courses, rows, strict=True)
    ]
    return TeacherBook(teacher.school_id, school, teacher.id, teacher.full_name, period, tuple(taught))
