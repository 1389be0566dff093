"""The school in a period: results by class, subject and teacher, each by one statement over the set marks."""

import uuid
from collections import defaultdict
from typing import Any

from sqlalchemy import and_, func, select

from school.classes.models import GroupKind, LessonState
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import read
from school.people.names import initials, short_name
from school.reports.behind import SchoolPupil
from school.reports.queries.classes import ABSENCE_CELLS, means_rules, result_of, sum_missed
from school.reports.queries.tables import (
    SINCE,
    TERMS,
    UNTIL,
    absence,
    course,
    group,
    lesson,
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
from school.reports.scale import Standing, Tally, one_short, share, standing
from school.reports.seen import NOTHING_MISSED, ClassLine, Missed, Period, SchoolBook, Tallied

_CLASSES = (
    select(group.c.id, group.c.name, group.c.year_level)
    .select_from(group.join(term, and_(term.c.school_id == SCHOOL, term.c.regime_id == group.c.regime_id)))
    .where(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value, term.c.id.in_(TERMS))
    .distinct()
    .order_by(group.c.year_level, group.c.name)
)
_ROLL = select(place.c.pupil_id, place.c.group_id).where(
    place.c.school_id == SCHOOL,
    place.c.from_on <= UNTIL,
    (place.c.to_on.is_(None)) | (place.c.to_on >= UNTIL),
)
_NAMED_ROLL = (
    select(place.c.pupil_id, place.c.group_id, member.c.family_name, member.c.given_name)
    .select_from(place.join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id)))
    .where(
        place.c.school_id == SCHOOL,
        place.c.from_on <= UNTIL,
        (place.c.to_on.is_(None)) | (place.c.to_on >= UNTIL),
    )
    .order_by(member.c.sort_name)
)
_SET = select(term_mark.c.pupil_id, term_mark.c.course_id, term_mark.c.value, term_mark.c.code).where(
    term_mark.c.school_id == SCHOOL, term_mark.c.term_id.in_(TERMS)
)
_TOTALS = select(total.c.pupil_id, total.c.subject_id, total.c.marks, total.c.value_sum, total.c.weight_sum).where(
    total.c.school_id == SCHOOL, total.c.term_id.in_(TERMS), total.c.weight_sum > 0
)
_COURSES = (
    select(course.c.id, course.c.subject_id, course.c.group_id, subject.c.name_ru, subject.c.name_en, group.c.name)
    .select_from(
        course.join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(term, and_(term.c.school_id == SCHOOL, term.c.regime_id == group.c.regime_id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(course.c.school_id == SCHOOL, term.c.id.in_(TERMS))
)
_POSTS = (
    select(post.c.course_id, member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(post.join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id)))
    .where(post.c.school_id == SCHOOL, overlapping(post))
    .order_by(member.c.sort_name)
)
_ABSENCES = (
    select(*ABSENCE_CELLS)
    .select_from(absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)))
    .where(
        absence.c.school_id == SCHOOL,
        absence.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(absence.c.pupil_id, absence.c.on_date)
)
_DAYS = (
    select(lesson.c.group_id, lesson.c.on_date, func.count())
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(lesson.c.group_id, lesson.c.on_date)
)


def school_book(actor: Actor, period: Period) -> SchoolBook:
    """Nine statements. Of a year: what stands in its last begun term; classes whose year is cut otherwise are not in it."""
    school_id, values = actor.school_id or 0, _span(actor, period)
    courses = {row[0]: row[1:] for row in read(_COURSES, values)}
    seats = [(row[0], row[1]) for row in read(_ROLL, values)]
    signs = _signs(school_id, period, courses, seats, values)
    missed = sum_missed(read(_ABSENCES, values), seats, {(row[0], row[1]): row[2] for row in read(_DAYS, values)})
    pupils: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for pupil_id, group_id in seats:
        pupils[group_id].append(pupil_id)
    of_pupil: dict[uuid.UUID, list[int | str]] = defaultdict(list)
    for (pupil_id, _course_id), sign in signs.items():
        of_pupil[pupil_id].append(sign)
    classes = [_line(row, pupils[row[0]], of_pupil, missed) for row in read(_CLASSES, values)]
    return SchoolBook(
        school_id,
        school_name(school_id),
        period,
        tuple(classes),
        _by_subject(signs, courses, actor.locale),
        _by_teacher(signs, read(_POSTS, values)),
    )


def _span(actor: Actor, period: Period) -> dict[str, Any]:
    """The days of a period so far, and the term whose marks count."""
    last = period.terms[-1]
    end = min(last.ends_on, max(clock.today(), last.starts_on))
    return {"school": actor.school_id or 0, "since": period.starts_on, "until": end, "terms": [last.id]}


def school_signs(
    actor: Actor, period: Period
) -> tuple[dict[uuid.UUID, Any], dict[tuple[uuid.UUID, uuid.UUID], int | str]]:
    """Courses (subject, group, both names), and what stands for each pupil and course. Five statements."""
    school_id, values = actor.school_id or 0, _span(actor, period)
    courses = {row[0]: row[1:] for row in read(_COURSES, values)}
    seats = [(row[0], row[1]) for row in read(_ROLL, values)]
    return courses, _signs(school_id, period, courses, seats, values)


def _signs(
    school_id: int, period: Period, courses: dict[uuid.UUID, Any], seats: list[tuple[uuid.UUID, uuid.UUID]], values: Any
) -> dict[tuple[uuid.UUID, uuid.UUID], int | str]:
    """By pupil and course: what is set, else what the act makes of the mean so far."""
    rules = means_rules(school_id, period)
    means = {(row[0], row[1]): result_of(tuple(row[2:]), rules).sign for row in read(_TOTALS, values)}
    decided = {(row[0], row[1]): row[2] if row[2] is not None else row[3] for row in read(_SET, values)}
    by_group: dict[uuid.UUID, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    for course_id, (subject_id, group_id, *_words) in courses.items():
        by_group[group_id].append((course_id, subject_id))
    found: dict[tuple[uuid.UUID, uuid.UUID], int | str] = {}
    for pupil_id, group_id in seats:
        for course_id, subject_id in by_group[group_id]:
            sign = decided.get((pupil_id, course_id)) or means.get((pupil_id, subject_id))
            if sign is not None:
                found[pupil_id, course_id] = sign
    return found


def _line(
    row: tuple[uuid.UUID, str, int],
    pupils: list[uuid.UUID],
    of_pupil: dict[uuid.UUID, list[int | str]],
    missed: dict[uuid.UUID, Missed],
) -> ClassLine:
    class_id, name, year_level = row
    marks = [of_pupil.get(pupil_id, []) for pupil_id in pupils]
    standings = [standing(one) for one in marks]
    counted = len(pupils) - standings.count(Standing.NONE)
    excellent, good = standings.count(Standing.EXCELLENT), standings.count(Standing.GOOD)
    failing = standings.count(Standing.FAILING)
    return ClassLine(
        class_id,
        name,
        year_level,
        len(pupils),
        excellent,
        good,
        sum((found := one_short(one)) is not None and found[0] == 3 for one in marks),
        failing,
        standings.count(Standing.NONE),
        share(counted - failing, counted),
        share(excellent + good, counted),
        Tally.of(sign for one in marks for sign in one),
        sum((missed.get(pupil_id, NOTHING_MISSED) for pupil_id in pupils), NOTHING_MISSED),
    )


def _by_subject(signs: Any, courses: Any, locale: str) -> tuple[Tallied, ...]:
    found: dict[tuple[str, int], list[int | str]] = defaultdict(list)
    for (_pupil_id, course_id), sign in signs.items():
        found[courses[course_id][3 if locale == "en" else 2], courses[course_id][0]].append(sign)
    return tuple(Tallied(subject_id, name, Tally.of(some)) for (name, subject_id), some in sorted(found.items()))


def _by_teacher(signs: Any, posts: Any) -> tuple[Tallied, ...]:
    of_course: dict[uuid.UUID, list[int | str]] = defaultdict(list)
    for (_pupil_id, course_id), sign in signs.items():
        of_course[course_id].append(sign)
    found: dict[tuple[uuid.UUID, str], dict[uuid.UUID, None]] = {}
    for course_id, member_id, *name in posts:
        if of_course.get(course_id):
            found.setdefault((member_id, initials(*name)), {})[course_id] = None
    return tuple(
        Tallied(member_id, name, Tally.of(sign for course_id in courses for sign in of_course[course_id]))
        for (member_id, name), courses in found.items()
    )


def journals_of(
    actor: Actor, period: Period, *, subject_id: int | None = None, teacher_id: uuid.UUID | None = None
) -> list[Tallied]:
    """The journals behind the figures of a subject or a teacher, by name. Six statements."""
    courses, signs = school_signs(actor, period)
    chosen = {one for one, row in courses.items() if subject_id in (None, row[0])}
    if teacher_id is not None:
        chosen &= {row[0] for row in read(_POSTS, _span(actor, period)) if row[1] == teacher_id}
    found: dict[uuid.UUID, list[int | str]] = defaultdict(list)
    for (_pupil_id, course_id), sign in signs.items():
        if course_id in chosen:
            found[course_id].append(sign)
    title = 3 if actor.locale == "en" else 2
    named = [Tallied(one, f"{courses[one][4]}, {courses[one][title]}", Tally.of(some)) for one, some in found.items()]
    return sorted(named, key=lambda one: _by_class(one.name))


def pupils_of_school(actor: Actor, period: Period, level: int | None = None) -> list[SchoolPupil]:
    """Everybody on the roll at the end with what stands, in the order of classes. Seven statements."""
    courses, signs = school_signs(actor, period)
    title = 3 if actor.locale == "en" else 2
    of_pupil: dict[uuid.UUID, list[tuple[str, int | str]]] = defaultdict(list)
    for (pupil_id, course_id), sign in signs.items():
        of_pupil[pupil_id].append((courses[course_id][title], sign))
    values = _span(actor, period)
    classes = {row[0]: row for row in read(_CLASSES, values) if level in (None, row[2])}
    found: dict[uuid.UUID, list[SchoolPupil]] = {one: [] for one in classes}
    for pupil_id, group_id, family, given in read(_NAMED_ROLL, values):
        if group_id in classes:
            _id, group, year_level = classes[group_id]
            signs_of = tuple(sorted(of_pupil.get(pupil_id, [])))
            found[group_id].append(
                SchoolPupil(group_id, group, year_level, pupil_id, short_name(family, given), signs_of)
            )
    return [one for some in found.values() for one in some]


def _by_class(name: str) -> tuple[int, str]:
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return int(digits or 0), name
