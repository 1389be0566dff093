"""What happens today in the demo school: an ill teacher's lessons are taken by others, marks of this morning, works that are due."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from school.classes.models import Substitution
from school.core import clock
from school.demo.classes import DemoCourse, DemoLesson
from school.demo.journal import QUIET, Journal, Put
from school.demo.morning import ends_of
from school.demo.people import Person
from school.demo.rows import Rows

WHY = "Болезнь учителя"
ANSWERED = (5, 4, 4, 3)
"""Marks of the last lesson: the first is younger than the quiet window, families do not see it yet."""
DUE = 2
"""So many works are owed by today."""


def cover_lessons(
    rows: Rows, courses: Sequence[DemoCourse], pupil: Person, staying: Sequence[Person], deputy: Person, now: datetime
) -> dict[uuid.UUID, Person]:
    """Substitutes by lesson: a teacher of ``pupil`` is ill today, none of ``staying``; who is free takes the lessons.

    Nobody on a day without lessons, or where nobody is free.
    """
    today = clock.local(now).date()
    taught = [(course, lesson) for course in courses for lesson in course.lessons if lesson.day == today]
    busy = {(course.teacher.member, lesson.slot) for course, lesson in taught}
    for course, _lesson in sorted(taught, key=lambda one: -one[1].slot):
        ill = course.teacher
        if pupil not in course.pupils or ill in staying:
            continue
        lessons = [one for one in taught if one[0].teacher is ill]
        found = _free(lessons, courses, ill, busy)
        if found is not None:
            at = min(now, clock.moscow(today, datetime.min.time().replace(hour=7, minute=15)))
            for lesson, person in found:
                _substitute(rows, lesson, person, deputy, at)
            return {lesson.id: person for lesson, person in found}
    return {}


def _free(
    lessons: Sequence[tuple[DemoCourse, DemoLesson]],
    courses: Sequence[DemoCourse],
    ill: Person,
    busy: set[tuple[uuid.UUID, int]],
) -> list[tuple[DemoLesson, Person]] | None:
    """For each lesson somebody, of the same subject where possible, who has nothing else then; None where nobody can be found."""
    found: list[tuple[DemoLesson, Person]] = []
    taken = set(busy)
    for course, lesson in lessons:
        same = [one.teacher for one in courses if one.subject == course.subject]
        able = [one for one in (*same, *(one.teacher for one in courses)) if one is not ill]
        free = next((one for one in able if (one.member, lesson.slot) not in taken), None)
        if free is None:
            return None
        taken.add((free.member, lesson.slot))
        found.append((lesson, free))
    return found


def _substitute(rows: Rows, lesson: DemoLesson, person: Person, deputy: Person, at: datetime) -> None:
    rows.add(
        Substitution,
        id=rows.id_at(at),
        lesson_id=lesson.id,
        teacher_id=person.member,
        reason=WHY,
        made_at=at,
        made_by=deputy.account,
    )


def put_marks_of_today(journal: Journal, courses: Sequence[DemoCourse], teacher: Person, pupil: Person) -> None:
    """In the courses that the printed teacher gives to the printed pupil: marks of the last lesson, one of them just now; dots due today."""
    now = journal.now
    today = clock.local(now).date()
    mine = [one for one in courses if one.teacher is teacher and pupil in one.pupils and journal.columns[one.id]]
    over = [(ends_of(lesson), course, lesson) for course in mine for lesson in course.lessons if ends_of(lesson) <= now]
    if not over:
        return
    _ends, course, lesson = max(over, key=lambda one: one[0])
    column = journal.open(course, lesson, journal.works["Ответ на уроке"], 5, max(ends_of(lesson), now - 6 * QUIET))
    others = [one for one in course.pupils if one is not pupil]
    for n, (one, value) in enumerate(zip((others[1], pupil, *others[4:]), ANSWERED, strict=False)):
        at = max(ends_of(lesson), now - (3 * QUIET if n else timedelta(minutes=1)))
        journal.put(course, column, one, at, Put(value))
    for column in [one for one in journal.columns[course.id] if one.work.weight > 1 and one.lesson.day < today][-DUE:]:
        owing = next((one for one in course.pupils if one.member not in column.filled and one is not pupil), None)
        if owing is not None:
            at = ends_of(column.lesson) + 12 * QUIET
            journal.put(course, column, owing, min(at, now - QUIET), Put(None, "•", due_on=today))
