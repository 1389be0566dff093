"""Today in the demo school: presence of the lessons that are over, so that each first page has a day to tell of."""

import random
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from school.classes.models import Absence, PresenceTaken
from school.core import clock
from school.demo.classes import BELLS, LESSON_MINUTES, DemoClass, DemoCourse, DemoLesson
from school.demo.rows import Rows

WHY = ("illness", "unknown", "family")
"""The first pupil away of a class is ill, of the second nobody has heard, the third is with the family."""


def take_presence(
    rows: Rows,
    classes: Iterable[DemoClass],
    courses: Iterable[DemoCourse],
    now: datetime,
    here: set[uuid.UUID],
    chance: random.Random,
) -> None:
    """Presence of today's lessons that have ended; from one to three pupils of a class are away, none of those ``here``."""
    away: dict[uuid.UUID, str] = {}
    for one in classes:
        others = sorted(pupil.member for pupil in one.pupils if pupil.member not in here)
        away |= zip(chance.sample(others, chance.choice((1, 2, 2, 3))), WHY, strict=False)
    for course in courses:
        for lesson in course.lessons:
            if _end(lesson) <= now and lesson.day == clock.local(now).date():
                _take(rows, course, lesson, away)


def _take(rows: Rows, course: DemoCourse, lesson: DemoLesson, away: dict[uuid.UUID, str]) -> None:
    at = _end(lesson) - timedelta(minutes=LESSON_MINUTES - 5)
    by = course.teacher.account
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


def _end(lesson: DemoLesson) -> datetime:
    hour, minute = BELLS[lesson.slot - 1]
    starts = datetime.combine(lesson.day, datetime.min.time(), clock.MOSCOW) + timedelta(hours=hour, minutes=minute)
    return starts + timedelta(minutes=LESSON_MINUTES)
