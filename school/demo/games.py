"""The game of the demo school: days kept from the answers, a goal of one class, an animal that is dressed."""

from datetime import datetime, timedelta

from school.core import clock
from school.core.days import week_of
from school.demo.classes import DemoClass
from school.demo.people import Person
from school.demo.rows import Rows
from school.game.actions import keep_school
from school.game.models import Avatar, BoughtPart, ClassGoal, GoalKind
from school.game.queries.earning import ledger_of

WISHES = (("head", "knitted", 60), ("hand", "book", 60))
"""What the demo pupil has, as far as the points reach."""
TARGET = 150
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


class _School:
    def __init__(self, number: int) -> None:
        self.id = number
