"""A pupil's week: lessons with topic and homework, marks, absences, substitutions. Three statements."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from school.classes.models import AbsenceFact
from school.classes.queries.days import DayLesson, days_of_pupil
from school.classes.seen import SeenPupil
from school.gradebook.queries.codes import codes_of_term
from school.gradebook.queries.marks import PupilMark, marks_of_week
from school.homework.queries import homework_between
from school.homework.seen import PupilHomework


@dataclass(frozen=True, slots=True)
class Missed:
    """The pupil was not there as usual."""

    code: str
    """As the school shows it."""
    fact: str
    reason: str
    minutes: int | None

    @property
    def was_away(self) -> bool:
        """Away, not late or freed."""
        return self.fact == AbsenceFact.ABSENT


@dataclass(slots=True)
class DiaryLine:
    """A lesson of the pupil's week."""

    lesson: DayLesson
    homework: list[PupilHomework] = field(default_factory=list)
    marks: list[PupilMark] = field(default_factory=list)
    missed: Missed | None = None


@dataclass(slots=True)
class DiaryDay:
    """A day of the week: its lessons, homework due that day outside of them, works owed by it."""

    on_date: date
    lines: list[DiaryLine]
    homework: list[PupilHomework] = field(default_factory=list)
    owed: list[PupilMark] = field(default_factory=list)
    """Dots whose work is owed by this day."""

    @property
    def minutes(self) -> int:
        """Of homework that is still to do for this day."""
        every = [one for line in self.lines for one in line.homework] + self.homework
        return sum(one.minutes for one in every if not one.is_done)


@dataclass(frozen=True, slots=True)
class Diary:
    """A week, Monday to Saturday, Sunday too where something happens on it."""

    monday: date
    days: list[DiaryDay]


def find_diary(pupil: SeenPupil, monday: date, locale: str = "ru", only: Collection[int] | None = None) -> Diary:
    """The week that begins on ``monday``, with marks of the subjects ``only`` where not all are the reader's."""
    sunday = monday + timedelta(days=6)
    lessons = days_of_pupil(pupil.school_id, pupil.id, monday, sunday, locale)
    lines = [DiaryLine(one, missed=_missed(pupil.school_id, one)) for one in lessons]
    by_lesson = {line.lesson.id: line for line in lines}
    days = {monday + timedelta(days=n): DiaryDay(monday + timedelta(days=n), []) for n in range(7)}
    for line in lines:
        days[line.lesson.on_date].lines.append(line)
    for work in homework_between(pupil.school_id, pupil.id, monday, sunday, locale):
        _place_homework(work, by_lesson, days)
    for mark in marks_of_week(pupil, monday, sunday, locale, only):
        if mark.lesson_id in by_lesson:
            by_lesson[mark.lesson_id].marks.append(mark)
        if mark.sign.due_on in days:
            days[mark.sign.due_on].owed.append(mark)
    shown = [day for day in days.values() if day.on_date.isoweekday() < 6 or day.lines or day.homework or day.owed]
    return Diary(monday, shown)


def _place_homework(work: PupilHomework, by_lesson: dict[uuid.UUID, DiaryLine], days: dict[date, DiaryDay]) -> None:
    line = by_lesson.get(work.due_lesson_id) if work.due_lesson_id else None
    if line is None:  # due on a day only, or put off to another: the day's lesson of that course, if there is one
        day = days[work.due_on]
        line = next(
            (one for one in day.lines if one.lesson.course_id == work.course_id and not one.lesson.is_extra), None
        )
    if line is None or line.lesson.on_date != work.due_on:
        days[work.due_on].homework.append(work)
    else:
        line.homework.append(work)


def _missed(school_id: int, lesson: DayLesson) -> Missed | None:
    fact, reason, term_id = lesson.absence_fact, lesson.absence_reason, lesson.absence_term
    if fact is None or reason is None or term_id is None:
        return None
    return Missed(codes_of_term(school_id, term_id).of(fact, reason), fact, reason, lesson.minutes_late)
