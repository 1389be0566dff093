"""Today in the demo school: presence of the lessons that are over, so that each first page has a day to tell of."""

import random
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from school.classes.models import Absence, AbsenceNote, PresenceTaken
from school.core import clock
from school.demo.classes import BELLS, LESSON_MINUTES, DemoClass, DemoCourse, DemoLesson
from school.demo.people import Person
from school.demo.rows import Rows

WHY = ("illness", "family", "school")
"""The first pupil away of a class is ill, the second with the family, the third at an olympiad."""
UNHEARD = ("5 «А»", "7 «Б»")
"""In these classes nobody has heard of the second."""


def take_presence(
    rows: Rows,
    classes: Iterable[DemoClass],
    courses: Iterable[DemoCourse],
    now: datetime,
    here: set[uuid.UUID],
    parents: Mapping[uuid.UUID, Person],
    instead: Mapping[uuid.UUID, Person],
    chance: random.Random,
) -> list[Person]:
    """Presence of today's lessons that have ended; from one to three pupils of a class are away, none of those ``here``. Answers the ill.

    ``parents`` by pupil; ``instead`` are substitutes by lesson.
    """
    away: dict[uuid.UUID, str] = {}
    all_ill = []
    today = clock.local(now).date()
    for one in classes:
        others = sorted(pupil.member for pupil in one.pupils if pupil.member not in here)
        unheard = one.label in UNHEARD
        why = (WHY[0], "unknown", WHY[1]) if unheard else WHY
        away |= zip(chance.sample(others, chance.choice((2, 3) if unheard else (1, 2, 2, 3))), why, strict=False)
        ill = next((pupil for pupil in one.pupils if away.get(pupil.member) == "illness"), None)
        if ill is not None:
            _tell(rows, ill, parents[ill.member], today, now)
            all_ill.append(ill)
    for course in courses:
        for lesson in course.lessons:
            if ends_of(lesson) <= now and lesson.day == clock.local(now).date():
                _take(rows, course, lesson, away, instead.get(lesson.id, course.teacher))
    return all_ill


def _tell(rows: Rows, ill: Person, parent: Person, today: date, now: datetime) -> None:
    """A parent of the first pupil away said in the morning that the child is ill, today and tomorrow."""
    at = min(now, clock.moscow(today, time(7, 40)))
    rows.add(
        AbsenceNote,
        id=rows.id_at(at),
        pupil_id=ill.member,
        first_on=today,
        last_on=today + timedelta(days=1),
        reason="illness",
        words="Температура, вызвали врача",
        made_at=at,
        made_by=parent.account,
    )


def _take(rows: Rows, course: DemoCourse, lesson: DemoLesson, away: dict[uuid.UUID, str], teacher: Person) -> None:
    at = ends_of(lesson) - timedelta(minutes=LESSON_MINUTES - 5)
    by = teacher.account
    rows.add(PresenceTaken, id=rows.id_at(at), lesson_id=lesson.id, taken_at=at, taken_by=by)
    for pupil in course.pupils:
        if pupil.member in away:
            rows.add(
                Absence,
                id=rows.id_at(at),
                lesson_id=lesson.id,
                pupil_id=pupil.member,
                on_date=lesson.day,
                fact="absent",
                minutes_late=None,
                reason=away[pupil.member],
                noted_at=at,
                noted_by=by,
            )


def ends_of(lesson: DemoLesson) -> datetime:
    """When it is over."""
    hour, minute = BELLS[lesson.slot - 1]
    starts = datetime.combine(lesson.day, datetime.min.time(), clock.MOSCOW) + timedelta(hours=hour, minutes=minute)
    return starts + timedelta(minutes=LESSON_MINUTES)
