"""A goal of a class: the newest holds, an older one steps back."""

from datetime import date

from sqlalchemy import update

from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.game.models import ClassGoal, GoalKind

MOST = 2000


def set_goal(actor: Actor, group: SeenGroup, kind: GoalKind, target: int, since: date, until: date) -> None:
    """What the class will do together from a day to a day; ``target`` is held between 1 and ``MOST``."""
    drop_goal(actor, group)
    db.session.add(
        ClassGoal(
            school_id=group.school_id,
            id=new_id(),
            group_id=group.id,
            kind=kind.value,
            target=min(MOST, max(1, target)),
            starts_on=since,
            ends_on=until,
            made_at=clock.now(),
            made_by=actor.account_id,
        )
    )
    db.session.flush()


def drop_goal(_actor: Actor, group: SeenGroup) -> None:
    """Take back the goal that runs, if there is one."""
    db.session.execute(
        update(ClassGoal)
        .where(
            ClassGoal.school_id == group.school_id,
            ClassGoal.group_id == group.id,
            ClassGoal.dropped_at.is_(None),
            ClassGoal.ends_on >= clock.today(),
        )
        .values(dropped_at=clock.now())
    )
