"""The game of the demo school: days kept from the answers, a goal of one class, an animal that is dressed."""

from datetime import datetime, timedelta

from school.core import clock
from school.core.days import week_of
from school.demo.classes import DemoClass, DemoCourse
from school.demo.people import Person
from school.demo.rows import Rows
from school.game.actions import keep_school
from school.game.models import Avatar, BoughtPart, ClassGoal, GoalKind
from school.game.queries.earning import ledger_of
from school.gradebook.models import SubjectGoal

WISHES = (("head", "knitted", 60), ("hand", "book", 60))
"""What the demo pupil has, as far as the points reach."""
TARGET = 150
AIMS = {"algebra": 5, "geometry": 4, "russian": 4}
"""The marks that the demo pupil wants."""
LONG = timedelta(days=13)


def write_games(rows: Rows, group: DemoClass, leader: Person, pupil: Person, now: datetime) -> None:
    """After the model has learnt from all answers, and these are written."""
    keep_school(_School(rows.school_id))
    points = ledger_of(rows.school_id, pupil.member).points
    worn = {"animal": "owl"}
    for slot, code, price in WISHES:
        if points >= price:
            points -= price
            worn[slot] = code
            rows.add(BoughtPart, pupil_id=pupil.member, part=code, price=price, bought_at=now)
    rows.add(Avatar, pupil_id=pupil.member, worn=worn)
    _first, last = week_of(clock.local(now).date())
    rows.add(
        ClassGoal,
        id=rows.id_at(now),
        group_id=group.id,
        kind=GoalKind.TOPICS.value,
        target=TARGET,
        starts_on=last - LONG,
        ends_on=last,
        made_at=now,
        made_by=leader.account,
        dropped_at=None,
    )


def write_aims(rows: Rows, courses: list[DemoCourse], pupil: Person, now: datetime) -> None:
    """The pupil's own goals: a line on the chart of marks of each subject."""
    for course in courses:
        if pupil in course.pupils and course.subject in AIMS:
            rows.add(
                SubjectGoal,
                id=rows.id_at(now),
                pupil_id=pupil.member,
                subject_id=course.subject_id,
                target=AIMS[course.subject],
                set_at=now,
            )


class _School:
    def __init__(self, number: int) -> None:
        self.id = number
