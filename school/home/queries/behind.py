"""Behind the head's sentences: the pupils of a year level, today's lessons with their presence, the journals with the week's marks."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.types import Date, Integer

from school.classes.models import AbsenceFact, GroupKind
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core import clock
from school.core.access import Actor
from school.core.database import read
from school.home.counting import COLUMN_OF_LESSON, SINCE, UNTIL, column, mark
from school.home.queries.deputy import (
    NO_HOMEWORK,
    PLANNED,
    WITH_CHANGES,
    absence,
    group,
    lesson,
    member,
    place,
    subject,
    substitute,
    substitution,
    taken,
)
from school.home.queries.results import BREAK_DAYS, RUNNING, term, total
from school.people.names import initials, short_name

LEVEL = bindparam("level", type_=Integer)

_OF_LEVEL = (
    select(
        group.c.id, group.c.name, member.c.id, member.c.family_name, member.c.given_name,
        subject.c.id, subject.c.name_ru, subject.c.name_en, total.c.value_sum, total.c.weight_sum,
    )
    .select_from(
        term.join(total, and_(total.c.school_id == SCHOOL, total.c.term_id == term.c.id))
        .join(place, and_(lasting(place), place.c.pupil_id == total.c.pupil_id))
        .join(
            group,
            and_(
                group.c.school_id == SCHOOL,
                group.c.id == place.c.group_id,
                group.c.kind == GroupKind.CLASS.value,
                group.c.year_level == LEVEL,
                group.c.regime_id == term.c.regime_id,
            ),
        )
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == total.c.pupil_id))
        .join(subject, subject.c.id == total.c.subject_id)
    )
    .where(RUNNING, total.c.weight_sum > 0)
    .order_by(group.c.name, member.c.sort_name, member.c.id, subject.c.sort, subject.c.id)
)  # fmt: skip
_expected = (
    select(func.count())
    .where(lasting(place), place.c.group_id == lesson.c.group_id)
    .correlate(lesson)
    .scalar_subquery()
)
_missed = (
    select(func.count())
    .select_from(absence.join(place, and_(lasting(place), place.c.pupil_id == absence.c.pupil_id)))
    .where(
        absence.c.school_id == SCHOOL,
        absence.c.lesson_id == lesson.c.id,
        absence.c.fact == AbsenceFact.ABSENT.value,
        place.c.group_id == lesson.c.group_id,
    )
    .correlate(lesson)
    .scalar_subquery()
)
_TODAY = (
    select(
        lesson.c.id, lesson.c.slot, lesson.c.starts_at, group.c.name, subject.c.name_ru, subject.c.name_en,
        taken.c.id.is_not(None), _expected, _missed,
    )
    .select_from(
        lesson.outerjoin(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(subject, subject.c.id == lesson.c.subject_id)
    )
    .where(lesson.c.school_id == SCHOOL, lesson.c.on_date == TODAY, PLANNED)
    .order_by(lesson.c.starts_at, group.c.year_level, group.c.name, subject.c.name_ru)
)  # fmt: skip
_WEEK_MARKS = (
    select(
        lesson.c.course_id, group.c.name, subject.c.name_ru, subject.c.name_en, subject.c.tint, func.count(),
        func.max(lesson.c.on_date),
    )
    .select_from(
        lesson.join(column, COLUMN_OF_LESSON)
        .join(mark, and_(mark.c.school_id == SCHOOL, mark.c.column_id == column.c.id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(subject, subject.c.id == lesson.c.subject_id)
    )
    .where(lesson.c.school_id == SCHOOL, lesson.c.on_date.between(SINCE, UNTIL), mark.c.value.is_not(None))
    .group_by(
        lesson.c.course_id, group.c.year_level, group.c.name, subject.c.name_ru, subject.c.name_en, subject.c.tint
    )
    .order_by(group.c.year_level, group.c.name, subject.c.name_ru)
)  # fmt: skip
_NO_HOMEWORK = (
    select(
        lesson.c.id, lesson.c.on_date, lesson.c.slot, group.c.name, subject.c.name_ru, subject.c.name_en,
        subject.c.tint, func.coalesce(substitute.c.id, member.c.id),
        func.coalesce(substitute.c.family_name, member.c.family_name),
        func.coalesce(substitute.c.given_name, member.c.given_name),
        func.coalesce(substitute.c.patronymic, member.c.patronymic),
    )
    .select_from(
        WITH_CHANGES.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(subject, subject.c.id == lesson.c.subject_id)
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == lesson.c.teacher_id))
        .outerjoin(substitute, and_(substitute.c.school_id == SCHOOL, substitute.c.id == substitution.c.teacher_id))
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date >= bindparam("since", type_=Date),
        lesson.c.on_date < TODAY,
        PLANNED,
        NO_HOMEWORK,
    )
    .order_by(lesson.c.on_date, lesson.c.slot, group.c.name)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LevelPupil:
    """A pupil of a year level with the mean of each subject in the running term."""

    class_id: uuid.UUID
    group: str
    id: uuid.UUID
    name: str
    means: tuple[tuple[int, str, int, int], ...]
    """Subject, its name, and its mean as a sum of values and of weights."""

    def below(self, hundredths: int) -> list[tuple[int, str, int]]:
        """Subjects whose mean is less than so many hundredths: id, name and mean, in hundredths, cut."""
        return [
            (subject_id, name, values * 100 // weights)
            for subject_id, name, values, weights in self.means
            if values * 100 < weights * hundredths
        ]


@dataclass(frozen=True, slots=True)
class TodayLesson:
    """A lesson of today with who was expected and who was not there."""

    id: uuid.UUID
    slot: int
    starts_at: datetime
    group: str
    subject: str
    is_taken: bool
    expected: int
    missed: int


@dataclass(frozen=True, slots=True)
class MarkedJournal:
    """A journal with how many marks of the week stand in it."""

    course_id: uuid.UUID
    group: str
    subject: str
    tint: int
    marks: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Unset:
    """A lesson in which no homework was set."""

    lesson_id: uuid.UUID
    on_date: date
    slot: int
    group: str
    subject: str
    tint: int
    teacher_id: uuid.UUID
    teacher: str


def pupils_of_level(actor: Actor, level: int) -> list[LevelPupil]:
    """Those on the roll with marks in the running term, by class and name. One statement."""
    today = clock.today()
    asked = {"school": actor.school_id, "today": today, "not_before": today - timedelta(BREAK_DAYS), "level": level}
    found: dict[tuple[uuid.UUID, uuid.UUID], tuple[str, str, list[tuple[int, str, int, int]]]] = {}
    for class_id, name, pupil_id, family, given, subject_id, name_ru, name_en, values, weights in read(
        _OF_LEVEL, asked
    ):
        *_names, means = found.setdefault((class_id, pupil_id), (name, short_name(family, given), []))
        means.append((subject_id, name_en if actor.locale == "en" else name_ru, values, weights))
    return [
        LevelPupil(class_id, group_name, pupil_id, name, tuple(means))
        for (class_id, pupil_id), (group_name, name, means) in found.items()
    ]


def lessons_today(actor: Actor) -> list[TodayLesson]:
    """Held today, by their beginning. One statement."""
    rows = read(_TODAY, {"school": actor.school_id, "today": clock.today()})
    return [
        TodayLesson(row[0], row[1] + 1, row[2], row[3], row[5] if actor.locale == "en" else row[4], bool(row[6]), row[7], row[8])
        for row in rows
    ]  # fmt: skip


def marked_journals(actor: Actor, since: date, until: date) -> list[MarkedJournal]:
    """Journals with marks for work of these days, by class. One statement."""
    rows = read(_WEEK_MARKS, {"school": actor.school_id, "since": since, "until": until})
    return [
        MarkedJournal(row[0], row[1], row[3] if actor.locale == "en" else row[2], row[4] + 1, *row[5:]) for row in rows
    ]


def without_homework(actor: Actor, since: date) -> list[Unset]:
    """Lessons from a day on and before today in which none was set. One statement."""
    rows = read(_NO_HOMEWORK, {"school": actor.school_id, "today": clock.today(), "since": since})
    return [
        Unset(row[0], row[1], row[2] + 1, row[3], row[5] if actor.locale == "en" else row[4], row[6] + 1, row[7], initials(*row[8:]))
        for row in rows
    ]  # fmt: skip
