"""Two outside diagnostics in algebra of the demo school's seventh years: the first of October, the second of November."""

import random
from datetime import date, datetime, time

from school.core import clock
from school.demo.classes import DemoCourse
from school.demo.journal import Journal
from school.demo.rows import Rows
from school.progress.models import OutsideResult

LEVEL = 7
SITTINGS = (("МЦКО: входная работа", 10, 6), ("МЦКО: функции и уравнения", 11, 17))
"""Name, month and day."""


def write_diagnostics(
    rows: Rows, courses: list[DemoCourse], journal: Journal, today: date, chance: random.Random
) -> None:
    """Results that go with the marks of a pupil, and with luck; only of days that are over."""
    for course in courses:
        if course.subject != "algebra" or course.school_class.year_level != LEVEL:
            continue
        for pupil in course.pupils:
            sums = [one for key, one in journal.totals.items() if key[:2] == (pupil.member, course.subject_id)]
            weights, values = sum(one[1] for one in sums), sum(one[2] for one in sums)
            level = 20 * (values / weights if weights else 3.5) - 20 + chance.gauss(0, 8)
            for name, month, day in SITTINGS:
                on_date = date(today.year, month, day)
                if on_date >= today:
                    continue
                at = clock.moscow(on_date, time(15))
                _add(rows, course, pupil.member, name, at, round(level + chance.gauss(2, 6)))


def _add(rows: Rows, course: DemoCourse, pupil: object, name: str, at: datetime, percent: int) -> None:
    rows.add(
        OutsideResult,
        id=rows.id_at(at),
        pupil_id=pupil,
        class_id=course.school_class.id,
        subject_id=course.subject_id,
        name=name,
        on_date=at.date(),
        percent=min(100, max(5, percent)),
        brought_at=at,
        brought_by=course.teacher.account,
    )
