"""The rows behind the work that a school is spared: by journal, by a teacher's day, by class, by subject of a class."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import FromClause, Select, and_, distinct, func, select

from school.classes.models import AbsenceFact, GroupKind
from school.classes.queries.relations import SCHOOL
from school.core.access import Actor
from school.core.database import read
from school.people.names import initials
from school.reports.queries.spared import HELD, NOTED, cover, note, span_of, taken, textbooks
from school.reports.queries.tables import (
    SINCE,
    TERMS,
    UNTIL,
    absence,
    course,
    group,
    lesson,
    mark,
    member,
    place,
    subject,
    term_mark,
)
from school.reports.seen import Period

_NAMES = (course.c.id, group.c.name, subject.c.name_ru, subject.c.name_en)
_ABSENT = absence.c.fact == AbsenceFact.ABSENT.value


def _by_journal(source: FromClause, course_id: Any, where: tuple[Any, ...], *counts: Any) -> Select[Any]:
    return (
        select(*_NAMES, *counts)
        .select_from(
            source.join(course, and_(course.c.school_id == SCHOOL, course.c.id == course_id))
            .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
            .join(subject, subject.c.id == course.c.subject_id)
        )
        .where(*where)
        .group_by(*_NAMES, group.c.year_level)
        .order_by(group.c.year_level, group.c.name, subject.c.name_ru)
    )


_PRESENCE = _by_journal(
    lesson.join(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id)).outerjoin(
        absence, and_(absence.c.school_id == SCHOOL, absence.c.lesson_id == lesson.c.id, _ABSENT)
    ),
    lesson.c.course_id,
    HELD,
    func.count(distinct(lesson.c.id)),
    func.count(absence.c.id),
)
_MARKS = _by_journal(
    mark,
    mark.c.course_id,
    (mark.c.school_id == SCHOOL, mark.c.on_date.between(SINCE, UNTIL), mark.c.value.is_not(None)),
    func.count(distinct(mark.c.column_id)),
    func.count(),
)
_TERM = _by_journal(
    term_mark,
    term_mark.c.course_id,
    (term_mark.c.school_id == SCHOOL, term_mark.c.term_id.in_(TERMS)),
    func.count().filter(term_mark.c.proposed.is_(None)),
    func.count(),
)
JOURNALS = {"attendance": _PRESENCE, "marks": _MARKS, "term": _TERM}
"""Two counts by journal: lessons and absent pupils; columns and marks; marks on the brink and all."""

_COVERS = (
    select(lesson.c.on_date, member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic, func.count())
    .select_from(
        lesson.join(cover, and_(cover.c.school_id == SCHOOL, cover.c.lesson_id == lesson.c.id)).join(
            member, and_(member.c.school_id == SCHOOL, member.c.id == lesson.c.teacher_id)
        )
    )
    .where(*HELD)
    .group_by(lesson.c.on_date, member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .order_by(lesson.c.on_date, member.c.family_name, member.c.id)
)
_WORDS = (
    select(group.c.id, group.c.name, func.count())
    .select_from(
        note.outerjoin(
            place,
            and_(
                place.c.school_id == SCHOOL,
                place.c.pupil_id == note.c.pupil_id,
                place.c.from_on <= note.c.first_on,
                (place.c.to_on.is_(None)) | (place.c.to_on >= note.c.first_on),
                place.c.group_id.in_(
                    select(group.c.id).where(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value)
                ),
            ),
        ).outerjoin(group, and_(group.c.school_id == SCHOOL, group.c.id == place.c.group_id))
    )
    .where(*NOTED)
    .group_by(group.c.id, group.c.name, group.c.year_level)
    .order_by(group.c.year_level, group.c.name)
)
_class_id = func.coalesce(group.c.class_id, group.c.id)
_of_level = group.alias("class_itself")
_SUBJECTS = (
    select(
        _class_id,
        _of_level.c.name,
        group.c.year_level,
        subject.c.id,
        subject.c.name_ru,
        subject.c.name_en,
        func.count(distinct(lesson.c.on_date)),
    )
    .select_from(
        lesson.join(course, and_(course.c.school_id == SCHOOL, course.c.id == lesson.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(_of_level, and_(_of_level.c.school_id == SCHOOL, _of_level.c.id == _class_id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(*HELD, group.c.kind.in_((GroupKind.CLASS.value, GroupKind.PART.value)))
    .group_by(_class_id, _of_level.c.name, group.c.year_level, subject.c.id, subject.c.name_ru, subject.c.name_en)
    .order_by(group.c.year_level, _of_level.c.name, subject.c.name_ru)
)
_DAYS = (
    select(_class_id, func.count(distinct(lesson.c.on_date)))
    .select_from(lesson.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id)))
    .where(*HELD, group.c.kind.in_((GroupKind.CLASS.value, GroupKind.PART.value)))
    .group_by(_class_id)
)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A part of a job: a journal, a teacher's day or a class, with what was done there."""

    id: uuid.UUID | None
    name: str
    first: int
    second: int
    on_date: date | None = None


@dataclass(frozen=True, slots=True)
class BagRow:
    """A subject of a class: on how many of the class's days it is taught, and its textbook in the library."""

    class_id: uuid.UUID
    group: str
    subject_id: int
    subject: str
    days: int
    class_days: int
    unit_id: uuid.UUID | None


def job_rows(actor: Actor, period: Period, kind: str) -> list[JobRow]:
    """One statement."""
    values = span_of(actor.school_id or 0, period)
    if kind == "covers":
        return [JobRow(row[1], initials(*row[2:5]), 1, row[5], row[0]) for row in read(_COVERS, values)]
    if kind == "words":
        return [JobRow(row[0], row[1] or "–", 0, row[2]) for row in read(_WORDS, values)]
    english = actor.locale == "en"
    return [
        JobRow(row[0], f"{row[1]}, {row[3] if english else row[2]}", row[4], row[5])
        for row in read(JOURNALS[kind], values)
    ]


def bag_rows(actor: Actor, period: Period, level: int) -> list[BagRow]:
    """The subjects of the classes of a year level. Three statements."""
    values = span_of(actor.school_id or 0, period)
    books = textbooks()
    days = {row[0]: row[1] for row in read(_DAYS, values)}
    rows = []
    for class_id, name, of, subject_id, name_ru, name_en, with_it in read(_SUBJECTS, values):
        if of == level:
            book = next((one for one in books if one[0] == subject_id and one[1] <= level <= one[2]), None)
            title = name_en if actor.locale == "en" else name_ru
            rows.append(BagRow(class_id, name, subject_id, title, with_it, days[class_id], book[3] if book else None))
    return rows
