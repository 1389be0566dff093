"""Today in the demo school: presence of the lessons that are over, so that each first page has a day to tell of."""

import random
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from school.classes.models import Absence, AbsenceNote, PresenceTaken
from school.core import clock
from school.demo.classes import BELLS, LESSON_MINUTES, DemoClass, DemoCourse, DemoLesson
from school.demo.people import Person
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
) -> list[Person]:
    """Presence of today's lessons that have ended; from one to three pupils of a class are away, none of those ``here``. Answers the ill."""
    away: dict[uuid.UUID, str] = {}
    all_ill = []
    today = clock.local(now).date()
    for one in classes:
        others = sorted(pupil.member for pupil in one.pupils if pupil.member not in here)
        away |= zip(chance.sample(others, chance.choice((1, 2, 2, 3))), WHY, strict=False)
        ill = next((pupil for pupil in one.pupils if away.get(pupil.member) == "illness"), None)
        if ill is not None:
            _tell(rows, ill, today, now)
            all_ill.append(ill)
    for course in courses:
        for lesson in course.lessons:
            if _end(lesson) <= now and lesson.day == clock.local(now).date():
                _take(rows, course, lesson, away)
    return all_ill


def _tell(rows: Rows, ill: Person, today: date, now: datetime) -> None:
    """The family of the first pupil away has said that the child is ill, today and tomorrow."""
    rows.add(
        AbsenceNote,
        id=rows.id_at(now),
        pupil_id=ill.member,
        first_on=today,
        last_on=today + timedelta(days=1),
        reason="illness",
        words="Температура, были у врача",
        made_at=now,
        made_by=ill.account,
    )


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
