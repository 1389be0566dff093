"""Saying what is unusual about a mark, from a day on. Event: ``watch_rule.set``."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record
from school.reports.models import WatchRule
from school.reports.watch import Watch


class CannotRule(Exception):
    """The rule can't be set so; ``why`` is for the person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def set_watch(actor: Actor, from_on: date, watch: Watch) -> WatchRule:
    """The actor answers for it; one of the same day is replaced. Raises ``CannotRule``."""
    if from_on < clock.today():
        raise CannotRule(_("Past days keep their rule: choose today or a later day."))
    if watch.from_hour >= watch.to_hour:
        raise CannotRule(_("The usual hours end before they begin."))
    assert actor.member_id is not None and actor.school_id is not None  # noqa: S101, PT018 - the rule has seen to it
    row = db.session.scalars(
        select(WatchRule).where(WatchRule.school_id == actor.school_id, WatchRule.from_on == from_on)
    ).first()
    if row is None:
        row = WatchRule(school_id=actor.school_id, id=new_id(), from_on=from_on)
        db.session.add(row)
    row.rules, row.owner = asdict(watch), actor.member_id
    db.session.flush()
    payload = {"from": from_on, "rules": row.rules}
    record(actor, "watch_rule.set", school_id=actor.school_id, thing_id=row.id, payload=payload)
    return row
