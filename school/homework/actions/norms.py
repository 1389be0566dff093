"""Setting the school's own norms of homework from a day on. Event: ``homework_norm.set``."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record
from school.homework.actions.setting import CannotSet
from school.homework.models import HomeworkNorm
from school.homework.norms import evening_norm, free_weekends_to


def set_homework_norm(
    actor: Actor, from_on: date, source: str, minutes: Mapping[int, int], weekends_to: int | None
) -> HomeworkNorm:
    """The actor answers for it; a word of the same day is replaced. Nothing stricter than the country's: the rule ends.

    Raises ``CannotSet`` for a day that is over, and where the country allows less: a school may only be stricter.
    """
    if from_on < clock.today():
        raise CannotSet("from_on", _("Past days keep their norms: choose today or a later day."))
    stricter = {}
    for level, asked in sorted(minutes.items()):
        most = evening_norm(level, from_on)
        if asked < 0 or (most is not None and asked > most):
            why = _(
                "By the country's norm year %(year)s has at most %(most)s min: a school may set less.",
                year=level,
                most=most,
            )
            raise CannotSet(f"minutes_{level}", why)
        if asked != most:
            stricter[str(level)] = asked
    free = free_weekends_to(from_on)
    if weekends_to is not None and weekends_to < free:
        why = _("By the country's rules weekends are free up to year %(year)s: a school may only add years.", year=free)
        raise CannotSet("weekends_to", why)
    assert actor.member_id is not None and actor.school_id is not None  # noqa: S101, PT018 - the rule has seen to it
    row = db.session.scalars(
        select(HomeworkNorm).where(HomeworkNorm.school_id == actor.school_id, HomeworkNorm.from_on == from_on)
    ).first()
    if row is None:
        row = HomeworkNorm(school_id=actor.school_id, id=new_id(), from_on=from_on)
        db.session.add(row)
    row.source, row.minutes, row.owner = " ".join(source.split()), stricter, actor.member_id
    row.weekends_to = weekends_to if weekends_to != free else None
    db.session.flush()
    payload = {"from": from_on, "source": row.source, "minutes": stricter, "weekends_to": row.weekends_to}
    record(actor, "homework_norm.set", school_id=actor.school_id, thing_id=row.id, payload=payload)
    return row
